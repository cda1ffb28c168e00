#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/codec/hardware/occupancy.h"
#include "engine/codec/hardware/simulation.h"
#include "tests/reference/pipeline_reference.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>

namespace hardware = engine::codec::hardware;
using engine::Random;
using engine::codec::BlockSize;
using engine::codec::BlockZvc;
using hardware::Concatenation;
using hardware::Pipeline;
using hardware::Run;
using Head = BlockZvc::Head;

namespace {

enum class Blocks { Random, AllZero, AllRaw, Alternating, Long };

/// Bits of a block with that many words that are not zero, all of one width.
BlockSize blockOf(const Pipeline& pipeline, int nonzeros, int width)
{
    const auto format = engine::codec::blockFormat(pipeline.head, pipeline.wordBits, pipeline.blockWords);
    const int used = pipeline.head == Head::Mask ? pipeline.wordBits : width;
    const unsigned masked = format.widthBits + format.blockWords + static_cast<unsigned>(nonzeros * used);
    const bool raw = format.bypass && masked >= format.rawBits();
    return { static_cast<std::uint16_t>(format.flagBits() + (raw ? format.rawBits() : masked)),
             static_cast<std::uint8_t>(nonzeros) };
}

std::vector<BlockSize> blocksOf(const Pipeline& pipeline, Blocks kind, std::size_t count, Random& random)
{
    std::vector<BlockSize> blocks;
    const double density = random.uniform();
    for (std::size_t i = 0; i < count; ++i) {
        int nonzeros = kind == Blocks::AllZero ? 0 : pipeline.blockWords;
        if (kind == Blocks::Alternating)
            nonzeros *= static_cast<int>(i % 2);
        if (kind == Blocks::Random)
            nonzeros =
                static_cast<int>(random.below(static_cast<std::uint64_t>(density * pipeline.blockWords) + 1));
        if (kind == Blocks::Long && i / 20 % 2 == 0)
            nonzeros = 0;
        const int width = kind == Blocks::Random
            ? 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(pipeline.wordBits)))
            : pipeline.wordBits;
        blocks.push_back(blockOf(pipeline, nonzeros, width));
    }
    return blocks;
}

Pipeline randomPipeline(Random& random)
{
    Pipeline pipeline;
    pipeline.wordsPerCycle = 4 << random.below(4);
    pipeline.blockWords = 4 << random.below(5);
    pipeline.wordBits = 1 + static_cast<int>(random.below(16));
    pipeline.portBits =
        random.below(2) == 0 ? 16 << random.below(4) : 16 + static_cast<int>(random.below(113));
    pipeline.head = static_cast<Head>(random.below(3));
    pipeline.concatenation = random.below(2) == 0 ? Concatenation::Tree : Concatenation::Serial;
    return pipeline;
}

reference::EngineShape shapeOf(const Pipeline& pipeline)
{
    return { pipeline.wordsPerCycle, pipeline.blockWords, pipeline.portBits,
             hardware::largestBlockBits(pipeline), pipeline.concatenation == Concatenation::Serial };
}

std::vector<reference::EngineBlock> referenceBlocks(const std::vector<BlockSize>& blocks)
{
    std::vector<reference::EngineBlock> same;
    for (const BlockSize& block : blocks)
        same.push_back({ block.bits, block.nonzeros });
    return same;
}

QByteArray describe(const Pipeline& p, std::size_t blocks)
{
    return QStringLiteral("P %1 S %2 w %3 W %4 head %5 serial %6 blocks %7")
        .arg(p.wordsPerCycle)
        .arg(p.blockWords)
        .arg(p.wordBits)
        .arg(p.portBits)
        .arg(static_cast<int>(p.head))
        .arg(p.concatenation == Concatenation::Serial)
        .arg(blocks)
        .toUtf8();
}

/// The bound of activation.md, written again.
std::uint64_t boundOf(const Pipeline& pipeline, const std::vector<BlockSize>& blocks)
{
    const int beats = (pipeline.blockWords + pipeline.wordsPerCycle - 1) / pipeline.wordsPerCycle;
    std::uint64_t taken = 0;
    std::uint64_t bits = 0;
    for (const BlockSize& block : blocks) {
        bits += block.bits;
        taken += static_cast<std::uint64_t>(
            pipeline.concatenation == Concatenation::Serial ? std::max<int>(beats, block.nonzeros) : beats);
    }
    const auto port = static_cast<std::uint64_t>(pipeline.portBits);
    int levels = 0;
    while (1 << levels < pipeline.wordsPerCycle)
        ++levels;
    return std::max(taken, (bits + port - 1) / port) + static_cast<std::uint64_t>(3 + levels + beats - 1);
}

