#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"
#include "tests/reference/bpc_worst.h"

#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;
using Values = std::vector<std::int32_t>;

namespace {

/// Unsigned words that are the worst some codec can be given.
std::vector<Values> badInputs(std::size_t n, int bits)
{
    const std::int32_t most = (1 << bits) - 1;
    Values alternating(n, 0);
    for (std::size_t i = 1; i < n; i += 2)
        alternating[i] = most;
    Values all(n);
    for (std::size_t i = 0; i < n; ++i)
        all[i] = most - static_cast<std::int32_t>(i) % (most + 1);
    return { Values(n, most), alternating, all };
}

std::vector<Values> inputsFor(const codec::Entry& entry, std::size_t n, int bits)
{
    const bool isBitPlanes = entry.id == "bpc" || entry.id == "ebpc";
    return isBitPlanes ? reference::hardForBitPlanes(n, bits) : badInputs(n, bits);
}

/// All streams of n words.
std::vector<Values> allInputs(std::size_t n, int bits)
{
    const auto wordBits = static_cast<unsigned>(bits);
    std::vector<Values> inputs;
    for (std::uint64_t drawn = 0; drawn < std::uint64_t { 1 } << n * wordBits; ++drawn) {
        Values values(n);
        for (std::size_t i = 0; i < n; ++i)
            values[i] = static_cast<std::int32_t>(drawn >> i * wordBits & ((1U << wordBits) - 1));
        inputs.push_back(std::move(values));
    }
    return inputs;
}

/// As they are, and as signed words of the same bits.
std::uint64_t longest(const codec::ActivationCodec& coder, const std::vector<Values>& inputs, int bits,
                      const codec::Options& options)
{
    std::uint64_t most = 0;
    for (Values values : inputs) {
        most = std::max(most, coder.count({ values, bits, false }, options).total());
        for (std::int32_t& value : values)
            value -= value >> (bits - 1) << bits;
        most = std::max(most, coder.count({ values, bits, true }, options).total());
    }
    return most;
}

} // namespace

/// worstCaseBits() of every row of the catalogue is reached by some input, and no input takes more.
class WorstCaseTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isReached_data() { every::addRows(); }
    void isReached();
    void isLargestOfAll_data() { every::addRows(); }
    void isLargestOfAll();
};

void WorstCaseTest::isReached()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    for (const int blockWords : every::blockSizesOf(entry)) {
        for (int bits = entry.leastWordBits; bits <= 16; ++bits) {
            if (!entry.canCode(bits, 0))
                continue;
            codec::Options options { blockWords };
            options.mapRows = 4;
            options.mapColumns = 6;
            const std::size_t n = static_cast<std::size_t>(blockWords) * 3;
            QCOMPARE(longest(*tested, inputsFor(entry, n, bits), bits, options),
                     tested->worstCaseBits(n, bits, options));
        }
    }
}

/// Every stream of few short words.
void WorstCaseTest::isLargestOfAll()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    for (int bits = entry.leastWordBits; bits <= 3; ++bits) {
        const std::size_t mostWords = bits == 1 ? 12 : bits == 2 ? 6 : 4;
        for (std::size_t n = 0; n <= mostWords; ++n) {
            if (entry.usesBlocks && n % 4 != 0)
                continue; // the padding of the last block is rounded up
            const std::vector<Values> inputs = allInputs(n, bits);
            for (const auto& [rows, columns] : { std::pair { 0, 0 }, { 1, 5 }, { 2, 3 }, { 5, 1 } }) {
                codec::Options options { 4 };
                options.mapRows = entry.usesMap ? rows : 0;
                options.mapColumns = entry.usesMap ? columns : 0;
                QCOMPARE(longest(*tested, inputs, bits, options), tested->worstCaseBits(n, bits, options));
            }
        }
    }
}

QTEST_GUILESS_MAIN(WorstCaseTest)

#include "worst_case_test.moc"
