#include "widgets/packing/packing_layout.h"

#include <algorithm>
#include <cmath>

namespace widgets {
namespace {

constexpr double margin = 12;
constexpr double leastRow = 14; ///< of a word [px]
constexpr double mostRow = 22;
constexpr double bracketHeight = 38; ///< below the words
constexpr double streamHead = 54; ///< title and ruler
constexpr double legendHeight = 34;
constexpr double streamLabel = 52; ///< "W150"
constexpr double cellHeight = 22;
constexpr double wideMatrix = 22; ///< of a bit [px]
constexpr double narrowMatrix = 15;
constexpr double mostPixelsPerBit = 4.6;
constexpr double readableWord = 24; ///< room for the number of a word [px]
constexpr double levelGap = 40;
constexpr double leastLevelGap = 22;

double lowerHeight(int rows)
{
    return streamHead + rows * (cellHeight + PackingLayout::labelHeight) + legendHeight;
}

int rowsFor(int height)
{
    return height >= 620 ? 5 : height >= 560 ? 4 : 3;
}

double upperNeeded(double rowHeight, int words)
{
    return PackingLayout::rowsTop + rowHeight * words + bracketHeight;
}

} // namespace

int PackingLayout::fullHeight(const PackingScene& scene)
{
    const int words = static_cast<int>(scene.block().words.size());
    return static_cast<int>(std::ceil(upperNeeded(mostRow, words) + lowerHeight(rowsFor(1000))));
}

PackingLayout::PackingLayout(const PackingScene& scene, const QSize& size, int scroll, std::uint64_t firstRow)
    : m_size(size)
    , m_wordCount(static_cast<int>(scene.block().words.size()))
    , m_codeBits(static_cast<int>(scene.block().codeBits))
    , m_columns(m_codeBits + scene.lossyBits())
    , m_rows(rowsFor(size.height()))
    , m_rowBits(static_cast<int>(std::min(64U, scene.port().portBits)))
    , m_streamBits(scene.stream().bits())
    , m_blockStart(scene.block().start)
    , m_blockEnd(scene.block().end())
{
    m_rowCount = (m_streamBits + bitsPerRow() - 1) / bitsPerRow();
    m_upperHeight = size.height() - lowerHeight(m_rows);
    const double room = m_upperHeight - rowsTop - bracketHeight;
    m_rowHeight = std::clamp(std::floor(room / m_wordCount), leastRow, mostRow);
    const double needed = upperNeeded(m_rowHeight, m_wordCount);
    m_scrollRange = std::max(0, static_cast<int>(std::ceil(needed - m_upperHeight)));
    m_scroll = std::clamp(scroll, 0, m_scrollRange);
    placeWords(scene);
    placeTree(scene);
    placeStream(firstRow);
}

void PackingLayout::placeWords(const PackingScene& scene)
{
    const bool isNarrow = m_size.width() < 900;
    const double widest = scene.stream().source->quantiser.bits > 8 ? 54 : 42;
    m_wordRight = margin + 30;
    m_valueRight = m_wordRight + widest;
    m_bitsLeft = std::round(m_valueRight + 12);
    m_bitWidth = m_columns <= 8 && !isNarrow ? wideMatrix : m_columns <= 8 ? 19 : narrowMatrix;
    m_maskLeft = m_bitsLeft + m_columns * m_bitWidth + 14;
}

double PackingLayout::rowTop(int word) const
{
    return rowsTop - m_scroll + word * m_rowHeight;
}

QRectF PackingLayout::bitRect(int word, int column) const
{
    // The bits that K drops stand a little apart.
    const double apart = column >= m_codeBits ? 4 : 0;
    return { m_bitsLeft + column * m_bitWidth + apart, rowTop(word), m_bitWidth, m_rowHeight };
}

QRectF PackingLayout::rowRect(int word) const
{
    return bitRect(word, 0).united(bitRect(word, m_columns - 1));
}

QRectF PackingLayout::maskRect(int word) const
{
    return { m_maskLeft + (m_columns > m_codeBits ? 4 : 0), rowTop(word), 22, m_rowHeight };
}

double PackingLayout::stringMiddle(const engine::codec::MergeString& string) const
{
    return rowTop(static_cast<int>(string.firstWord)) + string.span * m_rowHeight / 2;
}

void PackingLayout::placeTree(const PackingScene& scene)
{
    const engine::codec::MergeTree& tree = scene.tree();
    const double left = maskRect(0).right() + 40;
    const double room = m_size.width() - margin - left;
    double bits = 0;
    std::vector<double> most;
    for (const auto& level : tree) {
        unsigned longest = 0;
        for (const engine::codec::MergeString& string : level)
            longest = std::max(longest, string.bits);
        most.push_back(longest);
        bits += longest;
    }
    const double gaps = static_cast<double>(tree.size() - 1);
    const double widest = std::max(mostPixelsPerBit, readableWord / std::max(1U, scene.block().width));
    const double gap = std::clamp((room - bits * widest) / std::max(1.0, gaps), leastLevelGap, levelGap);
    const double perBit = bits == 0 ? 0 : std::clamp((room - gaps * gap) / bits, 0.1, widest);
    // What is left over spreads the levels.
    const double spread = std::clamp((room - gaps * gap - bits * perBit) / std::max(1.0, gaps), 0.0, 44.0);
    double x = left;
    m_barOf.assign(tree.size(), std::vector<int>(static_cast<std::size_t>(m_wordCount), -1));
    for (std::size_t level = 0; level < tree.size(); ++level) {
        m_levels.push_back(x);
        for (std::size_t i = 0; i < tree[level].size(); ++i) {
            const engine::codec::MergeString& string = tree[level][i];
            const double height = std::min(18.0, m_rowHeight - 2);
            const double top = stringMiddle(string) - height / 2;
            for (unsigned w = string.firstWord; w < string.firstWord + string.span; ++w)
                m_barOf[level][w] = static_cast<int>(m_bars.size());
            m_bars.push_back({ level, i, { x, top, string.bits * perBit, height }, string.bits == 0 });
            double at = x;
            const double width = scene.block().width * perBit;
            for (const int word : string.words) {
                m_segments.push_back({ word, level, { at, top, width, height } });
                at += width;
            }
        }
        x += most[level] * perBit + gap + spread;
    }
}

const PackingLayout::Bar* PackingLayout::barOf(std::size_t level, int word) const
{
    return &m_bars[static_cast<std::size_t>(m_barOf[level][static_cast<std::size_t>(word)])];
}

void PackingLayout::placeStream(std::uint64_t firstRow)
{
    m_cellHeight = cellHeight;
    m_rowPitch = cellHeight + labelHeight;
    const double left = margin + streamLabel;
    const double cell = std::min(20.0, (m_size.width() - left - margin) / m_rowBits);
    m_stream = { left, m_upperHeight + streamHead, cell * m_rowBits, m_rows * m_rowPitch };
    m_legend = { left, m_stream.bottom(), m_size.width() - left - margin, legendHeight };
    const auto shown = static_cast<std::uint64_t>(m_rows);
    m_firstRow = std::min(firstRow, m_rowCount > shown ? m_rowCount - shown : 0);
}

QRectF PackingLayout::streamBitRect(std::uint64_t streamBit) const
{
    const auto column = static_cast<double>(streamBit % bitsPerRow());
    const double row = static_cast<double>(rowOf(streamBit)) - static_cast<double>(m_firstRow);
    // Edges on whole pixels.
    const double cell = m_stream.width() / m_rowBits;
    const double from = std::round(m_stream.left() + column * cell);
    const double to = std::round(m_stream.left() + (column + 1) * cell);
    return { from, m_stream.top() + row * m_rowPitch, to - from, m_cellHeight };
}

bool PackingLayout::showsBit(std::uint64_t streamBit) const
{
    const std::uint64_t row = rowOf(streamBit);
    return streamBit < m_streamBits && row >= m_firstRow
        && row < m_firstRow + static_cast<std::uint64_t>(m_rows);
}

std::vector<QRectF> PackingLayout::streamRects(std::uint64_t first, std::uint64_t end) const
{
    std::vector<QRectF> rects;
    for (std::uint64_t at = first; at < end;) {
        const std::uint64_t next = std::min(end, (rowOf(at) + 1) * bitsPerRow());
        if (showsBit(at))
            rects.push_back(streamBitRect(at).united(streamBitRect(next - 1)));
        at = next;
    }
    return rects;
}

PackingSpot PackingLayout::spotAt(const QPointF& point) const
{
    if (point.y() >= m_upperHeight) {
        const double row = std::floor((point.y() - m_stream.top()) / m_rowPitch);
        const bool inRow = point.y() - m_stream.top() - row * m_rowPitch < m_cellHeight;
        if (row < 0 || row >= m_rows || !inRow || point.x() < m_stream.left()
            || point.x() >= m_stream.right())
            return {};
        const double cell = m_stream.width() / m_rowBits;
        const auto column = static_cast<std::uint64_t>((point.x() - m_stream.left()) / cell);
        const std::uint64_t bit = (m_firstRow + static_cast<std::uint64_t>(row)) * bitsPerRow() + column;
        return bit < m_streamBits ? PackingSpot { -1, -1, bit } : PackingSpot {};
    }
    if (point.y() < rowsTop - 2)
        return {};
    for (const Segment& segment : m_segments)
        if (segment.rect.contains(point))
            return { segment.word, -1, {} };
    const int word = static_cast<int>(std::floor((point.y() - rowTop(0)) / m_rowHeight));
    if (word < 0 || word >= m_wordCount || point.x() < margin || point.x() > maskRect(0).right())
        return {};
    for (int column = 0; column < m_codeBits; ++column)
        if (bitRect(word, column).contains(point))
            return { word, m_codeBits - 1 - column, {} };
    return { word, -1, {} };
}

} // namespace widgets
