#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Runs a network on pictures: statistics of every node, accuracy where there are labels, and the activations
/// as an HDF5 dump or as a derived data set in memory.
Analysis captureRow();

} // namespace analysis
