#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/bits/lanes.h"

#include <QRegularExpression>
#include <QTest>

#include <bit>

using engine::BitReader;
using engine::BitWriter;
using engine::Lanes;
using engine::Random;

namespace {

struct Field {
    std::uint64_t value;
    unsigned bits;
};

std::vector<Field> randomFields(Random& random, std::size_t n)
{
    std::vector<Field> fields(n);
    for (Field& field : fields) {
        field.bits = static_cast<unsigned>(random.below(65));
        field.value = field.bits == 0 ? 0 : random.next() >> (64 - field.bits);
    }
    return fields;
}

std::vector<std::byte> bitByBit(const std::vector<Field>& fields)
{
    std::vector<std::byte> bytes;
    std::size_t at = 0;
    for (const Field& field : fields) {
        for (unsigned i = 0; i < field.bits; ++i, ++at) {
            bytes.resize(at / 64 * 8 + 8);
            bytes[at / 8] |= static_cast<std::byte>((field.value >> i & 1) << (at % 8));
        }
    }
    return bytes;
}

template <typename Word>
Word laneOf(std::uint64_t group, unsigned lane)
{
    return static_cast<Word>(group >> lane * Lanes<Word>::bits);
}

/// Groups with many zero lanes and some small ones.
template <typename Word>
std::uint64_t randomGroup(Random& random)
{
    std::uint64_t group = 0;
    for (unsigned lane = 0; lane < Lanes<Word>::count; ++lane) {
        if (random.below(2) == 0)
            group |= (random.next() >> random.below(64) & static_cast<Word>(~Word { 0 }))
                << lane * Lanes<Word>::bits;
    }
    return group;
}

template <typename Packing, typename Word>
void comparePacking()
{
    using L = Lanes<Word>;
    Random random(6);
    for (int i = 0; i < 20000; ++i) {
        const std::uint64_t group = randomGroup<Word>(random);
        const std::uint64_t top = L::nonzero(group);
        std::uint64_t mask = 0;
        unsigned width = 1;
        for (unsigned lane = 0; lane < L::count; ++lane) {
            mask |= std::uint64_t { laneOf<Word>(group, lane) != 0 } << lane;
            width = std::max(width, static_cast<unsigned>(std::bit_width(laneOf<Word>(group, lane))));
        }
        std::vector<Field> fields;
        for (unsigned lane = 0; lane < L::count; ++lane) {
            if (laneOf<Word>(group, lane) != 0)
                fields.push_back({ laneOf<Word>(group, lane), width });
        }
        fields.push_back({ 0, 64 });
        std::uint64_t packed = 0;
        std::memcpy(&packed, bitByBit(fields).data(), sizeof packed);

        QCOMPARE(Packing::template toMask<Word>(top), mask);
        QCOMPARE(Packing::template fromMask<Word>(mask), top);
        QCOMPARE(Packing::template count<Word>(top), static_cast<unsigned>(std::popcount(mask)));
        QCOMPARE(Packing::template pack<Word>(group, L::fill(top), width), packed);
        // What follows in the stream must not matter.
        const unsigned used = static_cast<unsigned>(std::popcount(mask)) * width;
        const std::uint64_t follows = used == 64 ? 0 : random.next() << used;
        QCOMPARE(Packing::template unpack<Word>(packed | follows, L::fill(top), width), group);
    }
}

} // namespace

class BitsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesLeastSignificantFirst();
    void writerEqualsBitByBit();
    void cursorEqualsPut();
    void readerGivesBack();
    void readerStopsAtTheEnd();
    void lanes();
    void packing();
};

void BitsTest::writesLeastSignificantFirst()
{
    BitWriter out;
    out.put(1, 1);
    out.put(0b10, 2);
    out.put(0xAB, 8);
    QCOMPARE(out.bits(), 11U);
    const std::vector<std::byte> bytes = out.finish();
    QCOMPARE(bytes.size(), 8U);
    QCOMPARE(static_cast<unsigned>(bytes[0]), 0b01011'10'1U);
    QCOMPARE(static_cast<unsigned>(bytes[1]), 0b101U);
    QCOMPARE(out.bits(), 0U);
    QVERIFY(out.finish().empty());
}

