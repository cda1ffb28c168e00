#pragma once

#include "widgets/chart/kind_view.h"

namespace widgets {

/// The view of a chart's kind, drawing through `frame`. The chart must outlive it. A kind without a view does
/// not compile.
std::unique_ptr<KindView> makeView(const analysis::Chart& chart, PlotFrame frame);

} // namespace widgets
