#include "widgets/theme/proxy_style.h"

#include "widgets/theme/focus_ring.h"
#include "widgets/theme/style_geometry.h"
#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace widgets {

namespace {

bool wantsHover(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) != nullptr
        || qobject_cast<const QComboBox*>(widget) != nullptr
        || qobject_cast<const QAbstractSpinBox*>(widget) != nullptr
        || qobject_cast<const QAbstractSlider*>(widget) != nullptr
        || qobject_cast<const QTabBar*>(widget) != nullptr
        || qobject_cast<const QHeaderView*>(widget) != nullptr;
}

} // namespace

ProxyStyle::ProxyStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_ring(std::make_unique<FocusRing>())
{
}

ProxyStyle::~ProxyStyle() = default;

void ProxyStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (wantsHover(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (FocusRing::wants(widget))
        widget->installEventFilter(m_ring.get());
    if (qobject_cast<QHeaderView*>(widget) != nullptr)
        widget->setFont(uiFont(12, true));
}

void ProxyStyle::unpolish(QWidget* widget)
{
    widget->removeEventFilter(m_ring.get());
    QProxyStyle::unpolish(widget);
}

void ProxyStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        return paint::pushButton(*painter, *option, widget);
    case PE_FrameDefaultButton:
    case PE_IndicatorHeaderArrow:
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelButtonTool:
    case PE_FrameButtonTool:
        return paint::toolButton(*painter, *option, widget);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return paint::checkMark(*painter, *option);
    case PE_IndicatorRadioButton:
        return paint::radioMark(*painter, *option);
    case PE_PanelLineEdit:
        if (!geometry::isInnerEditor(widget))
            paint::field(*painter, *option, widget);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameGroupBox:
        return paint::frame(*painter, *option, widget);
    case PE_FrameFocusRect:
        return paint::focusRect(*painter, *option, widget);
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          Theme::current().border);
        return;
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option))
            paint::row(*painter, *item, widget);
        return;
    case PE_PanelMenu:
        return paint::box(*painter, option->rect, Theme::current().panel, Theme::current().border, 0.5);
    case PE_IndicatorTabClose:
        return standardIcon(SP_TitleBarCloseButton, option, widget).paint(painter, option->rect);
    case PE_IndicatorBranch:
        return paint::branch(*painter, *option);
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight: {
        const Theme& theme = Theme::current();
        const auto type = element == PE_IndicatorArrowDown ? Qt::DownArrow
            : element == PE_IndicatorArrowUp               ? Qt::UpArrow
            : element == PE_IndicatorArrowLeft             ? Qt::LeftArrow
                                                           : Qt::RightArrow;
        return paint::arrow(*painter, option->rect, type,
                            paint::has(*option, State_Enabled) ? theme.text2 : theme.dis);
    }
    default:
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ProxyStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        return paint::pushButton(*painter, *option, widget);
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return paint::pushButtonLabel(*painter, *button, widget);
        break;
    case CE_ToolButtonLabel:
        if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            tool != nullptr && tool->toolButtonStyle == Qt::ToolButtonTextBesideIcon)
            return paint::toolButtonLabel(*painter, *tool, widget);
        break;
    case CE_FocusFrame:
        return paint::focusFrame(*painter, *option);
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty())
                return paint::menuSeparator(*painter, *item);
            const QStyleOptionMenuItem plain = paint::unselected(*painter, *item);
            return QProxyStyle::drawControl(element, &plain, painter, widget);
        }
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return paint::menuBarItem(*painter, *item);
        break;
    case CE_MenuBarEmptyArea:
        return painter->fillRect(option->rect, Theme::current().win);
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        return paint::headerSection(*painter, *option);
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return paint::headerLabel(*painter, *header);
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            return paint::tab(*painter, *tab);
        break;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            return paint::tabLabel(*painter, *tab, *proxy(), widget);
        break;
    case CE_ProgressBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            return paint::progressBar(*painter, *bar);
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ProxyStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                    QPainter* painter, const QWidget* widget) const
{
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        combo != nullptr && control == CC_ComboBox)
        return paint::comboBox(*painter, *combo, widget);
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        spin != nullptr && control == CC_SpinBox)
        return paint::spinBox(*painter, *spin, *proxy(), widget);
    if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option); slider != nullptr) {
        if (control == CC_Slider)
            return paint::slider(*painter, *slider, *proxy(), widget);
        if (control == CC_ScrollBar)
            return paint::scrollBar(*painter, *slider, *proxy(), widget);
    }
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        tool != nullptr && control == CC_ToolButton && tool->toolButtonStyle == Qt::ToolButtonIconOnly) {
        // An icon that opens a menu needs no second arrow.
        QStyleOptionToolButton plain(*tool);
        plain.features.setFlag(QStyleOptionToolButton::HasMenu, false);
        return QProxyStyle::drawComplexControl(control, &plain, painter, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QIcon ProxyStyle::standardIcon(StandardPixmap name, const QStyleOption* option, const QWidget* widget) const
{
    switch (name) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_LineEditClearButton:
        return icon(QStringLiteral("close"));
    case SP_TitleBarNormalButton:
        return icon(QStringLiteral("compare"));
    case SP_MessageBoxWarning:
        return icon(QStringLiteral("warning"), IconInk::Warn);
    case SP_MessageBoxCritical:
        return icon(QStringLiteral("warning"), IconInk::Err);
    case SP_MessageBoxInformation:
    case SP_MessageBoxQuestion:
        return icon(QStringLiteral("note"), IconInk::Accent);
    default:
        return QProxyStyle::standardIcon(name, option, widget);
    }
}

} // namespace widgets
