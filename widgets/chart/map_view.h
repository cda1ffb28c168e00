#pragma once

#include "widgets/chart/kind_view.h"
#include "widgets/chart/map_scale.h"

#include <QImage>

namespace widgets {

/// A matrix as colours, row 0 on top, with a colour bar. Elements are the cells, row by row.
class MapView : public KindView {
public:
    MapView(const analysis::MapChart& chart, PlotFrame frame);

    bool isEmpty() const override { return m_scale.isEmpty(); }
    int count() const override { return m_chart.rows * m_chart.columns; }
    Hit hitAt(const QPointF& pixel) const override;
    Hit hit(int element) const override;
    QRectF outline(int element) const override;
    bool covers(const QRectF& /*pixels*/) const override { return true; }
    QString summary() const override;
    QStringList dump() const override;
    int neighbour(int element, Qt::Key key) const override;
    Freedom freedom() const override { return { .leastWidth = 1, .leastHeight = 1 }; }

protected:
    void paintMark(QPainter& painter, int element, bool selected) const override;

private:
    /// Cells in view: first and last row and column.
    struct Window {
        int top, bottom, left, right;
    };

    void buildImage();
    void paintCells(QPainter& painter) const;
    void paintGaps(QPainter& painter, const Window& window) const;
    void paintNumbers(QPainter& painter, const Window& window) const;
    Window window() const;
    QRectF cellArea(int row, int column) const;
    float value(int row, int column) const;

    const analysis::MapChart& m_chart;
    MapScale m_scale;
    QImage m_image;
    bool m_missing = false;
};

} // namespace widgets
