#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"
#include "tests/engine/dram/scenario.h"
#include "tests/engine/dram/streams.h"

#include <QRegularExpression>
#include <QTest>

namespace dram = engine::dram;
using dram::dramsim3::Config;
using dram::dramsim3::Protocol;
using dramtest::At;
using dramtest::Nth;
using enum dram::CommandKind;

namespace {

using Time = std::int32_t Config::*;

/// Two ranks of four groups of four banks, no rule but the one under test anywhere near binding. Buffers of
/// one request, so that a write is drained at once.
Config base(Protocol protocol = Protocol::DDR4)
{
    Config c;
    c.protocol = protocol;
    c.bankgroups = 4;
    c.banksPerGroup = 4;
    c.rows = 65536;
    c.CL = 10;
    c.CWL = 8;
    c.tRCD = c.tRCDRD = c.tRCDWR = 10;
    c.tRP = 10;
    c.tRAS = 1;
    c.tRFC = 100;
    c.tREFI = 40'000;
    c.tRRD_S = c.tRRD_L = 1;
    c.tWTR_S = 3;
    c.tWTR_L = 7;
    c.tFAW = c.t32AW = 1;
    c.tWR = 10;
    c.tRTP = 9;
    c.tCCD_S = 5;
    c.tCCD_L = 6;
    c.tRTRS = 1;
    c.channelSize = 16384;
    c.addressMapping = "rochrababgco";
    c.transQueueSize = 1;
    c.cmdQueueSize = 8;
    if (protocol == Protocol::HBM)
        c.columns = 64;
    if (c.isGddr())
        c.columns = 128;
    if (protocol == Protocol::GDDR6)
        c.BL = 16;
    return c;
}

Config with(Config config, Time time, std::int32_t value)
{
    config.*time = value;
    return config;
}

Config closePage()
{
    Config config = base();
    config.rowPolicy = dram::dramsim3::RowPolicy::Close;
    return config;
}

Config oneGroup()
{
    Config config = base(Protocol::LPDDR3);
    config.bankgroups = 1;
    config.banksPerGroup = 8;
    return config;
}

/// Between two commands of a trace lie `expected` cycles, and `growth` more when `time` is one longer: so
/// the later command comes at the very first cycle that this rule allows.
struct Rule {
    const char* name;
    Config config;
    std::vector<At> trace;
    Nth from;
    Nth to;
    Time time;
    std::int64_t expected;
    std::int64_t growth = 1;
};

std::vector<At> pair(At first, At second)
{
    return { first, second };
}

// Burst 4, RL 10, WL 8; bank 1 is of group 0 like bank 0, bank 4 of group 1.
std::vector<Rule> bankRules()
{
    const std::vector<At> read = { { 0, 0 } };
    const std::vector<At> write = { { 0, 0, 0, 0, true } };
    const std::vector<At> rows = pair({ 0, 0, 0 }, { 0, 0, 1 });
    const std::vector<At> writtenRows = pair({ 0, 0, 0, 0, true }, { 0, 0, 1, 0, true });
    const std::vector<At> five = { { 0, 0 }, { 0, 4 }, { 0, 8 }, { 0, 12 }, { 0, 1 } };
    return {
        { "ACT to RD: tRCD", base(), read, { Activate }, { Read }, &Config::tRCD, 10 },
        { "ACT to WR: tRCD", base(), write, { Activate }, { Write }, &Config::tRCD, 10 },
        { "ACT to RD with AL: tRCD - AL",
          with(base(), &Config::AL, 4),
          read,
          { Activate },
          { Read },
          &Config::tRCD,
          6 },
        { "ACT to RD, GDDR: tRCDRD",
          base(Protocol::GDDR5),
          read,
          { Activate },
          { Read },
          &Config::tRCDRD,
          10 },
        { "ACT to WR, GDDR: tRCDWR",
          base(Protocol::GDDR5),
          write,
          { Activate },
          { Write },
          &Config::tRCDWR,
          10 },
        { "ACT to RD, HBM: tRCDRD", base(Protocol::HBM), read, { Activate }, { Read }, &Config::tRCDRD, 10 },
        { "ACT to WR, HBM: not tRCD",
          base(Protocol::HBM),
          write,
          { Activate },
          { Write },
          &Config::tRCD,
          10,
          0 },
        { "ACT to PRE: tRAS",
          with(base(), &Config::tRAS, 40),
          rows,
          { Activate },
          { Precharge },
          &Config::tRAS,
          40 },
        { "RD to PRE: tRTP", base(), rows, { Read }, { Precharge }, &Config::tRTP, 9 },
        { "WR to PRE: WL + burst + tWR", base(), writtenRows, { Write }, { Precharge }, &Config::tWR, 22 },
        { "PRE to ACT: tRP", base(), rows, { Precharge }, { Activate, 1 }, &Config::tRP, 10 },
        { "ACT to ACT, one bank: tRAS + tRP",
          with(closePage(), &Config::tRAS, 80),
          rows,
          { Activate },
          { Activate, 1 },
          &Config::tRAS,
          90 },
        { "RDA to ACT: burst + tRTP + tRP",
          closePage(),
          rows,
          { ReadAutoPrecharge },
          { Activate, 1 },
          &Config::tRTP,
          23 },
        { "WRA to ACT: WL + burst + tWR + tRP",
          closePage(),
          writtenRows,
          { WriteAutoPrecharge },
          { Activate, 1 },
          &Config::tRP,
          32 },
        { "ACT to ACT, other group: tRRD_S",
          with(base(), &Config::tRRD_S, 5),
          pair({ 0, 0 }, { 0, 4 }),
          { Activate },
          { Activate, 1 },
          &Config::tRRD_S,
          5 },
        { "ACT to ACT, same group: tRRD_L",
          with(base(), &Config::tRRD_L, 7),
          pair({ 0, 0 }, { 0, 1 }),
          { Activate },
          { Activate, 1 },
          &Config::tRRD_L,
          7 },
        { "1st to 5th ACT: tFAW",
          with(base(), &Config::tFAW, 31),
          five,
          { Activate },
          { Activate, 4 },
          &Config::tFAW,
          31 },
    };
}

std::vector<Rule> busRules()
{
    // Both rows are open long before the second request of each pair is due.
    const auto columns = [](bool firstWrite, bool secondWrite, std::uint32_t rank, std::uint32_t bank) {
        return pair({ 0, 0, 0, 0, firstWrite }, { rank, bank, 0, 0, secondWrite });
    };
    return {
        { "RD to RD, other group: tCCD_S",
          base(),
          columns(false, false, 0, 4),
          { Read },
          { Read, 1 },
          &Config::tCCD_S,
          5 },
        { "RD to RD, same group: tCCD_L",
          base(),
          columns(false, false, 0, 1),
          { Read },
          { Read, 1 },
          &Config::tCCD_L,
          6 },
        { "RD to RD, one group in all: tCCD_S",
          oneGroup(),
          columns(false, false, 0, 1),
          { Read },
          { Read, 1 },
          &Config::tCCD_S,
          5 },
        { "RD to RD, one group in all: not tCCD_L",
          oneGroup(),
          columns(false, false, 0, 1),
          { Read },
          { Read, 1 },
          &Config::tCCD_L,
          5,
          0 },
        { "RD to RD, other rank: burst + tRTRS",
          base(),
          columns(false, false, 1, 0),
          { Read },
          { Read, 1 },
          &Config::tRTRS,
          5 },
        { "WR to WR, other group: tCCD_S",
          base(),
          columns(true, true, 0, 4),
          { Write },
          { Write, 1 },
          &Config::tCCD_S,
          5 },
        { "WR to WR, same group: tCCD_L",
          base(),
          columns(true, true, 0, 1),
          { Write },
          { Write, 1 },
          &Config::tCCD_L,
          6 },
        { "WR to WR, other rank: burst alone",
          base(),
          columns(true, true, 1, 0),
          { Write },
          { Write, 1 },
          &Config::tRTRS,
          4,
          0 },
        { "RD to WR: RL + burst + tRTRS - WL",
          base(),
          columns(false, true, 0, 1),
          { Read },
          { Write },
          &Config::tRTRS,
          7 },
        { "RD to WR, other rank",
          base(),
          columns(false, true, 1, 0),
          { Read },
          { Write },
          &Config::tRTRS,
          7 },
        { "WR to RD, other group: WL + burst + tWTR_S",
          base(),
          columns(true, false, 0, 4),
          { Write },
          { Read },
          &Config::tWTR_S,
          15 },
        { "WR to RD, same group: WL + burst + tWTR_L",
          base(),
          columns(true, false, 0, 1),
          { Write },
          { Read },
          &Config::tWTR_L,
          19 },
        { "WR to RD, other rank: WL + burst + tRTRS - RL",
          base(),
          columns(true, false, 1, 0),
          { Write },
          { Read },
          &Config::tRTRS,
          3 },
    };
}

// A tREFI of 40,000 for two ranks: rank 0 is refreshed at 20,000.
std::vector<Rule> rankRules()
{
    const std::vector<At> twoConflicts = {
        { 0, 0, 0 }, { 0, 4, 0 }, { 0, 0, 1, 0, false, 300 }, { 0, 4, 1, 0, false, 300 }
    };
    const std::vector<At> refreshed = { { 0, 0, 0 }, { 0, 0, 1, 0, false, 20'020 } };
    std::vector<At> thirtyThree;
    for (std::uint32_t i = 0; i < 33; ++i)
        thirtyThree.push_back({ 0, i % 16, i / 16 });
    return {
        { "PRE to PRE, LPDDR4: tPPD",
          with(base(Protocol::LPDDR4), &Config::tPPD, 6),
          twoConflicts,
          { Precharge },
          { Precharge, 1 },
          &Config::tPPD,
          6 },
        { "PRE to PRE, GDDR: tPPD",
          with(base(Protocol::GDDR6), &Config::tPPD, 6),
          twoConflicts,
          { Precharge },
          { Precharge, 1 },
          &Config::tPPD,
          6 },
        { "PRE to PRE, DDR4: free",
          with(base(), &Config::tPPD, 6),
          twoConflicts,
          { Precharge },
          { Precharge, 1 },
          &Config::tPPD,
          1,
          0 },
        { "PRE to REF: tRP", base(), refreshed, { Precharge }, { Refresh }, &Config::tRP, 10 },
        { "REF to ACT: tRFC", base(), refreshed, { Refresh }, { Activate, 1 }, &Config::tRFC, 100 },
        { "1st to 33rd ACT, GDDR: t32AW",
          with(base(Protocol::GDDR5), &Config::t32AW, 3000),
          thirtyThree,
          { Activate },
          { Activate, 32 },
          &Config::t32AW,
          3000 },
        { "1st to 33rd ACT, DDR4: no t32AW",
          with(with(base(), &Config::t32AW, 3000), &Config::tRP, 300),
          thirtyThree,
          { Precharge },
          { Activate, 16 },
          &Config::tRP,
          300 },
    };
}

std::vector<Rule> rules()
{
    std::vector<Rule> all = bankRules();
    for (const std::vector<Rule>& more : { busRules(), rankRules() })
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::int64_t distance(const Rule& rule, const Config& config)
{
    const std::vector<dram::Request> requests = dramtest::requestsAt(config.addressMap(), rule.trace);
    dram::RequestList source(requests);
    dramtest::CommandList list;
    simulate(config, source, { .cycles = 25'000, .window = 0, .wrapAddresses = false, .sink = &list }, {});
    const auto from = dramtest::cycleOf(list.all, rule.from);
    const auto to = dramtest::cycleOf(list.all, rule.to);
    return from && to ? static_cast<std::int64_t>(*to) - static_cast<std::int64_t>(*from) : -1'000'000;
}

} // namespace

/// Every distance of the DRAMsim3 model, kept exactly.
class DramTiming3Test : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void commandsComeAtTheFirstCycleAllowed_data();
    void commandsComeAtTheFirstCycleAllowed();
};

void DramTiming3Test::commandsComeAtTheFirstCycleAllowed_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Rule> all = rules();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << static_cast<int>(i);
}

void DramTiming3Test::commandsComeAtTheFirstCycleAllowed()
{
    QFETCH(const int, index);
    const Rule rule = rules().at(static_cast<std::size_t>(index));
    QCOMPARE(distance(rule, rule.config), rule.expected);
    // What was on time is one cycle too early now.
    const Config longer = with(rule.config, rule.time, rule.config.*rule.time + 1);
    QCOMPARE(distance(rule, longer), rule.expected + rule.growth);
}

QTEST_GUILESS_MAIN(DramTiming3Test)
#include "timing3_test.moc"
