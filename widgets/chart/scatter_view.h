#pragma once

#include "widgets/chart/point_marks.h"

namespace widgets {

/// Points; elements are the points of all series under one running number.
class ScatterView : public KindView {
public:
    ScatterView(const analysis::ScatterChart& chart, PlotFrame frame);

    bool isEmpty() const override { return m_points.isEmpty(); }
    int count() const override { return m_points.count(); }
    Hit hitAt(const QPointF& pixel) const override;
    Hit hit(int element) const override;
    QRectF outline(int element) const override;
    bool covers(const QRectF& pixels) const override { return m_points.anyIn(pixels, frame()); }
    QString summary() const override;
    QStringList dump() const override;

protected:
    void paintMark(QPainter& painter, int element, bool selected) const override;

private:
    void buildAxes();
    void buildLegend();
    void paintPoints(QPainter& painter) const;
    void paintCloud(QPainter& painter, int series) const;
    void paintScreenCloud(QPainter& painter, int series, const QColor& colour) const;
    void paintPaperCloud(QPainter& painter, int series, const QColor& colour) const;
    void paintNames(QPainter& painter) const;

    const analysis::ScatterChart& m_chart;
    PointMarks m_points;
};

} // namespace widgets
