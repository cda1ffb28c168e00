#pragma once

#include "analysis/dram/memory.h"
#include "analysis/report.h"

#include <map>

namespace analysis {

/// Currents, supply and clock that differ from those of a run, by the key of a Supply.
using ChangedSupplies = std::map<QString, double>;

/// The report of the same run with other currents; a remark tells which. Quick: nothing is simulated again.
///
/// Errors  engine::ParameterError where a command would give energy back: "IDD4R: 80 mA is too low beside
///         IDD3N = 90 mA".
Report recost(const Report& simulated, const ChangedSupplies& changed);

/// "costed with changed currents: IDD0 150 instead of 130 mA"; goes into the remarks and into what is
/// exported.
QString changedText(const Memory& before, const ChangedSupplies& changed);

/// Energy per rank of two reports of the same run side by side, each rank as A and B.
Chart compareEnergy(const Report& a, const Report& b);

/// The energy of a run in at most `most` slices of its time, stacked by category; a slice is 1, 2 or 5 times
/// a power of ten long.
Chart energySlices(const Report& report, std::size_t most);

} // namespace analysis
