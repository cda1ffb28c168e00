#include "widgets/chart/line_view.h"

#include "widgets/chart/end_labels.h"

#include <QPainter>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

constexpr int densePoints = 2000; ///< beyond, dashes cost time and say nothing
constexpr int markedPoints = 40; ///< per series; beyond, markers would touch
constexpr std::size_t labelledSeries = 4; ///< named at their ends
constexpr double noisyTravel = 30; ///< heights of the chart a line goes up and down before it counts as noise
constexpr double widestEndLabels = 14; ///< of the height of the text; a legend takes less beyond
constexpr double reachPixels = 24;
constexpr int quietAlpha = 90; ///< of 255; many grey lines make a cloud, not a block

std::vector<PointMarks::Series> spansOf(const analysis::LineChart& chart)
{
    std::vector<PointMarks::Series> series;
    for (const analysis::LineChart::Series& each : chart.series)
        series.push_back({ each.name, each.x, each.y });
    return series;
}

/// Widened so that a flat line does not lie on the frame; from 0 when the data comes near it.
Interval valueRange(Interval values)
{
    if (values.lower > 0 && values.lower < 0.4 * values.upper)
        values.lower = 0;
    return niceInterval(values);
}

QPen penOf(const Stroke& stroke, double width)
{
    QPen pen(stroke.colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (!stroke.dash.isEmpty())
        pen.setDashPattern(stroke.dash);
    return pen;
}

/// All the way a line goes up and down.
double travel(const analysis::LineChart::Series& series)
{
    double sum = 0;
    for (std::size_t i = 1; i < series.y.size(); ++i) {
        const double step = std::abs(series.y[i] - series.y[i - 1]);
        sum += std::isfinite(step) ? step : 0;
    }
    return sum;
}

template <typename Data>
void setData(Data& plottable, const analysis::LineChart::Series& series)
{
    const auto size = static_cast<qsizetype>(std::min(series.x.size(), series.y.size()));
    plottable.setData(QVector<double>(series.x.begin(), series.x.begin() + size),
                      QVector<double>(series.y.begin(), series.y.begin() + size));
}

} // namespace

LineView::LineView(const analysis::LineChart& chart, PlotFrame plotFrame)
    : KindView(std::move(plotFrame))
    , m_chart(chart)
    , m_points(spansOf(chart))
{
    if (isEmpty()) {
        showEmpty();
        return;
    }
    buildAxes();
    for (const bool quiet : { true, false })
        for (int i = 0; i < static_cast<int>(chart.series.size()); ++i)
            if (chart.series[static_cast<std::size_t>(i)].quiet == quiet)
                buildSeries(i);
    addPainting("main", Clip::Nothing, [this](QPainter& painter) { paintMarkers(painter); });
    buildNames();
    if (chart.reference)
        addReference(*chart.reference);
}

void LineView::buildAxes()
{
    Interval x = m_points.extentX(m_chart.x.logarithmic);
    Interval y = m_points.extentY(m_chart.y.logarithmic);
    if (m_chart.reference && std::isfinite(m_chart.reference->value)
        && (!m_chart.y.logarithmic || m_chart.reference->value > 0)) {
        y.lower = std::min(y.lower, m_chart.reference->value);
        y.upper = std::max(y.upper, m_chart.reference->value);
    }
    if (m_chart.x.logarithmic)
        x = x.lower < x.upper ? x : niceLogInterval(x);
    else if (!(x.lower < x.upper))
        x = { x.lower - 0.5, x.upper + 0.5 };
    frame().setHorizontal({ .axis = m_chart.x, .range = x, .grid = true });
    frame().setVertical({ .axis = m_chart.y,
                          .range = m_chart.y.logarithmic ? niceLogInterval(y) : valueRange(y),
                          .grid = true });
}

