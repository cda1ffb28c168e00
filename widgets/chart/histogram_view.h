#pragma once

#include "widgets/chart/bar_marks.h"
#include "widgets/chart/kind_view.h"

namespace widgets {

/// Counts over bins, zeros apart in grey. Elements are the bins; the zero bar is element -1 of clicks but has
/// a readout of its own.
class HistogramView : public KindView {
public:
    HistogramView(const analysis::HistogramChart& chart, PlotFrame frame);

    bool isEmpty() const override { return m_total <= 0; }
    int count() const override { return static_cast<int>(m_chart.counts.size()); }
    Hit hitAt(const QPointF& pixel) const override;
    Hit hit(int element) const override;
    QRectF outline(int element) const override;
    bool covers(const QRectF& pixels) const override;
    QString summary() const override;
    QStringList dump() const override;
    Freedom freedom() const override
    {
        return { .panVertical = false, .baseFixed = true, .leastWidth = m_chart.width };
    }

private:
    void buildMarks();
    void buildAxes();
    void paintZeroLabels(QPainter& painter) const;
    double binLeft(int bin) const { return m_chart.first + bin * m_chart.width; }
    QString share(double counted) const;
    QString zeroText() const;
    bool hasZeros() const { return m_chart.zeros.has_value(); }

    const analysis::HistogramChart& m_chart;
    std::vector<BarMark> m_bins;
    BarMark m_zero;
    double m_total = 0;
};

} // namespace widgets
