#pragma once

#include "analysis/activation/budget_run.h"

namespace analysis {

/// The report of a run of `budget` with another point of its front chosen: everything but what was measured
/// at the point of the run. Quick: nothing is run again.
Report budgetAt(const Report& report, std::size_t point);

/// The point that a report, as it is run or with another point, shows.
std::size_t chosenPoint(const Report& report);

} // namespace analysis