QString refusal(const Pipeline& pipeline, const std::vector<BlockSize>& blocks)
{
    try {
        hardware::compress(pipeline, blocks);
    } catch (const engine::ParameterError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class SimulationTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsRegisters_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("cases");
        QTest::newRow("random") << int(Blocks::Random) << 3000;
        QTest::newRow("all zero") << int(Blocks::AllZero) << 400;
        QTest::newRow("all raw") << int(Blocks::AllRaw) << 400;
        QTest::newRow("alternating") << int(Blocks::Alternating) << 400;
        QTest::newRow("long runs") << int(Blocks::Long) << 300;
    }

    void equalsRegisters()
    {
        QFETCH(const int, kind);
        QFETCH(const int, cases);
        Random random(41, static_cast<std::uint64_t>(kind));
        int limits[2] = { 0, 0 };
        for (int i = 0; i < cases; ++i) {
            const Pipeline pipeline = randomPipeline(random);
            const auto blocks = blocksOf(pipeline, static_cast<Blocks>(kind), 1 + random.below(80), random);
            compareCompress(pipeline, blocks);
            compareDecompress(pipeline, blocks);
            if (QTest::currentTestFailed())
                return;
            ++limits[static_cast<int>(hardware::compress(pipeline, blocks).limit())];
        }
        if (static_cast<Blocks>(kind) == Blocks::Random) // both limits have been met
            QVERIFY2(std::min(limits[0], limits[1]) > cases / 20, QByteArray::number(limits[0]));
    }

    void everyShape()
    {
        Random random(7);
        for (const int words : { 4, 8, 16, 32 })
            for (const int block : { 4, 8, 16, 32, 64 })
                for (const int port : { 16, 32, 64, 128 })
                    for (const Concatenation way : { Concatenation::Tree, Concatenation::Serial }) {
                        const Pipeline pipeline { words, block, 8, port, Head::WidthAndBypass, way };
                        const auto blocks = blocksOf(pipeline, Blocks::Random, 50, random);
                        compareCompress(pipeline, blocks);
                        compareDecompress(pipeline, blocks);
                        if (QTest::currentTestFailed())
                            return;
                    }
    }

    void smallCasesByHand()
    {
        // P = S = 16, w = 8, W = 64: fill 7. One raw block is 129 bits: 3 words after cycle 7.
        const Pipeline pipeline;
        QCOMPARE(hardware::fillCycles(pipeline), 7);
        QCOMPARE(hardware::largestBlockBits(pipeline), 129);
        QCOMPARE(hardware::bufferBits(pipeline), 257);
        const std::vector<BlockSize> raw(1, { 129, 16 });
        Run run = hardware::compress(pipeline, raw);
        QCOMPARE(run.cycles, std::uint64_t { 10 });
        QCOMPARE(run.bound, std::uint64_t { 10 });
        QCOMPARE(run.drain, std::uint64_t { 2 });
        // Ten empty blocks of 20 bits in cycles 7..16: words leave in 11, 14, 17, and the last 8 bits in 18.
        const std::vector<BlockSize> empty(10, { 20, 0 });
        run = hardware::compress(pipeline, empty);
        QCOMPARE(run.portWords, std::uint64_t { 4 });
        QCOMPARE(run.cycles, std::uint64_t { 18 });
        QCOMPARE(run.bound, std::uint64_t { 17 });
        QCOMPARE(run.portIdle, std::uint64_t { 7 });
        QVERIFY(run.limit() == hardware::Limit::Input);
        // Ten raw blocks: 1290 bits, 21 words; the buffer takes a second block (65 + 129 bits) and then
        // waits.
        const std::vector<BlockSize> many(10, { 129, 16 });
        run = hardware::compress(pipeline, many);
        QCOMPARE(run.cycles, std::uint64_t { 28 });
        QCOMPARE(run.bufferFull + run.drain, std::uint64_t { 11 });
        QVERIFY(run.limit() == hardware::Limit::Port);
        // Three words come before the raw block starts, in cycle 4; it leaves the pipeline 7 - 1 cycles
        // later.
        run = hardware::decompress(pipeline, raw);
        QCOMPARE(run.cycles, std::uint64_t { 10 });
        QCOMPARE(run.waiting, std::uint64_t { 2 });
        // Serial: 16 words one by one. Bits come as 8, 16, 24 ... 129: words leave on the way.
        Pipeline serial = pipeline;
        serial.concatenation = Concatenation::Serial;
        run = hardware::compress(serial, many);
        QCOMPARE(run.stageCycles(), std::uint64_t { 160 });
        QCOMPARE(run.cycles, std::uint64_t { 167 });
    }

    void nothingTakesNoTime()
    {
        QVERIFY(hardware::compress({}, {}) == Run {});
        QVERIFY(hardware::decompress({}, {}) == Run {});
    }

    void occupancyKeepsItsMemory()
    {
        const Pipeline pipeline { 4, 16, 8, 64, Head::Width, Concatenation::Tree };
        Random random(5);
        const auto blocks = blocksOf(pipeline, Blocks::Random, 5000, random);
        hardware::Occupancy fine(pipeline, hardware::Direction::Compress, 1 << 16);
        hardware::Occupancy coarse(pipeline, hardware::Direction::Compress, 64);
        const Run run = hardware::compress(pipeline, blocks, &fine);
        hardware::compress(pipeline, blocks, &coarse);
        QCOMPARE(fine.sliceCycles(), std::uint64_t { 1 });
        QCOMPARE(coarse.sliceCycles(), std::uint64_t { 512 });
        QCOMPARE(coarse.slices(), std::size_t((run.cycles + 511) / 512));
        for (std::size_t lane = 0; lane < fine.lanes(); ++lane) {
            double sum = 0;
            for (std::size_t cycle = 512; cycle < 1024; ++cycle)
                sum += fine.share(cycle, lane);
            QVERIFY(std::abs(sum / 512 - coarse.share(1, lane)) < 1e-9);
            QCOMPARE(fine.busyCycles(lane), coarse.busyCycles(lane));
        }
        QCOMPARE(fine.busyCycles(1), run.blocks);
    }

    void refusesInOneSentence()
    {
        Pipeline pipeline;
        pipeline.wordsPerCycle = 12;
        QCOMPARE(refusal(pipeline, {}), QStringLiteral("words per cycle P: 12 is not 4, 8, 16 or 32"));
        pipeline = {};
        pipeline.portBits = 4;
        QCOMPARE(refusal(pipeline, {}), QStringLiteral("port width W: 4 is outside 8..512"));
        QCOMPARE(refusal({}, { { 20, 0 }, { 130, 16 } }),
                 QStringLiteral("block 1: 130 bits are outside 1..129"));
        QCOMPARE(refusal({}, { { 0, 0 } }), QStringLiteral("block 0: 0 bits are outside 1..129"));
    }

private:
    static void compareCompress(const Pipeline& pipeline, const std::vector<BlockSize>& blocks)
    {
        const QByteArray what = "compress " + describe(pipeline, blocks.size());
        hardware::Occupancy occupancy(pipeline, hardware::Direction::Compress, 1 << 16);
        const Run run = hardware::compress(pipeline, blocks);
        QVERIFY2(hardware::compress(pipeline, blocks, &occupancy) == run, what);
        const auto expected = reference::compressCycles(shapeOf(pipeline), referenceBlocks(blocks));
        QVERIFY2(expected.inOrder, what);
        QVERIFY2(run.cycles == expected.cycles, what);
        QVERIFY2(run.bufferFull == expected.stillCycles, what);
        QVERIFY2(run.portWords == expected.portWords, what);
        QVERIFY2(run.bound == boundOf(pipeline, blocks) && run.cycles >= run.bound, what);
        QVERIFY2(run.fill + run.stageCycles() + run.bufferFull + run.drain == run.cycles, what);
        QVERIFY2(run.fill + run.portWords + run.portIdle == run.cycles, what);
        compareOccupancy(occupancy, expected, what, run.cycles);
        QVERIFY2(occupancy.busyCycles(occupancy.lanes() - 3) == expected.held.back(), what);
    }

    static void compareDecompress(const Pipeline& pipeline, const std::vector<BlockSize>& blocks)
    {
        const QByteArray what = "decompress " + describe(pipeline, blocks.size());
        hardware::Occupancy occupancy(pipeline, hardware::Direction::Decompress, 1 << 16);
        const Run run = hardware::decompress(pipeline, blocks);
        QVERIFY2(hardware::decompress(pipeline, blocks, &occupancy) == run, what);
        const auto expected = reference::decompressCycles(shapeOf(pipeline), referenceBlocks(blocks));
        QVERIFY2(expected.inOrder, what);
        QVERIFY2(run.cycles == expected.cycles, what);
        QVERIFY2(run.bufferFull == expected.stillCycles, what);
        QVERIFY2(run.portWords == expected.portWords, what);
        QVERIFY2(run.waiting + 1 == expected.emptyCycles, what); // the first cycle is of the fill
        QVERIFY2(run.bound == boundOf(pipeline, blocks) && run.cycles >= run.bound, what);
        QVERIFY2(run.fill + run.stageCycles() + run.waiting == run.cycles, what);
        QVERIFY2(run.fill + run.portWords + run.bufferFull + run.drain == run.cycles, what);
        compareOccupancy(occupancy, expected, what, run.cycles);
        QVERIFY2(occupancy.busyCycles(0) == expected.held.front(), what);
    }

    static void compareOccupancy(const hardware::Occupancy& occupancy,
                                 const reference::EngineCounts& expected, const QByteArray& what,
                                 std::uint64_t cycles)
    {
        const std::size_t port = occupancy.lanes() - 2;
        QVERIFY2(occupancy.cycles() == cycles, what);
        QVERIFY2(occupancy.busyCycles(port) == expected.portWords, what);
        QVERIFY2(occupancy.busyCycles(port + 1) == expected.bufferSum, what);
    }
};

QTEST_GUILESS_MAIN(SimulationTest)
#include "simulation_test.moc"
