#include "widgets/packing/packing_view.h"

#include "widgets/packing/packing_text.h"
#include "widgets/parts/value_tip.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

namespace widgets {
namespace {

constexpr int barWidth = 12;
constexpr int mostRows = 1 << 30; ///< a scroll bar counts no further

} // namespace

PackingView::PackingView(QWidget* parent)
    : QWidget(parent)
    , m_wordBar(new QScrollBar(Qt::Vertical, this))
    , m_streamBar(new QScrollBar(Qt::Vertical, this))
    , m_tip(new ValueTip(this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Packed block"));
    m_wordBar->setAccessibleName(tr("Words of the block"));
    m_streamBar->setAccessibleName(tr("Rows of the stream"));
    for (QScrollBar* bar : { m_wordBar, m_streamBar }) {
        bar->setFocusPolicy(Qt::NoFocus);
        bar->hide();
        connect(bar, &QScrollBar::valueChanged, this, [this] {
            arrange();
            update();
        });
    }
    m_tip->hide();
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, QOverload<>::of(&QWidget::update));
}

QSize PackingView::minimumSizeHint() const
{
    return { 560, 360 };
}

QSize PackingView::area() const
{
    return { width() - barWidth, height() };
}

void PackingView::setScene(PackingScene scene)
{
    m_scene = std::move(scene);
    m_look.hover = {};
    m_tip->hide();
    const int words = m_scene.isEmpty() ? 0 : static_cast<int>(m_scene.block().words.size());
    m_look.selectedWord = std::min(m_look.selectedWord, words - 1);
    arrange();
    showBlock();
    describe();
    update();
}

void PackingView::clear()
{
    m_scene = {};
    m_look.hover = {};
    m_tip->hide();
    m_wordBar->hide();
    m_streamBar->hide();
    update();
}

void PackingView::arrange()
{
    if (m_scene.isEmpty() || m_scene.stream().index.blocks() == 0)
        return;
    m_layout =
        PackingLayout(m_scene, area(), m_wordBar->value(), static_cast<std::uint64_t>(m_streamBar->value()));
    const QSignalBlocker quietWords(m_wordBar);
    const QSignalBlocker quietStream(m_streamBar);
    const int upper = static_cast<int>(m_layout.upperHeight());
    const int top = static_cast<int>(PackingLayout::rowsTop);
    m_wordBar->setRange(0, m_layout.scrollRange());
    m_wordBar->setPageStep(std::max(1, upper - top));
    m_wordBar->setSingleStep(static_cast<int>(m_layout.rowHeight()));
    m_wordBar->setGeometry(width() - barWidth, top, barWidth, std::max(0, upper - top));
    m_wordBar->setVisible(m_layout.scrollRange() > 0);
    const auto rows = static_cast<std::uint64_t>(m_layout.visibleRows());
    const std::uint64_t hidden = m_layout.rowCount() > rows ? m_layout.rowCount() - rows : 0;
    m_streamBar->setRange(0, static_cast<int>(std::min<std::uint64_t>(hidden, mostRows)));
    m_streamBar->setPageStep(m_layout.visibleRows());
    const QRect stream = m_layout.streamRect().toRect();
    m_streamBar->setGeometry(width() - barWidth, stream.top(), barWidth, stream.height());
    m_streamBar->setVisible(hidden > 0);
}

void PackingView::showBlock()
{
    if (m_scene.isEmpty())
        return;
    // A row before it, where there is one and room for it.
    std::uint64_t row = m_layout.rowOf(m_scene.block().start);
    const std::uint64_t rows = m_layout.rowOf(m_scene.block().end() - 1) - row + 1;
    if (row > 0 && rows < static_cast<std::uint64_t>(m_layout.visibleRows()))
        --row;
    {
        const QSignalBlocker quiet(m_streamBar);
        m_streamBar->setValue(static_cast<int>(std::min<std::uint64_t>(row, mostRows)));
    }
    arrange();
    if (m_look.selectedWord >= 0)
        showWord(m_look.selectedWord);
}

void PackingView::showWord(int word)
{
    const double top = m_layout.rowTop(word);
    if (top < PackingLayout::rowsTop)
        m_wordBar->setValue(m_wordBar->value() - static_cast<int>(PackingLayout::rowsTop - top) - 1);
    else if (top + m_layout.rowHeight() > m_layout.upperHeight() - 12)
        m_wordBar->setValue(m_wordBar->value()
                            + static_cast<int>(top + m_layout.rowHeight() - m_layout.upperHeight()) + 13);
    const auto bit = m_scene.block().streamBitOf({ word, 0 });
    if (bit && !m_layout.showsBit(*bit))
        m_streamBar->setValue(static_cast<int>(m_layout.rowOf(*bit)) - m_layout.visibleRows() / 2);
}

void PackingView::setStep(int step)
{
    if (m_scene.isEmpty())
        return;
    m_scene.setStep(step);
    describe();
    update();
}

void PackingView::setHex(bool hex)
{
    m_look.hex = hex;
    update();
}

void PackingView::setSelectedWord(int word)
{
    m_look.selectedWord = word;
    if (!m_scene.isEmpty() && word >= 0)
        showWord(word);
    describe();
    update();
}

void PackingView::setOutsideHover(int word)
{
    if (underMouse())
        return;
    m_look.hover = { word, -1, {} };
    update();
}

/// What a screen reader says.
void PackingView::describe()
{
    if (m_scene.isEmpty())
        return;
    QString words = stepSentence(m_scene);
    if (m_look.selectedWord >= 0) {
        const ValueTip::Content tip = spotTip(m_scene, { m_look.selectedWord, -1, {} });
        words = QStringList { tip.value, tip.code, tip.place, words }.join(QStringLiteral(", "));
    }
    setAccessibleDescription(words);
}

QRect PackingView::cellAt(const PackingSpot& spot) const
{
    if (spot.streamBit)
        return m_layout.streamBitRect(*spot.streamBit).toAlignedRect();
    return m_layout.rowRect(spot.word).toAlignedRect();
}

void PackingView::setSpot(const PackingSpot& spot, const QPoint& pointer)
{
    if (spot != m_look.hover) {
        m_look.hover = spot;
        emit hovered(spot);
        update();
    }
    const ValueTip::Content tip = spotTip(m_scene, spot);
    if (tip.value.isEmpty())
        m_tip->hide();
    else
        m_tip->showAt(pointer, cellAt(spot), tip);
}

bool PackingView::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        m_look.focused = event->type() == QEvent::FocusIn;
        update();
    }
    return QWidget::event(event);
}

void PackingView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    if (m_scene.isEmpty())
        return;
    painter.setRenderHint(QPainter::TextAntialiasing);
    PackingPaint(painter, m_scene, m_layout, m_look, theme).paint(true);
    if (m_look.focused) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void PackingView::resizeEvent(QResizeEvent*)
{
    arrange();
    showBlock();
}

} // namespace widgets
