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
/// Units   layout pixels of 1/720 inch. QPdfWriter rounds a font to whole pixels, which at 96 dpi turns 8 pt
///         into 8.25; here every tenth of a point is whole. Fonts are in pixels, so that a device with
///         another dpi only needs `scale` (export.md, traps 2 and 3).
class Figure {
public:
    Figure(const analysis::Chart& chart, const FigureStyle& style);
    Figure(const Figure&) = delete;
    Figure& operator=(const Figure&) = delete;
    ~Figure();

    static constexpr int dpi = 720;

    QSize size() const { return m_size; }
    const KindView& view() const { return *m_view; }
    void paint(QPaintDevice& device, double scale = 1) const;

private:
    void build(const FigureStyle& style);

    const analysis::Chart& m_chart;
    QSize m_size;
    std::unique_ptr<KindView> m_view;
    std::unique_ptr<QCustomPlot> m_plot; ///< goes first: it draws through the view
};

} // namespace widgets