Stroke LineView::strokeOf(int series) const
{
    const analysis::LineChart::Series& line = m_chart.series[static_cast<std::size_t>(series)];
    Stroke stroke = frame().look().seriesStroke(series, line.colour);
    if (line.quiet) {
        stroke = { .colour = frame().look().zeroBar };
        stroke.colour.setAlpha(quietAlpha);
        return stroke;
    }
    if (line.x.size() > densePoints)
        stroke.dash.clear();
    return stroke;
}

void LineView::buildSeries(int index)
{
    const analysis::LineChart::Series& series = m_chart.series[static_cast<std::size_t>(index)];
    QCustomPlot& plot = frame().plot();
    const bool many = !frame().look().paper && loudSeries() > 5;
    const double normal = many ? std::min(1.5, frame().look().lineWidth) : frame().look().lineWidth;
    const double width = series.quiet ? std::min(1.0, normal) : normal;
    const QPen pen = penOf(strokeOf(index), width);
    if (std::ranges::is_sorted(series.x)) {
        QCPGraph* graph = plot.addGraph();
        setData(*graph, series);
        graph->setPen(pen);
        if (!frame().look().paper && travel(series) > noisyTravel * frame().homeY().size())
            graph->setPen(QPen(pen.color(), 1)); // a wide stroke of noise takes half a second
        return;
    }
    auto* curve = new QCPCurve(plot.xAxis, plot.yAxis); // keeps the order of the points; the plot owns it
    setData(*curve, series);
    curve->setPen(pen);
}

std::size_t LineView::loudSeries() const
{
    return static_cast<std::size_t>(
        std::ranges::count(m_chart.series, false, &analysis::LineChart::Series::quiet));
}

void LineView::buildNames()
{
    if (m_chart.series.size() < 2)
        return;
    const ChartLook look = frame().look();
    if (look.endLabels && loudSeries() <= labelledSeries) {
        QStringList names;
        for (const analysis::LineChart::Series& series : m_chart.series)
            if (!series.quiet)
                names << series.name;
        const double width = endLabelsWidth(names, look);
        if (width < widestEndLabels * look.em) {
            frame().reserveRight(width);
            addPainting("axes", Clip::Nothing, [this](QPainter& painter) { paintEndLabels(painter); });
            return;
        }
    }
    std::vector<LegendEntry> entries;
    for (int i = 0; i < static_cast<int>(m_chart.series.size()); ++i) {
        if (m_chart.series[static_cast<std::size_t>(i)].quiet)
            continue;
        const Stroke stroke = strokeOf(i);
        const bool marked = m_chart.series[static_cast<std::size_t>(i)].x.size() <= markedPoints;
        entries.push_back({ m_chart.series[static_cast<std::size_t>(i)].name,
                            [look, stroke, marked](QPainter& painter, const QRectF& area) {
                                painter.setPen(penOf(stroke, look.lineWidth));
                                const double y = area.center().y();
                                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
                                if (marked)
                                    drawMarker(painter, area.center(), stroke, look.markerSize);
                            } });
    }
    addLegend(std::move(entries));
}

void LineView::paintMarkers(QPainter& painter) const
{
    const QRectF view = frame().area().adjusted(-1, -1, 1, 1);
    for (int series = 0; series < static_cast<int>(m_chart.series.size()); ++series) {
        const analysis::LineChart::Series& each = m_chart.series[static_cast<std::size_t>(series)];
        const std::size_t points = std::min(each.x.size(), each.y.size());
        if (points > markedPoints || each.quiet)
            continue;
        const Stroke stroke = strokeOf(series);
        for (std::size_t i = 0; i < points; ++i) {
            const QPointF centre = frame().toPixel(each.x[i], each.y[i]);
            if (view.contains(centre))
                drawMarker(painter, centre, stroke, frame().look().markerSize);
        }
    }
}

void LineView::paintEndLabels(QPainter& painter) const
{
    std::vector<EndLabel> labels;
    for (int series = 0; series < static_cast<int>(m_chart.series.size()); ++series) {
        const analysis::LineChart::Series& each = m_chart.series[static_cast<std::size_t>(series)];
        for (std::size_t i = each.quiet ? 0 : std::min(each.x.size(), each.y.size()); i-- > 0;) {
            if (!std::isfinite(each.y[i]) || each.x[i] > frame().rangeX().upper)
                continue;
            labels.push_back({ frame().toY(each.y[i]), each.name, strokeOf(series) });
            break;
        }
    }
    drawEndLabels(painter, std::move(labels), frame());
}

