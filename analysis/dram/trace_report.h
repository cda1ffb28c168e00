#pragma once

#include "analysis/dram/trace_statistics.h"
#include "analysis/report.h"

namespace analysis {

/// Scalars, table and charts of a trace.
Report traceReport(const TraceStatistics& statistics);

} // namespace analysis
