#pragma once

#include "widgets/chart/kind_view.h"

namespace widgets {

/// What zoom and pan do to the axes of a view. Nothing leaves the home ranges, and bars keep their base.

/// Zooms in by `factor` (out below 1) with the value under `pixel` staying in place.
void zoomView(KindView& view, const QPointF& pixel, double factor, Qt::Orientations directions);
void panView(KindView& view, const QPointF& from, const QPointF& to);
void showRanges(KindView& view, const Interval& x, const Interval& y);
bool isAtHome(const KindView& view);

} // namespace widgets
