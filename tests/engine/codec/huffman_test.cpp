#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/bits/huffman.h"
#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"

#include <QRegularExpression>
#include <QTest>
#include <queue>

#include <functional>

namespace codec = engine::codec;

namespace {

using Values = std::vector<std::int32_t>;

/// Bits of the shortest code of all, without a limit, from the sums of the two least counts.
std::uint64_t shortest(const Values& values)
{
    std::vector<std::uint64_t> counts(65536);
    for (const std::int32_t value : values)
        ++counts[static_cast<std::size_t>(value)];
    std::erase(counts, 0U);
    if (counts.size() < 2)
        return values.size();
    std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> least(counts.begin(),
                                                                                         counts.end());
    std::uint64_t bits = 0;
    while (least.size() > 1) {
        std::uint64_t sum = least.top();
        least.pop();
        sum += least.top();
        least.pop();
        bits += sum;
        least.push(sum);
    }
    return bits;
}

std::size_t differentOf(Values values)
{
    std::ranges::sort(values);
    return static_cast<std::size_t>(std::ranges::unique(values).begin() - values.begin());
}

codec::Encoded coded(const Values& values, int bits)
{
    return codec::find("huffman").make()->encode({ values, bits, false }, {});
}

Values decoded(const std::vector<std::byte>& bytes, std::uint64_t bits, int wordBits, std::size_t words)
{
    Values back(words);
    codec::find("huffman").make()->decode(bytes, bits, { wordBits, false }, {}, back);
    return back;
}

/// A stream of fields of (value, bits).
struct Fields {
    std::vector<std::byte> bytes;
    std::uint64_t bits = 0;

    Fields() = default;
    Fields(std::initializer_list<std::pair<unsigned, unsigned>> fields)
    {
        engine::BitWriter out;
        for (const auto& [value, width] : fields)
            out.put(value, width);
        bits = out.bits();
        bytes = out.finish();
    }
};

} // namespace

/// The table of the codec, and sizes; how codes are made is the business of the other HuffmanTest.
class HuffmanCodecTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sizes_data();
    void sizes();
    void narrowTable();
    void wideTable();
    void nothing();
    void allWordsOf16Bits();
    void refuses_data();
    void refuses();
};

void HuffmanCodecTest::sizes_data()
{
    QTest::addColumn<int>("bits");
    for (int bits = 1; bits <= 16; ++bits)
        QTest::addRow("%d bit", bits) << bits;
}

void HuffmanCodecTest::sizes()
{
    QFETCH(const int, bits);
    engine::Random random(static_cast<std::uint64_t>(bits));
    for (const std::size_t n : { 1, 2, 50, 600 }) {
        for (const double density : { 0.0, 0.3, 1.0 }) {
            const Values values = every::randomWords(random, n, { bits, false }, density);
            const codec::BitCount count = coded(values, bits).count;
            QCOMPARE(count.payload, shortest(values));
            const std::size_t table =
                bits <= 8 ? 4U << bits : 16 + differentOf(values) * (static_cast<unsigned>(bits) + 4);
            QCOMPARE(count.header, table);
        }
    }
}

void HuffmanCodecTest::narrowTable()
{
    // 2 three times, 0 twice, 3 once: codes 0, 10, 11.
    const Fields expected { { 2, 4 }, { 0, 4 }, { 1, 4 }, { 2, 4 }, // lengths
                            { 0, 1 }, { 1, 2 }, { 3, 2 }, { 0, 1 }, { 1, 2 }, { 0, 1 } };
    const codec::Encoded stream = coded({ 2, 0, 3, 2, 0, 2 }, 2);
    QCOMPARE(stream.bytes, expected.bytes);
    QCOMPARE(stream.count.total(), expected.bits);
}

void HuffmanCodecTest::wideTable()
{
    const Fields expected { { 3, 16 }, { 7, 9 }, { 2, 4 }, { 300, 9 }, { 1, 4 }, { 511, 9 },
                            { 2, 4 },  { 0, 1 }, { 3, 2 }, { 1, 2 },   { 0, 1 } };
    const codec::Encoded stream = coded({ 300, 511, 7, 300 }, 9);
    QCOMPARE(stream.bytes, expected.bytes);
    QCOMPARE(stream.count.total(), expected.bits);
}

