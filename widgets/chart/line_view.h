#pragma once

#include "widgets/chart/point_marks.h"

namespace widgets {

/// Lines through points; elements are the points of all series under one running number.
class LineView : public KindView {
public:
    LineView(const analysis::LineChart& chart, PlotFrame frame);

    bool isEmpty() const override { return m_points.isEmpty(); }
    int count() const override { return m_points.count(); }
    Hit hitAt(const QPointF& pixel) const override;
    Hit hit(int element) const override;
    QRectF outline(int element) const override;
    bool covers(const QRectF& pixels) const override;
    QString summary() const override;
    QStringList dump() const override;
    int neighbour(int element, Qt::Key key) const override;

protected:
    void paintMark(QPainter& painter, int element, bool selected) const override;

private:
    void buildAxes();
    void buildSeries(int index);
    void buildNames();
    void paintMarkers(QPainter& painter) const;
    void paintEndLabels(QPainter& painter) const;
    Stroke strokeOf(int series) const;
    std::size_t loudSeries() const;

    const analysis::LineChart& m_chart;
    PointMarks m_points;
};

} // namespace widgets
