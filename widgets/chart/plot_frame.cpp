#include "widgets/chart/plot_frame.h"

#include "widgets/chart/legend.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

int whole(double pixels)
{
    return static_cast<int>(std::lround(pixels));
}

/// Our ticks behind QCustomPlot's interface.
class Ticker : public QCPAxisTicker {
public:
    Ticker(const QCPAxis& axis, TickRequest request, double firstTick, double em)
        : m_axis(&axis)
        , m_request(request)
        , m_firstTick(firstTick)
        , m_em(em)
    {
    }

    void generate(const QCPRange& range, const QLocale& /*locale*/, QChar /*format*/, int /*precision*/,
                  QVector<double>& ticks, QVector<double>* subTicks, QVector<QString>* labels) override
    {
        TickRequest request = m_request;
        request.range = { range.lower, range.upper };
        request.target = target();
        const Ticks made = makeTicks(request);
        ticks.clear();
        if (labels)
            labels->clear();
        for (qsizetype i = 0; i < made.major.size(); ++i) {
            if (made.major[i] < m_firstTick)
                continue;
            ticks << made.major[i];
            if (labels)
                labels->append(made.labels[i]);
        }
        if (subTicks)
            *subTicks = made.minor;
    }

private:
    /// From the whole plot: the axis itself has its length only after the labels are known.
    int target() const
    {
        const QRect view = m_axis->parentPlot()->viewport();
        const bool flat = m_axis->orientation() == Qt::Horizontal;
        const double room = flat ? view.width() / (5.5 * m_em) : view.height() / (3.4 * m_em);
        return std::clamp(static_cast<int>(room), 2, flat ? 10 : 6);
    }

    const QCPAxis* m_axis;
    TickRequest m_request;
    double m_firstTick;
    double m_em;
};

QPen solid(const QColor& colour, double width)
{
    return QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin);
}

void style(QCPAxis& axis, const ChartLook& look)
{
    const QPen pen = solid(look.axis, look.axisWidth);
    axis.setBasePen(pen);
    axis.setTickPen(pen);
    axis.setSubTickPen(pen);
    axis.setTickLength(whole(look.tickInside), whole(look.tickOutside));
    axis.setSubTickLength(whole(look.tickInside / 2), whole(look.tickOutside / 2));
    axis.setTickLabelFont(look.font);
    axis.setTickLabelColor(look.quiet);
    axis.setTickLabelPadding(whole(0.35 * look.em));
    axis.setLabelFont(look.titleFont);
    axis.setLabelColor(look.text);
    axis.setNumberFormat(QStringLiteral("g"));
    axis.grid()->setVisible(false);
}

void styleGrid(QCPAxis& axis, const ChartLook& look)
{
    axis.grid()->setVisible(true);
    axis.grid()->setPen(solid(look.gridLine, look.axisWidth));
    axis.grid()->setZeroLinePen(Qt::NoPen);
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setAntialiased(look.paper);
}

} // namespace

PlotFrame::PlotFrame(QCustomPlot& plot, ChartLook look)
    : m_plot(&plot)
    , m_look(std::move(look))
{
    plot.setBackground(QBrush(m_look.ground));
    plot.setAntialiasedElements(m_look.paper ? QCP::aeAll : QCP::aePlottables);
    plot.setNotAntialiasedElements(m_look.paper ? QCP::AntialiasedElements() : QCP::aeAxes | QCP::aeGrid);
    plot.setAutoAddPlottableToLegend(false);
    plot.setPlottingHints(QCP::phCacheLabels);
    plot.legend->setVisible(false);
    plot.plotLayout()->setRowSpacing(whole(0.3 * m_look.em));
    plot.plotLayout()->setColumnSpacing(whole(m_look.em));
    const int edge = whole(m_look.px(2));
    plot.plotLayout()->setMargins(QMargins(edge, edge, edge, edge));
    plot.axisRect()->setMinimumMargins(
        QMargins(0, whole(0.7 * m_look.em), whole((m_look.paper ? 0.7 : 1.2) * m_look.em), 0));
    plot.layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmBuffered);
    for (QCPAxis* axis : { plot.xAxis, plot.yAxis, plot.xAxis2, plot.yAxis2 })
        style(*axis, m_look);
}

