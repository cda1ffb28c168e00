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
using codec::BlockZvc;
using engine::Random;
using reference::ZvcFormat;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::array<std::pair<BlockZvc::Head, ZvcFormat>, 3> heads {
    { { BlockZvc::Head::Mask, ZvcFormat::Mask },
      { BlockZvc::Head::Width, ZvcFormat::Width },
      { BlockZvc::Head::WidthAndBypass, ZvcFormat::WidthAndBypass } }
};
constexpr std::array<int, 5> blockSizes = { 4, 8, 16, 32, 64 };

/// Runs of zeros, of small and of large words, of random lengths: blocks of every kind and their borders.
Bytes mixedWords(Random& random, std::size_t n, int wordBits)
{
    Bytes words;
    while (words.size() < n) {
        const std::uint64_t kind = random.below(4);
        const std::uint64_t bits = 1 + random.below(static_cast<std::uint64_t>(wordBits));
        for (std::uint64_t run = 1 + random.below(90); run > 0 && words.size() < n; --run) {
            std::uint64_t word = random.below(std::uint64_t { 1 } << bits);
            if (kind == 0 || (kind == 1 && random.uniform() < 0.7))
                word = 0;
            if (kind == 3)
                word = (std::uint64_t { 1 } << wordBits) - 1;
            words.push_back(static_cast<std::uint8_t>(word));
        }
    }
    return words;
}

/// All zero, all maximal, alternating, one word that is not zero at each place.
std::vector<Bytes> adversarialWords(int wordBits, std::size_t n)
{
    const auto most = static_cast<std::uint8_t>((1 << wordBits) - 1);
    std::vector<Bytes> all = { Bytes(n, 0), Bytes(n, most), Bytes(n, 1) };
    Bytes alternating(n);
    for (std::size_t i = 0; i < n; i += 2)
        alternating[i] = most;
    all.push_back(alternating);
    for (std::size_t place = 0; place < n; place += 5) {
        Bytes single(n);
        single[place] = place % 2 == 0 ? most : 1;
        all.push_back(single);
    }
    return all;
}

/// Empty when all is well, else what is wrong.
QString compare(const BlockZvc& tested, ZvcFormat format, const Bytes& words, int wordBits,
                const codec::Options& options)
{
    const codec::Encoded coded = tested.encodeBytes(words, wordBits, options);
    const auto expected =
        reference::encodeZvc(format, { { words.begin(), words.end() }, wordBits, false },
                             static_cast<std::size_t>(options.blockWords), options.lossyBits);
    if (coded.bytes != expected.bytes())
        return QStringLiteral("the stream differs");
    if (coded.count.payload != expected.payload || coded.count.header != expected.header
        || coded.count.nonzeros != expected.nonzeros)
        return QStringLiteral("the size differs");
    if (tested.countBytes(words, wordBits, options) != coded.count)
        return QStringLiteral("countBytes() differs");
    Bytes back(words.size() + 2, 0xA5); // one guard on each side
    tested.decodeBytes(coded.bytes, coded.count.total(), wordBits, options,
                       std::span(back).subspan(1, words.size()));
    if (back.front() != 0xA5 || back.back() != 0xA5)
        return QStringLiteral("decodeBytes() writes outside");
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (back[i + 1] != reference::lossyWord(words[i], options.lossyBits, options.midpoint))
            return QStringLiteral("word %1 differs").arg(i);
    }
    return {};
}

