#include "analysis/activation/traffic_run.h"

#include <QRegularExpression>
#include <QTest>

#include <array>

using namespace analysis;
namespace dram = engine::dram;

namespace {

using Bits = std::vector<std::uint64_t>;

constexpr std::uint64_t line = 64 * 8; ///< [bit]

/// Region 0 is read, region 1 written, each of two tiles; one layer.
TrafficPlan copyPlan(const StoredStream& input, const StoredStream& output)
{
    TrafficPlan plan;
    plan.regions = { { QStringLiteral("in"), 0, 4096 }, { QStringLiteral("out"), 0, 4096 } };
    plan.layers = { { .weights = {}, .reads = { 0 }, .writes = 1 } };
    plan.images = { { input, output } };
    plan.layOut(8192);
    return plan;
}

/// "R0 W128": every request with its address in lines.
QString written(const TrafficPlan& plan, std::uint32_t burstBytes = 64, std::size_t block = 7)
{
    TrafficSource source(plan, burstBytes);
    std::vector<dram::Request> requests(block);
    QStringList all;
    while (const std::size_t count = source.read(requests))
        for (std::size_t i = 0; i < count; ++i)
            all << (requests[i].write ? QStringLiteral("W") : QStringLiteral("R"))
                    + QString::number(static_cast<double>(requests[i].address) / 64);
    return all.join(u' ');
}

Memory memory(const char* device)
{
    const std::vector<Parameter> parameters = memoryParameters();
    Values values(parameters);
    values.set(parameters, QStringLiteral("device"), QString::fromLatin1(device));
    return makeMemory(values);
}

StoredStream lines(std::uint64_t count)
{
    return storedStream(Bits { count * line }, false);
}

} // namespace

class TrafficPlanTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tilesAreBandsOfRows()
    {
        const TileShape shape = tileShape({ 3, 10, 5 }, 4);
        QCOMPARE(shape.tiles(), std::size_t { 3 });
        QCOMPARE(shape.wordsOf(0), std::uint64_t { 60 });
        QCOMPARE(shape.wordsOf(2), std::uint64_t { 30 });
        QCOMPARE(tileShape({ 3, 10, 5 }, 0).tiles(), std::size_t { 1 });
        QCOMPARE(tileShape({ 3, 10, 5 }, 16).tiles(), std::size_t { 1 });
        QCOMPARE(tileShape({ 500 }, 4).wordsOf(0), std::uint64_t { 500 });
    }

    void theIndexHoldsAnOffsetForEachTile()
    {
        QCOMPARE(storedStream(Bits { 300, 200 }, true).indexBits, std::uint64_t { 2 * 9 }); // 500 < 2^9
        QCOMPARE(storedStream(Bits { 300, 212 }, true).indexBits, std::uint64_t { 2 * 10 });
        QCOMPARE(storedStream(Bits { 300, 200 }, false).indexBits, std::uint64_t { 0 });
        QCOMPARE(storedStream(Bits { 500 }, true).indexBits, std::uint64_t { 0 });
        QCOMPARE(storedStream(Bits { 300, 200 }, true).lines(64), std::uint64_t { 2 });
        QCOMPARE(storedStream(Bits {}, true).lines(64), std::uint64_t { 0 });
    }

    void tilesAlternate()
    {
        const StoredStream two = storedStream(Bits { 2 * line, line }, false);
        QCOMPARE(written(copyPlan(two, two)), QStringLiteral("R0 R1 W128 W129 R2 W130"));
    }

    void aSharedLineIsReadAndWrittenOnce()
    {
        // The first tile ends in the middle of line 1.
        const StoredStream two = storedStream(Bits { line + 100, line }, false);
        QCOMPARE(written(copyPlan(two, two)), QStringLiteral("R0 R1 W128 R2 W129 W130"));
    }

    void theIndexComesFirstAndIsWrittenLast()
    {
        const StoredStream two = storedStream(Bits { line, line }, true);
        QCOMPARE(written(copyPlan(two, two)), QStringLiteral("R0 R1 W129 R2 W130 W128"));
    }

    void inputsKeepStepWithTheOutput()
    {
        const StoredStream one = lines(1);
        const StoredStream four = storedStream(Bits(4, line), false);
        QCOMPARE(written(copyPlan(four, storedStream(Bits(2, line), false))),
                 QStringLiteral("R0 R1 W128 R2 R3 W129"));
        QCOMPARE(written(copyPlan(one, four)), QStringLiteral("R0 W128 W129 W130 W131"));
        QCOMPARE(written(copyPlan(four, one)), QStringLiteral("R0 R1 R2 R3 W128"));
    }

    void weightsComeBeforeAll()
    {
        TrafficPlan plan = copyPlan(lines(1), lines(1));
        plan.regions.push_back({ QStringLiteral("w"), 0, 128 });
        plan.layers[0].weights = 2;
        plan.images[0].push_back(lines(2));
        plan.layOut(8192);
        QCOMPARE(written(plan), QStringLiteral("R256 R257 R0 W128"));
        QCOMPARE(plan.linesRead(0, 2), std::uint64_t { 2 });
        QCOMPARE(plan.linesWritten(0, 2), std::uint64_t { 0 });
    }

    void picturesFollowOneAnother()
    {
        TrafficPlan plan = copyPlan(lines(1), lines(1));
        plan.images.push_back({ lines(2), lines(1) });
        QCOMPARE(written(plan), QStringLiteral("R0 W128 R0 R1 W128"));
        QCOMPARE(written(plan, 64, 1), written(plan, 64, 1000));
    }

    void aLineIsSeveralShortBursts()
    {
        QCOMPARE(written(copyPlan(lines(1), lines(1)), 32), QStringLiteral("R0 R0.5 W128 W128.5"));
    }

    void regionsStartAtRows()
    {
        TrafficPlan plan = copyPlan(lines(1), lines(1));
        plan.regions[0].bytes = 8193;
        plan.layOut(8192);
        QCOMPARE(plan.regions[1].address, std::uint64_t { 16384 });
        QCOMPARE(plan.bytes(), std::uint64_t { 16384 + 4096 });
    }

    void everyCommandBelongsToARegion_data()
    {
        QTest::addColumn<QString>("device");
        for (const char* device : { "DDR3_micron_32M_8B_x8_sg15", "DDR4_8Gb_x8_2400", "HBM2_8Gb_x128" })
            QTest::newRow(device) << QString::fromLatin1(device);
    }

    /// Reads and writes of each region are those asked for, and nothing gets lost.
    void everyCommandBelongsToARegion()
    {
        QFETCH(QString, device);
        const Memory made = memory(qPrintable(device));
        TrafficPlan plan = copyPlan(storedStream(Bits(16, 20 * line), false), // 320 lines
                                    storedStream(Bits(16, 10 * line), false));
        plan.regions[0].bytes = plan.regions[1].bytes = 320 * 64;
        plan.layOut(1 << 16);
        const TrafficRun run = runTraffic(plan, made, {});
        QVERIFY(run.dram.result.drained);
        const std::uint64_t perLine = 64 / made.burstBytes();
        dram::Counts sum;
        for (const dram::Counts& region : run.regions)
            sum += region;
        QCOMPARE(run.regions[0].reads, 320 * perLine);
        QCOMPARE(run.regions[0].writes, std::uint64_t { 0 });
        QCOMPARE(run.regions[1].reads, std::uint64_t { 0 });
        const dram::Counts all = run.dram.result.counts();
        QCOMPARE(sum.reads, all.reads);
        QCOMPARE(sum.writes, all.writes);
        // DRAMsim3 may end with writes in its buffer.
        QVERIFY(all.writes <= 160 * perLine && all.writes + 64 >= 160 * perLine);
        QVERIFY(sum.activates <= all.activates && sum.activates + 8 >= all.activates);
    }

    void halfTheBytesTakeHalfTheBurstEnergy()
    {
        const Memory made = memory("DDR3_micron_32M_8B_x8_sg15");
        const auto energy = [&](std::uint64_t tileBits) {
            TrafficPlan plan =
                copyPlan(storedStream(Bits(100, tileBits), false), storedStream(Bits(100, tileBits), false));
            plan.regions[0].bytes = plan.regions[1].bytes = 1 << 20;
            plan.layOut(1 << 16);
            return dram::cost(runTraffic(plan, made, {}).dram.result.counts(), made.increments());
        };
        const dram::Energy whole = energy(16 * line);
        const dram::Energy half = energy(8 * line);
        QCOMPARE(half.read, whole.read / 2);
        QCOMPARE(half.write, whole.write / 2);
        QVERIFY(half.total() < whole.total());
    }
};

QTEST_GUILESS_MAIN(TrafficPlanTest)
#include "traffic_plan_test.moc"