void PlotFrame::setUp(QCPAxis& axis, QCPAxis& opposite, const AxisSetup& setup)
{
    TickRequest request;
    request.integers = setup.integers || setup.axis.whole;
    request.logarithmic = setup.axis.logarithmic;
    request.separator = m_look.separator;
    for (QCPAxis* each : { &axis, &opposite }) {
        each->setScaleType(setup.axis.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        each->setRange(setup.range.lower, setup.range.upper);
        each->setRangeReversed(setup.reversed);
        each->setTicks(setup.numbered);
        each->setSubTicks(setup.numbered && setup.axis.logarithmic);
        each->setTicker(QSharedPointer<Ticker>::create(axis, request, setup.firstTick, m_look.em));
    }
    axis.setTickLabels(setup.numbered);
    axis.setLabel(setup.axis.label());
    const double padding = (axis.orientation() == Qt::Horizontal ? 0.35 : 0.5) * m_look.em + setup.reserve;
    axis.setLabelPadding(whole(padding));
    if (axis.label().isEmpty())
        axis.setPadding(whole(padding));
    opposite.setVisible(m_look.box);
    opposite.setTickLabels(false);
    opposite.setTicks(setup.numbered && m_look.tickInside > 0);
    opposite.setSubTicks(opposite.ticks() && setup.axis.logarithmic);
    QObject::connect(&axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), &opposite,
                     qOverload<const QCPRange&>(&QCPAxis::setRange));
    if (setup.grid && m_look.grid)
        styleGrid(axis, m_look);
}

void PlotFrame::setHorizontal(const AxisSetup& setup)
{
    m_homeX = setup.range;
    setUp(*m_plot->xAxis, *m_plot->xAxis2, setup);
}

void PlotFrame::setVertical(const AxisSetup& setup)
{
    m_homeY = setup.range;
    m_logarithmicY = setup.axis.logarithmic;
    setUp(*m_plot->yAxis, *m_plot->yAxis2, setup);
}

void PlotFrame::hideAxes()
{
    for (QCPAxis* axis : { m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2 })
        axis->setVisible(false);
}

void PlotFrame::addLegend(const std::vector<LegendEntry>& entries)
{
    if (entries.empty())
        return;
    QCPLayoutGrid& layout = *m_plot->plotLayout();
    QCustomPlot* plot = m_plot;
    const ChartLook look = m_look;
    const auto left = [plot] { return static_cast<double>(plot->axisRect()->left()); };
    const auto room = [plot, em = look.em] {
        return plot->viewport().width() - plot->axisRect()->margins().left()
            - plot->axisRect()->margins().right() - em;
    };
    QCPLayoutElement* row = newPaintedElement(
        *plot, [=] { return QSize(0, static_cast<int>(std::ceil(legendHeight(entries, room(), look)))); },
        [=](QPainter& painter, const QRect& cell) {
            drawLegend(painter, QPointF(left(), cell.top()), entries, room(), look);
        });
    layout.insertRow(0);
    layout.addElement(0, 0, row);
}

void PlotFrame::addColumn(std::function<int()> width, std::function<void(QPainter&, const QRect&)> paint)
{
    QCPLayoutGrid& layout = *m_plot->plotLayout();
    layout.addElement(layout.rowCount() - 1, 1,
                      newPaintedElement(
                          *m_plot, [=] { return QSize(width(), 0); }, std::move(paint)));
}

void PlotFrame::reserveRight(double pixels)
{
    QMargins margins = m_plot->axisRect()->minimumMargins();
    margins.setRight(std::max(margins.right(), static_cast<int>(std::ceil(pixels))));
    m_plot->axisRect()->setMinimumMargins(margins);
}

QRectF PlotFrame::area() const
{
    return QRectF(m_plot->axisRect()->rect());
}

double PlotFrame::toX(double value) const
{
    return m_plot->xAxis->coordToPixel(value);
}

double PlotFrame::toY(double value) const
{
    return m_plot->yAxis->coordToPixel(value);
}

double PlotFrame::fromX(double pixel) const
{
    return m_plot->xAxis->pixelToCoord(pixel);
}

double PlotFrame::fromY(double pixel) const
{
    return m_plot->yAxis->pixelToCoord(pixel);
}

Interval PlotFrame::rangeX() const
{
    return { m_plot->xAxis->range().lower, m_plot->xAxis->range().upper };
}

Interval PlotFrame::rangeY() const
{
    return { m_plot->yAxis->range().lower, m_plot->yAxis->range().upper };
}

} // namespace widgets
