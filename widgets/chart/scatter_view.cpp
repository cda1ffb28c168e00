#include "widgets/chart/scatter_view.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

constexpr int cloudPoints = 2000; ///< beyond, dots instead of markers, each place once
constexpr int namedPoints = 24; ///< beyond, names only under the pointer
constexpr double reachPixels = 16;

std::vector<PointMarks::Series> spansOf(const analysis::ScatterChart& chart)
{
    std::vector<PointMarks::Series> series;
    for (const analysis::ScatterChart::Series& each : chart.series)
        series.push_back({ each.name, each.x, each.y });
    return series;
}

Interval scatterRange(Interval values, bool logarithmic)
{
    if (logarithmic)
        return niceLogInterval(values);
    const double margin = 0.03 * values.size();
    const bool nearZero = values.lower >= 0 && values.lower < 0.4 * values.upper;
    return niceInterval({ nearZero ? 0 : values.lower - margin, values.upper + margin });
}

} // namespace

ScatterView::ScatterView(const analysis::ScatterChart& chart, PlotFrame plotFrame)
    : KindView(std::move(plotFrame))
    , m_chart(chart)
    , m_points(spansOf(chart))
{
    if (isEmpty()) {
        showEmpty();
        return;
    }
    buildAxes();
    buildLegend();
    addPainting("main", Clip::Nothing, [this](QPainter& painter) { paintPoints(painter); });
    addPainting("axes", Clip::Nothing, [this](QPainter& painter) { paintNames(painter); });
}

void ScatterView::buildAxes()
{
    const Interval x = m_points.extentX(m_chart.x.logarithmic);
    const Interval y = m_points.extentY(m_chart.y.logarithmic);
    frame().setHorizontal(
        { .axis = m_chart.x, .range = scatterRange(x, m_chart.x.logarithmic), .grid = true });
    frame().setVertical({ .axis = m_chart.y, .range = scatterRange(y, m_chart.y.logarithmic), .grid = true });
}

void ScatterView::buildLegend()
{
    if (m_chart.series.size() < 2)
        return;
    const ChartLook look = frame().look();
    std::vector<LegendEntry> entries;
    for (int i = 0; i < static_cast<int>(m_chart.series.size()); ++i)
        entries.push_back({ m_chart.series[static_cast<std::size_t>(i)].name,
                            [look, stroke = look.seriesStroke(i)](QPainter& painter, const QRectF& area) {
                                drawMarker(painter, area.center(), stroke, look.markerSize);
                            } });
    addLegend(std::move(entries));
}

void ScatterView::paintPoints(QPainter& painter) const
{
    const ChartLook& look = frame().look();
    const QRectF view = frame().area().adjusted(-1, -1, 1, 1);
    for (int series = 0; series < static_cast<int>(m_chart.series.size()); ++series) {
        if (m_points.finite() > cloudPoints) {
            paintCloud(painter, series);
            continue;
        }
        const analysis::ScatterChart::Series& each = m_chart.series[static_cast<std::size_t>(series)];
        const Stroke stroke = look.seriesStroke(series);
        for (std::size_t i = 0; i < std::min(each.x.size(), each.y.size()); ++i) {
            const QPointF centre = frame().toPixel(each.x[i], each.y[i]);
            if (view.contains(centre))
                drawMarker(painter, centre, stroke, look.markerSize);
        }
    }
}

void ScatterView::paintCloud(QPainter& painter, int series) const
{
    const QColor colour = frame().look().seriesStroke(series).colour;
    if (frame().look().paper)
        paintPaperCloud(painter, series, colour);
    else
        paintScreenCloud(painter, series, colour);
}

/// Dots of 2 x 2 pixels, set in a picture: stroking as many points takes a hundred times as long.
void ScatterView::paintScreenCloud(QPainter& painter, int series, const QColor& colour) const
{
    const analysis::ScatterChart::Series& each = m_chart.series[static_cast<std::size_t>(series)];
    const QRectF view = frame().area();
    QImage dots(view.size().toSize() + QSize(2, 2), QImage::Format_ARGB32_Premultiplied);
    dots.fill(Qt::transparent);
    for (std::size_t i = 0; i < std::min(each.x.size(), each.y.size()); ++i) {
        const QPointF at = frame().toPixel(each.x[i], each.y[i]) - view.topLeft();
        if (!(at.x() >= 0 && at.x() <= view.width() && at.y() >= 0 && at.y() <= view.height()))
            continue;
        for (const int row : { 0, 1 }) {
            auto* line = reinterpret_cast<QRgb*>(dots.scanLine(static_cast<int>(at.y()) + row));
            line[static_cast<int>(at.x())] = line[static_cast<int>(at.x()) + 1] = colour.rgb();
        }
    }
    painter.drawImage(view.topLeft() - QPointF(1, 1), dots);
}

