#include "widgets/packing/packing_paint.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace widgets {

using engine::codec::MergeString;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::PackingView", text);
}

constexpr double dash = 8; ///< of an empty string [px]

double rightOf(const PackingLayout::Bar& bar)
{
    return bar.isEmpty ? bar.rect.left() + dash : bar.rect.right();
}

} // namespace

void PackingPaint::paintTree()
{
    paintConnectors();
    paintBars();
}

void PackingPaint::paintLevelHeads()
{
    m_painter.setFont(uiFont(11));
    m_painter.setPen(m_theme.text2);
    for (std::size_t level = 0; level < m_scene.tree().size(); ++level) {
        const double next = level + 1 < m_scene.tree().size() ? m_layout.levelLeft(level + 1) : 1e9;
        const double room = next - m_layout.levelLeft(level) - 4;
        QString head = level == 0
            ? translated(QT_TRANSLATE_NOOP("widgets::PackingView", "words"))
            : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "level %1")).arg(level);
        if (m_painter.fontMetrics().horizontalAdvance(head) > room)
            head = level == 0 ? QString() : QString::number(level);
        text({ m_layout.levelLeft(level), PackingLayout::rowsTop - 20, room, 16 },
             Qt::AlignLeft | Qt::AlignVCenter, head);
    }
}

void PackingPaint::paintConnectors()
{
    const engine::codec::MergeTree& tree = m_scene.tree();
    for (std::size_t level = 1; level < tree.size(); ++level)
        for (const MergeString& string : tree[level]) {
            const PackingLayout::Bar& parent = *m_layout.barOf(level, static_cast<int>(string.firstWord));
            const PackingLayout::Bar& first = *m_layout.barOf(level - 1, static_cast<int>(string.firstWord));
            const PackingLayout::Bar& last =
                *m_layout.barOf(level - 1, static_cast<int>(string.firstWord + string.span - 1));
            // Lines of what is empty first, so that the others lie over them.
            for (const bool empty : { true, false })
                for (const PackingLayout::Bar* child : { &first, &last })
                    if (child->isEmpty == empty)
                        paintConnector(*child, parent);
        }
}

void PackingPaint::paintConnector(const PackingLayout::Bar& child, const PackingLayout::Bar& parent)
{
    const double middle = parent.rect.left() - 10;
    const double from = child.rect.center().y();
    const double to = parent.rect.center().y();
    m_painter.setPen(QPen(child.isEmpty ? m_theme.border : m_theme.ctl, 1));
    m_painter.drawPolyline(QPolygonF {
        { rightOf(child) + 3, from }, { middle, from }, { middle, to }, { parent.rect.left() - 3, to } });
}

void PackingPaint::paintBars()
{
    const engine::codec::MergeTree& tree = m_scene.tree();
    for (const PackingLayout::Bar& bar : m_layout.bars()) {
        if (bar.isEmpty) {
            m_painter.setPen(QPen(m_theme.border, 2));
            const double y = bar.rect.center().y();
            m_painter.drawLine(QPointF(bar.rect.left(), y), QPointF(bar.rect.left() + dash, y));
        } else if (bar.level > 0) {
            paintBarLabel(bar, bar.level + 1 == tree.size());
        }
    }
    m_painter.setFont(monoFont(11));
    for (const PackingLayout::Segment& segment : m_layout.segments()) {
        const bool known = m_scene.stringPhase(segment.level, segment.word) != Phase::ToCome;
        const QString name = QString::number(segment.word);
        const bool fits = m_painter.fontMetrics().horizontalAdvance(name) + 2 <= segment.rect.width();
        // A thin line of the ground keeps neighbours apart.
        const QRectF rect = segment.rect.adjusted(0, 0, segment.rect.width() > 4 ? -1 : 0, 0);
        paintCell(rect, known ? wordCell(segment.word) : Cell { m_theme.selin, m_theme.mut },
                  fits ? name : QString());
    }
}

void PackingPaint::paintBarLabel(const PackingLayout::Bar& bar, bool above)
{
    const MergeString& string = m_scene.tree()[bar.level][bar.index];
    if (m_scene.stringPhase(bar.level, static_cast<int>(string.firstWord)) == Phase::ToCome)
        return;
    constexpr double height = 13;
    const bool fits = bar.rect.height() + height + 2 <= m_layout.rowHeight() * string.span;
    if (!fits)
        return;
    m_painter.setFont(uiFont(11));
    m_painter.setPen(m_theme.text2);
    const double top = above ? bar.rect.top() - height - 3 : bar.rect.bottom() + 1;
    text({ bar.rect.left(), top, 60, height }, Qt::AlignLeft | Qt::AlignVCenter,
         translated(QT_TRANSLATE_NOOP("widgets::PackingView", "%1 bit")).arg(string.bits));
}

} // namespace widgets
