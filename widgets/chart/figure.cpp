#include "widgets/chart/figure.h"

#include "widgets/chart/factory.h"

#include <qcustomplot.h>

#include <cmath>

namespace widgets {

namespace {

constexpr double mmPerInch = 25.4;

int toLayout(double mm)
{
    return static_cast<int>(std::lround(mm / mmPerInch * Figure::dpi));
}

} // namespace

Figure::Figure(const analysis::Chart& chart, const FigureStyle& style)
    : m_chart(chart)
    , m_size(toLayout(style.size.widthMm), toLayout(style.size.heightMm))
{
    build(style);
    if (m_view->legendFits())
        return;
    FigureStyle onTop = style;
    onTop.legendOnTop = true;
    build(onTop);
}

Figure::~Figure() = default;

void Figure::build(const FigureStyle& style)
{
    m_plot.reset();
    m_plot = std::make_unique<QCustomPlot>();
    m_view = makeView(m_chart, PlotFrame(*m_plot, paperLook(style, dpi)));
    m_plot->setViewport(QRect(QPoint(), m_size));
    // twice: the legend wraps at the width the first layout leaves beside the tick labels
    for (int pass = 0; pass < 2; ++pass) {
        for (const auto phase :
             { QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout })
            m_plot->plotLayout()->update(phase);
    }
}

void Figure::paint(QPaintDevice& device, double scale) const
{
    QCPPainter painter;
    painter.begin(&device);
    painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    painter.scale(scale, scale);
    // a page in whole points or pixels can be a fraction larger than the layout
    painter.fillRect(QRect(QPoint(-1, -1), m_size + QSize(3, 3)), m_view->frame().look().ground);
    m_plot->toPainter(&painter, m_size.width(), m_size.height());
    painter.end();
}

} // namespace widgets
