#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"
#include "tests/reference/run_reference.h"

#include <QRegularExpression>
#include <QTest>

#include <limits>

namespace codec = engine::codec;
using engine::Random;
using reference::RunWords;

namespace {

/// What a codec should write.
std::string expected(std::string_view id, const RunWords& words, const codec::Options& options)
{
    if (id == "zrle16")
        return reference::zeroRle16(words);
    if (id == "rlc5")
        return reference::eyerissRlc5(words);
    if (id == "csc")
        return reference::csc4(words);
    if (id == "lane")
        return reference::lane(words);
    if (id == "grlc")
        return reference::grlc(words, { options.mapRows, options.mapColumns });
    return reference::bzvcX(words, options.blockWords);
}

/// Runs of zeros of any length between words of any size.
std::vector<std::int32_t> wordsWithRuns(Random& random, std::size_t n, const codec::WordFormat& format)
{
    std::vector<std::int32_t> words = every::randomWords(random, n, format, 0.8);
    for (std::size_t at = random.below(40); at < n; at += random.below(80)) {
        const std::size_t length = random.below(random.below(4) == 0 ? 150 : 20);
        for (; at < n && random.below(length + 1) != 0; ++at)
            words[at] = 0;
        ++at;
    }
    return words;
}

/// A stream of hand-made bits, in the order they are written.
QString refusal(const char* id, const std::string& bits, std::size_t words,
                const codec::Options& options = {})
{
    std::vector<std::int32_t> back(words);
    const auto coder = codec::find(id).make();
    try {
        coder->decode(reference::bytesOf(bits), bits.size(), { 4, false }, options, back);
    } catch (const engine::FormatError& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("accepted");
}

} // namespace

/// The codecs of runs, planes, cells and block codes, bit for bit.
class RunCodecsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsReference_data();
    void equalsReference();
    void refusesWhatIsNotWritten_data();
    void refusesWhatIsNotWritten();
    void mapOfAnySize();
    void refusesWordLengths();
};

void RunCodecsTest::equalsReference_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : { "zrle16", "rlc5", "csc", "lane", "grlc", "bzvc-x" })
        QTest::newRow(id) << QString::fromLatin1(id);
}

void RunCodecsTest::equalsReference()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(5);
    for (int i = 0; i < 4000; ++i) {
        const codec::WordFormat format { static_cast<int>(random.below(16)) + 1, i % 2 != 0 };
        codec::Options options { 4 << random.below(5),
                                 static_cast<int>(random.below(static_cast<std::uint64_t>(format.bits))) };
        if (!entry.canCode(format.bits, options.lossyBits))
            continue;
        options.mapRows = static_cast<int>(random.below(12));
        options.mapColumns = static_cast<int>(random.below(12));
        const std::size_t n = random.below(random.below(10) == 0 ? 2000 : 300);
        const RunWords words { wordsWithRuns(random, n, format), format.bits, format.isSigned,
                               options.lossyBits };
        const std::string bits = expected(entry.id, words, options);
        const codec::Words input { words.values, format.bits, format.isSigned };
        const codec::Encoded coded = tested->encode(input, options);
        QCOMPARE(coded.count.total(), bits.size());
        QVERIFY(coded.bytes == reference::bytesOf(bits));
        const auto codes = reference::codesOf(words);
        QCOMPARE(coded.count.nonzeros, n - static_cast<std::size_t>(std::ranges::count(codes, 0)));
        const QString wrong = every::roundTrip(*tested, input, options);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
}

