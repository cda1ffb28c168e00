#include "widgets/theme/style_geometry.h"

#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFontMetrics>
#include <QStyleOption>

#include <algorithm>

namespace widgets::geometry {

bool isInnerEditor(const QWidget* widget)
{
    const QWidget* parent = widget != nullptr ? widget->parentWidget() : nullptr;
    return qobject_cast<const QAbstractSpinBox*>(parent) != nullptr
        || qobject_cast<const QComboBox*>(parent) != nullptr;
}

QRect spinPart(const QStyleOptionSpinBox& option, QStyle::SubControl part)
{
    constexpr int buttonWidth = 18;
    const QRect rect = option.rect.adjusted(1, 1, -1, -1);
    const bool buttons = option.buttonSymbols != QAbstractSpinBox::NoButtons;
    const int left = rect.right() - buttonWidth + 1;
    const int half = (rect.height() - 1) / 2;
    switch (part) {
    case QStyle::SC_SpinBoxUp:
        return buttons ? QRect(left, rect.top(), buttonWidth, half) : QRect();
    case QStyle::SC_SpinBoxDown:
        return buttons ? QRect(left, rect.top() + half, buttonWidth, rect.height() - half) : QRect();
    case QStyle::SC_SpinBoxEditField:
        return rect.adjusted(5, 0, buttons ? -buttonWidth - 2 : -2, 0);
    default:
        return option.rect;
    }
}

QRect comboPart(const QStyleOptionComboBox& option, QStyle::SubControl part)
{
    const QRect& rect = option.rect;
    switch (part) {
    case QStyle::SC_ComboBoxArrow:
        return { rect.right() - 20, rect.top(), 20, rect.height() };
    case QStyle::SC_ComboBoxEditField:
        return rect.adjusted(option.editable ? 6 : 7, 1, -21, -1);
    default:
        return rect;
    }
}

QRect sliderHandle(const QStyleOptionSlider& option)
{
    constexpr int along = 10;
    constexpr int across = 16;
    const QRect& rect = option.rect;
    const bool lies = option.orientation == Qt::Horizontal;
    const int place =
        QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                        (lies ? rect.width() : rect.height()) - along, option.upsideDown);
    return lies ? QRect(rect.left() + place, rect.top() + (rect.height() - across) / 2, along, across)
                : QRect(rect.left() + (rect.width() - across) / 2, rect.top() + place, across, along);
}

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part)
{
    const bool across = option.orientation == Qt::Horizontal;
    const int length = across ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int handle = length;
    if (range > 0)
        handle = std::max(28, int(qint64(length) * option.pageStep / (range + option.pageStep)));
    handle = std::min(handle, length);
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - handle, option.upsideDown);
    const auto along = [&](int from, int size) {
        return across ? QRect(option.rect.left() + from, option.rect.top(), size, option.rect.height())
                      : QRect(option.rect.left(), option.rect.top() + from, option.rect.width(), size);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return along(start, handle);
    case QStyle::SC_ScrollBarSubPage:
        return along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return along(start + handle, length - start - handle);
    case QStyle::SC_ScrollBarGroove:
        return option.rect;
    default:
        return {};
    }
}

QSize toolButtonSize(const QStyleOptionToolButton& option, const QSize& contents, const QWidget* widget)
{
    const bool iconOnly = option.toolButtonStyle == Qt::ToolButtonIconOnly
        || (option.text.isEmpty() && option.arrowType == Qt::NoArrow);
    const int height =
        std::max(paint::isTrue(widget, "compact") || iconOnly ? 24 : 28, contents.height() + 4);
    return iconOnly ? QSize(std::max(24, contents.width() + 8), height)
                    : QSize(contents.width() + 16, height);
}

QSize pushButtonSize(const QSize& contents, const QWidget* widget)
{
    const int least = paint::isTrue(widget, "compact") ? 24 : 28;
    return { contents.width() + 24, std::max(least, contents.height() + 4) };
}

QSize tabSize(const QStyleOptionTab& option, const QSize& contents)
{
    QFont font = uiFont(13, true);
    const QFontMetrics metrics(font);
    const int grown = metrics.horizontalAdvance(option.text)
        - option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    return { contents.width() + std::max(0, grown) + 12, std::max(34, contents.height()) };
}

QSize headerSize(const QStyleOptionHeader& option)
{
    const QSize text = option.fontMetrics.size(0, option.text); // of all its lines
    return { text.width() + 2 * 8 + 16, std::max(26, text.height() + 8) };
}

} // namespace widgets::geometry
