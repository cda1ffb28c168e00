#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Dropping the low K bits of the words of each layer: size, error and accuracy against K, and the best K for
/// each layer with an allowed loss.
Analysis kLossyRow();

} // namespace analysis
