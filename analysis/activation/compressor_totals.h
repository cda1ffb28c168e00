#pragma once

#include "analysis/activation/compressor_task.h"
#include "analysis/report.h"

namespace analysis {

/// 0 for nothing.
double quotient(std::uint64_t part, std::uint64_t whole);

/// All layers together.
struct CompressorTotals {
    const CompressorTask* task = nullptr;
    std::uint64_t words = 0;
    std::vector<EngineRun> runs; ///< of each design

    using Direction = engine::codec::hardware::Direction;
    double wordsPerCycle(std::size_t design, Direction direction) const;
    double kiloGates(std::size_t design, Direction direction) const;
    double wordsPerCycleAndKge(std::size_t design, Direction direction) const;
};

Table sweepTable(const CompressorTotals& totals);
/// Tree, serial, zvc, and what is published of others.
Table designsTable(const CompressorTotals& totals);
Chart throughputChart(const CompressorTotals& totals); ///< against P, with the chosen S
Chart efficiencyChart(const CompressorTotals& totals);

} // namespace analysis
