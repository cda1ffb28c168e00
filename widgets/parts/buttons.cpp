#include "widgets/parts/buttons.h"

#include "widgets/theme/theme.h"

#include <QIcon>
#include <QPushButton>
#include <QToolButton>

namespace widgets {

QPushButton* primaryButton(const QString& text, const QString& iconName, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("primary", true);
    button->setAutoDefault(false);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName, IconInk::OnAccent));
    return button;
}

QPushButton* plainButton(const QString& text, const QString& iconName, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    return button;
}

QPushButton* compactButton(const QString& text, const QString& iconName, QWidget* parent)
{
    QPushButton* button = plainButton(text, iconName, parent);
    button->setProperty("compact", true);
    button->setFont(uiFont(12));
    return button;
}

QToolButton* iconButton(const QString& iconName, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace widgets
