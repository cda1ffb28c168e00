#include "widgets/chart/hatch.h"
#include "widgets/packing/packing_paint.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cstdlib>

namespace widgets {

using engine::codec::BlockForm;
using engine::codec::PackedBlock;
using engine::codec::PackedWord;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::PackingView", text);
}

constexpr double hatchPitch = 5;
constexpr double hatchLine = 1;
constexpr int hatchAlpha = 70;

} // namespace

PackingPaint::Cell PackingPaint::wordCell(int word) const
{
    const int rank = m_scene.rank(word);
    if (rank < 0)
        return { m_theme.selin, m_theme.mut };
    const QColor& fill = m_theme.categories[static_cast<std::size_t>(rank) % m_theme.categories.size()];
    return { fill, contrasting(fill.rgb()), rank };
}

void PackingPaint::paintCell(const QRectF& rect, const Cell& cell, const QString& text)
{
    m_painter.fillRect(rect, cell.fill);
    const int cycle = static_cast<int>(m_theme.categories.size());
    if (cell.rank >= cycle) {
        QColor line = cell.ink;
        line.setAlpha(hatchAlpha);
        drawHatch(m_painter, rect, hatchOf(cell.rank / cycle), { hatchPitch, hatchLine, line });
    }
    if (text.isEmpty())
        return;
    m_painter.setPen(cell.ink);
    this->text(rect, Qt::AlignCenter, text);
}

PackingPaint::Cell PackingPaint::codeCell(int word, int bit) const
{
    const PackedBlock& block = m_scene.block();
    if (m_scene.isCompressing() && m_scene.wordPhase(word) == Phase::ToCome)
        return { m_theme.panel, m_theme.text };
    const bool kept = block.streamBitOf({ word, bit }).has_value();
    return kept ? wordCell(word) : Cell { m_theme.selin, m_theme.mut };
}

void PackingPaint::paintTitles()
{
    const bool compressing = m_scene.isCompressing();
    const double second = m_layout.treeLeft();
    m_painter.setFont(uiFont(13, true));
    m_painter.setPen(m_theme.text);
    text({ 12, 8, second - 24, 18 }, Qt::AlignLeft | Qt::AlignVCenter,
         compressing ? translated(QT_TRANSLATE_NOOP("widgets::PackingView", "1 Leading-one detection"))
                     : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "3 Words restored")));
    text({ second, 8, 300, 18 }, Qt::AlignLeft | Qt::AlignVCenter,
         compressing ? translated(QT_TRANSLATE_NOOP("widgets::PackingView", "2 Bit-level concatenation"))
                     : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "2 Mask expansion")));
    m_painter.setFont(uiFont(12));
    m_painter.setPen(m_theme.text2);
    const int words = static_cast<int>(m_scene.block().words.size());
    text({ 12, 27, second - 24, 16 }, Qt::AlignLeft | Qt::AlignVCenter,
         compressing
             ? (m_scene.stream().source->quantiser.isSigned
                    ? translated(
                        QT_TRANSLATE_NOOP("widgets::PackingView", "mask and width e of %1 zigzag codes"))
                    : translated(
                        QT_TRANSLATE_NOOP("widgets::PackingView", "mask and common width e of %1 words")))
                   .arg(words)
             : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "%1 words, zeros put back")).arg(words));
    const QString reason = remark();
    if (!reason.isEmpty()) {
        paintNote({ second, 27 }, reason);
        return;
    }
    const unsigned wordsPerCycle = m_scene.port().wordsPerCycle;
    text({ second, 27, 500, 16 }, Qt::AlignLeft | Qt::AlignVCenter,
         translated(
             QT_TRANSLATE_NOOP("widgets::PackingView",
                               "tree of %1 words, log2(%1) = %2 levels, a level a cycle; length = bits"))
             .arg(wordsPerCycle)
             .arg(m_scene.tree().size() - 1));
}

