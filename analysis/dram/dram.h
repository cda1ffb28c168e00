#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Requests of a trace through a memory: cycles, commands and energy.
Analysis dramRow();

} // namespace analysis
