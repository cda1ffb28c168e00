#include "analysis/activation/compressor_task.h"

#include "engine/base/parallel.h"

#include <algorithm>
#include <map>

namespace analysis {

namespace hardware = engine::codec::hardware;
using engine::codec::BlockSize;
using hardware::Direction;
using hardware::Pipeline;

namespace {

/// Streams simulated at once; bounds what waits to be added up.
constexpr std::int64_t groupStreams = 64;

std::vector<BlockSize> sizesFor(const CompressorTask& task, const WordSource& source,
                                std::span<const std::int32_t> words, const Pipeline& pipeline)
{
    return engine::codec::blockSizes(pipeline.head, { words, pipeline.wordBits, source.quantiser.isSigned },
                                     { .blockWords = pipeline.blockWords, .lossyBits = task.lossyBits });
}

SimulatedLayer simulateStream(const CompressorTask& task, const WordSource& source, std::int64_t stream)
{
    const std::vector<std::int32_t> words = streamWords(*source.tensor, source.quantiser, stream);
    // Designs that differ in P and concatenation only see the same blocks.
    std::map<std::pair<engine::codec::BlockZvc::Head, int>, std::vector<BlockSize>> sizes;
    SimulatedLayer simulated { words.size(), 1, {} };
    for (const EngineDesign& design : task.designs) {
        const Pipeline& pipeline = design.pipeline;
        auto [found, isNew] = sizes.try_emplace({ pipeline.head, pipeline.blockWords });
        if (isNew)
            found->second = sizesFor(task, source, words, pipeline);
        EngineRun run;
        if (task.has(Direction::Compress))
            run.compressed = hardware::compress(pipeline, found->second);
        if (task.has(Direction::Decompress))
            run.decompressed = hardware::decompress(pipeline, found->second);
        simulated.runs.push_back(run);
    }
    return simulated;
}

} // namespace

bool EngineDesign::isTree() const
{
    return pipeline.concatenation == hardware::Concatenation::Tree;
}

QString EngineDesign::way() const
{
    return isTree() ? QStringLiteral("Tree") : QStringLiteral("Serial");
}

double EngineDesign::gates(Direction direction, const hardware::GateEquivalents& cells) const
{
    return hardware::totalGates(hardware::gateEstimate(pipeline, direction), cells);
}

double EngineDesign::logicGates(Direction direction, const hardware::GateEquivalents& cells) const
{
    return hardware::logicGates(hardware::gateEstimate(pipeline, direction), cells);
}

const hardware::Run& EngineRun::of(Direction direction) const
{
    return direction == Direction::Compress ? compressed : decompressed;
}

EngineRun& EngineRun::operator+=(const EngineRun& other)
{
    compressed += other.compressed;
    decompressed += other.decompressed;
    return *this;
}

bool CompressorTask::has(Direction direction) const
{
    return std::ranges::find(directions, direction) != directions.end();
}

SimulatedLayer simulateLayer(const CompressorTask& task, const WordSource& source,
                             const engine::Control& control)
{
    const std::int64_t streams = streamCount(*source.tensor);
    SimulatedLayer total { 0, 0, std::vector<EngineRun>(task.designs.size()) };
    for (std::int64_t first = 0; first < streams; first += groupStreams) {
        const auto count = static_cast<std::size_t>(std::min(groupStreams, streams - first));
        std::vector<SimulatedLayer> group(count);
        const bool done = engine::parallelFor(count, control, [&](std::size_t i, unsigned) {
            group[i] = simulateStream(task, source, first + static_cast<std::int64_t>(i));
        });
        if (!done)
            return {};
        for (const SimulatedLayer& stream : group) {
            total.words += stream.words;
            total.streams += stream.streams;
            for (std::size_t d = 0; d < total.runs.size(); ++d)
                total.runs[d] += stream.runs[d];
        }
        control.report(static_cast<double>(first) / static_cast<double>(streams), source.tensor->name);
    }
    return total;
}

void watchLayer(const CompressorTask& task, const WordSource& source, Direction direction,
                hardware::Occupancy& occupancy)
{
    const std::vector<std::int32_t> words = streamWords(*source.tensor, source.quantiser, 0);
    const std::vector<BlockSize> sizes = sizesFor(task, source, words, task.chosen().pipeline);
    if (direction == Direction::Compress)
        hardware::compress(task.chosen().pipeline, sizes, &occupancy);
    else
        hardware::decompress(task.chosen().pipeline, sizes, &occupancy);
}

} // namespace analysis
