#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/presets.h"
#include "tests/engine/dram/scenario.h"
#include "tests/engine/dram/streams.h"

#include <QRegularExpression>
#include <QTest>

namespace dram = engine::dram;
using dram::dramsim2::Config;
using dram::dramsim2::Device;
using dramtest::At;
using dramtest::Nth;
using enum dram::CommandKind;

namespace {

/// Two ranks, no rule but the one under test anywhere near binding.
Config base()
{
    Config config { {}, dramsim2Device(*dram::findPreset("DDR3_micron_32M_8B_x8_sg15")).value, {} };
    Device& d = config.device;
    d.refreshPeriod = 30'000;
    d.tRAS = 1;
    d.tRC = 12;
    d.tRRD = 1;
    d.tFAW = 1;
    config.system.capacity = static_cast<std::uint32_t>(2 * config.rankMegabytes());
    config.system.lowPower = false;
    return config;
}

Config closePage()
{
    Config config = base();
    config.system.rowPolicy = dram::dramsim2::RowPolicy::Close;
    return config;
}

Config withLatency(std::uint32_t additive)
{
    Config config = base();
    config.device.AL = additive;
    return config;
}

Config withDevice(Config config, std::uint32_t Device::*time, std::uint32_t value)
{
    config.device.*time = value;
    return config;
}

Config withRowCycle(std::uint32_t tRAS, std::uint32_t tRC)
{
    return withDevice(withDevice(base(), &Device::tRAS, tRAS), &Device::tRC, tRC);
}

Config poweringDown()
{
    Config config = base();
    config.system.lowPower = true;
    return config;
}

/// Between two commands of a trace lie `expected` cycles, and one more when `time` is one longer: so the
/// later command comes at the very first cycle that this rule allows.
struct Rule {
    const char* name;
    Config config;
    std::vector<At> trace;
    std::optional<Nth> from; ///< none: cycle 0
    Nth to;
    std::uint32_t Device::*time;
    std::uint64_t expected;
};

const std::vector<At> oneRead = { { 0, 0, 0, 0, false, 0 } };
const std::vector<At> oneWrite = { { 0, 0, 0, 0, true, 0 } };

std::vector<At> pair(At first, At second)
{
    return { first, second };
}

// Timing of the base: CL 10, AL 0, WL 9, BL 8 = 4 cycles, tRCD 10, tRP 10, tCCD 4, tRTP 5, tWTR 5, tWR 10,
// tRTRS 1, tCMD 1.
std::vector<Rule> bankRules()
{
    const std::vector<At> rows = pair({ 0, 0, 0 }, { 0, 0, 1 });
    const std::vector<At> writtenRows = pair({ 0, 0, 0, 0, true }, { 0, 0, 1, 0, true });
    const std::vector<At> banks = pair({ 0, 0, 0 }, { 0, 1, 0 });
    const std::vector<At> five = { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 } };
    return {
        { "ACT to RD: tRCD", base(), oneRead, Nth { Activate }, { Read }, &Device::tRCD, 10 },
        { "ACT to WR: tRCD", base(), oneWrite, Nth { Activate }, { Write }, &Device::tRCD, 10 },
        { "ACT to RD with AL: tRCD - AL",
          withLatency(4),
          oneRead,
          Nth { Activate },
          { Read },
          &Device::tRCD,
          6 },
        { "ACT to PRE: tRAS",
          withRowCycle(24, 40),
          oneRead,
          Nth { Activate },
          { Precharge },
          &Device::tRAS,
          24 },
        { "RD to PRE: BL/2 + tRTP - tCCD", base(), oneRead, Nth { Read }, { Precharge }, &Device::tRTP, 5 },
        { "RD to PRE with AL", withLatency(4), oneRead, Nth { Read }, { Precharge }, &Device::tRTP, 9 },
        { "WR to PRE: WL + BL/2 + tWR", base(), oneWrite, Nth { Write }, { Precharge }, &Device::tWR, 23 },
        { "WR to PRE: WL of CL", base(), oneWrite, Nth { Write }, { Precharge }, &Device::CL, 23 },
        { "PRE to ACT: tRP",
          withRowCycle(1, 30),
          writtenRows,
          Nth { Precharge },
          { Activate, 1 },
          &Device::tRP,
          10 },
        { "ACT to ACT, one bank: tRC",
          withRowCycle(1, 60),
          rows,
          Nth { Activate },
          { Activate, 1 },
          &Device::tRC,
          60 },
        { "ACT to ACT, two banks: tRRD",
          withDevice(withDevice(base(), &Device::tRRD, 6), &Device::tFAW, 8),
          banks,
          Nth { Activate },
          { Activate, 1 },
          &Device::tRRD,
          6 },
        { "1st to 5th ACT: tFAW",
          withDevice(base(), &Device::tFAW, 31),
          five,
          Nth { Activate },
          { Activate, 4 },
          &Device::tFAW,
          31 },
        { "RDA to ACT: tRTP + tRP",
          withDevice(withDevice(closePage(), &Device::BL, 2), &Device::tRTP, 8),
          rows,
          Nth { ReadAutoPrecharge },
          { Activate, 1 },
          &Device::tRP,
          18 },
        { "RDA to ACT: the bank has to be idle",
          withDevice(closePage(), &Device::tCCD, 1),
          rows,
          Nth { ReadAutoPrecharge },
          { Activate, 1 },
          &Device::tRP,
          18 },
        { "WRA to ACT: WL + BL/2 + tWR + tRP",
          closePage(),
          writtenRows,
          Nth { WriteAutoPrecharge },
          { Activate, 1 },
          &Device::tWR,
          33 },
    };
}

