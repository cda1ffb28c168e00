#include "widgets/chart/hatch.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace widgets {

namespace {

constexpr double diagonal = 0.5 * std::numbers::sqrt2;

double along(const QPointF& point, const QPointF& normal)
{
    return QPointF::dotProduct(point, normal);
}

/// The part of a convex polygon where side * (point . normal) <= side * limit (Sutherland-Hodgman).
QPolygonF cut(const QPolygonF& polygon, const QPointF& normal, double limit, double side)
{
    QPolygonF kept;
    for (qsizetype i = 0; i < polygon.size(); ++i) {
        const QPointF from = polygon[i];
        const QPointF to = polygon[(i + 1) % polygon.size()];
        const double fromOver = side * (along(from, normal) - limit);
        const double toOver = side * (along(to, normal) - limit);
        if (fromOver <= 0)
            kept << from;
        if ((fromOver < 0 && toOver > 0) || (fromOver > 0 && toOver < 0))
            kept << from + (to - from) * (fromOver / (fromOver - toOver));
    }
    return kept;
}

QPolygonF corners(const QRectF& area)
{
    return { { area.topLeft(), area.topRight(), area.bottomRight(), area.bottomLeft() } };
}

void drawStripes(QPainter& painter, const QRectF& area, const QPointF& normal, const HatchPen& pen)
{
    const QPolygonF whole = corners(area);
    double lowest = along(whole[0], normal);
    double highest = lowest;
    for (const QPointF& corner : whole) {
        lowest = std::min(lowest, along(corner, normal));
        highest = std::max(highest, along(corner, normal));
    }
    const auto first = static_cast<qint64>(std::floor(lowest / pen.pitch));
    const auto last = static_cast<qint64>(std::ceil(highest / pen.pitch));
    for (qint64 k = first; k <= last; ++k) {
        const double middle = static_cast<double>(k) * pen.pitch;
        const QPolygonF stripe =
            cut(cut(whole, normal, middle + pen.line / 2, 1), normal, middle - pen.line / 2, -1);
        if (stripe.size() >= 3)
            painter.drawConvexPolygon(stripe);
    }
}

/// Only whole dots: a cut one would look like dirt on the edge.
void drawDots(QPainter& painter, const QRectF& area, const HatchPen& pen)
{
    const double step = pen.pitch * 0.8;
    const double radius = pen.line * 0.8;
    const QRectF inner = area.adjusted(radius, radius, -radius, -radius);
    if (!inner.isValid())
        return;
    for (auto row = static_cast<qint64>(std::ceil(inner.top() / step));
         static_cast<double>(row) * step <= inner.bottom(); ++row) {
        const double shift = row % 2 == 0 ? 0 : step / 2;
        auto column = static_cast<qint64>(std::ceil((inner.left() - shift) / step));
        for (; static_cast<double>(column) * step + shift <= inner.right(); ++column)
            painter.drawEllipse(
                QPointF(static_cast<double>(column) * step + shift, static_cast<double>(row) * step), radius,
                radius);
    }
}

} // namespace

Hatch hatchOf(int index)
{
    static constexpr std::array order { Hatch::None, Hatch::Forward,    Hatch::Backward, Hatch::Cross,
                                        Hatch::Dots, Hatch::Horizontal, Hatch::Vertical, Hatch::Grid };
    return order[static_cast<std::size_t>(index) % order.size()];
}

void drawHatch(QPainter& painter, const QRectF& area, Hatch hatch, const HatchPen& pen)
{
    if (hatch == Hatch::None || !area.isValid() || pen.pitch <= 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.colour);
    if (hatch == Hatch::Forward || hatch == Hatch::Cross)
        drawStripes(painter, area, { diagonal, diagonal }, pen);
    if (hatch == Hatch::Backward || hatch == Hatch::Cross)
        drawStripes(painter, area, { diagonal, -diagonal }, pen);
    if (hatch == Hatch::Horizontal || hatch == Hatch::Grid)
        drawStripes(painter, area, { 0, 1 }, pen);
    if (hatch == Hatch::Vertical || hatch == Hatch::Grid)
        drawStripes(painter, area, { 1, 0 }, pen);
    if (hatch == Hatch::Dots)
        drawDots(painter, area, pen);
    painter.restore();
}

} // namespace widgets
