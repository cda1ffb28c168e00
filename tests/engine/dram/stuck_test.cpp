#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"
#include "engine/dram/trace/generator.h"

#include <QRegularExpression>
#include <QTest>

namespace dram = engine::dram;

/// A controller can hold itself up: a write waits for a read of its address that nobody moves any more.
class StuckTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void runsUntilDrainedAreGivenUp();
    void runsOfFixedLengthGoOn();

private:
    static dram::RunResult run(std::uint64_t cycles);
};

void StuckTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

dram::RunResult StuckTest::run(std::uint64_t cycles)
{
    const dram::Preset* preset = dram::findPreset("LPDDR4_8Gb_x16_2400");
    const auto source = dram::makeGenerator("tiled", { .requests = 2000, .bytes = 128 });
    dram::RunOptions options;
    options.cycles = cycles;
    return dram::dramsim3::simulate(dram::dramsim3Config(*preset).value, *source, options, {});
}

void StuckTest::runsUntilDrainedAreGivenUp()
{
    const dram::RunResult result = run(0);
    QVERIFY(result.stuck);
    QVERIFY(!result.drained);
    QVERIFY(result.requests < 2000);
    QVERIFY(result.channels.front().waiting > 0);
    QVERIFY(result.cycles > 1'000'000);
    QVERIFY(result.cycles < 3'000'000);
}

void StuckTest::runsOfFixedLengthGoOn()
{
    const dram::RunResult result = run(50'000);
    QVERIFY(!result.stuck);
    QCOMPARE(result.cycles, 50'000U);
}

QTEST_GUILESS_MAIN(StuckTest)
#include "stuck_test.moc"
