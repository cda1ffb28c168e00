#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Reads a trace of memory requests or makes one by rule, says what is in it and writes it in any format.
Analysis traceRow();

} // namespace analysis
