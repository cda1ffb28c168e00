#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace widgets::paint {

void slider(QPainter& painter, const QStyleOptionSlider& option, const QStyle& style, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool across = option.orientation == Qt::Horizontal;
    const QRectF handle = style.subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, widget);
    const QRectF area = option.rect;
    QRectF groove = across ? QRectF(area.left(), area.center().y() - 2, area.width(), 4)
                           : QRectF(area.center().x() - 2, area.top(), 4, area.height());
    box(painter, groove, theme.border, {}, 2);
    if (across)
        option.upsideDown ? groove.setLeft(handle.center().x()) : groove.setRight(handle.center().x());
    else
        option.upsideDown ? groove.setTop(handle.center().y()) : groove.setBottom(handle.center().y());
    box(painter, groove, enabled ? theme.accent : theme.dis, {}, 2);
    const bool hot = enabled && option.activeSubControls.testFlag(QStyle::SC_SliderHandle)
        && (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken));
    box(painter, handle, hot ? theme.hover : theme.panel, enabled ? theme.ctl : theme.border, 2);
}

void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QStyle& style,
               const QWidget* widget)
{
    const Theme& theme = Theme::current();
    painter.fillRect(option.rect, theme.alt);
    if (option.maximum <= option.minimum)
        return;
    const QRectF handle =
        style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget);
    const bool across = option.orientation == Qt::Horizontal;
    const bool hot = has(option, QStyle::State_Enabled)
        && option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider)
        && (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken));
    box(painter, across ? handle.adjusted(2, 3, -2, -3) : handle.adjusted(3, 2, -3, -2),
        hot ? theme.text2 : theme.ctl, {});
}

void progressBar(QPainter& painter, const QStyleOptionProgressBar& option)
{
    const Theme& theme = Theme::current();
    const QRect bar(option.rect.left(), option.rect.center().y() - 4, option.rect.width(), 10);
    box(painter, bar, theme.panel, theme.ctl, 2);
    const double range = std::max(1, option.maximum - option.minimum);
    const double part = std::clamp((option.progress - option.minimum) / range, 0.0, 1.0);
    QRectF filled = QRectF(bar).adjusted(1, 1, -1, -1);
    filled.setWidth(filled.width() * part);
    if (!filled.isEmpty())
        painter.fillRect(filled, theme.accent);
}

} // namespace widgets::paint
