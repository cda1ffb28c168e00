#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/block_zvc.h"
#include "engine/codec/codec.h"
#include "tests/reference/zvc_reference.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>

namespace codec = engine::codec;
using codec::Words;
using engine::Random;

namespace {

constexpr std::array<int, 5> blockSizes = { 4, 8, 16, 32, 64 };
constexpr std::array<double, 3> densities = { 0, 0.3, 1 };

std::vector<std::int32_t> randomWords(Random& random, std::size_t n, const codec::WordFormat& format,
                                      double density)
{
    const std::uint64_t range = std::uint64_t { 1 } << format.bits;
    const std::int32_t low = format.isSigned ? -(1 << (format.bits - 1)) : 0;
    std::vector<std::int32_t> words(n);
    for (std::int32_t& word : words) {
        // Small words in some places, so that blocks differ in width.
        const std::uint64_t drawn =
            random.below(random.below(3) == 0 ? range : std::min<std::uint64_t>(range, 4));
        const auto value = static_cast<std::int32_t>(drawn);
        if (random.uniform() < density)
            word = format.isSigned && value > -low - 1 ? value + 2 * low : value;
    }
    return words;
}

std::vector<std::size_t> lengthsAround(int blockWords)
{
    const auto s = static_cast<std::size_t>(blockWords);
    return { 0, 1, s - 1, s, s + 1, 3 * s + s / 2 + 1, 4099 };
}

/// Empty when all is well, else what is wrong.
QString roundTrip(const codec::ActivationCodec& coder, const Words& words, const codec::Options& options)
{
    const codec::Encoded coded = coder.encode(words, options);
    if (coder.count(words, options) != coded.count)
        return QStringLiteral("count() differs from encode()");
    if (coded.bytes.size() != (coded.count.total() + 63) / 64 * 8)
        return QStringLiteral("the stream is not padded to 64-bit words");
    if (coded.count.total() > coder.worstCaseBits(words.values.size(), words.wordBits, options))
        return QStringLiteral("longer than the worst case");
    std::vector<std::int32_t> back(words.values.size(), -1);
    coder.decode(coded.bytes, coded.count.total(), words.format(), options, back);
    return std::ranges::equal(back, words.values) ? QString() : QStringLiteral("decode() differs");
}

template <typename Body>
void forEachFormat(Body body)
{
    for (int bits = 1; bits <= 16; ++bits) {
        for (const bool isSigned : { false, true })
            body(codec::WordFormat { bits, isSigned });
    }
}

} // namespace

/// Every row of the catalogue, whatever it is.
class CodecTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrip_data() { addRows(); }
    void roundTrip();
    void worstCaseIsReached_data() { addRows(); }
    void worstCaseIsReached();
    void wrongLength_data() { addRows(); }
    void wrongLength();
    void flippedBits_data() { addRows(); }
    void flippedBits();
    void refusesParameters_data() { addRows(); }
    void refusesParameters();
    void catalogueIsSound();

private:
    static void addRows();
    static std::unique_ptr<codec::ActivationCodec> coder();
};

void CodecTest::addRows()
{
    QTest::addColumn<QString>("id");
    for (const codec::Entry& entry : codec::catalogue()) {
        const QByteArray id(entry.id.data(), static_cast<qsizetype>(entry.id.size()));
        QTest::newRow(id.constData()) << QString::fromLatin1(id);
    }
}

std::unique_ptr<codec::ActivationCodec> CodecTest::coder()
{
    return codec::find(QTest::currentDataTag()).make();
}

void CodecTest::roundTrip()
{
    const auto tested = coder();
    Random random(1);
    forEachFormat([&](const codec::WordFormat& format) {
        for (const int blockWords : blockSizes) {
            for (const std::size_t length : lengthsAround(blockWords)) {
                for (const double density : densities) {
                    const auto values = randomWords(random, length, format, density);
                    const QString wrong =
                        ::roundTrip(*tested, { values, format.bits, format.isSigned }, { blockWords });
                    QVERIFY2(wrong.isEmpty(),
                             qPrintable(QStringLiteral("w %1, signed %2, S %3, n %4: %5")
                                            .arg(format.bits)
                                            .arg(format.isSigned)
                                            .arg(blockWords)
                                            .arg(length)
                                            .arg(wrong)));
                }
            }
        }
    });
}

void CodecTest::worstCaseIsReached()
{
    const auto tested = coder();
    for (const int blockWords : blockSizes) {
        for (const int bits : { 1, 7, 8, 16 }) {
            const std::vector<std::int32_t> values(static_cast<std::size_t>(blockWords) * 3, (1 << bits) - 1);
            const codec::Options options { blockWords };
            QCOMPARE(tested->count({ values, bits, false }, options).total(),
                     tested->worstCaseBits(values.size(), bits, options));
        }
    }
}

