#include "widgets/theme/focus_ring.h"
#include "widgets/theme/proxy_style.h"
#include "widgets/theme/style_geometry.h"

#include <QStyleOption>

namespace widgets {

int ProxyStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_TabBarIconSize:
    case PM_SliderControlThickness:
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return 16;
    case PM_MenuVMargin:
        return 4;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return FocusRing::width + FocusRing::gap;
    case PM_SliderLength:
        return 10;
    case PM_SliderThickness:
        return 24;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_TreeViewIndentation:
        return 13;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ProxyStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_ComboBox_Popup:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QRect ProxyStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                 const QWidget* widget) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_Slider && bar != nullptr && part == SC_SliderHandle)
        return visualRect(option->direction, option->rect, geometry::sliderHandle(*bar));
    if (control == CC_ScrollBar && bar != nullptr)
        return visualRect(option->direction, option->rect, geometry::scrollBarPart(*bar, part));
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (control == CC_SpinBox && spin != nullptr)
        return visualRect(option->direction, option->rect, geometry::spinPart(*spin, part));
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (control == CC_ComboBox && combo != nullptr && part != SC_ComboBoxListBoxPopup)
        return visualRect(option->direction, option->rect, geometry::comboPart(*combo, part));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect ProxyStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    if (element == SE_HeaderLabel)
        return option->rect;
    if (element == SE_LineEditContents)
        return geometry::isInnerEditor(widget) ? option->rect : option->rect.adjusted(6, 1, -6, -1);
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize ProxyStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                   const QWidget* widget) const
{
    switch (type) {
    case CT_PushButton:
        return geometry::pushButtonSize(contents, widget);
    case CT_ToolButton:
        if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            return geometry::toolButtonSize(*tool, contents, widget);
        break;
    case CT_LineEdit:
        return { contents.width() + 16, std::max(26, contents.height() + 6) };
    case CT_SpinBox:
        return { contents.width() + 28, std::max(26, contents.height() + 6) };
    case CT_ComboBox:
        return { contents.width() + 36, std::max(26, contents.height() + 6) };
    case CT_TabBarTab:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            return geometry::tabSize(*tab, contents);
        break;
    case CT_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return geometry::headerSize(*header);
        break;
    case CT_ItemViewItem: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return { size.width(), std::max(24, size.height()) };
    }
    case CT_MenuBarItem:
        return { contents.width() + 16, std::max(26, contents.height() + 6) };
    case CT_MenuItem: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        const bool line = item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator;
        return { size.width() + 8, line ? 9 : std::max(26, size.height()) };
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

} // namespace widgets
