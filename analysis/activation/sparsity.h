#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Exact zeros per layer and channel, with the distribution of the other values.
Analysis sparsityRow();

} // namespace analysis
