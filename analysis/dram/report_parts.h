#pragma once

#include "analysis/dram/coster.h"
#include "analysis/report.h"

#include <array>
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
    std::uint64_t answered = 0;
    std::uint64_t merged = 0;
    std::uint64_t waiting = 0;
};

DramTotals dramTotals(const DramRun& run, const Coster& coster);

/// A kind of energy in charts: one order and one colour each, everywhere.
struct EnergyCategory {
    const char* title;
    double (*of)(const engine::dram::Energy&); ///< [pJ]
    int colour; ///< grey, orange, sky, green and purple of the categories
};
inline constexpr std::array<EnergyCategory, 5> energyCategories = { {
    { "Background", [](const engine::dram::Energy& e) { return e.background(); }, 6 },
    { "Activate + precharge", [](const engine::dram::Energy& e) { return e.actPre; }, 3 },
    { "Burst read", [](const engine::dram::Energy& e) { return e.read; }, 4 },
    { "Burst write", [](const engine::dram::Energy& e) { return e.write; }, 2 },
    { "Refresh", [](const engine::dram::Energy& e) { return e.refresh; }, 5 },
} };

/// Bursts over a span of time [GB/s].
double dramBandwidth(std::uint64_t bursts, std::uint64_t cycles, const Memory& memory);

/// `memory` is that of the run but for its supplies and clock.
std::vector<Table> dramTables(const DramRun& run, const Memory& memory, const DramTotals& sum,
                              const Coster& coster);
std::vector<Chart> dramCharts(const DramRun& run, const Memory& memory, const DramTotals& sum,
                              const Coster& coster);
/// Energy so far, power and bandwidth.
std::vector<Chart> chartsOverTime(const DramRun& run, const Memory& memory, const Coster& coster);
/// What the memory, the energies and the run have to say for themselves.
std::vector<Remark> dramRemarks(const DramRun& run, const Memory& memory, const DramTotals& sum);
/// Of all channels together.
engine::dram::Windows windowsOf(const DramRun& run);

} // namespace analysis
