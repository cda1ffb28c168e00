#pragma once

#include "widgets/chart/plot_frame.h"

#include <QStringList>

namespace widgets {

/// The name of a line where it ends.
struct EndLabel {
    double y = 0; ///< of the line's end [layout px]
    QString name;
    Stroke stroke;
};

/// Room right of the axes.
double endLabelsWidth(const QStringList& names, const ChartLook& look);

/// Right of the axes, at the lines' ends; those that would overlap move apart and get their line's marker.
void drawEndLabels(QPainter& painter, std::vector<EndLabel> labels, const PlotFrame& frame);

} // namespace widgets