QString PackingPaint::remark() const
{
    const PackedBlock& block = m_scene.block();
    if (block.form == BlockForm::Zero)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "all words are zero: nothing follows"));
    if (block.form != BlockForm::Raw)
        return {};
    return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bypass: coded %1 bit ≥ raw %2 bit"))
        .arg(block.codedBits)
        .arg(block.rawBits);
}

void PackingPaint::paintWordHeads()
{
    const double top = PackingLayout::rowsTop - 20;
    m_painter.setFont(uiFont(11));
    m_painter.setPen(m_theme.text2);
    text({ 0, top, m_layout.wordRight(), 16 }, Qt::AlignRight | Qt::AlignVCenter,
         translated(QT_TRANSLATE_NOOP("widgets::PackingView", "word")));
    text({ 0, top, m_layout.valueRight(), 16 }, Qt::AlignRight | Qt::AlignVCenter,
         translated(QT_TRANSLATE_NOOP("widgets::PackingView", "value")));
    const QRectF mask = m_layout.maskRect(0);
    text({ mask.left() - 10, top, mask.width() + 20, 16 }, Qt::AlignCenter,
         translated(QT_TRANSLATE_NOOP("widgets::PackingView", "mask")));
    // Codes of signed words are counted for themselves: they are no bits of the value.
    const int codeBits = static_cast<int>(m_scene.block().codeBits);
    const int shift = m_scene.stream().source->quantiser.isSigned ? 0 : m_scene.lossyBits();
    m_painter.setFont(monoFont(m_layout.bitWidth() < 18 ? 10 : 11));
    for (int column = 0; column < m_layout.columns(); ++column) {
        const int bit = column < codeBits ? codeBits - 1 - column + shift : m_layout.columns() - 1 - column;
        const QRectF cell = m_layout.bitRect(0, column);
        text({ cell.left(), top, cell.width(), 16 }, Qt::AlignCenter, QString::number(bit));
    }
}

void PackingPaint::paintWords()
{
    for (int word = 0; word < static_cast<int>(m_scene.block().words.size()); ++word)
        paintWord(word);
    paintBrackets();
}

void PackingPaint::paintWord(int word)
{
    const PackedWord& packed = m_scene.block().words[static_cast<std::size_t>(word)];
    const int bits = m_scene.stream().source->quantiser.bits;
    const bool restored = m_scene.isCompressing() || m_scene.wordPhase(word) != Phase::ToCome;
    const double top = m_layout.rowTop(word);
    const double height = m_layout.rowHeight();
    m_painter.setFont(monoFont(height < 17 ? 11 : 12));
    m_painter.setPen(m_theme.text2);
    text({ 0, top, m_layout.wordRight(), height }, Qt::AlignRight | Qt::AlignVCenter, QString::number(word));
    QFont font = m_painter.font();
    font.setBold(word == activeWord());
    m_painter.setFont(font);
    m_painter.setPen(packed.value != 0 ? m_theme.text : m_theme.text2);
    const std::int32_t value = m_scene.isCompressing() ? packed.value : packed.restored;
    const auto pattern =
        static_cast<quint64>(static_cast<std::uint32_t>(value)) & ((quint64 { 1 } << bits) - 1);
    const QString shown = packed.isPadding || !restored ? missingText()
        : m_look.hex                                    ? formatHex(pattern, bits)
                                                        : formatCount(value);
    text({ 0, top, m_layout.valueRight(), height }, Qt::AlignRight | Qt::AlignVCenter, shown);
    font.setBold(false);
    m_painter.setFont(font);
    const int codeBits = static_cast<int>(m_scene.block().codeBits);
    const auto magnitude = static_cast<unsigned>(std::abs(packed.value));
    for (int column = 0; column < m_layout.columns(); ++column) {
        const QRectF cell = m_layout.bitRect(word, column).adjusted(0, 0, -1, -1);
        const int bit = column < codeBits ? codeBits - 1 - column : m_layout.columns() - 1 - column;
        const unsigned pool = column < codeBits ? packed.code : magnitude;
        const bool dropped = column >= codeBits;
        // What K took never comes back.
        const bool known = restored && !packed.isPadding && (!dropped || m_scene.isCompressing());
        paintCell(cell,
                  dropped        ? Cell { m_theme.alt, m_theme.mut }
                      : restored ? codeCell(word, bit)
                                 : Cell { m_theme.alt, m_theme.mut },
                  known ? QString(QLatin1Char((pool >> bit & 1U) != 0 ? '1' : '0')) : QString());
    }
    paintMask(word);
}

