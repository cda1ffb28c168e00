#include "widgets/form/calm_slider.h"

#include <QWheelEvent>

namespace widgets {

CalmSlider::CalmSlider(Qt::Orientation orientation, QWidget* parent)
    : QSlider(orientation, parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void CalmSlider::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        QSlider::wheelEvent(event);
    else
        event->ignore();
}

} // namespace widgets
