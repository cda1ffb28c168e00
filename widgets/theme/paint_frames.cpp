#include "widgets/theme/focus_ring.h"
#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>

namespace widgets::paint {

void frame(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const auto* shape = qstyleoption_cast<const QStyleOptionFrame*>(&option);
    if (shape != nullptr && shape->lineWidth <= 0)
        return;
    const Theme& theme = Theme::current();
    const bool text = qobject_cast<const QPlainTextEdit*>(widget) != nullptr;
    painter.setPen(text && option.state.testFlag(QStyle::State_Enabled) ? theme.ctl : theme.border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
}

void focusRect(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    if (isComboList(widget) || (widget != nullptr && FocusRing::wants(widget)))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Theme::current().accent);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

QStyleOptionMenuItem unselected(QPainter& painter, const QStyleOptionMenuItem& option)
{
    QStyleOptionMenuItem plain(option);
    if (option.state.testFlag(QStyle::State_Selected)
        && option.menuItemType != QStyleOptionMenuItem::Separator) {
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        painter.fillRect(option.rect, enabled ? Theme::current().sel : Theme::current().selin);
        plain.state.setFlag(QStyle::State_Selected, false);
    }
    return plain;
}

void menuSeparator(QPainter& painter, const QStyleOptionMenuItem& option)
{
    const QRect& rect = option.rect;
    painter.fillRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1, Theme::current().border);
}

void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option)
{
    const Theme& theme = Theme::current();
    const bool active = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    painter.fillRect(option.rect, active && enabled ? theme.selin : theme.win);
    painter.setPen(enabled ? theme.text : theme.dis);
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
}

void focusFrame(QPainter& painter, const QStyleOption& option)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().accent, FocusRing::width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 3, 3);
}

} // namespace widgets::paint