void PackingPaint::paintMask(int word)
{
    const PackedBlock& block = m_scene.block();
    const QRectF cell = m_layout.maskRect(word).adjusted(1, 0, -1, -1);
    const bool one = block.words[static_cast<std::size_t>(word)].code != 0;
    const bool known = m_scene.maskPhase(word) != Phase::ToCome;
    const bool written = block.form == BlockForm::Masked;
    if (!known || !written) {
        outline(cell.adjusted(0.5, 0.5, -0.5, -0.5), m_theme.border, 1);
        m_painter.setPen(m_theme.mut);
        text(cell, Qt::AlignCenter,
             known && m_scene.isCompressing() ? QString(QLatin1Char(one ? '1' : '0')) : QString());
        return;
    }
    paintCell(cell, one ? Cell { m_theme.text, m_theme.panel } : Cell { m_theme.panel, m_theme.text2 },
              QString(QLatin1Char(one ? '1' : '0')));
    if (!one)
        outline(cell.adjusted(0.5, 0.5, -0.5, -0.5), m_theme.border, 1);
}

QString PackingPaint::keptText() const
{
    const PackedBlock& block = m_scene.block();
    if (block.form == BlockForm::Raw)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "raw: all %1 bit")).arg(block.width);
    if (block.maskIsWords)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "in the mask"));
    if (block.form == BlockForm::Dense)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "%1 bit, no mask")).arg(block.width);
    return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "e = %1 bit kept")).arg(block.width);
}

void PackingPaint::paintBrackets()
{
    const PackedBlock& block = m_scene.block();
    const int codeBits = static_cast<int>(block.codeBits);
    const bool known = m_scene.isCompressing() ? m_scene.maskPhase(0) != Phase::ToCome
                                               : m_scene.wordPhase(0) != Phase::ToCome;
    if (known) {
        const int kept = block.maskIsWords ? 1 : static_cast<int>(block.width);
        if (kept < codeBits)
            paintBracket(0, codeBits - kept, translated(QT_TRANSLATE_NOOP("widgets::PackingView", "dropped")),
                         false);
        if (kept > 0)
            paintBracket(codeBits - kept, codeBits, keptText(), true);
    }
    if (m_scene.lossyBits() > 0)
        paintBracket(codeBits, m_layout.columns(),
                     translated(QT_TRANSLATE_NOOP("widgets::PackingView", "K = %1")).arg(m_scene.lossyBits()),
                     false);
}

void PackingPaint::paintBracket(int firstColumn, int endColumn, const QString& words, bool strong)
{
    const int last = static_cast<int>(m_scene.block().words.size()) - 1;
    const QRectF first = m_layout.bitRect(last, firstColumn);
    const double right = m_layout.bitRect(last, endColumn - 1).right() - 2;
    const double y = first.bottom() + 4;
    m_painter.setPen(QPen(strong ? m_theme.text : m_theme.ctl, strong ? 1.5 : 1));
    m_painter.drawPolyline(
        QPolygonF { { first.left() + 1, y }, { first.left() + 1, y + 5 }, { right, y + 5 }, { right, y } });
    m_painter.setFont(uiFont(11, strong));
    m_painter.setPen(strong ? m_theme.text : m_theme.text2);
    // The words of a narrow bracket stand on the line below, those of what is kept always on the first, and
    // neither leaves its own side.
    const double width = m_painter.fontMetrics().horizontalAdvance(words);
    const bool isNarrow = width > right - first.left();
    const double line = !strong && isNarrow ? 21 : 7;
    const double left = strong && isNarrow ? first.left() : (first.left() + right - width) / 2;
    text({ left, y + line, width + 1, 14 }, Qt::AlignLeft | Qt::AlignVCenter, words);
}

} // namespace widgets
