#pragma once

#include "analysis/chart.h"
#include "widgets/chart/figure_style.h"
#include "widgets/chart/kind_view.h"

#include <QSize>

#include <memory>

class QCustomPlot;
class QPaintDevice;

namespace widgets {

/// A chart laid out on paper, ready to be painted on any device.
///
/// Units   layout pixels of 1/dpi() inch, where dpi() is what point sizes of fonts are resolved with; a
/// device
///         of that resolution takes the layout as it is, any other needs `scale` (export.md, traps 2 and 3).
class Figure {
public:
    Figure(const analysis::Chart& chart, const FigureStyle& style);
    Figure(const Figure&) = delete;
    Figure& operator=(const Figure&) = delete;
    ~Figure();

    int dpi() const { return m_dpi; }
    QSize size() const { return m_size; }
    const KindView& view() const { return *m_view; }
    void paint(QPaintDevice& device, double scale = 1) const;

private:
    void build(const FigureStyle& style);

    const analysis::Chart& m_chart;
    int m_dpi;
    QSize m_size;
    std::unique_ptr<KindView> m_view;
    std::unique_ptr<QCustomPlot> m_plot; ///< goes first: it draws through the view
};

} // namespace widgets
