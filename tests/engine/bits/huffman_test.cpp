#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/bits/huffman_coder.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <string>

using engine::BitReader;
using engine::BitWriter;
using engine::Random;

namespace {

using Counts = std::vector<std::uint64_t>;
using Lengths = std::vector<std::uint8_t>;

/// The least sum(count * length) over all lengths that a code can have, by trying every one.
std::uint64_t leastBits(std::span<const std::uint64_t> counts, unsigned limit, double room)
{
    if (counts.empty())
        return 0;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max() / 2;
    for (unsigned length = 1; length <= limit; ++length) {
        const double taken = 1.0 / (1U << length);
        if (taken <= room)
            least = std::min(least, counts[0] * length + leastBits(counts.subspan(1), limit, room - taken));
    }
    return least;
}

/// Codes as text, by the definition: ascending by (length, symbol), each the one before plus 1, lengthened.
std::map<std::string, int> codesOf(const Lengths& lengths)
{
    std::vector<int> symbols(lengths.size());
    std::iota(symbols.begin(), symbols.end(), 0);
    std::ranges::stable_sort(symbols, {},
                             [&](int symbol) { return lengths[static_cast<std::size_t>(symbol)]; });
    std::map<std::string, int> codes;
    std::string last;
    for (const int symbol : symbols) {
        const std::size_t length = lengths[static_cast<std::size_t>(symbol)];
        if (length == 0)
            continue;
        for (auto digit = last.rbegin(); digit != last.rend(); ++digit) {
            *digit = *digit == '0' ? '1' : '0';
            if (*digit == '1')
                break;
        }
        last.resize(length, '0');
        codes[last] = symbol;
    }
    return codes;
}

template <typename Symbol>
std::string textOf(const Lengths& lengths, const std::vector<Symbol>& symbols)
{
    std::map<int, std::string> codes;
    for (const auto& [code, symbol] : codesOf(lengths))
        codes[symbol] = code;
    std::string text;
    for (const Symbol symbol : symbols)
        text += codes.at(symbol);
    return text;
}

std::string textOf(const std::vector<std::byte>& bytes, std::uint64_t bits)
{
    std::string text;
    for (std::uint64_t i = 0; i < bits; ++i)
        text += (bytes[i / 8] >> i % 8 & std::byte { 1 }) != std::byte { 0 } ? '1' : '0';
    return text;
}

/// Symbols of which the first are the more frequent the steeper.
template <typename Symbol>
std::vector<Symbol> drawn(Random& random, std::size_t n, std::size_t alphabet, int steepness)
{
    std::vector<Symbol> symbols(n);
    for (Symbol& symbol : symbols) {
        std::uint64_t value = random.below(alphabet);
        for (int i = 0; i < steepness; ++i)
            value = std::min(value, random.below(value + 1));
        symbol = static_cast<Symbol>(value);
    }
    return symbols;
}

/// Every count is the sum of all before: the deepest tree there is.
Counts fibonacci(std::size_t n)
{
    Counts counts { 1, 1 };
    while (counts.size() < n)
        counts.push_back(counts[counts.size() - 1] + counts[counts.size() - 2]);
    return counts;
}

} // namespace

class HuffmanTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isOptimal();
    void limitBinds();
    void fewSymbols();
    void wholeAlphabet();
    void refusesLimits();
    void checksTables_data();
    void checksTables();
    void narrowRoundTrip() { roundTrip<std::uint8_t>(); }
    void wideRoundTrip() { roundTrip<std::uint16_t>(); }
    void refusesStreams();

private:
    template <typename Symbol>
    void roundTrip();
};

void HuffmanTest::isOptimal()
{
    Random random(1);
    for (int i = 0; i < 400; ++i) {
        Counts counts(2 + random.below(5));
        for (std::uint64_t& count : counts)
            count = 1 + random.below(random.below(2) == 0 ? 4 : 1000);
        for (const unsigned limit : { 3U, 4U, 6U }) {
            const Lengths lengths = engine::huffmanLengths(counts, limit);
            QCOMPARE(engine::huffmanBits(counts, lengths), leastBits(counts, limit, 1.0));
            engine::requireHuffmanLengths(lengths, limit);
        }
    }
}

void HuffmanTest::limitBinds()
{
    const Counts counts = fibonacci(20);
    std::uint64_t before = std::numeric_limits<std::uint64_t>::max();
    for (unsigned limit = 5; limit <= 16; ++limit) {
        const Lengths lengths = engine::huffmanLengths(counts, limit);
        QCOMPARE(static_cast<unsigned>(*std::ranges::max_element(lengths)), limit);
        engine::requireHuffmanLengths(lengths, limit);
        QVERIFY(engine::huffmanBits(counts, lengths) < before);
        before = engine::huffmanBits(counts, lengths);
    }
    const Lengths unlimited = engine::huffmanLengths(fibonacci(10), 16);
    QCOMPARE(unlimited, Lengths({ 9, 9, 8, 7, 6, 5, 4, 3, 2, 1 }));
}

void HuffmanTest::fewSymbols()
{
    QCOMPARE(engine::huffmanLengths(Counts {}, 15), Lengths {});
    QCOMPARE(engine::huffmanLengths(Counts { 0, 0 }, 15), Lengths({ 0, 0 }));
    QCOMPARE(engine::huffmanLengths(Counts { 0, 7, 0 }, 15), Lengths({ 0, 1, 0 }));
    QCOMPARE(engine::huffmanLengths(Counts { 1, 0, 1'000'000 }, 1), Lengths({ 1, 0, 1 }));
}

