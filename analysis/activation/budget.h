#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Codec, block size and K of each layer for a budget of bytes, energy or buffer, or for an allowed loss.
Analysis budgetRow();

} // namespace analysis
