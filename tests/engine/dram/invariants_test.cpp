#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"
#include "tests/engine/dram/memories.h"

#include <QRegularExpression>
#include <QTest>

#include <numeric>

namespace dram = engine::dram;
using dramtest::Traffic;
using dramtest::twoRanks;

namespace {

void addMemories()
{
    QTest::addColumn<int>("index");
    const std::vector<dramtest::Memory>& all = dramtest::memories();
    QVERIFY(all.size() >= 25);
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name.c_str()) << static_cast<int>(i);
}

const dramtest::Memory& memoryOf(int index)
{
    return dramtest::memories().at(static_cast<std::size_t>(index));
}

dram::Counts sumOf(const dram::Windows& windows)
{
    dram::Counts sum;
    for (const dram::Counts& window : windows.counts())
        sum += window;
    return sum;
}

} // namespace

/// What holds of every run, whatever the memory and the trace.
class DramInvariantsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void countsAddUp_data() { addMemories(); }
    void countsAddUp();
    void windowsOfAnyLengthAddUp();
    void currentsChangedAfterwardsCostAsAFreshRun();
    void drainedRunsEndAfterTheLastData_data() { addMemories(); }
    void drainedRunsEndAfterTheLastData();
    void fixedHorizonsAreKept();
    void stopsWhenTold();
};