void RunCodecsTest::refusesWhatIsNotWritten_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("bits");
    QTest::addColumn<int>("words");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* id, const char* bits, int words, const char* says) {
        QTest::newRow(name) << QString::fromLatin1(id) << QString::fromLatin1(bits).remove(u' ') << words
                            << QString::fromLatin1(says);
    };
    row("zrle16, sound", "zrle16", "1 1010  0 1000", 3, "accepted");
    row("zrle16, zero word", "zrle16", "1 0000", 1, "is zero");
    row("zrle16, split run", "zrle16", "0 0000 0 0000", 2, "belongs to the run before");
    row("zrle16, split at 16", "zrle16", "0 1111 0 0000", 17, "accepted");
    row("zrle16, run too long", "zrle16", "0 0100", 2, "3 zeros where 2 words are left");
    row("zrle16, cut", "zrle16", "1 101", 1, "5 more bits belong and 4 are left");
    row("rlc5, sound", "rlc5", "00000 1010  10000 0000", 2, "accepted");
    row("rlc5, dropped word is not zero", "rlc5", "00000 1010  10000 1000", 2, "1 zeros and a word where 1");
    row("rlc5, stored zero", "rlc5", "01000 0000  00000 1000", 4, "belongs to a run");
    row("rlc5, filler", "rlc5", "11111 0000  00000 1000", 33, "accepted");
    row("rlc5, nothing left", "rlc5", "00000 1010  00000 0000", 1, "left over");
    row("csc, sound", "csc", "0100 1010", 4, "accepted");
    row("csc, trailing filler", "csc", "0100 1010  1111 0000", 40, "after the last word");
    row("csc, trailing filler to the end", "csc", "0100 1010  1111 0000", 19, "after the last word");
    row("csc, stored zero", "csc", "0100 0000  0000 1000", 9, "belongs to a run");
    row("csc, beyond the end", "csc", "0100 1010", 2, "2 zeros and a word where 2");
    row("lane, sound", "lane", "1 1 1 0 1 0 1 0", 1, "accepted");
    row("lane, raw for nothing", "lane", "1 000000 1 000000 1 000000 1 000000", 6, "bit plane 0 is raw");
    row("lane, runs for nothing", "lane", "0 11 0 0000 0 0000 0 0000", 1, "not shorter than raw");
    row("grlc, two cells", "grlc", "1 1 1000 0 0111  0", 18, "accepted");
    row("grlc, zero cell with words", "grlc", "1 0 1111", 16, "is not marked so");
    row("grlc, run beyond the cell", "grlc", "1 1 1000 0 1111 0", 18, "where 15 words are left");
    row("bzvc-x, sound", "bzvc-x", "1000 1001", 4, "accepted");
    row("bzvc-x, unused code", "bzvc-x", "1010 1001", 4, "not used with words of 4 bit");
    row("bzvc-x, code beyond", "bzvc-x", "1101 1001 1001 1001 1001 1001", 4, "block code 11 is not used");
    row("bzvc-x, plain", "bzvc-x", "1001 01 11 01 11", 4, "accepted");
    row("bzvc-x, longer than needed", "bzvc-x", "1111 0100 1100 0100 1100", 4, "15 where 9 is chosen");
    row("bzvc-x, zero in mask", "bzvc-x", "0100 1001 01 00", 4, "is zero");
    row("bzvc-x, padding", "bzvc-x", "1000 1001", 3, "padding");
}

void RunCodecsTest::refusesWhatIsNotWritten()
{
    QFETCH(const QString, id);
    QFETCH(const QString, bits);
    QFETCH(const int, words);
    QFETCH(const QString, says);
    const QString said = refusal(qPrintable(id), bits.toStdString(), static_cast<std::size_t>(words), { 4 });
    QVERIFY2(said.contains(says), qPrintable(said));
}

/// Maps that are larger than any stream cost no more than the stream does.
void RunCodecsTest::mapOfAnySize()
{
    const auto tested = codec::find("grlc").make();
    const std::vector<std::int32_t> values = { 1, 0, 0, 0, 0, 5 };
    constexpr int most = std::numeric_limits<int>::max();
    for (const auto& [rows, columns] : { std::pair { most, most }, { 1, most }, { most, 1 }, { 2, 3 } }) {
        codec::Options options;
        options.mapRows = rows;
        options.mapColumns = columns;
        const QString wrong = every::roundTrip(*tested, { values, 8, false }, options);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    codec::Options options;
    options.mapRows = -1;
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ values, 8, false }, options));
}

void RunCodecsTest::refusesWordLengths()
{
    const auto tested = codec::find("bzvc-x").make();
    const std::vector<std::int32_t> values = { 1, 0 };
    const auto said = [&](int bits, int lossyBits) {
        try {
            tested->count({ values, bits, false }, { 16, lossyBits });
        } catch (const engine::ParameterError& error) {
            return QString::fromUtf8(error.what());
        }
        return QString();
    };
    QCOMPARE(said(2, 0),
             QStringLiteral("bzvc-x: words of 2 bit are shorter than the 3 its block code is made for"));
    QCOMPARE(said(12, 3),
             QStringLiteral(
                 "bzvc-x: words of 12 bit less K = 3 are longer than the 8 bits its block code can name"));
    QVERIFY(said(12, 4).isEmpty());
    QVERIFY(said(3, 2).isEmpty());
}

QTEST_GUILESS_MAIN(RunCodecsTest)

#include "run_codecs_test.moc"
