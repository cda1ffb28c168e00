#include "engine/dram/dramsim2/simulate.h"
#include "tests/engine/dram/random_cases.h"
#include "tests/engine/dram/streams.h"
#include "tests/reference/dram_dramsim2.h"

#include <QRegularExpression>
#include <QTest>

#include <numeric>

namespace dram = engine::dram;

namespace {

constexpr int chunks = 20;
constexpr int casesPerChunk = 100;

std::string compareStreams(const std::vector<dram::Command>& ours, const std::vector<dram::Command>& expected)
{
    for (std::size_t i = 0; i < std::max(ours.size(), expected.size()); ++i) {
        const std::string left = i < ours.size() ? dramtest::lineOf(ours[i]) : "nothing";
        const std::string right = i < expected.size() ? dramtest::lineOf(expected[i]) : "nothing";
        if (left != right)
            return "command " + std::to_string(i) + ": " + left + ", expected " + right;
    }
    return {};
}

bool isSame(const dram::Latencies& ours, const std::vector<std::uint64_t>& expected)
{
    dram::Latencies theirs;
    for (const std::uint64_t latency : expected)
        theirs.add(latency);
    const std::vector<dram::Latencies::Bin> left = ours.bins();
    const std::vector<dram::Latencies::Bin> right = theirs.bins();
    return ours.longest() == theirs.longest() && ours.mean() == theirs.mean()
        && std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const auto& a, const auto& b) { return a.first == b.first && a.count == b.count; });
}

std::string compareChannel(const dram::ChannelResult& ours, const reference::DramSim2::Outcome& expected)
{
    for (std::size_t r = 0; r < expected.ranks.size(); ++r) {
        for (std::size_t state = 0; state < 3; ++state) {
            if (ours.ranks[r].residency[state] != expected.ranks[r].residency[state])
                return "rank " + std::to_string(r) + ", state " + std::to_string(state) + ": "
                    + std::to_string(ours.ranks[r].residency[state]) + " cycles, expected "
                    + std::to_string(expected.ranks[r].residency[state]);
        }
    }
    if (!isSame(ours.reads, expected.readLatencies) || !isSame(ours.writes, expected.writeLatencies))
        return "latencies differ";
    if (ours.accepted != expected.accepted || ours.lastDone != expected.lastDone)
        return "accepted requests or the last completion differ";
    return {};
}

/// What differs between the engine and the reference; empty if nothing.
std::string difference(const dramtest::RandomCase& drawn)
{
    reference::DramSim2 slow(drawn.config);
    slow.run(drawn.trace, drawn.cycles);
    dramtest::CommandList list;
    dram::RequestList source(drawn.trace);
    const dram::RunResult fast = dram::dramsim2::simulate(
        drawn.config, source, { .cycles = drawn.cycles, .window = 0, .wrapAddresses = false, .sink = &list },
        {});
    for (std::size_t c = 0; c < fast.channels.size(); ++c) {
        std::vector<dram::Command> commands;
        std::copy_if(list.all.begin(), list.all.end(), std::back_inserter(commands),
                     [c](const dram::Command& command) { return command.channel == c; });
        std::string text = compareStreams(commands, slow.outcomes()[c].commands);
        if (text.empty())
            text = compareChannel(fast.channels[c], slow.outcomes()[c]);
        if (!text.empty())
            return "channel " + std::to_string(c) + ": " + text;
    }
    return {};
}

} // namespace

/// The event-driven engine against the slow, obvious one.
class DramPropertyTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void equalsTheReference_data();
    void equalsTheReference();
};

void DramPropertyTest::equalsTheReference_data()
{
    QTest::addColumn<int>("first");
    for (int chunk = 0; chunk < chunks; ++chunk)
        QTest::addRow("seeds from %d", chunk * casesPerChunk) << chunk * casesPerChunk;
}

void DramPropertyTest::equalsTheReference()
{
    QFETCH(const int, first);
    for (int seed = first; seed < first + casesPerChunk; ++seed) {
        const dramtest::RandomCase drawn = dramtest::randomCase(static_cast<std::uint64_t>(seed));
        const std::string text = difference(drawn);
        QVERIFY2(text.empty(),
                 ("seed " + std::to_string(seed) + ": " + text + "; " + dramtest::describe(drawn)).c_str());
    }
}

QTEST_GUILESS_MAIN(DramPropertyTest)
#include "property_test.moc"