void DramInvariantsTest::countsAddUp()
{
    QFETCH(const int, index);
    const dramtest::Memory& memory = memoryOf(index);
    Traffic traffic(20'000, memory.capacity);
    const dram::RunResult result = memory.run(traffic, {}, {});
    QVERIFY(result.drained);
    QCOMPARE(result.requests, std::uint64_t { 20'000 });
    dram::Counts all;
    for (const dram::ChannelResult& channel : result.channels) {
        dram::Counts sum;
        for (std::size_t r = 0; r < channel.ranks.size(); ++r) {
            const dram::Counts& rank = channel.ranks[r];
            QCOMPARE(std::accumulate(rank.residency.begin(), rank.residency.end(), std::uint64_t { 0 }),
                     result.cycles);
            dram::BankCounts banks;
            for (const dram::BankCounts& bank : channel.banks[r]) {
                QCOMPARE(bank.hits + bank.misses + bank.conflicts, bank.reads + bank.writes);
                QVERIFY(bank.openCycles <= result.cycles);
                banks.activates += bank.activates;
                banks.reads += bank.reads;
                banks.writes += bank.writes;
            }
            QCOMPARE(banks.activates, rank.activates);
            QCOMPARE(banks.reads, rank.reads);
            QCOMPARE(banks.writes, rank.writes);
            sum += rank;
        }
        QVERIFY(sumOf(channel.windows) == sum);
        // Each request has a latency; only writes that stay in a buffer or were merged have none.
        QVERIFY(channel.reads.count() + channel.writes.count() + channel.waiting + channel.merged
                >= channel.accepted);
        QVERIFY(channel.reads.count() + channel.writes.count() + channel.waiting <= channel.accepted);
        all += sum;
    }
    QVERIFY(all == result.counts());
    const dram::Energy energy = cost(all, memory.increments);
    QCOMPARE(energy.total(), energy.background() + energy.actPre + energy.burst() + energy.refresh);
    QVERIFY(energy.total() > 0);
}

void DramInvariantsTest::windowsOfAnyLengthAddUp()
{
    for (const std::uint64_t length : { 0, 1, 7, 1000, 10'000'000 }) {
        Traffic traffic(5'000, std::uint64_t { 1 } << 30);
        const dram::RunResult result =
            simulate(twoRanks("DDR3_micron_32M_8B_x8_sg15"), traffic,
                     { .cycles = 0, .window = length, .wrapAddresses = false }, {});
        const dram::Windows& windows = result.channels[0].windows;
        QVERIFY(sumOf(windows) == result.counts());
        QVERIFY(windows.counts().size()
                <= (length == 0 ? dram::Windows::mostWindows : dram::Windows::mostFixed));
        const std::uint64_t needed = result.cycles / std::max<std::uint64_t>(1, length) + 1;
        QCOMPARE(windows.asked(), length);
        if (length > 0 && needed <= dram::Windows::mostFixed)
            QCOMPARE(windows.length(), length);
        else if (length > 0) // joined two by two until they were few enough
            QVERIFY(windows.length() > length
                    && windows.length() < 2 * length * needed / dram::Windows::mostFixed + 2);
        for (std::size_t i = 0; i < windows.counts().size(); ++i) {
            const auto& residency = windows.counts()[i].residency;
            const std::uint64_t last = std::min(result.cycles, (i + 1) * windows.length());
            QCOMPARE(std::accumulate(residency.begin(), residency.end(), std::uint64_t { 0 }),
                     2 * (last - i * windows.length()));
        }
    }
}

void DramInvariantsTest::currentsChangedAfterwardsCostAsAFreshRun()
{
    const auto changed2 = [] {
        auto config = twoRanks("DDR3_micron_32M_8B_x8_sg15");
        config.device.IDD0 = 141;
        config.device.IDD2P = 13;
        config.device.IDD2N = 64;
        config.device.IDD3N = 95;
        config.device.IDD4R = 271;
        config.device.IDD4W = 313;
        config.device.IDD5 = 299;
        config.device.vdd = 1.35F;
        return config;
    }();
    Traffic first(20'000, std::uint64_t { 1 } << 30);
    Traffic second(20'000, std::uint64_t { 1 } << 30);
    const dram::RunResult stored = simulate(twoRanks("DDR3_micron_32M_8B_x8_sg15"), first, {}, {});
    const dram::RunResult fresh = simulate(changed2, second, {}, {});
    const dram::Energy again = cost(stored.counts(), changed2.increments());
    const dram::Energy anew = cost(fresh.counts(), changed2.increments());
    QVERIFY(again.states == anew.states);
    QVERIFY(again.actPre == anew.actPre && again.read == anew.read && again.write == anew.write);
    QVERIFY(again.refresh == anew.refresh && again.total() == anew.total());
    QVERIFY(again.total()
            != cost(stored.counts(), twoRanks("DDR3_micron_32M_8B_x8_sg15").increments()).total());

    const dram::dramsim3::Config plain3 = dramsim3Config(*dram::findPreset("DDR4_8Gb_x8_3200")).value;
    dram::dramsim3::Config changed3 = plain3;
    changed3.VDD = 1.1;
    changed3.IDD0 = 61.5;
    changed3.IDD3N = 44;
    Traffic third(20'000, std::uint64_t { 1 } << 30);
    Traffic fourth(20'000, std::uint64_t { 1 } << 30);
    const dram::RunResult stored3 = simulate(plain3, third, {}, {});
    const dram::RunResult fresh3 = simulate(changed3, fourth, {}, {});
    QVERIFY(cost(stored3.counts(), changed3.increments()).total()
            == cost(fresh3.counts(), changed3.increments()).total());
}

void DramInvariantsTest::drainedRunsEndAfterTheLastData()
{
    QFETCH(const int, index);
    const dramtest::Memory& memory = memoryOf(index);
    Traffic traffic(3'000, memory.capacity);
    const dram::RunResult result = memory.run(traffic, {}, {});
    std::uint64_t last = 0;
    for (const dram::ChannelResult& channel : result.channels)
        last = std::max(last, channel.lastDone);
    QCOMPARE(result.cycles, last + 1);
    QVERIFY(result.drained && !result.stopped);
}

void DramInvariantsTest::fixedHorizonsAreKept()
{
    for (const std::uint64_t cycles : { 1, 17, 1000, 50'000, 2'000'000 }) {
        Traffic traffic(10'000, std::uint64_t { 1 } << 30);
        const dram::RunResult result =
            simulate(twoRanks("DDR3_micron_64M_8B_x4_sg15"), traffic,
                     { .cycles = cycles, .window = 0, .wrapAddresses = false }, {});
        QCOMPARE(result.cycles, cycles);
        QCOMPARE(result.drained, cycles == 2'000'000);
        for (const dram::Counts& rank : result.channels[0].ranks)
            QCOMPARE(std::accumulate(rank.residency.begin(), rank.residency.end(), std::uint64_t { 0 }),
                     cycles);
    }
}

void DramInvariantsTest::stopsWhenTold()
{
    std::stop_source stop;
    engine::Control control { stop.get_token(), [&](double, const std::string&) { stop.request_stop(); } };
    Traffic traffic(1'000'000, std::uint64_t { 1 } << 30);
    const dram::RunResult result = simulate(twoRanks("DDR3_micron_32M_8B_x8_sg15"), traffic, {}, control);
    QVERIFY(result.stopped && !result.drained);
    QVERIFY(result.requests > 0 && result.requests < 100'000);
    for (const dram::Counts& rank : result.channels[0].ranks)
        QCOMPARE(std::accumulate(rank.residency.begin(), rank.residency.end(), std::uint64_t { 0 }),
                 result.cycles);
}

QTEST_GUILESS_MAIN(DramInvariantsTest)
#include "invariants_test.moc"
