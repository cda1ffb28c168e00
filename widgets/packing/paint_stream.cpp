#include "widgets/packing/packing_paint.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace widgets {

using engine::codec::BlockForm;
using engine::codec::FieldKind;
using engine::codec::PackedField;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::PackingView", text);
}

constexpr double leastDigit = 7; ///< cells narrower than this show no digits [px]

} // namespace

void PackingPaint::paintStream()
{
    const double top = m_layout.upperHeight();
    m_painter.fillRect(QRectF(0, top, m_layout.legendRect().right() + 12, 1), m_theme.border);
    m_painter.setFont(uiFont(13, true));
    m_painter.setPen(m_theme.text);
    const QString title = m_scene.isCompressing()
        ? translated(QT_TRANSLATE_NOOP("widgets::PackingView", "3 Output wrapper"))
        : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "1 Input unpacker"));
    text({ 12, top + 8, 200, 18 }, Qt::AlignLeft | Qt::AlignVCenter, title);
    const double after = 12 + m_painter.fontMetrics().horizontalAdvance(title) + 16;
    m_painter.setFont(uiFont(12));
    m_painter.setPen(m_theme.text2);
    text({ after, top + 8, 500, 18 }, Qt::AlignLeft | Qt::AlignVCenter,
         translated(
             QT_TRANSLATE_NOOP("widgets::PackingView", "%1-bit words, bit 0 (first written) on the left"))
             .arg(m_scene.port().portBits));
    paintRuler();
    const std::uint64_t end = std::min(
        m_layout.rowCount(), m_layout.firstRow() + static_cast<std::uint64_t>(m_layout.visibleRows()));
    for (std::uint64_t row = m_layout.firstRow(); row < end; ++row)
        paintRow(row);
    paintLegend();
}

void PackingPaint::paintRuler()
{
    m_painter.setFont(monoFont(11));
    m_painter.setPen(m_theme.text2);
    const auto bits = static_cast<std::uint64_t>(m_layout.rowBits());
    const std::uint64_t row = m_layout.firstRow() * bits;
    for (std::uint64_t column = 0; column < bits; ++column) {
        if (column % 8 != 0 && column + 1 != bits)
            continue;
        const QRectF cell = m_layout.streamBitRect(row + column);
        text({ cell.left() - 10, cell.top() - 19, cell.width() + 20, 16 }, Qt::AlignCenter,
             QString::number(column));
    }
}

void PackingPaint::paintRowName(std::uint64_t row)
{
    const auto bits = static_cast<std::uint64_t>(m_layout.rowBits());
    const std::uint64_t port = m_scene.port().portBits;
    const QRectF cell = m_layout.streamBitRect(row * bits);
    const std::uint64_t inWord = row * bits % port;
    const bool leaves = std::ranges::any_of(m_scene.actions(), [&](const auto& action) {
        return action.stage == engine::codec::PackingStage::Leave && action.firstBit <= row * bits
            && row * bits < action.firstBit + action.bits;
    });
    QFont font = monoFont(11);
    font.setBold(leaves);
    m_painter.setFont(font);
    m_painter.setPen(leaves ? m_theme.accent : m_theme.text2);
    text({ 0, cell.top(), cell.left() - 8, cell.height() }, Qt::AlignRight | Qt::AlignVCenter,
         inWord == 0 ? QStringLiteral("W%1").arg(row * bits / port) : QStringLiteral("+%1").arg(inWord));
}

void PackingPaint::paintRow(std::uint64_t row)
{
    paintRowName(row);
    const PackedStream& stream = m_scene.stream();
    const auto bits = static_cast<std::uint64_t>(m_layout.rowBits());
    const std::uint64_t first = row * bits;
    const std::uint64_t end = std::min(first + bits, stream.bits());
    const double cellWidth = m_layout.streamBitRect(first).width();
    m_painter.setFont(monoFont(std::clamp(static_cast<int>(cellWidth) + 1, 8, 12)));
    std::uint64_t block = stream.index.blockAt(first);
    for (std::uint64_t bit = first; bit < end; ++bit) {
        while (bit >= stream.index.starts[block + 1])
            ++block;
        // Neighbours stand a hair apart where there is room for it.
        const double gap = cellWidth >= leastDigit ? 1 : 0;
        const QRectF rect = m_layout.streamBitRect(bit).adjusted(0, 0, -gap, 0);
        const bool shown = cellWidth >= leastDigit
            && (block != m_scene.block().number || m_scene.bitPhase(bit) != Phase::ToCome);
        paintCell(rect, streamCell(bit, block),
                  shown ? QString(QLatin1Char(stream.bit(bit) ? '1' : '0')) : QString());
    }
    for (block = stream.index.blockAt(first); block < stream.index.blocks(); ++block) {
        const std::uint64_t start = stream.index.starts[block];
        if (start >= end)
            break;
        const std::uint64_t next = std::min(stream.index.starts[block + 1], first + bits);
        if (start >= first)
            paintBlockMark(block, static_cast<double>(next - start) * cellWidth);
    }
}