void HuffmanCodecTest::nothing()
{
    QCOMPARE(coded({}, 8).count.total(), 1024U);
    QCOMPARE(coded({}, 9).count.total(), 16U);
    const Fields one { { 1, 16 }, { 9, 9 }, { 1, 4 } };
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, decoded(one.bytes, one.bits, 9, 0));
}

/// More than 2^15 different words: codes may take 16 bits, which the table shows as 0.
void HuffmanCodecTest::allWordsOf16Bits()
{
    for (const std::size_t different : { 32768U, 32769U, 65535U, 65536U }) {
        Values values(different);
        for (std::size_t i = 0; i < different; ++i)
            values[i] = static_cast<std::int32_t>(i);
        values.insert(values.end(), 5000, 77);
        const codec::Encoded stream = coded(values, 16);
        QCOMPARE(stream.count.header, 16 + different * 20);
        if (different == 32768) // 15 bits hold no other code
            QCOMPARE(stream.count.payload, values.size() * 15);
        if (different == 65536)
            QCOMPARE(stream.count.payload, values.size() * 16);
        QVERIFY(decoded(stream.bytes, stream.count.total(), 16, values.size()) == values);
    }
}

void HuffmanCodecTest::refuses_data()
{
    QTest::addColumn<Fields>("stream");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("words");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("too long codes") << Fields { { 2, 4 }, { 2, 4 }, { 2, 4 }, { 2, 4 }, { 0, 2 }, { 2, 2 } }
                                    << 2 << 2 << QByteArray("call for");
    QTest::newRow("lengths that cannot be")
        << Fields { { 1, 4 }, { 1, 4 }, { 1, 4 }, { 0, 4 }, { 0, 2 } } << 2 << 2 << QByteArray("too short");
    QTest::newRow("incomplete") << Fields { { 1, 4 }, { 2, 4 }, { 0, 4 }, { 0, 4 }, { 0, 2 } } << 2 << 2
                                << QByteArray("stand for nothing");
    QTest::newRow("descending") << Fields { { 2, 16 }, { 9, 9 }, { 1, 4 }, { 9, 9 }, { 1, 4 }, { 0, 2 } } << 9
                                << 2 << QByteArray("do not ascend");
    QTest::newRow("more than there are words")
        << Fields { { 3, 16 }, { 1, 9 }, { 1, 4 }, { 2, 9 }, { 2, 4 }, { 3, 9 }, { 2, 4 } } << 9 << 2
        << QByteArray("3 different words for 2");
    QTest::newRow("all words of 9 bits")
        << Fields { { 0, 16 }, { 1, 9 }, { 1, 4 } } << 9 << 2 << QByteArray("65536 different words");
    QTest::newRow("16 bits where 15 do")
        << Fields { { 1, 16 }, { 1, 9 }, { 0, 4 }, { 0, 16 } } << 9 << 1 << QByteArray("only symbol");
    QTest::newRow("a word too many") << Fields { { 1, 4 }, { 0, 4 }, { 0, 3 } } << 1 << 2
                                     << QByteArray("left over");
    QTest::newRow("code of nothing") << Fields { { 1, 4 }, { 0, 4 }, { 3, 2 } } << 1 << 2
                                     << QByteArray("no symbol");
    QTest::newRow("ends in the table") << Fields { { 1, 4 }, { 0, 3 } } << 1 << 2 << QByteArray("ends");
}

void HuffmanCodecTest::refuses()
{
    QFETCH(const Fields, stream);
    QFETCH(const int, bits);
    QFETCH(const int, words);
    QFETCH(const QByteArray, why);
    try {
        decoded(stream.bytes, stream.bits, bits, static_cast<std::size_t>(words));
        QFAIL("a stream that no encoder writes was accepted");
    } catch (const engine::FormatError& error) {
        QVERIFY2(QByteArray(error.what()).contains(why), error.what());
    }
}

QTEST_GUILESS_MAIN(HuffmanCodecTest)

#include "huffman_test.moc"
