#pragma once

#include "widgets/page/page.h"
#include "widgets/tensor/colour_scale.h"
#include "widgets/tensor/tensor_loader.h"

namespace widgets {

/// The whole plane as a chart, in at most 2048 x 2048 cells: words where the map shows words, else values.
analysis::Chart mapChart(const TensorPlane& plane, const ColourSpec& spec);

/// Provenance and file name of a chart about a tensor; the chart itself is left empty.
PageChart describeLayer(const analysis::Dataset& dataset, const TensorFacts& facts, const QString& caption);

} // namespace widgets