/// A stream that is a bit, a word or everything too short or too long.
void CodecTest::wrongLength()
{
    const auto tested = coder();
    Random random(2);
    const codec::WordFormat format { 8, false };
    const auto values = randomWords(random, 100, format, 0.5);
    const codec::Encoded coded = tested->encode({ values, 8, false }, {});
    const std::uint64_t bits = coded.count.total();
    std::vector<std::int32_t> back(values.size());
    std::vector<std::byte> longer = coded.bytes;
    longer.resize(longer.size() + 16);
    for (std::uint64_t kept = 0; kept < bits; ++kept)
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, tested->decode(coded.bytes, kept, format, {}, back));
    for (const std::uint64_t more : { 1, 7, 64, 100 })
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, tested->decode(longer, bits + more, format, {}, back));
    for (std::size_t bytes = 0; bytes < (bits + 7) / 8; ++bytes)
        QVERIFY_THROWS_EXCEPTION(engine::FormatError,
                                 tested->decode(std::span(coded.bytes).first(bytes), bits, format, {}, back));
    QVERIFY_THROWS_EXCEPTION(engine::FormatError,
                             tested->decode(coded.bytes, bits, format, {}, std::span(back).first(40)));
    back.resize(values.size() + 64);
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, tested->decode(coded.bytes, bits, format, {}, back));
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, tested->decode({}, ~std::uint64_t { 0 }, format, {}, back));
    // Bytes of exactly the length, without padding, are enough.
    back.resize(values.size());
    tested->decode(std::span(coded.bytes).first((bits + 7) / 8), bits, format, {}, back);
    QVERIFY(back == values);
}

/// A damaged stream is either refused or the stream of other words: never a crash, never a quiet loss.
void CodecTest::flippedBits()
{
    const auto tested = coder();
    Random random(3);
    for (const int blockWords : blockSizes) {
        for (const int bits : { 3, 8, 13 }) {
            const codec::WordFormat format { bits, bits == 13 };
            const auto values = randomWords(random, 151, format, 0.4);
            const codec::Options options { blockWords };
            const codec::Encoded coded = tested->encode({ values, bits, format.isSigned }, options);
            for (int i = 0; i < 300; ++i) {
                std::vector<std::byte> damaged = coded.bytes;
                for (std::uint64_t flips = random.below(3) + 1; flips > 0; --flips) {
                    const std::uint64_t at = random.below(coded.count.total());
                    damaged[at / 8] ^= std::byte { 1 } << (at % 8);
                }
                std::vector<std::int32_t> back(values.size());
                try {
                    tested->decode(damaged, coded.count.total(), format, options, back);
                } catch (const engine::FormatError& error) {
                    QVERIFY(error.offset() <= coded.bytes.size());
                    continue;
                }
                QVERIFY(tested->encode({ back, bits, format.isSigned }, options).bytes == damaged);
            }
        }
    }
}

void CodecTest::refusesParameters()
{
    const auto tested = coder();
    const codec::Entry& entry = codec::find(QTest::currentDataTag());
    const std::vector<std::int32_t> values = { 0, 3, 255 };
    const std::vector<std::int32_t> negative = { 0, -129 };
    for (const int bits : { 0, -1, 17, 100 }) {
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->encode({ values, bits, false }, {}));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->worstCaseBits(3, bits, {}));
    }
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->encode({ values, 7, false }, {}));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ values, 8, true }, {}));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ negative, 8, true }, {}));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ negative, 16, false }, {}));
    for (const int blockWords : { 0, -4, 5, 128 }) {
        if (entry.usesBlocks)
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError,
                                     tested->count({ values, 8, false }, { blockWords }));
        else
            QCOMPARE(tested->count({ values, 8, false }, { blockWords }).total(), 24U);
    }
    for (const int lossyBits : { -1, 8, 40 }) {
        const codec::Options options { 16, lossyBits };
        if (entry.usesLossyBits)
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ values, 8, false }, options));
        else
            QCOMPARE(tested->count({ values, 8, false }, options).total(), 24U);
    }
}

void CodecTest::catalogueIsSound()
{
    std::vector<std::string_view> ids;
    for (const codec::Entry& entry : codec::catalogue()) {
        QVERIFY(!entry.title.empty() && !entry.source.empty());
        QVERIFY(std::ranges::find(ids, entry.id) == ids.end());
        ids.push_back(entry.id);
    }
    QVERIFY(ids == std::vector<std::string_view>({ "raw", "zvc", "bzvc", "bzvc-bypass" }));
    try {
        codec::find("gzip");
        QFAIL("an unknown codec was found");
    } catch (const engine::ParameterError& error) {
        QCOMPARE(error.what(), "codec: \"gzip\" is none of raw, zvc, bzvc, bzvc-bypass");
    }
}

QTEST_GUILESS_MAIN(CodecTest)

#include "codec_test.moc"
