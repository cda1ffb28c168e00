#pragma once

#include "analysis/dataset/dataset.h"
#include "analysis/report.h"

namespace app {

/// What `info` prints: format, facts, layers and tensors with their share of zeros. Partial when stopped.
analysis::Report infoReport(const analysis::Dataset& dataset, const engine::Control& control);

} // namespace app
