#include "widgets/chart/chart_grip.h"

#include "widgets/chart/chart_view.h"
#include "widgets/chart/kind_view.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace widgets {

namespace {

constexpr int extent = 24; ///< the least a pointer can be asked to hit [px]
constexpr double radius = 7; ///< [px]

} // namespace

ChartGrip::ChartGrip(ChartView& chart, const QString& name)
    : QWidget(&chart)
    , m_chart(chart)
{
    setFixedSize(extent, extent);
    setCursor(Qt::SizeAllCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
    setToolTip(name);
    hide();
    connect(&chart, &ChartView::laidOut, this, &ChartGrip::follow);
}

void ChartGrip::setPlace(const QPointF& place)
{
    m_place = place;
    m_shown = true;
    follow();
}

/// Hidden while its place is out of view.
void ChartGrip::follow()
{
    const PlotFrame& frame = m_chart.view().frame();
    const QPointF pixel = frame.toPixel(m_place.x(), m_place.y());
    const bool inside = m_shown && frame.area().adjusted(-2, -2, 2, 2).contains(pixel);
    if (inside)
        move((pixel - QPointF(extent / 2.0, extent / 2.0)).toPoint());
    setVisible(inside);
}

void ChartGrip::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.text, 2));
    painter.setBrush(hasFocus() || underMouse() ? theme.accent : theme.panel);
    painter.drawEllipse(QPointF(extent / 2.0, extent / 2.0), radius, radius);
}

void ChartGrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_grabbed = event->position() - QPointF(extent / 2.0, extent / 2.0);
}

void ChartGrip::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    const PlotFrame& frame = m_chart.view().frame();
    const QPointF pixel = mapToParent(event->position() - m_grabbed);
    emit dragged({ frame.fromX(pixel.x()), frame.fromY(pixel.y()) });
}

void ChartGrip::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept();
}

void ChartGrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return emit stepped(-1, 0);
    case Qt::Key_Right:
        return emit stepped(1, 0);
    case Qt::Key_Up:
        return emit stepped(0, 1);
    case Qt::Key_Down:
        return emit stepped(0, -1);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace widgets
