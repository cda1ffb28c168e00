#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Runs a published work on networks at hand and sets our figures beside the published ones.
Analysis reproduceRow();

} // namespace analysis