std::vector<Rule> busRules()
{
    // Both rows are open long before the second request of each pair is due.
    const auto columns = [](bool firstWrite, bool secondWrite, std::uint32_t rank) {
        return pair({ 0, 0, 0, 0, firstWrite }, { rank, 1, 0, 0, secondWrite });
    };
    const Config longColumn = withDevice(base(), &Device::tCCD, 7);
    return {
        { "RD to RD: tCCD",
          longColumn,
          columns(false, false, 0),
          Nth { Read },
          { Read, 1 },
          &Device::tCCD,
          7 },
        { "WR to WR: tCCD",
          longColumn,
          columns(true, true, 0),
          Nth { Write },
          { Write, 1 },
          &Device::tCCD,
          7 },
        { "RD to RD, other rank: BL/2 + tRTRS",
          base(),
          columns(false, false, 1),
          Nth { Read },
          { Read, 1 },
          &Device::tRTRS,
          5 },
        { "WR to WR, other rank: BL/2 + tRTRS",
          base(),
          columns(true, true, 1),
          Nth { Write },
          { Write, 1 },
          &Device::tRTRS,
          5 },
        { "RD to WR: RL + BL/2 + tRTRS - WL",
          base(),
          columns(false, true, 0),
          Nth { Read },
          { Write },
          &Device::tRTRS,
          6 },
        { "RD to WR, other rank",
          base(),
          columns(false, true, 1),
          Nth { Read },
          { Write },
          &Device::tRTRS,
          6 },
        { "WR to RD: WL + BL/2 + tWTR",
          base(),
          columns(true, false, 0),
          Nth { Write },
          { Read },
          &Device::tWTR,
          18 },
        { "WR to RD, other rank: WL + BL/2 + tRTRS - RL",
          base(),
          columns(true, false, 1),
          Nth { Write },
          { Read },
          &Device::tRTRS,
          4 },
    };
}

// A period of 30,000 ns for two ranks: rank 0 is refreshed at 10,000, rank 1 at 20,000.
std::vector<Rule> refreshRules()
{
    const std::vector<At> afterRefresh = pair({ 0, 0, 0, 0, false, 9000 }, { 0, 0, 1, 0, false, 10'010 });
    // Idle from cycle 0 on, so powered down at 0; the request wakes the rank.
    return {
        { "REF to ACT: tRFC", base(), afterRefresh, Nth { Refresh }, { Activate, 1 }, &Device::tRFC, 107 },
        { "woken to ACT: tXP",
          poweringDown(),
          { { 0, 0, 0, 0, false, 500 } },
          {},
          { Activate },
          &Device::tXP,
          504 },
        { "asleep for tCKE at least",
          withDevice(poweringDown(), &Device::tCKE, 20),
          { { 0, 0, 0, 0, false, 1 } },
          {},
          { Activate },
          &Device::tCKE,
          24 },
    };
}

std::vector<dram::Command> commandsOf(const Config& config, const std::vector<At>& trace)
{
    const std::vector<dram::Request> requests = dramtest::requestsAt(config.addressMap(), trace);
    dram::RequestList source(requests);
    dramtest::CommandList list;
    simulate(config, source, { .cycles = 25'000, .window = 0, .wrapAddresses = false, .sink = &list }, {});
    return list.all;
}

std::int64_t distance(const Rule& rule, const Config& config)
{
    const std::vector<dram::Command> commands = commandsOf(config, rule.trace);
    const auto from = rule.from ? dramtest::cycleOf(commands, *rule.from) : 0;
    const auto to = dramtest::cycleOf(commands, rule.to);
    return from && to ? static_cast<std::int64_t>(*to) - static_cast<std::int64_t>(*from) : -1'000'000;
}

std::vector<Rule> rules()
{
    std::vector<Rule> all = bankRules();
    for (const std::vector<Rule>& more : { busRules(), refreshRules() })
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace

/// Every distance of the DRAMSim2 model, kept exactly.
class DramTiming2Test : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void commandsComeAtTheFirstCycleAllowed_data();
    void commandsComeAtTheFirstCycleAllowed();
    void dataComesAfterTheLatency();
};

void DramTiming2Test::commandsComeAtTheFirstCycleAllowed_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Rule> all = rules();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << static_cast<int>(i);
}

void DramTiming2Test::commandsComeAtTheFirstCycleAllowed()
{
    QFETCH(const int, index);
    const Rule rule = rules().at(static_cast<std::size_t>(index));
    QCOMPARE(distance(rule, rule.config), static_cast<std::int64_t>(rule.expected));
    // What was on time is one cycle too early now.
    const Config longer = withDevice(rule.config, rule.time, rule.config.device.*rule.time + 1);
    QCOMPARE(distance(rule, longer), static_cast<std::int64_t>(rule.expected + 1));
}

void DramTiming2Test::dataComesAfterTheLatency()
{
    const Config config = withLatency(3);
    for (const bool write : { false, true }) {
        const std::vector<dram::Request> requests =
            dramtest::requestsAt(config.addressMap(), { { 0, 0, 0, 0, write, 5 } });
        dram::RequestList source(requests);
        const dram::RunResult result = simulate(config, source, {}, {});
        // ACT at 6, column at 6 + 10 - 3; tCMD + RL + 4 for a read, WL + 4 for a write.
        const std::uint64_t done = 13 + (write ? 12 + 4 : 1 + 13 + 4);
        const dram::ChannelResult& channel = result.channels[0];
        QCOMPARE((write ? channel.writes : channel.reads).longest(), done - 5);
        QCOMPARE(channel.lastDone, done);
    }
}

QTEST_GUILESS_MAIN(DramTiming2Test)
#include "timing2_test.moc"