Hit LineView::hitAt(const QPointF& pixel) const
{
    if (isEmpty() || !frame().area().adjusted(-4, -4, 4, 4).contains(pixel))
        return {};
    return hit(m_points.elementOf(m_points.nearest(pixel, frame(), reachPixels)));
}

Hit LineView::hit(int element) const
{
    const PointRef point = m_points.at(element);
    if (!point.isValid())
        return {};
    const QPointF value = m_points.valueAt(point);
    QString place = m_chart.x.title + QLatin1Char(' ') + withUnit(value.x(), m_chart.x);
    const QString& name = m_chart.series[static_cast<std::size_t>(point.series)].name;
    if (m_chart.series.size() > 1)
        place = name + QStringLiteral(", ") + place;
    return { element, std::isfinite(value.y()) ? withUnit(value.y(), m_chart.y) : tr("no value"), place };
}

QRectF LineView::outline(int element) const
{
    const PointRef point = m_points.at(element);
    if (!point.isValid())
        return {};
    const QPointF value = m_points.valueAt(point);
    const double size = frame().look().markerSize;
    return { frame().toPixel(value.x(), value.y()) - QPointF(size / 2, size / 2), QSizeF(size, size) };
}

void LineView::paintMark(QPainter& painter, int element, bool selected) const
{
    const QPointF centre = outline(element).center();
    if (outline(element).isValid() && frame().area().adjusted(-2, -2, 2, 2).contains(centre))
        drawRing(painter, centre, frame().look(), selected);
}

bool LineView::covers(const QRectF& pixels) const
{
    const double left = frame().fromX(pixels.left());
    const double right = frame().fromX(pixels.right());
    for (const analysis::LineChart::Series& series : m_chart.series) {
        for (std::size_t i = 1; i < std::min(series.x.size(), series.y.size()); ++i) {
            if (std::max(series.x[i - 1], series.x[i]) < left
                || std::min(series.x[i - 1], series.x[i]) > right || !std::isfinite(series.y[i - 1])
                || !std::isfinite(series.y[i]))
                continue;
            if (segmentTouches(frame().toPixel(series.x[i - 1], series.y[i - 1]),
                               frame().toPixel(series.x[i], series.y[i]), pixels))
                return true;
        }
    }
    return false;
}

int LineView::neighbour(int element, Qt::Key key) const
{
    const PointRef now = m_points.at(element);
    if (!now.isValid() || key == Qt::Key_Left || key == Qt::Key_Right)
        return KindView::neighbour(element, key);
    const int step = key == Qt::Key_Up ? -1 : 1;
    const auto last = static_cast<int>(m_chart.series.size()) - 1;
    PointRef next { std::clamp(now.series + step, 0, last), now.point };
    const auto size = static_cast<int>(m_chart.series[static_cast<std::size_t>(next.series)].x.size());
    next.point = std::min(next.point, size - 1);
    return size > 0 ? m_points.elementOf(next) : element;
}

QString LineView::summary() const
{
    if (isEmpty())
        return tr("Line chart without values");
    const Interval range = m_points.extentY(m_chart.y.logarithmic);
    return tr("Line chart, %1 series, %2 over %3, from %4 to %5")
        .arg(m_chart.series.size())
        .arg(m_chart.y.label(), m_chart.x.label(), valueText(range.lower), valueText(range.upper));
}

QStringList LineView::dump() const
{
    QStringList lines;
    for (const analysis::LineChart::Series& series : m_chart.series) {
        QString line = series.name;
        for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i)
            line += QStringLiteral(" %1,%2").arg(series.x[i]).arg(series.y[i]);
        lines << line;
    }
    return lines;
}

} // namespace widgets
