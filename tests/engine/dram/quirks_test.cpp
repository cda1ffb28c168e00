#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"
#include "tests/engine/dram/scenario.h"
#include "tests/engine/dram/streams.h"

#include <QRegularExpression>
#include <QTest>

namespace dram = engine::dram;
using dramtest::At;
using enum dram::CommandKind;

namespace {

dram::dramsim2::Config memory2(std::uint32_t ranks)
{
    dram::dramsim2::Config config { {},
                                    dramsim2Device(*dram::findPreset("DDR3_micron_32M_8B_x8_sg15")).value,
                                    {} };
    config.system.capacity = static_cast<std::uint32_t>(ranks * config.rankMegabytes());
    return config;
}

/// One rank that is not refreshed within the traces here.
dram::dramsim3::Config memory3(const char* preset)
{
    dram::dramsim3::Config config = dramsim3Config(*dram::findPreset(preset)).value;
    config.tREFI = 1'000'000;
    return config;
}

struct Played {
    dram::RunResult result;
    std::vector<dram::Command> commands;

    QString order() const ///< of the commands: "ACT RD PRE"
    {
        std::string text;
        for (const dram::Command& command : commands)
            text.append(text.empty() ? "" : " ").append(dram::commandName(command.kind));
        return QString::fromStdString(text);
    }

    QString columns() const ///< "WR5 RD0": kind and column of the column commands
    {
        std::string text;
        for (const dram::Command& command : commands) {
            if (command.kind == Read || command.kind == Write)
                text.append(text.empty() ? "" : " ")
                    .append(dram::commandName(command.kind))
                    .append(std::to_string(command.detail));
        }
        return QString::fromStdString(text);
    }
};

template <typename Config>
Played play(const Config& config, const std::vector<At>& trace, std::uint64_t cycles = 0)
{
    const std::vector<dram::Request> requests = dramtest::requestsAt(config.addressMap(), trace);
    dram::RequestList source(requests);
    dramtest::CommandList list;
    Played played;
    played.result = simulate(config, source,
                             { .cycles = cycles, .window = 0, .wrapAddresses = false, .sink = &list }, {});
    played.commands = std::move(list.all);
    return played;
}

} // namespace

/// What the golden cases leave open, by hand-made cases after the definition of the models.
class DramQuirksTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void addressSchemes_data();
    void addressSchemes();
    void lostRefreshRequest();
    void sleepingRankIsRefreshedOnTime();
    void rowAccessesAreLimited();
    void rowHitsAreCapped_data();
    void rowHitsAreCapped();
    void equalReadsAreMerged();
    void bufferedWritesAnswerReads();
    void equalWritesAreMerged();
    void writesWaitBehindReadsOfTheSamePlace();
    void eightWritesStayInTheBuffer();
    void unifiedQueuesKeepTheOrder();
    void hbmIssuesTwoCommandsACycle_data();
    void hbmIssuesTwoCommandsACycle();
};

// 64 bytes a burst: bits 0..5; 8 banks (3 bits), 1024 columns of 8 (7), 32768 rows (15), 2 ranks, 2 channels.
void DramQuirksTest::addressSchemes_data()
{
    QTest::addColumn<int>("scheme");
    QTest::addColumn<QList<unsigned>>("shifts"); // channel, rank, bank, row, column
    QTest::newRow("scheme1") << 1 << QList<unsigned> { 32, 31, 6, 16, 9 };
    QTest::newRow("scheme2") << 2 << QList<unsigned> { 32, 6, 7, 17, 10 };
    QTest::newRow("scheme3") << 3 << QList<unsigned> { 32, 31, 28, 6, 21 };
    QTest::newRow("scheme4") << 4 << QList<unsigned> { 32, 31, 28, 13, 6 };
    QTest::newRow("scheme5") << 5 << QList<unsigned> { 32, 9, 6, 17, 10 };
    QTest::newRow("scheme6") << 6 << QList<unsigned> { 32, 13, 14, 17, 6 };
    QTest::newRow("scheme7") << 7 << QList<unsigned> { 6, 10, 7, 18, 11 };
}

void DramQuirksTest::addressSchemes()
{
    QFETCH(const int, scheme);
    QFETCH(const QList<unsigned>, shifts);
    dram::dramsim2::Config config = memory2(4);
    config.system.channels = 2;
    config.system.mapping = static_cast<std::uint32_t>(scheme);
    const dram::AddressMap map = config.addressMap();
    QCOMPARE(map.addressBits, 33U);
    const std::uint64_t one = 1;
    const std::uint64_t address = one << shifts[0] | one << shifts[1] | std::uint64_t { 5 } << shifts[2]
        | std::uint64_t { 0x5A5B } << shifts[3] | std::uint64_t { 0x55 } << shifts[4];
    const dram::Location expected { 1, 1, 5, 0x5A5B, 0x55 };
    QVERIFY(map.locate(address) == expected);
    QVERIFY(map.locate(address | 63) == expected); // the burst is not cut
}

