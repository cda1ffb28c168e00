#pragma once

#include "engine/dram/dramsim3/config.h"
#include "engine/dram/simulation.h"

namespace engine::dram::dramsim3 {

/// Runs `source` through the memory as DRAMsim3 would: equal counters, cycles and latencies.
///
/// Errors  ParameterError for a configuration that cannot be (Config::check), FormatError for an address
/// beyond the capacity. Source  [DRAMsim3] 2981759
RunResult simulate(const Config& config, RequestSource& source, const RunOptions& options,
                   const Control& control);

} // namespace engine::dram::dramsim3
