#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// What a network or dump is made of: parameters, multiply-accumulates and activation sizes per layer.
Analysis inspectRow();

/// The table of the network overview; `inspect` puts it out, the overview page shows it with more columns
/// joined.
Table layerTable(const engine::Dataset& content);

} // namespace analysis
