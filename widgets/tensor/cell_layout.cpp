#include "widgets/tensor/cell_layout.h"

#include "widgets/theme/theme.h"

#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {
namespace {

constexpr double margin = 1; ///< between text and the cell's edge, each side
constexpr double bitMargin = 0.5; ///< bits fill small cells
constexpr std::array<int, 3> fontSizes { 12, 11, 10 }; ///< the first in which everything has room
constexpr int enoughCharacters = 4; ///< three significant digits and a sign or point

} // namespace

CellLayout::CellLayout(const QSizeF& cell, const Wish& wish)
    : m_bits(wish.bitCount)
{
    const Wish bitsAlone { false, wish.bits, wish.bitCount };
    const Wish numberAlone { wish.number, false, wish.bitCount };
    for (const Wish& tried : { wish, bitsAlone, numberAlone }) {
        for (const int size : fontSizes) {
            place(cell, tried, monoFont(size));
            const bool enough = !m_number || m_numberCharacters >= enoughCharacters;
            const bool something = m_number || hasBits();
            if (something && hasBits() == tried.bits && m_number == tried.number && enough)
                return;
        }
    }
}

void CellLayout::place(const QSizeF& cell, const Wish& wish, const QFont& font)
{
    m_font = font;
    const QFontMetricsF metrics(m_font);
    m_characterWidth = metrics.horizontalAdvance(QLatin1Char('0'));
    m_lineHeight = std::ceil(metrics.ascent() + metrics.descent());
    m_numberCharacters = static_cast<int>((cell.width() - 2 * margin) / m_characterWidth);
    m_lines = 0;
    const bool roomForNumber = m_numberCharacters > 0 && cell.height() >= m_lineHeight;
    m_number = false;
    if (wish.bits && wish.number && placeBits(cell, m_lineHeight))
        m_number = true;
    else if (!wish.bits || !placeBits(cell, 0))
        m_number = wish.number && roomForNumber;
}

bool CellLayout::placeBits(const QSizeF& cell, double numberHeight)
{
    const int groups = (m_bits + 3) / 4;
    const int fitting =
        static_cast<int>((cell.width() - 2 * bitMargin + m_characterWidth) / (5 * m_characterWidth));
    m_lines = 0;
    if (fitting < 1)
        return false;
    const int lines = (groups + fitting - 1) / fitting;
    if (lines * m_lineHeight + numberHeight > cell.height() - margin)
        return false;
    m_lines = lines;
    m_groups = (groups + lines - 1) / lines;
    return true;
}

double CellLayout::textTop(const QRectF& cell) const
{
    const double height = (m_lines + (m_number ? 1 : 0)) * m_lineHeight;
    return cell.top() + std::floor((cell.height() - height) / 2);
}

QRectF CellLayout::numberRect(const QRectF& cell) const
{
    return { cell.left(), textTop(cell), cell.width(), m_lineHeight };
}

QSizeF CellLayout::textSize(const QString& number) const
{
    const auto characters = static_cast<double>(m_number ? number.size() : 0);
    const double bits = m_lines > 0 ? m_groups * 5 - 1 : 0;
    return { std::max(characters, bits) * m_characterWidth, (m_lines + (m_number ? 1 : 0)) * m_lineHeight };
}

QRectF CellLayout::bitLineRect(const QRectF& cell, int line) const
{
    const double width = (m_groups * 5 - 1) * m_characterWidth;
    const double top = textTop(cell) + (line + (m_number ? 1 : 0)) * m_lineHeight;
    return { cell.left() + std::floor((cell.width() - width) / 2), top, width, m_lineHeight };
}

QString CellLayout::bitLineText(std::uint64_t pattern, int line) const
{
    QString text;
    const int groups = (m_bits + 3) / 4;
    const int end = std::min(groups, (line + 1) * m_groups);
    for (int group = line * m_groups; group < end; ++group) {
        if (!text.isEmpty())
            text += QLatin1Char(' ');
        for (int i = 0; i < 4; ++i) {
            const int bit = 4 * (groups - group) - 1 - i;
            text += bit >= m_bits ? QLatin1Char(' ') : QLatin1Char((pattern >> bit) & 1 ? '1' : '0');
        }
    }
    return text;
}

QRectF CellLayout::bitRect(const QRectF& cell, int bit) const
{
    const int fromLeft = 4 * ((m_bits + 3) / 4) - 1 - bit;
    const int group = fromLeft / 4;
    const QRectF line = bitLineRect(cell, group / m_groups);
    const int place = group % m_groups * 5 + fromLeft % 4;
    return { line.left() + place * m_characterWidth, line.top(), m_characterWidth, m_lineHeight };
}

std::optional<int> CellLayout::bitAt(const QRectF& cell, const QPointF& position) const
{
    for (int bit = 0; hasBits() && bit < m_bits; ++bit) {
        if (bitRect(cell, bit).contains(position))
            return bit;
    }
    return std::nullopt;
}

} // namespace widgets
