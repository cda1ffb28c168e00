#include "app/focus_order.h"

#include <QWidget>

namespace app {

namespace {

bool takesTab(const QWidget* widget)
{
    return (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr
        && widget->isEnabled() && widget->isVisible();
}

/// In the order the widgets of the area were made or put.
QList<QWidget*> tabStops(QWidget* area)
{
    QList<QWidget*> stops;
    QWidget* widget = area;
    do {
        if ((widget == area || area->isAncestorOf(widget)) && takesTab(widget))
            stops << widget;
        widget = widget->nextInFocusChain();
    } while (widget != area);
    return stops;
}

} // namespace

QWidget* nextInAreas(const QList<QWidget*>& areas, const QWidget* from, bool forward)
{
    QList<QWidget*> stops;
    for (QWidget* area : areas)
        stops << tabStops(area);
    if (stops.isEmpty())
        return nullptr;
    qsizetype at = stops.size();
    for (const QWidget* widget = from; widget != nullptr && at == stops.size();
         widget = widget->parentWidget()) {
        const qsizetype found = stops.indexOf(widget);
        at = found >= 0 ? found : at;
    }
    if (at == stops.size())
        return forward ? stops.first() : stops.last();
    return stops[(at + (forward ? 1 : stops.size() - 1)) % stops.size()];
}

} // namespace app
