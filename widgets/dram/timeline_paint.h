#pragma once

#include "widgets/dram/timeline_index.h"
#include "widgets/dram/timeline_layout.h"

#include <QColor>
#include <QString>

#include <optional>
#include <vector>

class QFontMetricsF;
class QPainter;

namespace widgets {

/// The part of a run that is on the screen.
struct TimelineScene {
    const TimelineIndex& index;
    const TimelineLayout& layout;
    TimelineRank rank;
};

/// What a command is drawn in; the same in legend, marks and columns.
QColor commandColour(engine::dram::CommandKind kind);

/// The box of a command's mark in its row, of a burst in the row of the data bus.
QRectF markRect(const TimelineScene& scene, const engine::dram::Command& command);
QRectF burstRect(const TimelineScene& scene, const engine::dram::Command& command);

/// Lines the legend takes at a width.
int legendRows(const QFontMetricsF& metrics, double width);
void paintLegend(QPainter& painter, double left, double width);
void paintAxis(QPainter& painter, const TimelineScene& scene);
void paintRowNames(QPainter& painter, const TimelineScene& scene, int emphasised);
QString rowName(const TimelineScene& scene, int row);

/// Rows drawn by columns of pixels or mark by mark.
void paintColumns(QPainter& painter, const TimelineScene& scene, double pixelRatio);
void paintMarks(QPainter& painter, const TimelineScene& scene);
void paintRefreshes(QPainter& painter, const TimelineScene& scene);

/// Outline of a command, and a line through all rows with its cycle above them.
void paintSelected(QPainter& painter, const TimelineScene& scene, std::size_t command);
void paintHovered(QPainter& painter, const TimelineScene& scene, std::size_t command, int row);

} // namespace widgets
