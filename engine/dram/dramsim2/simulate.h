#pragma once

#include "engine/dram/dramsim2/config.h"
#include "engine/dram/simulation.h"

namespace engine::dram::dramsim2 {

/// Runs `source` through the memory as DRAMSim2 would: equal command stream, cycles and latencies.
///
/// Errors  ParameterError for a configuration that cannot be (Config::check), FormatError for an address
/// beyond the capacity. Source  [DRAMSim2] 753819a
RunResult simulate(const Config& config, RequestSource& source, const RunOptions& options,
                   const Control& control);

} // namespace engine::dram::dramsim2
