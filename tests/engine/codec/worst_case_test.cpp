#include "engine/codec/codec.h"
#include "tests/engine/codec/every_codec.h"

#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;
using Values = std::vector<std::int32_t>;

namespace {

/// Words that are the worst some codec can be given.
std::vector<Values> badInputs(std::size_t n, int bits)
{
    const std::int32_t most = (1 << bits) - 1;
    Values alternating(n, 0);
    for (std::size_t i = 1; i < n; i += 2)
        alternating[i] = most;
    Values all(n);
    for (std::size_t i = 0; i < n; ++i)
        all[i] = most - static_cast<std::int32_t>(i) % (most + 1);
    Values steep(n, most);
    for (std::size_t i = 1; i < n; i += 2)
        steep[i] = 1;
    return { Values(n, most), alternating, all, steep };
}

std::uint64_t longest(const codec::ActivationCodec& coder, const std::vector<Values>& inputs, int bits,
                      const codec::Options& options)
{
    std::uint64_t most = 0;
    for (const Values& values : inputs)
        most = std::max(most, coder.count({ values, bits, false }, options).total());
    return most;
}

/// All streams of n words.
std::vector<Values> allInputs(std::size_t n, int bits)
{
    std::vector<Values> inputs;
    for (std::uint64_t drawn = 0; drawn < std::uint64_t { 1 } << n * static_cast<unsigned>(bits); ++drawn) {
        Values values(n);
        for (std::size_t i = 0; i < n; ++i)
            values[i] =
                static_cast<std::int32_t>(drawn >> i * static_cast<unsigned>(bits) & ((1U << bits) - 1));
        inputs.push_back(values);
    }
    return inputs;
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
    for (const int blockWords : every::blockSizes) {
        for (int bits = 1; bits <= 16; ++bits) {
            if (!entry.canCode(bits, 0))
                continue;
            codec::Options options { blockWords };
            options.mapRows = 4;
            options.mapColumns = 6;
            const std::size_t n = static_cast<std::size_t>(blockWords) * 3;
            QCOMPARE(longest(*tested, badInputs(n, bits), bits, options),
                     tested->worstCaseBits(n, bits, options));
        }
    }
}

/// Every stream of few short words, and with K as many longer ones.
void WorstCaseTest::isLargestOfAll()
{
    const codec::Entry& entry = every::entry();
    const auto tested = entry.make();
    for (int bits = std::max(1, entry.leastWordBits); bits <= 3; ++bits) {
        const std::size_t most = bits == 1 ? 12 : bits == 2 ? 6 : 4;
        for (std::size_t n = 0; n <= most; ++n) {
            if (entry.usesBlocks && n % 4 != 0)
                continue; // the padding of the last block is rounded up
            const std::vector<Values> inputs = allInputs(n, bits);
            for (const auto& [rows, columns] : { std::pair { 0, 0 }, { 1, 5 }, { 2, 3 }, { 5, 1 } }) {
                codec::Options options { 4 };
                options.mapRows = rows;
                options.mapColumns = columns;
                QCOMPARE(longest(*tested, inputs, bits, options), tested->worstCaseBits(n, bits, options));
            }
        }
    }
}

QTEST_GUILESS_MAIN(WorstCaseTest)

#include "worst_case_test.moc"
