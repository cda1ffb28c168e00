#include "widgets/tensor/value_map.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>

namespace widgets {
namespace {

constexpr double stepAngle = 120; ///< a notch of the wheel [1/8 degree]

} // namespace

QPointF ValueMap::toArea(const QPointF& position) const
{
    return (position - mapArea().topLeft()) * m_view.pixelRatio();
}

void ValueMap::resizeEvent(QResizeEvent*)
{
    updateArea();
    changeView();
}

void ValueMap::wheelEvent(QWheelEvent* event)
{
    // Some platforms turn the wheel sideways while a modifier is held.
    const QPoint angle = event->angleDelta();
    m_wheelRest += (angle.y() != 0 ? angle.y() : angle.x()) / stepAngle;
    const double steps = std::trunc(m_wheelRest);
    m_wheelRest -= steps;
    event->accept();
    if (steps == 0 || m_view.isEmpty())
        return;
    const bool columnsOnly = event->modifiers().testFlag(Qt::ControlModifier);
    const bool rowsOnly = event->modifiers().testFlag(Qt::ShiftModifier);
    m_view.zoom(toArea(event->position()), rowsOnly ? 0 : steps, columnsOnly ? 0 : steps);
    m_pointer = event->position();
    setHovered(m_view.cellAt(toArea(m_pointer)));
    placeTip();
    changeView();
}

void ValueMap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isPressed = true;
    m_pressed = m_dragged = event->position();
}

void ValueMap::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF position = event->position();
    if (m_isPressed && event->buttons().testFlag(Qt::LeftButton)) {
        if (!m_isDragging && (position - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
            m_isDragging = true;
            m_tip->hide();
            setCursor(Qt::ClosedHandCursor);
        }
        if (m_isDragging) {
            m_view.pan((position - m_dragged) * m_view.pixelRatio());
            m_dragged = position;
            changeView();
        }
        return;
    }
    m_pointer = position;
    setHovered(m_view.cellAt(toArea(position)));
    placeTip();
}

void ValueMap::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_isPressed)
        return;
    m_isPressed = false;
    if (std::exchange(m_isDragging, false)) {
        unsetCursor();
        m_pointer = event->position();
        setHovered(m_view.cellAt(toArea(m_pointer)));
        placeTip();
        return;
    }
    const QPointF position = toArea(event->position());
    const std::optional<MapCell> cell = m_view.cellAt(position);
    if (!cell)
        return;
    const auto bit = writing().layout(m_view).bitAt(inkedRect(m_view, *cell), position / m_view.pixelRatio());
    emit cellClicked(*cell, bit.value_or(-1));
}

void ValueMap::leaveEvent(QEvent*)
{
    setHovered(std::nullopt);
}

void ValueMap::placeTip()
{
    if (!m_marks.hovered || !m_tipText) {
        m_tip->hide();
        return;
    }
    const QRectF cell = inkedRect(m_view, *m_marks.hovered).translated(mapArea().topLeft());
    m_tip->showAt(m_pointer.toPoint(), cell.toAlignedRect(), m_tipText(*m_marks.hovered));
}

void ValueMap::setHovered(const std::optional<MapCell>& cell)
{
    if (cell == m_marks.hovered)
        return;
    m_marks.hovered = cell;
    update();
    if (!cell)
        m_tip->hide();
    if (cell)
        emit cellHovered(*cell);
    else
        emit hoverLeft();
}

void ValueMap::moveSelection(int rows, int columns)
{
    if (m_view.isEmpty())
        return;
    const CellRange visible = m_view.visible();
    // Without a selection the first key press selects what is in the middle.
    MapCell cell { visible.row + visible.rows / 2, visible.column + visible.columns / 2 };
    if (m_marks.selected) {
        cell.row = std::clamp<std::int64_t>(m_marks.selected->row + rows, 0, m_view.rows() - 1);
        cell.column = std::clamp<std::int64_t>(m_marks.selected->column + columns, 0, m_view.columns() - 1);
    }
    emit selectionMoved(cell);
}

bool ValueMap::moveByKey(int key)
{
    switch (key) {
    case Qt::Key_Left:
        moveSelection(0, -1);
        return true;
    case Qt::Key_Right:
        moveSelection(0, 1);
        return true;
    case Qt::Key_Up:
        moveSelection(-1, 0);
        return true;
    case Qt::Key_Down:
        moveSelection(1, 0);
        return true;
    case Qt::Key_PageUp:
        emit channelStep(-1);
        return true;
    case Qt::Key_PageDown:
        emit channelStep(1);
        return true;
    case Qt::Key_Home:
        resetView();
        return true;
    default:
        return false;
    }
}

void ValueMap::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (plain && moveByKey(event->key()))
        return;
    const bool closer = event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal;
    if (!plain || m_view.isEmpty() || (!closer && event->key() != Qt::Key_Minus)) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QRectF selected = m_marks.selected ? QRectF(m_view.rectOf(*m_marks.selected)) : QRectF();
    const bool onScreen = QRectF(QPointF(), QSizeF(m_view.area())).intersects(selected);
    const QPointF middle = QPointF(m_view.area().width(), m_view.area().height()) / 2;
    m_view.zoom(onScreen ? selected.center() : middle, closer ? 1 : -1, closer ? 1 : -1);
    changeView();
}

} // namespace widgets
