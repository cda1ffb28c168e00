#pragma once

#include "analysis/dram/coster.h"
#include "analysis/report.h"

#include <cstdint>
#include <vector>

namespace analysis {

constexpr double microPerPico = 1e-6;

/// The sums of a run that its scalars tell.
struct DramTotals {
    engine::dram::Counts counts;
    engine::dram::Energy energy;
    engine::dram::Latencies reads;
    engine::dram::Latencies writes;
    std::uint64_t merged = 0;
    std::uint64_t waiting = 0;
};

/// Bursts over a span of time [GB/s].
double dramBandwidth(std::uint64_t bursts, std::uint64_t cycles, const Memory& memory);

std::vector<Table> dramTables(const DramRun& run, const DramTotals& sum, const Coster& coster);
std::vector<Chart> dramCharts(const DramRun& run, const DramTotals& sum, const Coster& coster);

} // namespace analysis