void PackingPaint::paintBlockMark(std::uint64_t block, double room)
{
    const PackedStream& stream = m_scene.stream();
    const bool own = block == m_scene.block().number;
    const QRectF cell = m_layout.streamBitRect(stream.index.starts[block]);
    m_painter.fillRect(
        QRectF(cell.left() - 1, cell.top() - 2, 2, cell.height() + PackingLayout::labelHeight - 2),
        own ? m_theme.text : m_theme.ctl);
    m_painter.save();
    m_painter.setFont(uiFont(11, own));
    m_painter.setPen(own ? m_theme.text : m_theme.text2);
    const QFontMetrics metrics = m_painter.fontMetrics();
    const QString number = formatCount(static_cast<qint64>(block));
    QString label = translated(QT_TRANSLATE_NOOP("widgets::PackingView", "block %1")).arg(number);
    if (metrics.horizontalAdvance(label) + 6 > room)
        label = number;
    double x = cell.left() + 5;
    const double top = cell.bottom() + 1;
    if (own || metrics.horizontalAdvance(label) + 6 <= room) {
        text({ x, top, 200, 14 }, Qt::AlignLeft | Qt::AlignVCenter, label);
        x += metrics.horizontalAdvance(label) + 10;
    }
    const bool raw = stream.index.forms[block] == BlockForm::Raw;
    const std::uint64_t bits = stream.index.starts[block + 1] - stream.index.starts[block];
    const QString more = raw ? translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bypass: raw %1 bit"))
                                   .arg(stream.format.rawBits())
        : own ? translated(QT_TRANSLATE_NOOP("widgets::PackingView", "%1 bit")).arg(bits)
              : QString();
    if (!more.isEmpty() && x + metrics.horizontalAdvance(more) + 12 - cell.left() <= room) {
        if (raw)
            paintNote({ x, top - 1 }, more);
        else
            text({ x, top, 100, 14 }, Qt::AlignLeft | Qt::AlignVCenter, more);
    }
    m_painter.restore();
}

PackingPaint::Cell PackingPaint::streamCell(std::uint64_t bit, std::uint64_t block) const
{
    if (block == m_scene.block().number)
        return ownCell(bit);
    const PackedStream& stream = m_scene.stream();
    const bool isHead = bit == stream.index.starts[block] && stream.format.flagBits != 0;
    if (stream.index.forms[block] == BlockForm::Raw)
        return isHead ? Cell { m_theme.warn, m_theme.panel } : Cell { m_theme.warnGround, m_theme.warn };
    return isHead ? Cell { m_theme.ctl, m_theme.panel } : Cell { m_theme.alt, m_theme.mut };
}

PackingPaint::Cell PackingPaint::ownCell(std::uint64_t bit) const
{
    if (m_scene.bitPhase(bit) == Phase::ToCome)
        return { m_theme.alt, m_theme.mut };
    const engine::codec::PackedBlock& block = m_scene.block();
    if (const auto source = block.wordBitAt(bit);
        source && (!block.maskIsWords || block.words[static_cast<std::size_t>(source->word)].code != 0))
        return wordCell(source->word);
    switch (block.fieldAt(bit)->kind) {
    case FieldKind::Flag:
        return block.form == BlockForm::Raw ? Cell { m_theme.warn, m_theme.panel }
                                            : Cell { m_theme.text, m_theme.panel };
    case FieldKind::Width:
    case FieldKind::BlockCode:
        return { m_theme.selin, m_theme.text };
    default:
        return { m_theme.panel, m_theme.text };
    }
}

void PackingPaint::paintLegend()
{
    struct Entry {
        Cell cell;
        QString words;
        bool wanted;
    };
    const engine::codec::PackingFormat& format = m_scene.stream().format;
    const auto plain = [](const QColor& fill) { return Cell { fill, fill }; };
    const std::array<Entry, 7> entries { {
        { plain(m_theme.text), translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bypass flag")),
          format.flagBits != 0 },
        { plain(m_theme.selin), translated(QT_TRANSLATE_NOOP("widgets::PackingView", "width e−1")),
          format.widthBits != 0 },
        { plain(m_theme.selin), translated(QT_TRANSLATE_NOOP("widgets::PackingView", "block code")),
          format.blockCodeBits != 0 },
        { plain(m_theme.panel), translated(QT_TRANSLATE_NOOP("widgets::PackingView", "mask")), true },
        { plain(m_theme.categories.front()),
          translated(QT_TRANSLATE_NOOP("widgets::PackingView", "payload, colour = source word")), true },
        { plain(m_theme.alt), translated(QT_TRANSLATE_NOOP("widgets::PackingView", "other blocks")), true },
        { plain(m_theme.warnGround), translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bypassed block")),
          format.flagBits != 0 || format.blockCodeBits != 0 },
    } };
    const QRectF area = m_layout.legendRect();
    m_painter.setFont(uiFont(12));
    const QFontMetrics metrics = m_painter.fontMetrics();
    // Where they have no room, the gaps between them give way, never an entry.
    double wanted = 0;
    int count = 0;
    for (const Entry& entry : entries) {
        wanted += entry.wanted ? 20 + metrics.horizontalAdvance(entry.words) : 0;
        count += entry.wanted ? 1 : 0;
    }
    const double gap = std::clamp((area.width() - wanted) / std::max(1, count - 1), 6.0, 18.0);
    double x = area.left();
    for (const Entry& entry : entries) {
        if (!entry.wanted)
            continue;
        const QRectF swatch(x, area.top() + 10.5, 13, 13);
        m_painter.fillRect(swatch, entry.cell.fill);
        outline(swatch, m_theme.ctl, 1);
        m_painter.setPen(m_theme.text2);
        text({ x + 20, area.top() + 8, 300, 18 }, Qt::AlignLeft | Qt::AlignVCenter, entry.words);
        x += 20 + metrics.horizontalAdvance(entry.words) + gap;
    }
}

} // namespace widgets