/// One dot per place of a sixth of a marker: more would only make the file larger.
void ScatterView::paintPaperCloud(QPainter& painter, int series, const QColor& colour) const
{
    const analysis::ScatterChart::Series& each = m_chart.series[static_cast<std::size_t>(series)];
    const QRectF view = frame().area();
    const double place = frame().look().markerSize / 6;
    const int columns = static_cast<int>(view.width() / place) + 1;
    const int rows = static_cast<int>(view.height() / place) + 1;
    std::vector<bool> taken(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    QVector<QPointF> dots;
    for (std::size_t i = 0; i < std::min(each.x.size(), each.y.size()); ++i) {
        const QPointF centre = frame().toPixel(each.x[i], each.y[i]);
        const double column = std::floor((centre.x() - view.left()) / place);
        const double row = std::floor((centre.y() - view.top()) / place);
        if (!(column >= 0 && column < columns && row >= 0 && row < rows))
            continue;
        const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
            + static_cast<std::size_t>(column);
        if (!taken[at])
            dots << centre;
        taken[at] = true;
    }
    painter.setPen(QPen(colour, frame().look().markerSize / 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

/// Names beside their points, right or left, above or below; one without room is left out.
void ScatterView::paintNames(QPainter& painter) const
{
    if (m_points.finite() > namedPoints)
        return;
    const ChartLook& look = frame().look();
    const QFontMetricsF metrics(look.font);
    const double away = look.markerSize / 2 + 0.3 * look.em;
    std::vector<QRectF> taken;
    painter.setFont(look.font);
    painter.setPen(look.text);
    for (const analysis::ScatterChart::Series& series : m_chart.series) {
        for (qsizetype i = 0;
             i < std::min<qsizetype>(series.labels.size(), static_cast<qsizetype>(series.x.size())); ++i) {
            const auto at = static_cast<std::size_t>(i);
            const QPointF centre = frame().toPixel(series.x[at], series.y[at]);
            const QSizeF size(metrics.horizontalAdvance(series.labels[i]) + 1, metrics.height());
            const double middle = centre.y() - size.height() / 2;
            for (const QPointF& corner :
                 { QPointF(centre.x() + away, middle), QPointF(centre.x() - away - size.width(), middle),
                   QPointF(centre.x() - size.width() / 2, centre.y() - away - size.height()),
                   QPointF(centre.x() - size.width() / 2, centre.y() + away) }) {
                const QRectF place(corner, size);
                const bool hit =
                    std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(place); });
                if (hit || !frame().area().contains(place) || isTaken(place))
                    continue;
                painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, series.labels[i]);
                taken.push_back(place);
                break;
            }
        }
    }
}

Hit ScatterView::hitAt(const QPointF& pixel) const
{
    if (isEmpty() || !frame().area().adjusted(-4, -4, 4, 4).contains(pixel))
        return {};
    return hit(m_points.elementOf(m_points.nearest(pixel, frame(), reachPixels)));
}

Hit ScatterView::hit(int element) const
{
    const PointRef point = m_points.at(element);
    if (!point.isValid())
        return {};
    const analysis::ScatterChart::Series& series = m_chart.series[static_cast<std::size_t>(point.series)];
    const QPointF value = m_points.valueAt(point);
    QString place = m_chart.series.size() > 1 ? series.name : QString();
    if (point.point < series.labels.size())
        place += (place.isEmpty() ? QString() : QStringLiteral(", ")) + series.labels[point.point];
    const QString text = m_chart.x.title + QLatin1Char(' ') + withUnit(value.x(), m_chart.x)
        + QStringLiteral(", ") + m_chart.y.title + QLatin1Char(' ') + withUnit(value.y(), m_chart.y);
    return { element, text, place };
}

QRectF ScatterView::outline(int element) const
{
    const PointRef point = m_points.at(element);
    if (!point.isValid())
        return {};
    const QPointF value = m_points.valueAt(point);
    const double size = frame().look().markerSize;
    return { frame().toPixel(value.x(), value.y()) - QPointF(size / 2, size / 2), QSizeF(size, size) };
}

void ScatterView::paintMark(QPainter& painter, int element, bool selected) const
{
    const QRectF edge = outline(element);
    if (edge.isValid() && frame().area().adjusted(-2, -2, 2, 2).contains(edge.center()))
        drawRing(painter, edge.center(), frame().look(), selected);
}

QString ScatterView::summary() const
{
    if (isEmpty())
        return tr("Scatter chart without values");
    return tr("Scatter chart of %1 points, %2 over %3")
        .arg(m_points.finite())
        .arg(m_chart.y.label(), m_chart.x.label());
}

QStringList ScatterView::dump() const
{
    QStringList lines;
    for (int element = 0; element < count(); ++element) {
        const QPointF value = m_points.valueAt(m_points.at(element));
        lines << QStringLiteral("%1 %2,%3").arg(m_points.at(element).series).arg(value.x()).arg(value.y());
    }
    return lines;
}

} // namespace widgets
