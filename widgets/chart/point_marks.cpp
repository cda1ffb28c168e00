#include "widgets/chart/point_marks.h"

#include <QLineF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

Interval extent(const std::vector<PointMarks::Series>& series,
                std::span<const double> PointMarks::Series::*values, bool logarithmic)
{
    Interval range { std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity() };
    for (const PointMarks::Series& each : series) {
        for (const double value : each.*values) {
            if (!std::isfinite(value) || (logarithmic && value <= 0))
                continue;
            range.lower = std::min(range.lower, value);
            range.upper = std::max(range.upper, value);
        }
    }
    return range;
}

int length(const PointMarks::Series& series)
{
    return static_cast<int>(std::min(series.x.size(), series.y.size()));
}

} // namespace

PointMarks::PointMarks(std::vector<Series> series)
    : m_series(std::move(series))
{
    for (const Series& each : m_series) {
        const int points = length(each);
        m_count += points;
        for (std::size_t i = 0; i < static_cast<std::size_t>(points); ++i)
            m_finite += std::isfinite(each.x[i]) && std::isfinite(each.y[i]) ? 1 : 0;
    }
}

PointRef PointMarks::at(int element) const
{
    for (int series = 0; element >= 0 && series < static_cast<int>(m_series.size()); ++series) {
        const int points = length(m_series[static_cast<std::size_t>(series)]);
        if (element < points)
            return { series, element };
        element -= points;
    }
    return {};
}

int PointMarks::elementOf(PointRef point) const
{
    if (!point.isValid())
        return -1;
    int before = 0;
    for (int series = 0; series < point.series; ++series)
        before += length(m_series[static_cast<std::size_t>(series)]);
    return before + point.point;
}

QPointF PointMarks::valueAt(PointRef point) const
{
    const Series& series = m_series[static_cast<std::size_t>(point.series)];
    const auto at = static_cast<std::size_t>(point.point);
    return { series.x[at], series.y[at] };
}

PointRef PointMarks::nearest(const QPointF& pixel, const PlotFrame& frame, double reach) const
{
    PointRef best;
    double bestDistance = reach * reach;
    // compared in data coordinates first: converting a million points to pixels would be felt
    const double left = frame.fromX(pixel.x() - reach);
    const double right = frame.fromX(pixel.x() + reach);
    for (int series = 0; series < static_cast<int>(m_series.size()); ++series) {
        const Series& each = m_series[static_cast<std::size_t>(series)];
        for (int i = 0; i < length(each); ++i) {
            const double x = each.x[static_cast<std::size_t>(i)];
            const double y = each.y[static_cast<std::size_t>(i)];
            if (!(x >= left && x <= right) || !std::isfinite(y))
                continue;
            const QPointF distance = frame.toPixel(x, y) - pixel;
            const double squared = QPointF::dotProduct(distance, distance);
            if (squared <= bestDistance) {
                bestDistance = squared;
                best = { series, i };
            }
        }
    }
    return best;
}

bool PointMarks::anyIn(const QRectF& pixels, const PlotFrame& frame) const
{
    const double left = frame.fromX(pixels.left());
    const double right = frame.fromX(pixels.right());
    const double low = frame.fromY(pixels.bottom());
    const double high = frame.fromY(pixels.top());
    return std::ranges::any_of(m_series, [&](const Series& series) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(length(series)); ++i) {
            if (series.x[i] >= left && series.x[i] <= right && series.y[i] >= low && series.y[i] <= high)
                return true;
        }
        return false;
    });
}

Interval PointMarks::extentX(bool logarithmic) const
{
    return extent(m_series, &Series::x, logarithmic);
}

Interval PointMarks::extentY(bool logarithmic) const
{
    return extent(m_series, &Series::y, logarithmic);
}

bool segmentTouches(const QPointF& from, const QPointF& to, const QRectF& area)
{
    if (area.contains(from) || area.contains(to))
        return true;
    const QLineF segment(from, to);
    for (const QLineF& edge :
         { QLineF(area.topLeft(), area.topRight()), QLineF(area.bottomLeft(), area.bottomRight()),
           QLineF(area.topLeft(), area.bottomLeft()), QLineF(area.topRight(), area.bottomRight()) }) {
        if (segment.intersects(edge, nullptr) == QLineF::BoundedIntersection)
            return true;
    }
    return false;
}

void drawRing(QPainter& painter, const QPointF& centre, const ChartLook& look, bool selected)
{
    const double radius = look.markerSize / 2 + 3;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look.text, selected ? 2 : 1, selected ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(centre, radius, radius);
}

} // namespace widgets
