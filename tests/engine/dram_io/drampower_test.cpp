#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/dram/drampower/from_config.h"
#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/files.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"
#include "engine/dram/trace/generator.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace engine;
using namespace engine::dram;
using namespace engine::dram::drampower;

namespace {

constexpr auto active = static_cast<std::size_t>(RankState::Active);
constexpr auto precharged = static_cast<std::size_t>(RankState::Precharged);
constexpr auto powerDown = static_cast<std::size_t>(RankState::PowerDown);
constexpr auto selfRefresh = static_cast<std::size_t>(RankState::SelfRefresh);

/// The formulas of the model written out, bank by bank, device by device [pJ].
double slowTotal(const Activity& a, const Rank& r)
{
    double total = 0;
    for (const Domain* d : { &r.vdd, &r.vpp }) {
        const double B = r.banks;
        const double Irho = r.rho * (d->I3N - d->I2N) + d->I2N;
        const double I1 = (d->I3N + (B - 1) * Irho) / B;
        const double Itheta = (d->I0 * (r.tRP + r.tRAS) - d->Ibeta * r.tRP) / r.tRAS;
        const double ns = r.tCK;
        for (std::uint32_t device = 0; device < r.devices; ++device) {
            total += static_cast<double>(a.counts.activates) * d->volts * (Itheta - I1) * r.tRAS * ns;
            total += static_cast<double>(a.precharges) * d->volts * (d->Ibeta - d->I2N) * r.tRP * ns;
            total += static_cast<double>(a.counts.reads) * d->volts * (d->I4R - d->I3N) * r.burstLength
                / r.dataRate * ns;
            total += static_cast<double>(a.counts.writes) * d->volts * (d->I4W - d->I3N)
                * std::floor(r.burstLength / r.dataRate) * ns;
            total += static_cast<double>(a.counts.refreshes) * d->volts * (d->I5 - d->I3N) * r.tRFC * ns;
            total += static_cast<double>(a.counts.residency[active]) * d->volts * Irho * ns;
            total += static_cast<double>(a.openBankCycles) * d->volts * (I1 - Irho) * ns;
            for (std::uint32_t bank = 0; bank < r.banks; ++bank)
                total += static_cast<double>(a.counts.residency[precharged]) * d->volts * d->I2N / B * ns;
            total += static_cast<double>(a.counts.residency[powerDown]) * d->volts * d->I2P * ns;
            total += static_cast<double>(a.counts.residency[selfRefresh]) * d->volts * d->I6 * ns;
        }
    }
    return total;
}

bool isClose(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

Domain randomDomain(Random& random)
{
    const double base = random.uniform(10, 40);
    return { random.uniform(1, 2.5),         base + random.uniform(10, 60),
             base + random.uniform(0, 20),   base,
             random.uniform(1, 10),          base + random.uniform(0, 20),
             base + random.uniform(50, 200), base + random.uniform(50, 200),
             base + random.uniform(50, 300), random.uniform(1, 10) };
}

dramsim2::Config ddr3(dramsim2::RowPolicy policy)
{
    dramsim2::Config config { .name = {},
                              .device = dramsim2Device(*findPreset("DDR3_micron_32M_8B_x8_sg15")).value,
                              .system = {} };
    config.system.rowPolicy = policy;
    return config;
}

std::unique_ptr<RequestSource> requests()
{
    Pattern pattern;
    pattern.requests = 4000;
    pattern.interval = 7;
    return makeGenerator("random", pattern);
}

class DramPowerTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsTheFormulas()
    {
        Random random(3);
        for (int i = 0; i < 200; ++i) {
            Rank rank { randomDomain(random), i % 2 == 0 ? randomDomain(random) : Domain {} };
            rank.rho = i % 5 == 0 ? 1 : random.uniform();
            rank.tCK = random.uniform(0.3, 3);
            rank.devices = 1 + static_cast<std::uint32_t>(random.below(16));
            rank.banks = 1U << random.below(6);
            rank.burstLength = 4U << random.below(3);
            rank.dataRate = i % 3 == 0 ? 8 : 2;
            rank.tRAS = 10 + static_cast<std::uint32_t>(random.below(40));
            rank.tRP = 5 + static_cast<std::uint32_t>(random.below(20));
            rank.tRFC = 50 + static_cast<std::uint32_t>(random.below(400));
            Activity a;
            a.counts = { random.below(1000),
                         random.below(1000),
                         random.below(1000),
                         0,
                         random.below(50),
                         0,
                         { random.below(100'000), random.below(100'000), random.below(1000),
                           random.below(1000) } };
            a.precharges = random.below(1000);
            a.openBankCycles = random.below(1'000'000);
            const Energy energy = cost(a, increments(rank));
            const double slow = slowTotal(a, rank);
            QVERIFY2(isClose(energy.total(), slow),
                     qPrintable(QStringLiteral("%1 %2").arg(energy.total()).arg(slow)));
        }
    }

    // Figures by hand: one device of one current step each.
    void byHand()
    {
        Rank rank;
        rank.vdd = { .volts = 2,
                     .I0 = 30,
                     .Ibeta = 20,
                     .I2N = 10,
                     .I2P = 1,
                     .I3N = 18,
                     .I4R = 50,
                     .I4W = 60,
                     .I5 = 100,
                     .I6 = 2 };
        rank.rho = 0.5; // Irho 14, I1 = (18 + 3 * 14) / 4 = 15, Itheta = (30 * 30 - 20 * 10) / 20 = 35
        rank.banks = 4;
        rank.tRAS = 20;
        rank.tRP = 10;
        rank.tRFC = 100;
        const drampower::Increments inc = increments(rank);
        QCOMPARE(inc.shared.activate, 2.0 * (35 - 15) * 20);
        QCOMPARE(inc.precharge, 2.0 * (20 - 10) * 10);
        QCOMPARE(inc.shared.read, 2.0 * (50 - 18) * 4);
        QCOMPARE(inc.shared.write, 2.0 * (60 - 18) * 4);
        QCOMPARE(inc.shared.refresh, 2.0 * (100 - 18) * 100);
        QCOMPARE(inc.shared.background[active], 2.0 * 14);
        QCOMPARE(inc.shared.background[precharged], 2.0 * 10);
        QCOMPARE(inc.shared.background[powerDown], 2.0);
        QCOMPARE(inc.openBank, 2.0 * (15 - 14));
    }

    // With rho = 1 and Ibeta = IDD0 the background is the simulator's own, and an activate with its precharge
    // costs tRC = tRAS + tRP of it.
    void equalsDramSim2WhereTheModelsAgree()
    {
        for (const auto policy : { dramsim2::RowPolicy::Open, dramsim2::RowPolicy::Close }) {
            const dramsim2::Config config = ddr3(policy);
            const ChannelResult channel = dramsim2::simulate(config, *requests(), {}, {}).channels.front();
            const Energy own = dram::cost(channel.ranks[0], config.increments());
            const Activity a = activity(channel.ranks[0], channel.banks[0], countingOf(config));
            const Energy bankWise = cost(a, increments(rankOf(config, {})));
            QVERIFY(isClose(bankWise.total(), slowTotal(a, rankOf(config, {}))));
            QVERIFY(isClose(bankWise.background(), own.background()));
            QVERIFY(isClose(bankWise.burst(), own.burst()));
            QVERIFY(isClose(bankWise.refresh, own.refresh));
            QVERIFY(a.precharges > 3000 && a.precharges <= channel.ranks[0].activates);
            if (a.precharges == channel.ranks[0].activates)
                QVERIFY(isClose(bankWise.actPre, own.actPre));
        }
    }

    void refreshesOfDramSim3AreActive()
    {
        const dramsim3::Config config = dramsim3Config(*findPreset("DDR3_1Gb_x8_1333")).value;
        RunOptions options;
        options.cycles = 100'000;
        const ChannelResult channel = dramsim3::simulate(config, *requests(), options, {}).channels.front();
        const Counts& counts = channel.ranks[0];
        QVERIFY(counts.refreshes > 0);
        const Activity a = activity(counts, channel.banks[0], countingOf(config));
        QCOMPARE(a.counts.residency[active], counts.residency[active] + counts.refreshes * 74);
        std::uint64_t cycles = 0;
        for (const std::uint64_t state : a.counts.residency)
            cycles += state;
        QCOMPARE(cycles, 100'000U);
        QVERIFY(a.openBankCycles >= a.counts.residency[active]);
        QVERIFY(a.openBankCycles <= 8 * a.counts.residency[active]);
        Supplement supplement;
        supplement.rho = 0.3;
        supplement.Ibeta = 28;
        const Rank rank = rankOf(config, supplement);
        QVERIFY(isClose(cost(a, increments(rank)).total(), slowTotal(a, rank)));
        QVERIFY(cost(a, increments(rank)).background()
                < cost(a, increments(rankOf(config, {}))).background());
    }

    void supplements()
    {
        const auto read = [](const std::string& text) { return readSupplement(parseIni(text, "d"), "d"); };
        const Supplement none = read("NUM_BANKS=8\nother=x\n");
        QVERIFY(!none.rho && !none.Ibeta);
        QCOMPARE(assumptions(none).size(), 3U);
        const Supplement all = read("rho = 0.7\nIBETA=28\nVPP=2.5\nIPP0=3\n");
        QCOMPARE(*all.rho, 0.7);
        QCOMPARE(*all.Ibeta, 28.0);
        QCOMPARE(all.VPP, 2.5);
        QCOMPARE(all.IPP0, 3.0);
        QCOMPARE(assumptions(all).size(), 0U);
        for (const char* bad : { "rho=1.1", "rho=x", "IBETA=-1", "VPP=two" })
            QVERIFY_THROWS_EXCEPTION(FormatError, read(bad));
        QCOMPARE(supplementOf(*findPreset("DDR4_4Gb_x8_2400")).IPP0, 3.0);
        // The readers of the simulators take the keys without a word.
        QVERIFY(dramsim3::readConfig("protocol=DDR4\n", "c").warnings
                == dramsim3::readConfig("protocol=DDR4\nrho=0.7\nIBETA=28\nVPP=2.5\n", "c").warnings);
    }
};

} // namespace

QTEST_GUILESS_MAIN(DramPowerTest)
#include "drampower_test.moc"
