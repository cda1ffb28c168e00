#include "widgets/chart/kind_view.h"

#include "widgets/chart/legend.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace widgets {

KindView::KindView(PlotFrame frame)
    : m_frame(std::move(frame))
{
    addPainting("overlay", Clip::Nothing, [this](QPainter& painter) {
        if (m_hover >= 0 && m_hover != m_highlight)
            paintMark(painter, m_hover, false);
        if (m_highlight >= 0)
            paintMark(painter, m_highlight, true);
    });
}

int KindView::neighbour(int element, Qt::Key key) const
{
    if (element < 0)
        return 0;
    const int step = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    return std::clamp(element + step, 0, std::max(0, count() - 1));
}

void KindView::paintMark(QPainter& painter, int element, bool selected) const
{
    const QRectF edge = outline(element);
    if (!edge.isValid())
        return;
    const double width = selected ? 2 : 1;
    QPen pen(m_frame.look().text, width, selected ? Qt::SolidLine : Qt::DashLine, Qt::SquareCap,
             Qt::MiterJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.setClipRect(m_frame.area().adjusted(-3, -3, 3, 3));
    painter.drawRect(edge);
}

void KindView::addPainting(const char* layer, Clip clip, Paint paint)
{
    widgets::addPainting(m_frame.plot(), layer, clip, std::move(paint));
}

void KindView::addReference(const analysis::Reference& reference)
{
    m_reference = reference;
    addPainting("axes", Clip::Axes, [this](QPainter& painter) { paintReference(painter); });
}

QSizeF KindView::referenceSize() const
{
    const QFontMetricsF metrics(m_frame.look().font);
    return { metrics.horizontalAdvance(m_reference->label) + 0.7 * m_frame.look().em, metrics.height() };
}

/// Where the reference's label may stand, best first: at the right or left end, above or below the line.
std::array<QRectF, 4> KindView::referencePlaces() const
{
    const ChartLook& look = m_frame.look();
    const QRectF area = m_frame.area();
    const QSizeF size = referenceSize();
    const double y = m_frame.toY(m_reference->value);
    const double left = area.left() + 0.35 * look.em;
    const double right = area.right() - size.width() - 0.35 * look.em;
    const double above = y - size.height() - look.px(1);
    const double below = y + look.px(1);
    return { QRectF({ right, above }, size), QRectF({ left, above }, size), QRectF({ right, below }, size),
             QRectF({ left, below }, size) };
}

std::optional<QRectF> KindView::freeReference() const
{
    for (const QRectF& place : referencePlaces()) {
        if (m_frame.area().contains(place) && !isTaken(place))
            return place;
    }
    return std::nullopt;
}

void KindView::paintReference(QPainter& painter) const
{
    const ChartLook& look = m_frame.look();
    const QRectF area = m_frame.area();
    const double y = m_frame.toY(m_reference->value);
    QPen pen(look.text, look.axisWidth, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({ look.px(4) / look.axisWidth, look.px(3) / look.axisWidth });
    painter.setPen(pen);
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    if (m_reference->label.isEmpty())
        return;
    const std::optional<QRectF> free = freeReference();
    const QRectF place = free.value_or(referencePlaces().front());
    if (!free)
        painter.fillRect(place, look.ground);
    painter.setPen(look.text);
    painter.setFont(look.font);
    painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, m_reference->label);
}

void KindView::addLegend(std::vector<LegendEntry> entries)
{
    if (m_frame.look().legendOnTop) {
        m_frame.addLegend(entries);
        return;
    }
    m_insideLegend = std::move(entries);
    addPainting("legend", Clip::Nothing, [this](QPainter& painter) {
        const QSizeF size = legendColumnSize(m_insideLegend, m_frame.look());
        if (const std::optional<QPointF> corner = freeCorner())
            drawLegend(painter, *corner, m_insideLegend, size.width(), m_frame.look());
    });
}

std::optional<QPointF> KindView::freeCorner() const
{
    const double pad = 0.6 * m_frame.look().em;
    const QRectF area = m_frame.area().adjusted(pad, pad, -pad, -pad);
    const QSizeF size = legendColumnSize(m_insideLegend, m_frame.look());
    const double right = area.right() - size.width();
    const double bottom = area.bottom() - size.height();
    for (const QPointF& corner : { QPointF(right, area.top()), area.topLeft(), QPointF(right, bottom),
                                   QPointF(area.left(), bottom) }) {
        const QRectF candidate(corner, size);
        if (area.contains(candidate) && !covers(candidate))
            return corner;
    }
    return std::nullopt;
}

bool KindView::isTaken(const QRectF& pixels) const
{
    if (covers(pixels))
        return true;
    const std::optional<QPointF> corner = m_insideLegend.empty() ? std::nullopt : freeCorner();
    return corner && QRectF(*corner, legendColumnSize(m_insideLegend, m_frame.look())).intersects(pixels);
}

bool KindView::legendFits() const
{
    if (m_insideLegend.empty())
        return true;
    const bool labelled = m_reference && !m_reference->label.isEmpty();
    return freeCorner().has_value() && (!labelled || freeReference().has_value());
}

void KindView::showEmpty()
{
    m_frame.hideAxes();
    addPainting("main", Clip::Nothing, [this](QPainter& painter) {
        painter.setPen(m_frame.look().quiet);
        painter.setFont(m_frame.look().titleFont);
        painter.drawText(m_frame.area(), Qt::AlignCenter | Qt::TextDontClip, tr("No values"));
    });
}

QString withUnit(double value, const analysis::Axis& axis)
{
    const QString text = valueText(value);
    return axis.unit.isEmpty() ? text : text + QLatin1Char(' ') + analysis::shownUnit(axis.unit);
}

} // namespace widgets
