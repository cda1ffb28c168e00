#include "widgets/packing/packing_paint.h"

#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using engine::codec::PackingAction;
using engine::codec::PackingStage;

PackingPaint::PackingPaint(QPainter& painter, const PackingScene& scene, const PackingLayout& layout,
                           const PackingLook& look, const Theme& theme)
    : m_painter(painter)
    , m_scene(scene)
    , m_layout(layout)
    , m_look(look)
    , m_theme(theme)
{
}

int PackingPaint::activeWord() const
{
    if (m_look.hover.word >= 0)
        return m_look.hover.word;
    if (m_look.hover.streamBit)
        if (const auto source = m_scene.block().wordBitAt(*m_look.hover.streamBit))
            return source->word;
    return m_look.selectedWord;
}

void PackingPaint::text(const QRectF& rect, int flags, const QString& words)
{
    m_painter.drawText(rect, flags | Qt::TextDontClip | Qt::TextSingleLine, words);
}

void PackingPaint::outline(const QRectF& rect, const QColor& colour, double width)
{
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    m_painter.drawRect(rect);
}

void PackingPaint::paintNote(const QPointF& topLeft, const QString& words)
{
    m_painter.setFont(uiFont(11));
    const double width = m_painter.fontMetrics().horizontalAdvance(words) + 12;
    const QRectF ground(topLeft, QSizeF(width, 16));
    m_painter.fillRect(ground, m_theme.warnGround);
    m_painter.setPen(m_theme.warn);
    text(ground, Qt::AlignCenter, words);
}

void PackingPaint::paint(bool clips)
{
    paintTitles();
    paintWordHeads();
    paintLevelHeads();
    m_painter.save();
    const double top = PackingLayout::rowsTop - 4;
    if (clips)
        m_painter.setClipRect(QRectF(0, top, 1e6, m_layout.upperHeight() - top));
    paintWords();
    paintTree();
    m_painter.restore();
    paintStream();
    m_painter.save();
    if (clips)
        m_painter.setClipRect(QRectF(0, top, 1e6, m_layout.legendRect().top() - top));
    paintStepMarks();
    paintLink();
    m_painter.restore();
}

/// What this cycle changed.
void PackingPaint::paintStepMarks()
{
    for (const PackingAction& action : m_scene.actions()) {
        const int first = static_cast<int>(action.firstWord);
        const int last = first + static_cast<int>(std::max(1U, action.words)) - 1;
        switch (action.stage) {
        case PackingStage::Detect:
        case PackingStage::Restore:
            outline(m_layout.rowRect(first).united(m_layout.rowRect(last)), m_theme.accent);
            break;
        case PackingStage::Mask:
            outline(m_layout.maskRect(first).united(m_layout.maskRect(last)), m_theme.accent);
            break;
        case PackingStage::Head:
            outline(m_layout.maskRect(0).united(
                        m_layout.maskRect(static_cast<int>(m_scene.block().words.size()) - 1)),
                    m_theme.accent);
            [[fallthrough]];
        case PackingStage::Append:
        case PackingStage::Unpack:
            for (const QRectF& rect : m_layout.streamRects(
                     action.firstBit, std::min(action.firstBit + action.bits, m_scene.stream().bits())))
                outline(rect.adjusted(-1, -1, 0, 1), m_theme.accent);
            break;
        case PackingStage::Leave: // its name says so: most of its bits may be those of other blocks
            break;
        case PackingStage::Merge:
        case PackingStage::Split:
            for (const PackingLayout::Bar& bar : m_layout.bars()) {
                const auto& string = m_scene.tree()[bar.level][bar.index];
                const bool inSlice =
                    static_cast<int>(string.firstWord) >= first && static_cast<int>(string.firstWord) <= last;
                if (bar.level == action.level && inSlice && !bar.isEmpty)
                    outline(bar.rect.adjusted(-1, -1, 0, 1), m_theme.accent);
            }
            break;
        }
    }
}

void PackingPaint::paintLink()
{
    const int word = activeWord();
    if (word < 0)
        return;
    outline(m_layout.rowRect(word).adjusted(-1, -1, 0, 0), m_theme.text);
    outline(m_layout.maskRect(word).adjusted(0, -1, 0, 0), m_theme.text);
    QRectF root;
    for (const PackingLayout::Segment& segment : m_layout.segments())
        if (segment.word == word && m_scene.stringPhase(segment.level, word) != Phase::ToCome) {
            outline(segment.rect.adjusted(-1, -1, 0, 1), m_theme.text);
            root = segment.rect;
        }
    const auto& block = m_scene.block();
    const auto start = block.streamBitOf({ word, 0 });
    if (!start || m_scene.bitPhase(*start) == Phase::ToCome)
        return;
    const std::vector<QRectF> pieces = m_layout.streamRects(*start, *start + std::max(1U, block.width));
    for (const QRectF& piece : pieces)
        outline(piece.adjusted(-1, -1, 0, 1), m_theme.text);
    if (!pieces.empty() && !root.isNull())
        m_scene.isCompressing() ? paintElbow(root, pieces.front()) : paintElbow(pieces.front(), root);

    std::optional<engine::codec::WordBit> bit;
    if (m_look.hover.streamBit)
        bit = block.wordBitAt(*m_look.hover.streamBit);
    else if (m_look.hover.bit >= 0)
        bit = engine::codec::WordBit { word, m_look.hover.bit };
    if (!bit)
        return;
    outline(m_layout.bitRect(word, static_cast<int>(block.codeBits) - 1 - bit->bit).adjusted(0, 0, -1, -1),
            m_theme.accent);
    if (const auto place = block.streamBitOf(*bit); place && m_layout.showsBit(*place))
        outline(m_layout.streamBitRect(*place).adjusted(0, 0, -1, 0), m_theme.accent);
}

void PackingPaint::paintElbow(const QRectF& from, const QRectF& to)
{
    constexpr double head = 5;
    const bool down = from.center().y() < to.center().y();
    const double start = down ? from.bottom() + 2 : from.top() - 2;
    const double end = down ? to.top() - 2 : to.bottom() + 2;
    const double across = m_layout.upperHeight() - 8;
    QPen pen(m_theme.text, 1.5, Qt::CustomDashLine, Qt::FlatCap, Qt::MiterJoin);
    pen.setDashPattern({ 3, 2 });
    m_painter.setPen(pen);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.drawPolyline(QPolygonF { { from.center().x(), start },
                                       { from.center().x(), across },
                                       { to.center().x(), across },
                                       { to.center().x(), end } });
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.text);
    const double back = down ? -head * 1.4 : head * 1.4;
    m_painter.drawPolygon(QPolygonF { { to.center().x(), end },
                                      { to.center().x() - head, end + back },
                                      { to.center().x() + head, end + back } });
    m_painter.restore();
}

} // namespace widgets