std::string message(const auto& act)
{
    try {
        act();
    } catch (const engine::Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

/// The byte interface of the block codecs, in every set of kernels.
class BlockBytesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsReference_data() { addSets(); }
    void equalsReference();
    void adversarial_data() { addSets(); }
    void adversarial();
    void damagedStreams_data() { addSets(); }
    void damagedStreams();
    void cutStreams_data() { addSets(); }
    void cutStreams();
    void rawBytes();
    void refusesWords();
    void keepsMemory();

private:
    static void addSets()
    {
        QTest::addColumn<int>("set");
        int set = 0;
        for (const codec::BlockKernels* kernels : codec::blockKernels())
            QTest::newRow(std::string(kernels->name).c_str()) << set++;
    }

    static const codec::BlockKernels& kernels(int set)
    {
        return *codec::blockKernels()[static_cast<std::size_t>(set)];
    }
};

void BlockBytesTest::equalsReference()
{
    QFETCH(const int, set);
    Random random(11);
    for (int wordBits = 1; wordBits <= 8; ++wordBits) {
        for (int lossyBits = 0; lossyBits < wordBits; ++lossyBits) {
            for (const int blockWords : blockSizes) {
                for (const auto& [head, format] : heads) {
                    const Bytes words = mixedWords(random, random.below(1200), wordBits);
                    const QString wrong = compare(BlockZvc(head, kernels(set)), format, words, wordBits,
                                                  { blockWords, lossyBits, random.below(2) == 0 });
                    QVERIFY2(wrong.isEmpty(),
                             qPrintable(QStringLiteral("w %1, K %2, S %3, n %4: %5")
                                            .arg(wordBits)
                                            .arg(lossyBits)
                                            .arg(blockWords)
                                            .arg(words.size())
                                            .arg(wrong)));
                }
            }
        }
    }
    // More than one piece, and more than one spill of the writer.
    for (const int blockWords : blockSizes) {
        for (const auto& [head, format] : heads) {
            const Bytes words = mixedWords(random, 20011, 8);
            QCOMPARE(compare(BlockZvc(head, kernels(set)), format, words, 8, { blockWords }), QString());
        }
    }
}

void BlockBytesTest::adversarial()
{
    QFETCH(const int, set);
    for (const int wordBits : { 1, 5, 8 }) {
        for (const int blockWords : blockSizes) {
            const auto s = static_cast<std::size_t>(blockWords);
            for (const std::size_t n : { std::size_t { 0 }, std::size_t { 1 }, s - 1, s, s + 1, 4 * s }) {
                for (const Bytes& words : adversarialWords(wordBits, n)) {
                    for (const auto& [head, format] : heads)
                        QCOMPARE(
                            compare(BlockZvc(head, kernels(set)), format, words, wordBits, { blockWords }),
                            QString());
                }
            }
        }
    }
}

/// What is accepted is what encodeBytes() writes, and every set of kernels says the same of a stream.
void BlockBytesTest::damagedStreams()
{
    QFETCH(const int, set);
    Random random(12);
    for (const int blockWords : blockSizes) {
        for (const auto& pair : heads) {
            const int wordBits = random.below(2) == 0 ? 8 : 5;
            const Bytes words = mixedWords(random, 1100, wordBits);
            const BlockZvc tested(pair.first, kernels(set));
            const BlockZvc portable(pair.first, codec::portableKernels());
            const codec::Options options { blockWords };
            const codec::Encoded coded = tested.encodeBytes(words, wordBits, options);
            for (int i = 0; i < 100; ++i) {
                std::vector<std::byte> damaged = coded.bytes;
                const std::uint64_t at = random.below(coded.count.total());
                damaged[at / 8] ^= std::byte { 1 } << (at % 8);
                Bytes back(words.size());
                const auto decode = [&](const BlockZvc& coder) {
                    return message(
                        [&] { coder.decodeBytes(damaged, coded.count.total(), wordBits, options, back); });
                };
                const std::string expected = decode(portable);
                QCOMPARE(decode(tested), expected);
                if (expected.empty())
                    QVERIFY(tested.encodeBytes(back, wordBits, options).bytes == damaged);
            }
        }
    }
}

void BlockBytesTest::cutStreams()
{
    QFETCH(const int, set);
    Random random(13);
    for (const int blockWords : blockSizes) {
        for (const auto& pair : heads) {
            const BlockZvc tested(pair.first, kernels(set));
            const codec::Options options { blockWords };
            const Bytes words = mixedWords(random, 300, 8);
            const codec::Encoded coded = tested.encodeBytes(words, 8, options);
            Bytes back(words.size());
            for (std::uint64_t bits = 0; bits < coded.count.total(); bits += 3) {
                // Memory of exactly the length, so that tools which watch it see a read beyond.
                const std::vector<std::byte> cut(
                    coded.bytes.begin(), coded.bytes.begin() + static_cast<std::ptrdiff_t>((bits + 7) / 8));
                QVERIFY_THROWS_EXCEPTION(engine::FormatError,
                                         tested.decodeBytes(cut, bits, 8, options, back));
            }
            const std::vector<std::byte> exact(
                coded.bytes.begin(),
                coded.bytes.begin() + static_cast<std::ptrdiff_t>((coded.count.total() + 7) / 8));
            tested.decodeBytes(exact, coded.count.total(), 8, options, back);
            QVERIFY(back == words);
        }
    }
}

/// Raw words in bytes: the same stream as in integers.
void BlockBytesTest::rawBytes()
{
    Random random(15);
    const auto raw = codec::find("raw").make();
    for (int wordBits = 1; wordBits <= 8; ++wordBits) {
        for (const std::size_t n : { 0, 1, 7, 8, 9, 5003 }) {
            const Bytes words = mixedWords(random, n, wordBits);
            const std::vector<std::int32_t> integers(words.begin(), words.end());
            const codec::Encoded coded = raw->encodeBytes(words, wordBits, {});
            const codec::Encoded expected = raw->encode({ integers, wordBits, false }, {});
            QVERIFY(coded.bytes == expected.bytes);
            QVERIFY(coded.count == expected.count);
            QVERIFY(raw->countBytes(words, wordBits, {}) == expected.count);
            Bytes back(n);
            raw->decodeBytes(coded.bytes, coded.count.total(), wordBits, {}, back);
            QVERIFY(back == words);
            back.push_back(0);
            QVERIFY_THROWS_EXCEPTION(engine::FormatError,
                                     raw->decodeBytes(coded.bytes, coded.count.total(), wordBits, {}, back));
        }
    }
}

void BlockBytesTest::refusesWords()
{
    Bytes words(5000);
    words[4500] = 32;
    for (const char* id : { "raw", "zvc", "bzvc", "bzvc-bypass" }) {
        for (const int blockWords : { 4, 8 }) {
            const auto tested = codec::find(id).make();
            const std::string expected = "word 4500: 32 is outside 0..31 of 5-bit unsigned words";
            QCOMPARE(message([&] { tested->encodeBytes(words, 5, { blockWords }); }), expected);
            QCOMPARE(message([&] { tested->countBytes(words, 5, { blockWords }); }), expected);
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->encodeBytes(words, 9, { blockWords }));
            QVERIFY_THROWS_EXCEPTION(engine::ParameterError, tested->countBytes(words, 0, { blockWords }));
        }
    }
}

void BlockBytesTest::keepsMemory()
{
    Random random(14);
    const BlockZvc tested(BlockZvc::Head::Width);
    const Bytes words = mixedWords(random, 9000, 8);
    codec::Encoded first = tested.encodeBytes(words, 8, {});
    const std::vector<std::byte> expected = first.bytes;
    const std::byte* const place = first.bytes.data();
    const codec::Encoded second = tested.encodeBytesInto(std::move(first.bytes), words, 8, {});
    QVERIFY(second.bytes == expected);
    QVERIFY(second.bytes.data() == place);
}

QTEST_GUILESS_MAIN(BlockBytesTest)

#include "block_bytes_test.moc"
