#include "widgets/dram/command_timeline.h"
#include "widgets/dram/timeline_search.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

constexpr double stepAngle = 120; ///< a notch of the wheel [1/8 degree]
constexpr double widestMark = 48; ///< [px]
constexpr double reach = 4; ///< a mark is hit so far beside it [px]

} // namespace

void CommandTimeline::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    event->accept();
    if (isEmpty())
        return;
    if (angle.y() == 0 && event->modifiers() == Qt::NoModifier) {
        m_layout.pan(angle.x() / 2.0);
        changeView();
        return;
    }
    m_wheelRest += (angle.y() != 0 ? angle.y() : angle.x()) / stepAngle;
    const double steps = std::trunc(m_wheelRest);
    m_wheelRest -= steps;
    if (steps == 0)
        return;
    m_layout.zoom(event->position().x(), steps);
    hoverAt(event->position());
    changeView();
}

void CommandTimeline::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isPressed = true;
    m_pressed = m_dragged = event->position();
}

void CommandTimeline::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF position = event->position();
    if (!m_isPressed || !event->buttons().testFlag(Qt::LeftButton)) {
        hoverAt(position);
        return;
    }
    if (!m_isDragging && (position - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_isDragging = true;
        setHovered({}, {});
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_isDragging) {
        m_layout.pan(position.x() - m_dragged.x());
        m_dragged = position;
        changeView();
    }
}

void CommandTimeline::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_isPressed, false))
        return;
    if (std::exchange(m_isDragging, false)) {
        unsetCursor();
        hoverAt(event->position());
        return;
    }
    if (const auto command = commandAt(event->position()))
        choose(*command);
}

void CommandTimeline::leaveEvent(QEvent*)
{
    setHovered({}, {});
}

std::optional<std::size_t> CommandTimeline::commandAt(const QPointF& position) const
{
    if (isEmpty() || m_layout.detail() != TimelineDetail::Marks)
        return std::nullopt;
    const int row = m_layout.rowAt(position.y());
    if (row < 0 || position.x() < m_layout.area().left())
        return std::nullopt;
    const TimelineTiming& timing = m_index->timing();
    const bool isBus = row == m_layout.banks();
    const double back = isBus ? double(std::max(timing.readData, timing.writeData) + timing.burst)
                              : (reach + widestMark) / m_layout.scale() + 1;
    const auto from = static_cast<std::uint64_t>(std::max(0.0, m_layout.cycleAt(position.x()) - back));
    const auto to = static_cast<std::uint64_t>(std::max(0.0, m_layout.cycleAt(position.x() + reach)) + 1);
    const auto list =
        isBus ? m_index->bus(m_rank.channel) : m_index->bank(m_rank, static_cast<std::size_t>(row));
    std::optional<std::size_t> best;
    double least = reach;
    for (const std::uint32_t index : m_index->within(list, from, to)) {
        const Command& command = m_index->command(index);
        const QRectF box = isBus ? burstRect(scene(), command) : markRect(scene(), command);
        const double away = std::max({ box.left() - position.x(), position.x() - box.right(), 0.0 });
        if (away <= least) {
            least = away;
            best = index;
        }
    }
    if (best || isBus)
        return best;
    for (const std::uint32_t index :
         m_index->within(m_index->wholeRank(m_rank), to > timing.refresh ? to - timing.refresh : 0, to))
        best = index;
    return best;
}

QString CommandTimeline::describeColumn(const QPointF& position, int row) const
{
    const double width = 1 / m_layout.scale();
    const double first = std::max(0.0, m_layout.cycleAt(std::floor(position.x())));
    std::array<TimelineColumn, 1> one;
    const QString cycles =
        tr("cycles %1 … %2")
            .arg(formatCount(static_cast<qint64>(first)), formatCount(static_cast<qint64>(first + width)));
    if (row == m_layout.banks()) {
        m_index->busColumns(m_rank.channel, first, width, one);
        return tr("data bus, %1: %2 reads, %3 writes, busy %4")
            .arg(cycles, formatCount(std::lround(one[0].reads)), formatCount(std::lround(one[0].writes)),
                 formatPercent(double(one[0].open), 0));
    }
    m_index->columns(m_rank, static_cast<std::size_t>(row), first, width, one);
    return tr("bank %1, %2: %3 ACT, %4 RD, %5 WR, %6 PRE, row open %7")
        .arg(row)
        .arg(cycles, formatCount(std::lround(one[0].activates)), formatCount(std::lround(one[0].reads)),
             formatCount(std::lround(one[0].writes)), formatCount(std::lround(one[0].precharges)),
             formatPercent(double(one[0].open), 0));
}

void CommandTimeline::hoverAt(const QPointF& position)
{
    if (isEmpty())
        return;
    const int row = m_layout.rowAt(position.y());
    if (row < 0 || !m_layout.area().contains(position)) {
        setHovered({}, {});
        return;
    }
    m_hoveredRow = row;
    const auto command = commandAt(position);
    if (command)
        setHovered(command, describe(*command));
    else if (m_layout.detail() == TimelineDetail::Columns)
        setHovered({}, describeColumn(position, row));
    else
        setHovered({},
                   tr("%1, cycle %2")
                       .arg(rowName(scene(), row),
                            formatCount(static_cast<qint64>(m_layout.cycleAt(position.x())))));
}

void CommandTimeline::setHovered(const std::optional<std::size_t>& command, const QString& text)
{
    if (std::exchange(m_hovered, command) != command)
        update();
    if (std::exchange(m_hoverText, text) != text)
        emit hovered(text);
}

std::optional<std::size_t> CommandTimeline::neighbour(bool forward) const
{
    const auto middle = static_cast<std::uint64_t>((m_layout.first() + m_layout.last()) / 2);
    const bool here = m_chosen && m_index->command(*m_chosen).channel == m_rank.channel
        && m_index->command(*m_chosen).rank == m_rank.rank;
    return nextCommand(*m_index, m_rank, middle, forward, here ? m_chosen : std::optional<std::size_t>(),
                       std::nullopt);
}

std::optional<std::size_t> CommandTimeline::otherBank(int step) const
{
    if (!m_chosen)
        return neighbour(true);
    const Command& command = m_index->command(*m_chosen);
    for (int bank = command.bank + step; bank >= 0 && bank < m_layout.banks(); bank += step)
        if (const auto found = nearestInBank(*m_index, m_rank, static_cast<std::size_t>(bank), command.cycle))
            return found;
    return std::nullopt;
}

bool CommandTimeline::moveByKey(int key)
{
    std::optional<std::size_t> next;
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        next = neighbour(key == Qt::Key_Right);
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        next = otherBank(key == Qt::Key_Down ? 1 : -1);
        break;
    case Qt::Key_Home:
        resetView();
        return true;
    default:
        return false;
    }
    if (next)
        choose(*next);
    return true;
}

void CommandTimeline::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    const bool closer = event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal;
    if (!plain || isEmpty()) {
        QWidget::keyPressEvent(event);
    } else if (closer || event->key() == Qt::Key_Minus) {
        const double chosen =
            m_chosen ? m_layout.x(static_cast<double>(m_index->command(*m_chosen).cycle)) : -1;
        const bool onScreen = chosen >= m_layout.area().left() && chosen <= m_layout.area().right();
        m_layout.zoom(onScreen ? chosen : m_layout.area().center().x(), closer ? 1 : -1);
        changeView();
    } else if (!moveByKey(event->key())) {
        QWidget::keyPressEvent(event);
    }
}

} // namespace widgets
