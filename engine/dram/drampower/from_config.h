#pragma once

#include "engine/dram/drampower/energy.h"
#include "engine/dram/drampower/supplement.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/dramsim3/config.h"

#include <string>
#include <vector>

namespace engine::dram::drampower {

/// A rank of a simulated memory; rho = 1 and Ibeta = IDD0 unless the supplement gives them.
Rank rankOf(const dramsim2::Config& config, const Supplement& supplement);
Rank rankOf(const dramsim3::Config& config, const Supplement& supplement);

/// How the model counts the commands and cycles of that memory.
Counting countingOf(const dramsim2::Config& config);
Counting countingOf(const dramsim3::Config& config);

/// What had to be assumed: one sentence each.
std::vector<std::string> assumptions(const Supplement& supplement);

} // namespace engine::dram::drampower
