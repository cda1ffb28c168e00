#include "widgets/packing/packing_view.h"
#include "widgets/parts/value_tip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace widgets {

void PackingView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_scene.isEmpty())
        setSpot(m_layout.spotAt(event->position()), event->position().toPoint());
}

void PackingView::mousePressEvent(QMouseEvent* event)
{
    if (m_scene.isEmpty() || event->button() != Qt::LeftButton)
        return;
    const PackingSpot spot = m_layout.spotAt(event->position());
    if (spot.streamBit) {
        const std::uint64_t block = m_scene.stream().index.blockAt(*spot.streamBit);
        if (block != m_scene.block().number)
            emit blockChosen(block);
        else if (const auto source = m_scene.block().wordBitAt(*spot.streamBit))
            chooseWord(source->word);
        return;
    }
    chooseWord(spot.word);
}

void PackingView::leaveEvent(QEvent*)
{
    m_look.hover = {};
    m_tip->hide();
    emit hovered({});
    update();
}

void PackingView::wheelEvent(QWheelEvent* event)
{
    QScrollBar* bar = event->position().y() < m_layout.upperHeight() ? m_wordBar : m_streamBar;
    const int notches = event->angleDelta().y() / 120;
    bar->setValue(bar->value() - notches * bar->singleStep() * (bar == m_wordBar ? 3 : 1));
    event->accept();
}

void PackingView::chooseWord(int word)
{
    if (word == m_look.selectedWord)
        return;
    setSelectedWord(word);
    emit wordChosen(word);
}

void PackingView::keyPressEvent(QKeyEvent* event)
{
    if (m_scene.isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int words = static_cast<int>(m_scene.block().words.size());
    const int word = m_look.selectedWord;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Left:
        return chooseWord(word < 0 ? words - 1 : std::max(0, word - 1));
    case Qt::Key_Down:
    case Qt::Key_Right:
        return chooseWord(std::min(words - 1, word + 1));
    case Qt::Key_PageUp:
        emit blockStepped(-1);
        return;
    case Qt::Key_PageDown:
        emit blockStepped(1);
        return;
    case Qt::Key_Escape:
        if (word >= 0)
            return chooseWord(-1);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace widgets