/// Codes of every one of 65536 symbols: 16 bits are just enough.
void HuffmanTest::wholeAlphabet()
{
    Counts counts(65536);
    for (std::size_t symbol = 0; symbol < counts.size(); ++symbol)
        counts[symbol] = 1 + symbol * symbol;
    QVERIFY(engine::huffmanLengths(counts, 16) == Lengths(65536, 16));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, engine::huffmanLengths(counts, 15));
    counts[3] = 0;
    const Lengths lengths = engine::huffmanLengths(counts, 16);
    engine::requireHuffmanLengths(lengths, 16);
    QCOMPARE(static_cast<int>(lengths[65535]), 15);
}

void HuffmanTest::refusesLimits()
{
    for (const unsigned limit : { 0U, 17U, 1000U })
        QVERIFY_THROWS_EXCEPTION(engine::ParameterError, engine::huffmanLengths(Counts { 1, 2 }, limit));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, engine::huffmanLengths(Counts { 1, 2, 3 }, 1));
}

void HuffmanTest::checksTables_data()
{
    QTest::addColumn<QByteArray>("lengths");
    QTest::addColumn<QByteArray>("why"); // empty = it is a table
    const auto table = [](std::initializer_list<char> lengths) {
        return QByteArray(lengths.begin(), static_cast<qsizetype>(lengths.size()));
    };
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("unused") << table({ 0, 0, 0 }) << QByteArray();
    QTest::newRow("one") << table({ 0, 1, 0 }) << QByteArray();
    QTest::newRow("two") << table({ 1, 1 }) << QByteArray();
    QTest::newRow("four") << table({ 3, 1, 0, 2, 3 }) << QByteArray();
    QTest::newRow("deep") << table({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 9 }) << QByteArray();
    QTest::newRow("one of 2 bits") << table({ 0, 2 }) << QByteArray("only symbol");
    QTest::newRow("three of 1 bit") << table({ 1, 1, 1 }) << QByteArray("too short");
    QTest::newRow("one too many") << table({ 1, 2, 2, 9 }) << QByteArray("too short");
    QTest::newRow("incomplete") << table({ 1, 2, 3 }) << QByteArray("stand for nothing");
    QTest::newRow("beyond the limit")
        << table({ 1, 2, 3, 4, 5, 6, 7, 8, 10, 10, 10, 10 }) << QByteArray("symbol 8 takes 10 bits");
}

void HuffmanTest::checksTables()
{
    QFETCH(const QByteArray, lengths);
    QFETCH(const QByteArray, why);
    const Lengths table(lengths.begin(), lengths.end());
    try {
        engine::requireHuffmanLengths(table, 9);
        QVERIFY(why.isEmpty());
    } catch (const engine::FormatError& error) {
        QVERIFY2(!why.isEmpty() && QByteArray(error.what()).contains(why), error.what());
    }
}

template <typename Symbol>
void HuffmanTest::roundTrip()
{
    Random random(7);
    const std::size_t widest = std::size_t { std::numeric_limits<Symbol>::max() } + 1;
    for (const std::size_t n : { 0U, 1U, 2U, 7U, 100U, 3000U, 30000U }) {
        for (const std::size_t alphabet :
             { std::size_t { 1 }, std::size_t { 2 }, std::size_t { 90 }, widest }) {
            for (const int steepness : { 0, 2, 9 }) {
                const auto symbols = drawn<Symbol>(random, n, alphabet, steepness);
                const Counts counts = engine::symbolCounts(std::span<const Symbol>(symbols), alphabet);
                const Lengths lengths = engine::huffmanLengths(counts, 15);
                BitWriter out;
                out.put(5, 3);
                engine::HuffmanEncoder(lengths).encode(std::span<const Symbol>(symbols), out);
                const std::uint64_t bits = out.bits();
                QCOMPARE(bits, 3 + engine::huffmanBits(counts, lengths));
                const std::vector<std::byte> bytes = out.finish();
                QVERIFY(textOf(bytes, bits) == "101" + textOf(lengths, symbols));

                BitReader in(std::span<const std::byte>(bytes).first((bits + 7) / 8), bits);
                in.skip(3);
                std::vector<Symbol> back(n);
                QVERIFY(engine::HuffmanDecoder<Symbol>(lengths, n).decode(in, back) == counts);
                QVERIFY(back == symbols);
                in.requireEnd();
            }
        }
    }
}

void HuffmanTest::refusesStreams()
{
    const Lengths lengths = { 2, 2, 2, 3, 3 };
    const engine::HuffmanDecoder<std::uint8_t> decoder(lengths, 8);
    const std::vector<std::byte> ones = { std::byte { 0xFF } };
    std::vector<std::uint8_t> back(2);
    for (const std::uint64_t bits : { 0, 1, 2, 3, 4, 5 }) {
        BitReader in(ones, bits);
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, decoder.decode(in, back));
    }
    BitReader whole(ones, 6);
    decoder.decode(whole, back);
    QCOMPARE(back, std::vector<std::uint8_t>({ 4, 4 }));
    BitReader in(ones, 8);
    const engine::HuffmanDecoder<std::uint8_t> single(Lengths { 0, 1 }, 8);
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, single.decode(in, back)); // 1 is the code of no symbol
    const engine::HuffmanDecoder<std::uint8_t> nothing(Lengths { 0, 0 }, 8);
    QVERIFY_THROWS_EXCEPTION(engine::FormatError, nothing.decode(in, back));
    QVERIFY_THROWS_EXCEPTION(engine::FormatError,
                             engine::HuffmanDecoder<std::uint8_t>(Lengths { 1, 1, 1 }, 8));
}

QTEST_GUILESS_MAIN(HuffmanTest)

#include "huffman_test.moc"
