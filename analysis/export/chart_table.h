#pragma once

#include "analysis/chart.h"
#include "analysis/report.h"

namespace analysis {

/// The data of a chart as a table, one column per series; what toCsv(Chart) writes.
///
/// Shape   bars: category, then per series the value, its overhead and deviation where it has any;
///         histogram: from, to, count, with the zeros as a first row 0..0; lines and scatter: x and one
///         column per series where all share their x, else a pair of columns per series, shorter ones filled
///         up with NaN; map: one row per row of cells, its number first.
Table toTable(const Chart& chart);

/// True when every series has the x values of the first.
bool sharesX(const LineChart& chart);
bool sharesX(const ScatterChart& chart);

} // namespace analysis
