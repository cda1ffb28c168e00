#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace widgets::paint {

namespace {

void spinStep(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& rect, bool up)
{
    const Theme& theme = Theme::current();
    const auto part = up ? QStyle::SC_SpinBoxUp : QStyle::SC_SpinBoxDown;
    const auto step = up ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled;
    const bool enabled = has(option, QStyle::State_Enabled) && option.stepEnabled.testFlag(step);
    const bool active = option.activeSubControls.testFlag(part);
    if (enabled && active && (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken)))
        painter.fillRect(rect, has(option, QStyle::State_Sunken) ? theme.selin : theme.hover);
    arrow(painter, rect, up ? Qt::UpArrow : Qt::DownArrow, enabled ? theme.text2 : theme.dis, 7);
}

void fieldOutline(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool invalid = enabled && isTrue(widget, "invalid");
    box(painter, option.rect, {}, invalid ? theme.err : enabled ? theme.ctl : theme.border);
    if (invalid)
        box(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), {}, theme.err, 2);
}

} // namespace

void field(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    box(painter, option.rect, Theme::current().panel, {});
    fieldOutline(painter, option, widget);
}

void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    field(painter, option, widget);
    if (enabled && !option.editable && has(option, QStyle::State_MouseOver))
        box(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), theme.hover, {}, 2);
    const QRect place(option.rect.right() - 20, option.rect.top(), 18, option.rect.height());
    arrow(painter, place, Qt::DownArrow, enabled ? theme.text2 : theme.dis);
}

void spinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QStyle& style, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    if (option.frame)
        field(painter, option, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const QRect up = style.subControlRect(QStyle::CC_SpinBox, &option, QStyle::SC_SpinBoxUp, widget);
    const QRect down = style.subControlRect(QStyle::CC_SpinBox, &option, QStyle::SC_SpinBoxDown, widget);
    spinStep(painter, option, up, true);
    spinStep(painter, option, down, false);
    painter.fillRect(QRect(up.left() - 1, up.top(), 1, down.bottom() - up.top() + 1), theme.border);
    painter.fillRect(QRect(up.left(), down.top(), up.width(), 1), theme.border);
    if (option.frame)
        fieldOutline(painter, option, widget);
}

} // namespace widgets::paint
