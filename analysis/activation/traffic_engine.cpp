#include "analysis/activation/traffic_engine.h"

#include "engine/codec/hardware/gates.h"

#include <algorithm>

namespace analysis {

namespace hardware = engine::codec::hardware;
using Head = engine::codec::BlockZvc::Head;

namespace {

/// The codecs in blocks that the hardware model builds.
std::optional<Head> headOf(std::string_view codec)
{
    if (codec == "zvc")
        return Head::Mask;
    if (codec == "bzvc")
        return Head::Width;
    if (codec == "bzvc-bypass")
        return Head::WidthAndBypass;
    return std::nullopt;
}

std::uint64_t divideUp(std::uint64_t value, std::uint64_t by)
{
    return (value + by - 1) / by;
}

/// Cycles of one stream, a tile at a time.
double cyclesOf(const hardware::Pipeline& pipeline, const TileShape& shape, const StoredStream& stream)
{
    const auto blockWords = static_cast<std::uint64_t>(pipeline.blockWords);
    const auto beats = static_cast<std::uint64_t>(hardware::beatsPerBlock(pipeline));
    std::uint64_t cycles = 0;
    std::uint64_t start = 0;
    for (std::size_t tile = 0; tile < stream.ends.size(); ++tile) {
        const std::uint64_t words =
            divideUp(stream.ends[tile] - start, static_cast<std::uint64_t>(pipeline.portBits));
        cycles += static_cast<std::uint64_t>(hardware::fillCycles(pipeline))
            + std::max(divideUp(shape.wordsOf(tile), blockWords) * beats, words);
        start = stream.ends[tile];
    }
    return static_cast<double>(cycles);
}

} // namespace

std::optional<TrafficEngine> trafficEngine(const TrafficTask& task, const TrafficPlans& plans,
                                           std::size_t plan, const EngineSettings& settings)
{
    const auto energy = [&](double gates, double cycles) {
        return hardware::engineEnergy(gates, settings.activity, cycles, settings.picojoule);
    };
    if (plan == 0)
        return TrafficEngine { energy(0, 0), energy(0, 0) };
    const CodingMethod& method = task.methods[plan - 1];
    const std::optional<Head> head = headOf(method.entry->id);
    if (!head)
        return std::nullopt;
    const hardware::Pipeline pipeline { .wordsPerCycle = settings.wordsPerCycle,
                                        .blockWords = method.options.blockWords,
                                        .wordBits = task.wordBits,
                                        .head = *head };
    double compressed = 0;
    double decompressed = 0;
    const auto& images = plans.plans[plan].images;
    for (const std::vector<StoredStream>& image : images) {
        for (std::size_t map = 0; map < plans.maps; ++map) {
            if (!plans.coded[map])
                continue;
            const double cycles = cyclesOf(pipeline, plans.shapes[map], image[map]);
            compressed += cycles;
            decompressed += cycles * static_cast<double>(plans.readers[map]);
        }
    }
    const auto gates = [&](hardware::Direction direction) {
        return hardware::totalGates(hardware::gateEstimate(pipeline, direction), {});
    };
    const auto pictures = static_cast<double>(std::max<std::size_t>(1, images.size()));
    return TrafficEngine { energy(gates(hardware::Direction::Compress), compressed / pictures),
                           energy(gates(hardware::Direction::Decompress), decompressed / pictures) };
}

} // namespace analysis
