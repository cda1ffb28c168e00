#pragma once

#include "widgets/chart/kind_view.h"

#include <span>

namespace widgets {

/// A point of a line or scatter chart by its running number over all series.
struct PointRef {
    int series = -1;
    int point = -1;

    bool isValid() const { return series >= 0; }
};

/// Points of several series under one running number, with what lines and scatters share: the nearest to a
/// pixel, extents, drawing.
class PointMarks {
public:
    struct Series {
        QString name;
        std::span<const double> x;
        std::span<const double> y;
    };

    explicit PointMarks(std::vector<Series> series);

    const std::vector<Series>& series() const { return m_series; }
    int count() const { return m_count; }
    bool isEmpty() const { return m_finite == 0; } ///< no finite point
    int finite() const { return m_finite; }

    PointRef at(int element) const;
    int elementOf(PointRef point) const;
    QPointF valueAt(PointRef point) const;
    /// Within `reach` layout pixels; invalid when there is none.
    PointRef nearest(const QPointF& pixel, const PlotFrame& frame, double reach) const;
    bool anyIn(const QRectF& pixels, const PlotFrame& frame) const;

    /// Extents of the finite values; only those above 0 on a logarithmic axis.
    Interval extentX(bool logarithmic) const;
    Interval extentY(bool logarithmic) const;

private:
    std::vector<Series> m_series;
    int m_count = 0;
    int m_finite = 0;
};

/// Does the straight line between two pixels pass through the area?
bool segmentTouches(const QPointF& from, const QPointF& to, const QRectF& area);

/// A ring for the selected point, thinner for the one under the pointer.
void drawRing(QPainter& painter, const QPointF& centre, const ChartLook& look, bool selected);

} // namespace widgets
