#pragma once

#include "analysis/report.h"
#include "engine/base/control.h"
#include "engine/network/dataset.h"

namespace analysis {

/// The network overview: the table of inspect with the zeros of weights and, where there are activations,
/// their zeros and the ratio of bzvc-bypass (S = 16, w = 8, at most 64 images). Figures that cannot be had
/// are empty. Partial when stopped.
Table overviewTable(const engine::Dataset& content, const engine::Control& control);

} // namespace analysis
