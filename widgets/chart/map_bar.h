#pragma once

#include "widgets/chart/map_scale.h"
#include "widgets/chart/plot_frame.h"

namespace widgets {

/// The colour bar right of a map: what its colours mean. Zero and missing are swatches of their own below it.
class MapBar {
public:
    MapBar(const MapScale& scale, QString title, ColourMapId colours, bool hasMissing);

    int width(const PlotFrame& frame) const;
    /// Beside the axes, from `left` on.
    void paint(QPainter& painter, double left, const PlotFrame& frame) const;

private:
    Ticks ticks(const PlotFrame& frame) const;
    void paintRamp(QPainter& painter, const QRectF& bar, const PlotFrame& frame) const;
    void paintTicks(QPainter& painter, const QRectF& bar, const PlotFrame& frame) const;
    void paintTitle(QPainter& painter, double left, const PlotFrame& frame) const;
    void paintSwatches(QPainter& painter, const QRectF& bar, const ChartLook& look) const;
    double widestLabel(const PlotFrame& frame) const;

    MapScale m_scale;
    QString m_title;
    ColourMapId m_colours;
    bool m_hasMissing;
};

} // namespace widgets
