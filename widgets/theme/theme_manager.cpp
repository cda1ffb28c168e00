#include "widgets/theme/palette.h"
#include "widgets/theme/proxy_style.h"
#include "widgets/theme/style_sheet.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/theme_state.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>

namespace widgets {

ThemeManager::ThemeManager()
    : m_systemIsDark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128)
{
}

ThemeManager& ThemeManager::instance()
{
    static ThemeManager manager;
    return manager;
}

void ThemeManager::apply(ThemeChoice choice)
{
    m_choice = choice;
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && m_systemIsDark);
    const Theme& theme = dark ? Theme::dark() : Theme::light();
    setCurrentTheme(theme);
    if (!m_styled) {
        m_styled = true;
        QApplication::setStyle(new ProxyStyle);
        QApplication::setFont(uiFont());
        QToolTip::setFont(uiFont(12));
    }
    QApplication::setPalette(paletteOf(theme));
    QToolTip::setPalette(toolTipPaletteOf(theme));
    qApp->setStyleSheet(styleSheet(theme));
    emit changed();
}

} // namespace widgets
