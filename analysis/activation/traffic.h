#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Feature maps of a network as memory requests, raw and with each codec: DRAM energy, read and write apart.
Analysis trafficRow();

} // namespace analysis
