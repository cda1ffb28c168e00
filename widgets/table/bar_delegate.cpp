#include "widgets/table/bar_delegate.h"

#include "widgets/parts/badge.h"
#include "widgets/table/report_model.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

/// Lines from top left to bottom right, at one pitch whatever the bar's place.
void hatch(QPainter& painter, const QRectF& rect, const QColor& colour)
{
    if (rect.width() < 1)
        return;
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.6));
    for (double x = rect.left() - rect.height(); x < rect.right(); x += 4.5)
        painter.drawLine(QPointF(x, rect.top()), QPointF(x + rect.height(), rect.bottom()));
    painter.restore();
}

void drawBar(QPainter& painter, const QRect& place, const BarValue& bar)
{
    const Theme& theme = Theme::current();
    painter.fillRect(place, theme.selin);
    if (bar.maximum <= 0)
        return;
    const auto length = [&](double value) {
        return std::round(std::clamp(value / bar.maximum, 0.0, 1.0) * place.width());
    };
    const double solid = length(bar.value);
    const double whole = std::max(solid, length(bar.value + bar.overhead));
    painter.fillRect(QRectF(place.left(), place.top(), solid, place.height()), theme.a);
    hatch(painter, QRectF(place.left() + solid, place.top(), whole - solid, place.height()), theme.text2);
}

void drawPartialBadge(QPainter& painter, const QRect& cell)
{
    const QString word = BarDelegate::tr("partial");
    const QSize size = badgeSize(word);
    const QPoint corner(cell.right() - BarDelegate::margin - size.width() + 1,
                        cell.top() + (cell.height() - size.height()) / 2);
    drawBadge(painter, corner, word, BadgeKind::Neutral);
}

QColor textColour(const QStyleOptionViewItem& option)
{
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    return option.palette.color(enabled ? QPalette::Active : QPalette::Disabled, QPalette::Text);
}

} // namespace

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    cell.state.setFlag(QStyle::State_MouseOver, index.row() == m_hovered);
    const QWidget* view = cell.widget;
    view->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, view);
    painter->save();
    painter->fillRect(cell.rect.left(), cell.rect.bottom(), cell.rect.width(), 1, Theme::current().grid);
    QRect inner = cell.rect.adjusted(margin, 0, -margin, -1);
    const QVariant bar = index.data(ReportModel::BarRole);
    if (bar.isValid()) {
        const QRect place(inner.right() - m_barWidth + 1, inner.top() + (inner.height() - barHeight) / 2,
                          m_barWidth, barHeight);
        drawBar(*painter, place, bar.value<BarValue>());
        inner.setRight(place.left() - margin - 1);
    }
    if (!cell.icon.isNull()) {
        const QRect place(inner.left(), inner.top() + (inner.height() - 16) / 2, 16, 16);
        cell.icon.paint(painter, place);
        inner.setLeft(place.right() + 7);
    }
    if (index.data(ReportModel::PartialRole).toBool()) {
        drawPartialBadge(*painter, cell.rect);
    } else {
        painter->setFont(cell.font);
        painter->setPen(textColour(cell));
        const auto mode = cell.displayAlignment.testFlag(Qt::AlignRight) ? Qt::ElideLeft : Qt::ElideMiddle;
        painter->drawText(inner, int(cell.displayAlignment),
                          cell.fontMetrics.elidedText(cell.text, mode, inner.width()));
    }
    // The selection shows where a click went; the keyboard needs the line, as does a row that is not
    // selected.
    const bool keyboard = cell.state.testFlag(QStyle::State_KeyboardFocusChange)
        || !cell.state.testFlag(QStyle::State_Selected);
    if (keyboard && cell.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect ring;
        ring.QStyleOption::operator=(cell);
        ring.rect.adjust(0, 0, 0, -1);
        view->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, painter, view);
    }
    painter->restore();
}

QSize BarDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    const int bar = index.data(ReportModel::BarRole).isValid() ? m_barWidth + margin : 0;
    return { cell.fontMetrics.horizontalAdvance(cell.text) + 2 * margin + bar,
             std::max(24, cell.fontMetrics.height() + 6) };
}

int BarDelegate::textRoom(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int bar = index.data(ReportModel::BarRole).isValid() ? m_barWidth + margin : 0;
    return option.rect.width() - 2 * margin - bar;
}

bool BarDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                            const QModelIndex& index)
{
    const QString text = index.data().toString();
    const bool elided = view->fontMetrics().horizontalAdvance(text) > textRoom(option, index);
    if (event->type() != QEvent::ToolTip || !elided || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), text, view);
    return true;
}

} // namespace widgets
