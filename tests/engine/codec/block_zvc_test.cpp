#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/block_zvc.h"
#include "tests/reference/zvc_reference.h"

#include <QRegularExpression>
#include <QTest>

#include <array>

namespace codec = engine::codec;
using codec::BlockZvc;
using engine::BitWriter;
using engine::Random;
using reference::ZvcFormat;

namespace {

struct Pair {
    BlockZvc::Head head;
    ZvcFormat format;
};

constexpr std::array<Pair, 3> pairs { { { BlockZvc::Head::Mask, ZvcFormat::Mask },
                                        { BlockZvc::Head::Width, ZvcFormat::Width },
                                        { BlockZvc::Head::WidthAndBypass, ZvcFormat::WidthAndBypass } } };

std::vector<std::int32_t> randomWords(Random& random, std::size_t n, int wordBits, bool isSigned)
{
    std::vector<std::int32_t> words(n);
    for (std::int32_t& word : words) {
        const std::uint64_t bits = random.below(static_cast<std::uint64_t>(wordBits) + 1);
        word = static_cast<std::int32_t>(random.below(std::uint64_t { 1 } << bits));
        if (isSigned)
            word -= 1 << (wordBits - 1);
        if (random.uniform() < 0.6)
            word = 0;
    }
    return words;
}

struct Fields {
    std::uint64_t value;
    unsigned bits;
};

/// Decodes one block of four 8-bit words (or fewer) from hand-made fields.
std::vector<std::int32_t> decodeFields(BlockZvc::Head head, std::initializer_list<Fields> fields,
                                       std::size_t words = 4)
{
    BitWriter out;
    for (const Fields& field : fields)
        out.put(field.value, field.bits);
    const std::uint64_t bits = out.bits();
    const std::vector<std::byte> bytes = out.finish();
    std::vector<std::int32_t> back(words);
    BlockZvc(head).decode(bytes, bits, { 8, false }, { 4 }, back);
    return back;
}

QString refusal(BlockZvc::Head head, std::initializer_list<Fields> fields, std::size_t words = 4)
{
    try {
        decodeFields(head, fields, words);
    } catch (const engine::FormatError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class BlockZvcTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsReference_data();
    void equalsReference();
    void losesOnlyLowBits_data();
    void losesOnlyLowBits();
    void midpointStaysInFormat();
    void refusesWhatIsNotWritten();
};

void BlockZvcTest::equalsReference_data()
{
    QTest::addColumn<int>("set");
    int set = 0;
    for (const codec::BlockKernels* kernels : codec::blockKernels())
        QTest::newRow(std::string(kernels->name).c_str()) << set++;
}

void BlockZvcTest::equalsReference()
{
    QFETCH(const int, set);
    const codec::BlockKernels& kernels = *codec::blockKernels()[static_cast<std::size_t>(set)];
    Random random(4);
    for (int wordBits = 1; wordBits <= 16; ++wordBits) {
        for (const int lossyBits : { 0, 1, wordBits / 2, wordBits - 1 }) {
            if (lossyBits >= wordBits)
                continue;
            for (int i = 0; i < 40; ++i) {
                const bool isSigned = i % 2 != 0;
                const int blockWords = 4 << random.below(5);
                const auto values = randomWords(random, random.below(300), wordBits, isSigned);
                const Pair& pair = pairs[static_cast<std::size_t>(i) % pairs.size()];
                const BlockZvc tested(pair.head, kernels);
                const codec::Options options { blockWords, lossyBits };
                const auto coded = tested.encode({ values, wordBits, isSigned }, options);
                const auto expected = reference::encodeZvc(pair.format, { values, wordBits, isSigned },
                                                           static_cast<std::size_t>(blockWords), lossyBits);
                QCOMPARE(coded.count.payload, expected.payload);
                QCOMPARE(coded.count.header, expected.header);
                QCOMPARE(coded.count.nonzeros, expected.nonzeros);
                QVERIFY(coded.bytes == expected.bytes());
                QVERIFY(tested.count({ values, wordBits, isSigned }, options) == coded.count);
                std::vector<std::int32_t> back(values.size());
                tested.decode(coded.bytes, coded.count.total(), { wordBits, isSigned }, options, back);
                for (std::size_t word = 0; word < values.size(); ++word)
                    QCOMPARE(back[word], reference::lossyWord(values[word], lossyBits, false));
            }
        }
    }
}

void BlockZvcTest::losesOnlyLowBits_data()
{
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<bool>("midpoint");
    QTest::newRow("unsigned, floor") << false << false;
    QTest::newRow("unsigned, midpoint") << false << true;
    QTest::newRow("signed, floor") << true << false;
    QTest::newRow("signed, midpoint") << true << true;
}

void BlockZvcTest::losesOnlyLowBits()
{
    QFETCH(const bool, isSigned);
    QFETCH(const bool, midpoint);
    std::vector<std::int32_t> values;
    for (int word = isSigned ? -127 : 0; word < (isSigned ? 128 : 256); ++word)
        values.push_back(word);
    for (int lossyBits = 0; lossyBits < 8; ++lossyBits) {
        const codec::Options options { 8, lossyBits, midpoint };
        for (const Pair& pair : pairs) {
            const BlockZvc tested(pair.head);
            const auto coded = tested.encode({ values, 8, isSigned }, options);
            std::vector<std::int32_t> back(values.size());
            tested.decode(coded.bytes, coded.count.total(), { 8, isSigned }, options, back);
            for (std::size_t i = 0; i < values.size(); ++i) {
                QCOMPARE(back[i], reference::lossyWord(values[i], lossyBits, midpoint));
                const bool halved = midpoint && lossyBits > 0 && back[i] != 0;
                const int allowed = halved ? 1 << (lossyBits - 1) : (1 << lossyBits) - 1;
                QVERIFY(std::abs(back[i] - values[i]) <= allowed);
            }
        }
    }
}

void BlockZvcTest::midpointStaysInFormat()
{
    const std::vector<std::int32_t> values = { -128, -127, 127, 0 };
    const codec::Options options { 4, 2, true };
    const BlockZvc tested(BlockZvc::Head::Width);
    const auto coded = tested.encode({ values, 8, true }, options);
    std::vector<std::int32_t> back(values.size());
    tested.decode(coded.bytes, coded.count.total(), { 8, true }, options, back);
    QVERIFY(back == std::vector<std::int32_t>({ -128, -126, 126, 0 }));
}

void BlockZvcTest::refusesWhatIsNotWritten()
{
    using enum BlockZvc::Head;
    // Sound ones first: the words 5 and 2 at places 0 and 3.
    const std::vector<std::int32_t> words = { 5, 0, 0, 2 };
    QVERIFY(decodeFields(Mask, { { 0b1001, 4 }, { 5, 8 }, { 2, 8 } }) == words);
    QVERIFY(decodeFields(Width, { { 2, 3 }, { 0b1001, 4 }, { 5, 3 }, { 2, 3 } }) == words);
    QVERIFY(decodeFields(WidthAndBypass, { { 0, 1 }, { 2, 3 }, { 0b1001, 4 }, { 5, 3 }, { 2, 3 } }) == words);
    const std::vector<std::int32_t> dense = { 255, 254, 253, 252 };
    QVERIFY(decodeFields(WidthAndBypass, { { 1, 1 }, { 255, 8 }, { 254, 8 }, { 253, 8 }, { 252, 8 } })
            == dense);

    QVERIFY(refusal(Mask, { { 0b1001, 4 }, { 5, 8 }, { 0, 8 } }).contains(QLatin1String("is zero")));
    QVERIFY(refusal(Mask, { { 0b1001, 4 }, { 5, 8 }, { 2, 8 } }, 3).contains(QLatin1String("padding")));
    QVERIFY(
        refusal(Width, { { 3, 3 }, { 0b1001, 4 }, { 5, 4 }, { 2, 4 } }).contains(QLatin1String("enough")));
    QVERIFY(refusal(WidthAndBypass, { { 1, 1 }, { 5, 8 }, { 0, 8 }, { 0, 8 }, { 2, 8 } })
                .contains(QLatin1String("shorter with a mask")));
    QVERIFY(refusal(WidthAndBypass,
                    { { 0, 1 }, { 7, 3 }, { 15, 4 }, { 255, 8 }, { 254, 8 }, { 253, 8 }, { 252, 8 } })
                .contains(QLatin1String("not shorter than raw")));
    QVERIFY(
        refusal(Mask, { { 0b1001, 4 }, { 5, 8 }, { 2, 7 } }).contains(QLatin1String("ends in the middle")));
    QVERIFY(
        refusal(Mask, { { 0b1001, 4 }, { 5, 8 }, { 2, 8 }, { 0, 1 } }).contains(QLatin1String("left over")));

    // Five bits a word leave room for widths that cannot be.
    BitWriter out;
    out.put(5, 3);
    out.put(1, 4);
    out.put(33, 6);
    const std::uint64_t bits = out.bits();
    const std::vector<std::byte> bytes = out.finish();
    std::vector<std::int32_t> back(4);
    try {
        BlockZvc(Width).decode(bytes, bits, { 5, false }, { 4 }, back);
        QFAIL("a width beyond the word length was accepted");
    } catch (const engine::FormatError& error) {
        QCOMPARE(error.what(), "coded stream, bit 0: width 6 is more than the 5 bits of a word");
    }
}

QTEST_GUILESS_MAIN(BlockZvcTest)

#include "block_zvc_test.moc"
