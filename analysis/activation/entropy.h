#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Order-0 entropy of the words of each layer: the bound of a code that knows each word's frequency.
Analysis entropyRow();

} // namespace analysis