// Rank 0 wants its refresh at 1000 but its row has to stay open until 3304: the request of rank 1 at 2000
// takes the only place, and rank 0 is served with its next request, of cycle 3000.
void DramQuirksTest::lostRefreshRequest()
{
    dram::dramsim2::Config config = memory2(2);
    config.device.refreshPeriod = 3000;
    config.device.tRAS = 2800;
    config.device.tRC = 2810;
    // Asleep since cycle 0, woken at 500 by the request.
    const Played played = play(config, { { 0, 0, 0, 0, false, 500 } }, 3900);
    QStringList lines;
    for (const dram::Command& command : played.commands)
        lines.append(QString::fromStdString(dramtest::lineOf(command)));
    const QStringList expected = { QStringLiteral("504 ACT 0 0 0"), QStringLiteral("514 RD 0 0 0"),
                                   QStringLiteral("2000 REF 1 0 0"), QStringLiteral("3304 PRE 0 0 0"),
                                   QStringLiteral("3314 REF 0 0 0") };
    QCOMPARE(lines, expected);
}

void DramQuirksTest::sleepingRankIsRefreshedOnTime()
{
    dram::dramsim2::Config config = memory2(1);
    const Played played = play(config, {}, 10'600);
    QCOMPARE(played.order(), QStringLiteral("REF REF"));
    QCOMPARE(QString::fromStdString(dramtest::lineOf(played.commands[0])), QStringLiteral("5200 REF 0 0 0"));
    // Awake from 5200 - tXP to the end of the refresh and the cycle in which it falls asleep again.
    const dram::Counts& counts = played.result.channels[0].ranks[0];
    QCOMPARE(counts.residency[0], std::uint64_t { 2 * 107 });
    QCOMPARE(counts.residency[1], std::uint64_t { 2 * 4 });
    QCOMPARE(counts.residency[2], std::uint64_t { 10'600 - 2 * 111 });
}

// The simulator's off-by-one: a row is used once more than TOTAL_ROW_ACCESSES.
void DramQuirksTest::rowAccessesAreLimited()
{
    dram::dramsim2::Config config = memory2(1);
    config.system.rowAccesses = 2;
    std::vector<At> trace;
    for (std::uint32_t i = 0; i < 7; ++i)
        trace.push_back({ 0, 0, 0, i });
    QCOMPARE(play(config, trace).order(), QStringLiteral("ACT RD RD RD PRE ACT RD RD RD PRE ACT RD PRE"));
}

void DramQuirksTest::rowHitsAreCapped_data()
{
    QTest::addColumn<int>("hits");
    QTest::addColumn<QString>("order");
    QTest::newRow("below the cap all hits go first") << 3 << QStringLiteral("ACT RD RD RD PRE ACT RD");
    QTest::newRow("four and the other row is next")
        << 6 << QStringLiteral("ACT RD RD RD RD PRE ACT RD PRE ACT RD RD");
}

// The conflicting request is second in the queue; all have arrived before the row is open.
void DramQuirksTest::rowHitsAreCapped()
{
    QFETCH(const int, hits);
    QFETCH(const QString, order);
    dram::dramsim3::Config config = memory3("DDR4_8Gb_x8_3200");
    config.tRAS = 20;
    config.tRTP = 1; // the row may be closed before the next hit is ready
    std::vector<At> trace = { { 0, 0, 0, 0 }, { 0, 0, 1, 0 } };
    for (std::uint32_t i = 1; i < static_cast<std::uint32_t>(hits); ++i)
        trace.push_back({ 0, 0, 0, i });
    QCOMPARE(play(config, trace).order(), order);
}

void DramQuirksTest::equalReadsAreMerged()
{
    const dram::dramsim3::Config config = memory3("DDR3_1Gb_x8_1333");
    const Played played = play(config, { { 0, 0, 0, 3, false, 0 }, { 0, 0, 0, 3, false, 4 } });
    const dram::ChannelResult& channel = played.result.channels[0];
    QCOMPARE(played.order(), QStringLiteral("ACT RD"));
    QCOMPARE(channel.merged, std::uint64_t { 1 });
    QCOMPARE(channel.reads.count(), std::uint64_t { 2 });
    // Added at 1 and 5, ACT at 2, RD at 12, data 14 later for both.
    QCOMPARE(channel.reads.longest(), std::uint64_t { 25 });
    QCOMPARE(channel.reads.mean(), 23.0);
}

void DramQuirksTest::bufferedWritesAnswerReads()
{
    const dram::dramsim3::Config config = memory3("DDR3_1Gb_x8_1333");
    const Played played = play(config, { { 0, 0, 0, 3, true, 0 }, { 0, 0, 0, 3, false, 4 } });
    const dram::ChannelResult& channel = played.result.channels[0];
    QCOMPARE(played.order(), QString());
    QCOMPARE(channel.reads.longest(), std::uint64_t { 1 });
    QCOMPARE(channel.waiting, std::uint64_t { 1 });
    QCOMPARE(channel.lastDone, std::uint64_t { 6 });
}

void DramQuirksTest::equalWritesAreMerged()
{
    const dram::dramsim3::Config config = memory3("DDR3_1Gb_x8_1333");
    std::vector<At> trace(20, { 0, 0, 0, 3, true, 0 });
    const Played played = play(config, trace);
    QCOMPARE(played.result.channels[0].merged, std::uint64_t { 19 });
    QCOMPARE(played.result.channels[0].waiting, std::uint64_t { 1 });
}

// After a write the read has to wait longest. A write to another column overtakes it, one to its own does
// not.
void DramQuirksTest::writesWaitBehindReadsOfTheSamePlace()
{
    dram::dramsim3::Config config = memory3("DDR3_1Gb_x8_1333");
    config.unifiedQueue = true;
    const At first { 0, 0, 0, 5, true };
    const At read { 0, 0, 0, 0, false };
    QCOMPARE(play(config, { first, read, { 0, 0, 0, 1, true } }).columns(), QStringLiteral("WR5 WR1 RD0"));
    QCOMPARE(play(config, { first, read, { 0, 0, 0, 0, true } }).columns(), QStringLiteral("WR5 RD0 WR0"));
    QCOMPARE(play(config, { first, read, { 0, 0, 0, 0, true }, { 0, 0, 0, 1, true } }).columns(),
             QStringLiteral("WR5 WR1 RD0 WR0"));
}

void DramQuirksTest::eightWritesStayInTheBuffer()
{
    const dram::dramsim3::Config config = memory3("DDR3_1Gb_x8_1333");
    std::vector<At> trace;
    for (std::uint32_t i = 0; i < 8; ++i)
        trace.push_back({ 0, 0, 0, i, true });
    const Played eight = play(config, trace);
    QCOMPARE(eight.order(), QString());
    QCOMPARE(eight.result.channels[0].waiting, std::uint64_t { 8 });
    QVERIFY(eight.result.drained);
    trace.push_back({ 0, 0, 0, 8, true });
    const Played nine = play(config, trace);
    QCOMPARE(nine.order(), QStringLiteral("ACT WR WR WR WR WR WR WR WR WR"));
    QCOMPARE(nine.result.channels[0].waiting, std::uint64_t { 0 });
}

void DramQuirksTest::unifiedQueuesKeepTheOrder()
{
    dram::dramsim3::Config config = memory3("DDR3_1Gb_x8_1333");
    const std::vector<At> trace = { { 0, 0, 0, 0, true }, { 0, 1, 0, 0, false }, { 0, 2, 0, 0, true } };
    QCOMPARE(play(config, trace).columns(), QStringLiteral("RD0"));
    config.unifiedQueue = true;
    const Played unified = play(config, trace);
    QCOMPARE(unified.result.channels[0].waiting, std::uint64_t { 0 });
    QCOMPARE(unified.result.counts().writes, std::uint64_t { 2 });
    // One buffer for both kinds: with a single place the second request is taken a cycle later only.
    config.transQueueSize = 1;
    QCOMPARE(play(config, trace).result.counts().writes, std::uint64_t { 2 });
}

void DramQuirksTest::hbmIssuesTwoCommandsACycle_data()
{
    QTest::addColumn<QString>("preset");
    QTest::newRow("HBM1") << QStringLiteral("HBM1_4Gb_x128");
    QTest::newRow("HBM2") << QStringLiteral("HBM2_8Gb_x128");
}

// The activate of bank 5 becomes ready in the very cycle of a read of bank 0, never two of a kind in one.
void DramQuirksTest::hbmIssuesTwoCommandsACycle()
{
    QFETCH(const QString, preset);
    const dram::dramsim3::Config config = memory3(preset.toLatin1().constData());
    // Added at 1, ACT at 2, RD at 2 + tRCDRD; the other request is added one cycle before that.
    const auto column = 2 + static_cast<std::uint64_t>(config.tRCDRD);
    const Played played = play(config, { { 0, 0, 0, 0, false, 0 }, { 0, 5, 0, 0, false, column - 2 } });
    // In this cycle the search starts behind bank 0, so the activate is found first.
    QCOMPARE(played.order(), QStringLiteral("ACT ACT RD RD"));
    QCOMPARE(played.commands[1].cycle, column);
    QCOMPARE(played.commands[2].cycle, column);
    // Two activates of different groups that are ready together keep a cycle apart.
    const Played rows = play(config, { { 0, 0 }, { 0, 5 } });
    QVERIFY(rows.commands[1].cycle > rows.commands[0].cycle);
    // Without the second command slot, as in DDR4, the activate waits.
    dram::dramsim3::Config single = config;
    single.protocol = dram::dramsim3::Protocol::DDR4;
    single.tRCD = single.tRCDRD;
    single.channelSize = 2048;
    const Played alone = play(single, { { 0, 0, 0, 0, false, 0 }, { 0, 5, 0, 0, false, column - 2 } });
    QVERIFY(alone.commands[1].cycle != alone.commands[2].cycle);
}

QTEST_GUILESS_MAIN(DramQuirksTest)
#include "quirks_test.moc"
