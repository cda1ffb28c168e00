#include "engine/base/random.h"
#include "engine/codec/hardware/pipeline.h"
#include "engine/codec/packing_steps.h"

#include <QRegularExpression>
#include <QTest>

namespace codec = engine::codec;
using codec::PackedBlock;
using codec::PackingAction;
using codec::PackingStage;

namespace {

struct Sample {
    std::vector<std::int32_t> values;
    codec::PackingFormat format;
    codec::BlockIndex index;

    Sample(int blockWords, std::uint64_t seed)
    {
        engine::Random random(seed);
        values.resize(static_cast<std::size_t>(blockWords) * 12);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double zeros = 0.1 * static_cast<double>(i / static_cast<std::size_t>(blockWords) % 11);
            values[i] = random.uniform() < zeros ? 0 : static_cast<std::int32_t>(random.below(200));
        }
        const codec::Words words { values, 8, false };
        format = codec::packingFormat("bzvc-bypass", words.format(), { blockWords, 0 });
        index = codec::indexBlocks(format, words);
    }

    PackedBlock block(std::uint64_t number) const
    {
        return codec::traceBlock(format, index, { values, 8, false }, number);
    }
};

int firstOf(const std::vector<codec::PackingStep>& steps, PackingStage stage)
{
    for (std::size_t cycle = 0; cycle < steps.size(); ++cycle)
        for (const PackingAction& action : steps[cycle])
            if (action.stage == stage)
                return static_cast<int>(cycle);
    return -1;
}

} // namespace

class PackingStepsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sizes_data()
    {
        QTest::addColumn<int>("blockWords");
        QTest::addColumn<int>("wordsPerCycle");
        for (const int s : { 4, 8, 16, 32, 64 })
            for (const int p : { 4, 8, 16, 32 })
                QTest::addRow("S %d, P %d", s, p) << s << p;
    }

    void treeKeepsEveryBit_data() { sizes_data(); }

    void treeKeepsEveryBit()
    {
        QFETCH(int, blockWords);
        QFETCH(int, wordsPerCycle);
        const Sample sample(blockWords, 3);
        const codec::PackingPort port { static_cast<unsigned>(wordsPerCycle), 64 };
        for (std::uint64_t number = 0; number < sample.index.blocks(); ++number) {
            const PackedBlock block = sample.block(number);
            const codec::MergeTree tree = codec::mergeTree(block, port);
            QCOMPARE(static_cast<int>(tree.size()), codec::hardware::treeLevels(wordsPerCycle) + 1);
            for (const auto& level : tree) {
                unsigned bits = 0;
                unsigned span = 0;
                for (const codec::MergeString& string : level) {
                    QCOMPARE(string.firstWord, span);
                    QCOMPARE(string.bits, static_cast<unsigned>(string.words.size()) * block.width);
                    QVERIFY(string.shift <= string.bits);
                    bits += string.bits;
                    span += string.span;
                }
                QCOMPARE(bits, block.payloadBits());
                QCOMPARE(span, static_cast<unsigned>(blockWords));
            }
        }
    }

    void cyclesAreThoseOfThePipeline_data() { sizes_data(); }

    void cyclesAreThoseOfThePipeline()
    {
        QFETCH(int, blockWords);
        QFETCH(int, wordsPerCycle);
        const Sample sample(blockWords, 4);
        const codec::hardware::Pipeline pipeline { .wordsPerCycle = wordsPerCycle, .blockWords = blockWords };
        const int beats = codec::hardware::beatsPerBlock(pipeline);
        const codec::PackingPort port { static_cast<unsigned>(wordsPerCycle), 64 };
        for (std::uint64_t number = 0; number < sample.index.blocks(); ++number) {
            const PackedBlock block = sample.block(number);
            const auto steps = codec::compressorSteps(block, port);
            QCOMPARE(firstOf(steps, PackingStage::Append) + 1, codec::hardware::fillCycles(pipeline));
            QVERIFY(static_cast<int>(steps.size()) >= codec::hardware::fillCycles(pipeline) + beats - 1);
            const auto back = codec::decompressorSteps(block, port);
            const auto words = (block.end() + 63) / 64 - block.start / 64;
            QCOMPARE(back.size(),
                     static_cast<std::size_t>(words) + 1
                         + static_cast<std::size_t>(codec::hardware::treeLevels(wordsPerCycle) + beats));
        }
    }

    /// What is appended is the block, bit by bit, and what leaves is every word that it fills, one a cycle.
    void wrapperPassesTheBlock_data() { sizes_data(); }

    void wrapperPassesTheBlock()
    {
        QFETCH(int, blockWords);
        QFETCH(int, wordsPerCycle);
        const Sample sample(blockWords, 6);
        for (const unsigned width : { 16U, 64U, 128U })
            for (std::uint64_t number = 0; number < sample.index.blocks(); ++number) {
                const PackedBlock block = sample.block(number);
                std::uint64_t filled = block.start;
                std::uint64_t left = block.start / width;
                for (const auto& step :
                     codec::compressorSteps(block, { static_cast<unsigned>(wordsPerCycle), width })) {
                    int leaving = 0;
                    for (const PackingAction& action : step) {
                        if (action.stage == PackingStage::Append && action.bits != 0) {
                            QCOMPARE(action.firstBit, filled);
                            filled += action.bits;
                        }
                        if (action.stage != PackingStage::Leave)
                            continue;
                        QCOMPARE(action.firstBit, left * width);
                        ++left;
                        ++leaving;
                        QVERIFY(left * width <= filled);
                    }
                    QVERIFY(leaving <= 1);
                }
                QCOMPARE(filled, block.end());
                QCOMPARE(left, block.end() / width);
            }
    }

    void aStageHasOneSliceAtATime()
    {
        const Sample sample(64, 8);
        for (const auto& step : codec::compressorSteps(sample.block(5), { 8, 64 })) {
            std::vector<std::pair<PackingStage, unsigned>> busy;
            for (const PackingAction& action : step) {
                const std::pair key(action.stage, action.level);
                QVERIFY(std::find(busy.begin(), busy.end(), key) == busy.end());
                busy.push_back(key);
            }
        }
    }

    /// Words, mask and width before anything is joined: what follows needs what came before.
    void theWholeBlockIsSeenBeforeItIsJoined()
    {
        const Sample sample(64, 8);
        const auto steps = codec::compressorSteps(sample.block(2), { 4, 64 });
        int lastDetected = 0;
        for (std::size_t cycle = 0; cycle < steps.size(); ++cycle)
            for (const PackingAction& action : steps[cycle])
                if (action.stage == PackingStage::Detect)
                    lastDetected = static_cast<int>(cycle);
        QCOMPARE(lastDetected, 15);
        QCOMPARE(firstOf(steps, PackingStage::Mask), 16);
        QCOMPARE(firstOf(steps, PackingStage::Merge), 17);
    }
};

QTEST_GUILESS_MAIN(PackingStepsTest)
#include "packing_steps_test.moc"
