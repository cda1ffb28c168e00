#pragma once

#include "widgets/chart/plot_frame.h"

#include <QSizeF>

namespace widgets {

/// Entries in rows, left to right as plotted, wrapped at `width`. No frame.
double legendHeight(const std::vector<LegendEntry>& entries, double width, const ChartLook& look);
void drawLegend(QPainter& painter, const QPointF& topLeft, const std::vector<LegendEntry>& entries,
                double width, const ChartLook& look);

/// One entry per row, for a legend inside the axes.
QSizeF legendColumnSize(const std::vector<LegendEntry>& entries, const ChartLook& look);

} // namespace widgets
