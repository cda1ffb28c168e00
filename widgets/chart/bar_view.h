#pragma once

#include "widgets/chart/bar_marks.h"
#include "widgets/chart/kind_view.h"

namespace widgets {

/// Grouped or stacked bars over named categories; elements are the categories.
class BarView : public KindView {
public:
    BarView(const analysis::BarChart& chart, PlotFrame frame);

    bool isEmpty() const override { return m_marks.empty(); }
    int count() const override { return static_cast<int>(m_chart.categories.size()); }
    Hit hitAt(const QPointF& pixel) const override;
    Hit hit(int element) const override;
    QRectF outline(int element) const override;
    bool covers(const QRectF& pixels) const override;
    QString summary() const override;
    QStringList dump() const override;
    CategoryLabels labels() const override;
    Freedom freedom() const override { return { .panVertical = false, .baseFixed = true, .leastWidth = 1 }; }

private:
    void buildAxes();
    void buildLegend();
    void paintLabels(QPainter& painter) const;
    QRectF selectedValuePlace(const QRectF& bar, const QFontMetricsF& metrics, const QString& text) const;
    void paintSelectedValue(QPainter& painter) const;
    QString seriesText(int category, int series) const;

    const analysis::BarChart& m_chart;
    std::vector<BarMark> m_marks;
    std::vector<Fill> m_fills;
    std::vector<CategoryName> m_names;
};

} // namespace widgets
