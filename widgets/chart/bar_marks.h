#pragma once

#include "analysis/chart.h"
#include "widgets/chart/plot_frame.h"

#include <vector>

namespace widgets {

/// One rectangle of a bar chart or histogram, in coordinates of the axes.
struct BarMark {
    double left = 0, right = 0, bottom = 0, top = 0;
    int element = 0; ///< category or bin
    int series = 0;
    bool overhead = false;
    double deviation = 0; ///< at the top; 0 = none
};

constexpr double groupShare = 0.7; ///< of a category's width; the rest is the gap

/// Category i is centred at i. Missing values make no mark.
std::vector<BarMark> barMarks(const analysis::BarChart& chart);

/// What the value axis shows: from 0 (or a decade below the least value when logarithmic), with the tops,
/// deviations and the reference inside.
Interval barRange(const analysis::BarChart& chart, const std::vector<BarMark>& marks);

/// The mark on the pixels; at least half a layout pixel high when it has a value. On the screen edges are
/// whole pixels.
QRectF toPixels(const BarMark& mark, const PlotFrame& frame);

/// Draws every mark in view. `fills` by 2 * series + overhead.
void drawBars(QPainter& painter, const std::vector<BarMark>& marks, const std::vector<Fill>& fills,
              const PlotFrame& frame);

/// Marks of one series that touch: on paper seams between them would show, on the screen they are thinner
/// than a pixel. They are drawn as one silhouette.
bool barsMerge(const std::vector<BarMark>& marks, const PlotFrame& frame);
void drawSilhouette(QPainter& painter, const std::vector<BarMark>& marks, const QColor& colour,
                    const PlotFrame& frame);

void drawDeviations(QPainter& painter, const std::vector<BarMark>& marks, const PlotFrame& frame);

/// Any mark under these pixels?
bool coversBars(const QRectF& pixels, const std::vector<BarMark>& marks, const PlotFrame& frame);

} // namespace widgets
