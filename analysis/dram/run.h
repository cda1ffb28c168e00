#pragma once

#include "analysis/dram/command_sinks.h"
#include "analysis/dram/memory.h"
#include "analysis/report.h"

#include <memory>
#include <optional>
#include <vector>

namespace analysis {

/// Which energies are told of the same commands.
enum class EnergyModel { Own, DramPower };

/// A finished simulation with all that changes of currents need. Immutable once made.
struct DramRun {
    Memory memory;
    engine::dram::RunResult result;
    std::vector<engine::dram::Command> commands; ///< of CommandRecorder; empty when they were not kept
    std::optional<RowHits> rowHits; ///< by bank and time
    EnergyModel energy = EnergyModel::Own;
};

/// Scalars, tables, charts and remarks of a run, with the energies of its memory's currents. Quick: counts
/// times increments.
Report dramReport(const DramRun& run);
/// The same with the currents of `memory`, which is that of the run but for them.
Report dramReport(const DramRun& run, const Memory& memory);

} // namespace analysis
