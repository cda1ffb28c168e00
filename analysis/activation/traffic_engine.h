#pragma once

#include "analysis/activation/traffic_task.h"
#include "engine/codec/hardware/energy.h"

#include <optional>

namespace analysis {

/// How the compression engine is built and what its gates take.
struct EngineSettings {
    int wordsPerCycle = 16; ///< P
    double activity = engine::codec::hardware::defaultActivity;
    double picojoule = engine::codec::hardware::defaultPicojoulePerGateCycle; ///< per gate and cycle [pJ]
};

/// What the engine of one codec takes for a picture, on average over the pictures. Cycles are the bound of
/// the hardware model: for each tile the fill, and the larger of the beats of its blocks and the words of the
/// port.
struct TrafficEngine {
    engine::codec::hardware::EngineEnergy compressor; ///< every map once
    engine::codec::hardware::EngineEnergy decompressor; ///< every map once for each layer that reads it

    double picojoules() const { return compressor.picojoules() + decompressor.picojoules(); }
};

/// Of a plan; nothing for codecs the hardware model does not know. Plan 0, raw, needs no engine: 0 gates.
/// Errors  engine::ParameterError for an engine that cannot be.
std::optional<TrafficEngine> trafficEngine(const TrafficTask& task, const TrafficPlans& plans,
                                           std::size_t plan, const EngineSettings& settings);

} // namespace analysis
