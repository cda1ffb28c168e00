#pragma once

#include "analysis/chart.h"

#include <vector>

/// Charts of every kind, with the cases that go wrong: groups, stacks, many names, gaps, logarithms, holes.
/// Deterministic; the numbers mean nothing.
namespace samples {

analysis::Chart ratios(); ///< two series, a reference
analysis::Chart energy(); ///< stacks over two-level layer names
analysis::Chart coded(); ///< payload and overhead, three codecs
analysis::Chart channels(int count); ///< one series, many thin bars
analysis::Chart accuracies(); ///< deviations, negative values, one missing
analysis::Chart histogram(bool logarithmic);
analysis::Chart signedHistogram();
analysis::Chart curves(); ///< three series, few points
analysis::Chart manyCurves(); ///< seven series, logarithmic
analysis::Chart longCurve(int points);
analysis::Chart pareto(); ///< named points
analysis::Chart cloud(int points);
analysis::Chart accuracyMap(); ///< few cells, numbers printed, some missing
analysis::Chart sparsityMap();
analysis::Chart weightMap(); ///< diverging
analysis::Chart empty();

std::vector<analysis::Chart> all();

} // namespace samples
