#include "widgets/parts/ink.h"

#include <QPalette>
#include <QWidget>

namespace widgets {

void setInk(QWidget* widget, const QColor& colour)
{
    QPalette colours = widget->palette();
    // Which of the three a widget draws with depends on the ground it stands on.
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        colours.setColor(role, colour);
    widget->setPalette(colours);
}

} // namespace widgets