void BitsTest::writerEqualsBitByBit()
{
    Random random(1);
    for (const std::size_t n : { 0, 1, 2, 63, 64, 65, 5000 }) {
        const std::vector<Field> fields = randomFields(random, n);
        BitWriter out;
        std::uint64_t bits = 0;
        for (const Field& field : fields) {
            out.put(field.value, field.bits);
            bits += field.bits;
            QCOMPARE(out.bits(), bits);
        }
        QVERIFY(out.finish() == bitByBit(fields));
    }
}

void BitsTest::cursorEqualsPut()
{
    Random random(2);
    const std::vector<Field> fields = randomFields(random, 6000);
    BitWriter out;
    for (std::size_t first = 0; first < fields.size(); first += 1500) {
        engine::BitCursor cursor = out.begin(1500 * 64);
        for (std::size_t i = first; i < first + 1500; ++i)
            cursor.put(fields[i].value, fields[i].bits);
        out.end(cursor);
    }
    QVERIFY(out.finish() == bitByBit(fields));
}

void BitsTest::readerGivesBack()
{
    Random random(3);
    const std::vector<Field> fields = randomFields(random, 5000);
    BitWriter out;
    for (const Field& field : fields)
        out.put(field.value, field.bits);
    const std::uint64_t bits = out.bits();
    std::vector<std::byte> bytes = out.finish();
    bytes.resize((bits + 7) / 8); // without the padding
    BitReader in(bytes, bits);
    for (const Field& field : fields)
        QCOMPARE(in.take(field.bits), field.value);
    QCOMPARE(in.remaining(), 0U);
    in.requireEnd();
}

void BitsTest::readerStopsAtTheEnd()
{
    const std::vector<std::byte> bytes(9, std::byte { 0xFF });
    BitReader in(bytes, 70);
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, in.requireEnd());
    QCOMPARE(in.take(64), ~std::uint64_t { 0 });
    QCOMPARE(in.take(0), 0U);
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, in.take(7));
    QCOMPARE(in.take(6), 63U);
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, in.take(1));
    in.peek();
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, BitReader(bytes, 73));
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, BitReader(bytes, ~std::uint64_t { 0 }));
    BitReader({}, 0).requireEnd();
    BitReader({}, 0).peek();
}

void BitsTest::lanes()
{
    QCOMPARE(Lanes<std::uint8_t>::nonzero(0x00FF'0180'0010'7F00U), 0x0080'8080'0080'8000U);
    QCOMPARE(Lanes<std::uint16_t>::nonzero(0x0001'0000'8000'00FFU), 0x8000'0000'8000'8000U);
    QCOMPARE(Lanes<std::uint8_t>::fill(0x8000'0080'8000'0080U), 0xFF00'00FF'FF00'00FFU);
    QCOMPARE(Lanes<std::uint16_t>::fill(0x8000'0000'0000'8000U), 0xFFFF'0000'0000'FFFFU);
    QCOMPARE(Lanes<std::uint8_t>::join(0x0100'0200'0040'0000U), 0x43U);
    QCOMPARE(Lanes<std::uint16_t>::join(0x0100'0200'0000'8001U), 0x8301U);
    QCOMPARE(Lanes<std::uint8_t>::low(8), ~std::uint64_t { 0 });
    QCOMPARE(Lanes<std::uint16_t>::low(16), ~std::uint64_t { 0 });
    QCOMPARE(Lanes<std::uint16_t>::low(3), 0x0007'0007'0007'0007U);
}

void BitsTest::packing()
{
    comparePacking<engine::LanePackingPortable, std::uint8_t>();
    comparePacking<engine::LanePackingPortable, std::uint16_t>();
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt"))
        QSKIP("this processor has no bit gather and scatter");
    comparePacking<engine::LanePackingBmi2, std::uint8_t>();
    comparePacking<engine::LanePackingBmi2, std::uint16_t>();
#endif
}

QTEST_GUILESS_MAIN(BitsTest)

#include "bits_test.moc"
