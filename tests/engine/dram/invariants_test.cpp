#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <new>
#include <numeric>

namespace dram = engine::dram;

namespace {

std::atomic<std::uint64_t> allocations { 0 };

void* taken(std::size_t size)
{
    ++allocations;
    void* memory = std::malloc(size > 0 ? size : 1); // NOLINT(cppcoreguidelines-no-malloc)
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}

} // namespace

// Counted, so that the test below sees every allocation of the program.
void* operator new(std::size_t size)
{
    return taken(size);
}
void* operator new[](std::size_t size)
{
    return taken(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete[](void* memory) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}

namespace {

/// Endless mixed traffic, drawn as it is read; remembers how often memory had been taken by then.
class Traffic : public dram::RequestSource {
public:
    Traffic(std::size_t requests, std::uint64_t capacity)
        : m_left(requests)
        , m_capacity(capacity)
    {
    }

    std::size_t read(std::span<dram::Request> block) override
    {
        const std::size_t count = std::min(block.size(), m_left);
        if (m_drawn >= 1000 && allocationsBefore == 0)
            allocationsBefore = allocations;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t drawn = next();
            const bool near = drawn % 4 != 0;
            m_address = (near ? m_address + 64 : drawn >> 6 << 6) % m_capacity;
            m_cycle += drawn % 64 == 0 ? 200 : drawn % 6;
            block[i] = { m_address, m_cycle, (drawn >> 40) % 3 == 0 };
        }
        m_left -= count;
        m_drawn += count;
        if (m_left == 0)
            allocationsAfter = allocations;
        return count;
    }

    std::uint64_t allocationsBefore = 0; ///< when the first thousand had been read
    std::uint64_t allocationsAfter = 0; ///< when the last had been read

private:
    std::uint64_t next()
    {
        m_state ^= m_state >> 12;
        m_state ^= m_state << 25;
        m_state ^= m_state >> 27;
        return m_state * 0x2545F4914F6CDD1DU;
    }

    std::size_t m_left;
    std::size_t m_drawn = 0;
    std::uint64_t m_capacity;
    std::uint64_t m_state = 88172645463325252U;
    std::uint64_t m_address = 0;
    std::uint64_t m_cycle = 0;
};

dram::dramsim2::Config memory2(const char* name)
{
    const dram::Preset* preset = dram::findPreset(name);
    dram::dramsim2::Config config { name, dramsim2Device(*preset).value, {} };
    config.system.capacity = static_cast<std::uint32_t>(2 * config.rankMegabytes());
    return config;
}

using Run =
    std::function<dram::RunResult(dram::RequestSource&, const dram::RunOptions&, const engine::Control&)>;

/// Every preset of both models, as a function from requests to a result.
struct Memory {
    std::string name;
    Run run;
    dram::Increments increments;
    std::uint64_t capacity; ///< [byte]
};

std::vector<Memory> memories()
{
    std::vector<Memory> all;
    for (const dram::Preset& preset : dram::presets()) {
        const std::string name(preset.name);
        if (preset.model == dram::Model::DramSim2) {
            const auto config = memory2(name.c_str());
            all.push_back({ name,
                            [config](auto& source, const auto& options, const auto& control) {
                                return simulate(config, source, options, control);
                            },
                            config.increments(), std::uint64_t { 1 } << config.addressMap().addressBits });
        } else {
            const auto config = dramsim3Config(preset).value;
            all.push_back({ name,
                            [config](auto& source, const auto& options, const auto& control) {
                                return simulate(config, source, options, control);
                            },
                            config.increments(), std::uint64_t { 1 } << config.addressMap().addressBits });
        }
    }
    return all;
}

void addMemories()
{
    QTest::addColumn<int>("index");
    const std::vector<Memory> all = memories();
    QVERIFY(all.size() >= 25);
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name.c_str()) << static_cast<int>(i);
}

const Memory& memoryOf(int index)
{
    static const std::vector<Memory> all = memories();
    return all.at(static_cast<std::size_t>(index));
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
    void nothingIsAllocatedInTheLoop_data() { addMemories(); }
    void nothingIsAllocatedInTheLoop();
};

void DramInvariantsTest::countsAddUp()
{
    QFETCH(const int, index);
    const Memory& memory = memoryOf(index);
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
            simulate(memory2("DDR3_micron_32M_8B_x8_sg15"), traffic,
                     { .cycles = 0, .window = length, .wrapAddresses = false }, {});
        const dram::Windows& windows = result.channels[0].windows;
        QVERIFY(sumOf(windows) == result.counts());
        QVERIFY(length == 0 ? windows.counts().size() <= dram::Windows::mostWindows
                            : windows.length() == length);
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
        auto config = memory2("DDR3_micron_32M_8B_x8_sg15");
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
    const dram::RunResult stored = simulate(memory2("DDR3_micron_32M_8B_x8_sg15"), first, {}, {});
    const dram::RunResult fresh = simulate(changed2, second, {}, {});
    const dram::Energy again = cost(stored.counts(), changed2.increments());
    const dram::Energy anew = cost(fresh.counts(), changed2.increments());
    QVERIFY(again.states == anew.states);
    QVERIFY(again.actPre == anew.actPre && again.read == anew.read && again.write == anew.write);
    QVERIFY(again.refresh == anew.refresh && again.total() == anew.total());
    QVERIFY(again.total()
            != cost(stored.counts(), memory2("DDR3_micron_32M_8B_x8_sg15").increments()).total());

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
    const Memory& memory = memoryOf(index);
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
            simulate(memory2("DDR3_micron_64M_8B_x4_sg15"), traffic,
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
    const dram::RunResult result = simulate(memory2("DDR3_micron_32M_8B_x8_sg15"), traffic, {}, control);
    QVERIFY(result.stopped && !result.drained);
    QVERIFY(result.requests > 0 && result.requests < 100'000);
    for (const dram::Counts& rank : result.channels[0].ranks)
        QCOMPARE(std::accumulate(rank.residency.begin(), rank.residency.end(), std::uint64_t { 0 }),
                 result.cycles);
}

void DramInvariantsTest::nothingIsAllocatedInTheLoop()
{
    QFETCH(const int, index);
    const Memory& memory = memoryOf(index);
    Traffic traffic(200'000, memory.capacity);
    const dram::RunResult result = memory.run(traffic, {}, {});
    QVERIFY(traffic.allocationsBefore > 0);
    // Windows and bins of latencies grow a few times, twice as far each; nothing else may.
    const std::uint64_t taken = traffic.allocationsAfter - traffic.allocationsBefore;
    QVERIFY2(taken <= 40 * result.channels.size(), std::to_string(taken).c_str());
}

QTEST_GUILESS_MAIN(DramInvariantsTest)
#include "invariants_test.moc"
