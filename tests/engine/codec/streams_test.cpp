#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;
using engine::Random;

namespace {

struct Sample {
    codec::WordFormat format;
    codec::Options options;
    std::vector<std::int32_t> values;
};

Sample sampleOf(Random& random, const codec::Entry& entry, std::size_t words)
{
    Sample sample;
    do {
        sample.format = { static_cast<int>(random.below(16)) + 1, random.below(2) == 0 };
        sample.options.lossyBits = entry.usesLossyBits
            ? static_cast<int>(random.below(static_cast<std::uint64_t>(sample.format.bits)))
            : 0;
    } while (!entry.canCode(sample.format.bits, sample.options.lossyBits));
    sample.options.blockWords = every::blockSizes.at(random.below(5));
    sample.options.mapRows = static_cast<int>(random.below(12));
    sample.options.mapColumns = static_cast<int>(random.below(12));
    sample.values = every::randomWords(random, words, sample.format, random.uniform());
    return sample;
}

codec::Words wordsOf(const Sample& sample, const std::vector<std::int32_t>& values)
{
    return { values, sample.format.bits, sample.format.isSigned };
}

/// Decodes a stream that may be damaged: it is refused, with a place in it, or it is the stream that the
/// words it gives are coded as. Empty when that is so.
QString fault(const codec::Entry& entry, const codec::ActivationCodec& coder, const Sample& sample,
              const std::vector<std::byte>& stream, std::uint64_t bits)
{
    std::vector<std::int32_t> back(sample.values.size());
    try {
        coder.decode(stream, bits, sample.format, sample.options, back);
    } catch (const engine::FormatError& error) {
        return error.offset() <= stream.size() ? QString() : QStringLiteral("refused beyond its end");
    }
    const codec::Encoded again = coder.encode(wordsOf(sample, back), sample.options);
    if (again.count.total() != bits)
        return QStringLiteral("accepted %1 bits that encode() gives as %2")
            .arg(bits)
            .arg(again.count.total());
    for (std::uint64_t bit = 0; bit < bits; ++bit) {
        const every::BitPlace place = every::placeOf(entry, bit);
        if (((stream[place.byte] ^ again.bytes[place.byte]) & place.mask) != std::byte { 0 })
            return QStringLiteral("accepted what encode() gives otherwise at bit %1").arg(bit);
    }
    return {};
}

} // namespace

/// Streams of every row of the catalogue that are damaged, cut, longer, or nonsense.
class StreamsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void shorter_data() { every::addRows(); }
    void shorter();
    void longer_data() { every::addRows(); }
    void longer();
    void otherNumberOfWords_data() { every::addRows(); }
    void otherNumberOfWords();
    void flippedBits_data() { every::addRows(); }
    void flippedBits();
    void nonsense_data() { every::addRows(); }
    void nonsense();
};

void StreamsTest::shorter()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(2);
    for (int i = 0; i < 60; ++i) {
        const Sample sample = sampleOf(random, entry, 100);
        const codec::Encoded coded = tested->encode(wordsOf(sample, sample.values), sample.options);
        const std::uint64_t bits = coded.count.total();
        std::vector<std::int32_t> back(sample.values.size());
        const auto decode = [&](std::span<const std::byte> bytes, std::uint64_t kept) {
            tested->decode(bytes, kept, sample.format, sample.options, back);
        };
        for (std::uint64_t kept = 0; kept < bits; ++kept) {
            // Only csc has no mark where zeros follow to the end: a shorter stream may be that of other
            // words.
            if (entry.id == "csc")
                QCOMPARE(fault(entry, *tested, sample, coded.bytes, kept), QString());
            else
                QVERIFY_THROWS_EXCEPTION(engine::FormatError, decode(coded.bytes, kept));
        }
        for (std::size_t bytes = 0; bytes < (bits + 7) / 8; ++bytes)
            QVERIFY_THROWS_EXCEPTION(engine::FormatError, decode(std::span(coded.bytes).first(bytes), bits));
    }
}

void StreamsTest::longer()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(3);
    for (int i = 0; i < 60; ++i) {
        const Sample sample = sampleOf(random, entry, random.below(80));
        const codec::Encoded coded = tested->encode(wordsOf(sample, sample.values), sample.options);
        const std::uint64_t bits = coded.count.total();
        std::vector<std::byte> stream = coded.bytes;
        stream.resize(stream.size() + 16);
        std::vector<std::int32_t> back(sample.values.size());
        for (const std::uint64_t more : { 1, 2, 5, 7, 20, 64, 100 })
            QVERIFY_THROWS_EXCEPTION(
                engine::FormatError,
                tested->decode(stream, bits + more, sample.format, sample.options, back));
    }
}

void StreamsTest::otherNumberOfWords()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(4);
    for (int i = 0; i < 200; ++i) {
        Sample sample = sampleOf(random, entry, random.below(150));
        const codec::Encoded coded = tested->encode(wordsOf(sample, sample.values), sample.options);
        sample.values.resize(random.below(150));
        const QString wrong = fault(entry, *tested, sample, coded.bytes, coded.count.total());
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
}

/// A damaged stream is either refused or the stream of other words: never a crash, never a quiet loss.
void StreamsTest::flippedBits()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(5);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 100; ++i) {
        const Sample sample = sampleOf(random, entry, 151);
        const codec::Encoded coded = tested->encode(wordsOf(sample, sample.values), sample.options);
        const std::uint64_t bits = coded.count.total();
        for (int damage = 0; damage < 100 && bits != 0; ++damage) {
            std::vector<std::byte> damaged = coded.bytes;
            for (std::uint64_t flips = random.below(3) + 1; flips > 0; --flips) {
                const every::BitPlace place = every::placeOf(entry, random.below(bits));
                damaged[place.byte] ^= place.mask;
            }
            const QString wrong = fault(entry, *tested, sample, damaged, bits);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }
    QVERIFY2(clock.elapsed() < 60'000, "10,000 damaged streams of 151 words take more than a minute");
}

/// Streams that no one wrote, for more words than they could hold.
void StreamsTest::nonsense()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    Random random(6);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 2000; ++i) {
        const Sample sample = sampleOf(random, entry, random.below(200));
        std::vector<std::byte> stream(random.below(150));
        const std::uint64_t dense = random.below(4);
        for (std::byte& byte : stream) {
            const std::uint64_t drawn = random.below(256);
            byte = static_cast<std::byte>(dense == 0 ? drawn & random.below(256) : drawn);
        }
        const QString wrong = fault(entry, *tested, sample, stream, stream.size() * 8);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    QVERIFY2(clock.elapsed() < 60'000, "2,000 streams of 150 bytes take more than a minute");
}

QTEST_GUILESS_MAIN(StreamsTest)

#include "streams_test.moc"
