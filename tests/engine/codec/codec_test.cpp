#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace codec = engine::codec;
using engine::Random;

namespace {

/// What encodeBytes() and its sisters do that the others would not; empty when all is well.
QString bytesDiffer(const codec::ActivationCodec& coder, const std::vector<std::uint8_t>& bytes, int wordBits,
                    const codec::Options& options)
{
    const std::vector<std::int32_t> values(bytes.begin(), bytes.end());
    const codec::Encoded expected = coder.encode({ values, wordBits, false }, options);
    const codec::Encoded coded = coder.encodeBytes(bytes, wordBits, options);
    if (coded.bytes != expected.bytes)
        return QStringLiteral("encodeBytes() writes another stream");
    if (coded.count != expected.count || coder.countBytes(bytes, wordBits, options) != expected.count)
        return QStringLiteral("encodeBytes() or countBytes() counts otherwise");
    std::vector<std::int32_t> back(values.size());
    coder.decode(coded.bytes, coded.count.total(), { wordBits, false }, options, back);
    std::vector<std::uint8_t> backBytes(bytes.size(), 0xAA);
    coder.decodeBytes(coded.bytes, coded.count.total(), wordBits, options, backBytes);
    return std::ranges::equal(back, backBytes) ? QString() : QStringLiteral("decodeBytes() differs");
}

} // namespace

/// Every row of the catalogue, whatever it is.
class CodecTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrip_data() { every::addRows(); }
    void roundTrip();
    void lossyRoundTrip_data() { every::addRows(); }
    void lossyRoundTrip();
    void bytesAreWords_data() { every::addRows(); }
    void bytesAreWords();
    void refusesParameters_data() { every::addRows(); }
    void refusesParameters();
    void refusesBytes_data() { every::addRows(); }
    void refusesBytes();
    void catalogueIsSound();
};

void CodecTest::roundTrip()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(1);
    every::forEachFormat(entry, [&](const codec::WordFormat& format) {
        for (const int blockWords : every::blockSizes) {
            auto lengths = every::lengthsAround(blockWords);
            lengths.push_back(4099);
            for (const std::size_t length : lengths) {
                for (const double density : { 0.0, 0.3, 1.0 }) {
                    const auto values = every::randomWords(random, length, format, density);
                    const QString wrong =
                        every::roundTrip(*tested, { values, format.bits, format.isSigned }, { blockWords });
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

/// Every K of every word length.
void CodecTest::lossyRoundTrip()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(6);
    for (int bits = 1; bits <= 16; ++bits) {
        for (int lossyBits = 0; lossyBits < bits; ++lossyBits) {
            if (!entry.canCode(bits, lossyBits))
                continue;
            const int used = entry.usesLossyBits ? lossyBits : 0;
            for (const bool isSigned : { false, true }) {
                const auto values = every::randomWords(random, 333, { bits, isSigned }, 0.5);
                std::vector<std::int32_t> kept(values.size());
                std::ranges::transform(values, kept.begin(),
                                       [&](std::int32_t word) { return every::lossy(word, used); });
                const codec::Options options { 8, used };
                const QString wrong = every::roundTrip(*tested, { values, bits, isSigned }, options);
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
                QVERIFY(tested->encode({ kept, bits, isSigned }, options).bytes
                        == tested->encode({ values, bits, isSigned }, options).bytes);
            }
        }
    }
}

void CodecTest::bytesAreWords()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(7);
    for (int bits = 1; bits <= 8; ++bits) {
        for (int lossyBits = 0; lossyBits < bits; ++lossyBits) {
            if (!entry.canCode(bits, lossyBits))
                continue;
            for (const std::size_t length : { 0, 1, 31, 32, 100, 4096, 9001 }) {
                codec::Options options { every::blockSizes.at(random.below(5)), lossyBits,
                                         random.below(2) == 0 };
                options.mapRows = static_cast<int>(random.below(20));
                options.mapColumns = 7;
                const auto values = every::randomWords(random, length, { bits, false }, 0.4);
                const std::vector<std::uint8_t> bytes(values.begin(), values.end());
                const QString wrong = bytesDiffer(*tested, bytes, bits, options);
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            }
        }
    }
}

void CodecTest::refusesParameters()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
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
    const codec::BitCount usual = tested->count({ values, 8, false }, {});
    for (const int blockWords : { 0, -4, 5, 128 }) {
        const codec::Options options { blockWords };
        if (entry.usesBlocks)
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ values, 8, false }, options));
        else
            QVERIFY(tested->count({ values, 8, false }, options) == usual);
    }
    for (const int lossyBits : { -1, 8, 40 }) {
        const codec::Options options { 16, lossyBits };
        if (entry.usesLossyBits)
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ values, 8, false }, options));
        else
            QVERIFY(tested->count({ values, 8, false }, options) == usual);
    }
    codec::Options map;
    map.mapRows = -3;
    if (entry.usesMap)
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ values, 8, false }, map));
    else
        QVERIFY(tested->count({ values, 8, false }, map) == usual);
    for (int bits = 1; bits <= 16; ++bits) {
        if (!entry.canCode(bits, 0))
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->count({ {}, bits, false }, {}));
    }
}

void CodecTest::refusesBytes()
{
    const auto tested = every::entry().make();
    const std::vector<std::uint8_t> bytes = { 0, 3, 130 };
    std::vector<std::uint8_t> back(3);
    for (const int bits : { 0, 9, 16 }) {
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->encodeBytes(bytes, bits, {}));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->countBytes(bytes, bits, {}));
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->decodeBytes({}, 0, bits, {}, back));
    }
    try {
        tested->encodeBytes(bytes, 7, {});
        QFAIL("a byte beyond the word length was accepted");
    } catch (const engine::ParameterError& error) {
        QCOMPARE(error.what(), "word 2: 130 is outside 0..127 of 7-bit unsigned words");
    }
}

void CodecTest::catalogueIsSound()
{
    const std::vector<std::string_view> order = { "raw",     "zvc",         "zrle16", "rlc5", "csc",
                                                  "huffman", "bpc",         "ebpc",   "lane", "grlc",
                                                  "bzvc",    "bzvc-bypass", "bzvc-x" };
    std::vector<std::string_view> ids;
    std::string known;
    for (const codec::Entry& entry : codec::catalogue()) {
        QVERIFY(!entry.title.empty() && !entry.source.empty());
        known += (ids.empty() ? "" : ", ") + std::string(entry.id);
        ids.push_back(entry.id);
    }
    QVERIFY(ids == order);
    try {
        codec::find("gzip");
        QFAIL("an unknown codec was found");
    } catch (const engine::ParameterError& error) {
        QCOMPARE(std::string(error.what()), "codec: \"gzip\" is none of " + known);
    }
}

QTEST_GUILESS_MAIN(CodecTest)

#include "codec_test.moc"
