#pragma once

#include "widgets/packing/packing_scene.h"

#include <QRectF>
#include <QSize>

#include <cstdint>
#include <optional>
#include <vector>

namespace widgets {

/// Where everything of a packing scene is, in a given area. Words and tree stand on top and may be moved up
/// and down; the rows of the stream stand below.
class PackingLayout {
public:
    PackingLayout() = default;
    PackingLayout(const PackingScene& scene, const QSize& size, int scroll, std::uint64_t firstRow);

    /// A piece of a string of the tree that belongs to one word.
    struct Segment {
        int word;
        std::size_t level;
        QRectF rect;
    };

    /// A string of the tree, or what is left of one that is empty.
    struct Bar {
        std::size_t level;
        std::size_t index; ///< in its level
        QRectF rect; ///< of no width when it is empty
        bool isEmpty;
    };

    static constexpr double rowsTop = 72; ///< of the first word, not moved [px]
    static constexpr double labelHeight = 17; ///< below a row of the stream

    double upperHeight() const { return m_upperHeight; }
    int scrollRange() const { return m_scrollRange; } ///< how far the upper part can be moved [px]
    int visibleRows() const { return m_rows; } ///< of the stream
    std::uint64_t firstRow() const { return m_firstRow; }
    std::uint64_t rowCount() const { return m_rowCount; } ///< of the whole stream
    int rowBits() const { return m_rowBits; } ///< at most 64; a port that is wider takes several rows
    std::uint64_t rowOf(std::uint64_t streamBit) const { return streamBit / bitsPerRow(); }
    /// Least height at which the words of a block need not be moved.
    static int fullHeight(const PackingScene& scene);

    int columns() const { return m_columns; } ///< of the bit matrix: bits of a code, then those K drops
    double rowHeight() const { return m_rowHeight; }
    double bitWidth() const { return m_bitWidth; }
    double wordRight() const { return m_wordRight; } ///< of the numbers of words
    double valueRight() const { return m_valueRight; }
    QRectF bitRect(int word, int column) const; ///< column 0 is leftmost
    QRectF rowRect(int word) const; ///< all bits of a word
    QRectF maskRect(int word) const;
    double rowTop(int word) const;

    const std::vector<Segment>& segments() const { return m_segments; }
    const std::vector<Bar>& bars() const { return m_bars; }
    const Bar* barOf(std::size_t level, int word) const;
    double levelLeft(std::size_t level) const { return m_levels[level]; }
    double treeLeft() const { return m_levels.empty() ? 0 : m_levels.front(); }

    QRectF streamRect() const { return m_stream; } ///< of the rows, labels left out
    QRectF streamBitRect(std::uint64_t streamBit) const; ///< may lie outside the rows shown
    /// Rectangles of neighbouring bits, a row each; only rows that are shown.
    std::vector<QRectF> streamRects(std::uint64_t first, std::uint64_t end) const;
    bool showsBit(std::uint64_t streamBit) const;
    QRectF legendRect() const { return m_legend; }

    PackingSpot spotAt(const QPointF& point) const;

private:
    std::uint64_t bitsPerRow() const { return static_cast<std::uint64_t>(m_rowBits); }
    void placeWords(const PackingScene& scene);
    void placeTree(const PackingScene& scene);
    void placeStream(std::uint64_t firstRow);
    double stringMiddle(const engine::codec::MergeString& string) const;

    QSize m_size;
    double m_upperHeight = 0;
    double m_scroll = 0;
    int m_scrollRange = 0;
    int m_wordCount = 0;
    int m_codeBits = 8;
    int m_columns = 8;
    double m_rowHeight = 20;
    double m_bitWidth = 20;
    double m_wordRight = 0;
    double m_valueRight = 0;
    double m_bitsLeft = 0;
    double m_maskLeft = 0;
    std::vector<double> m_levels; ///< left edge of each
    std::vector<Segment> m_segments;
    std::vector<Bar> m_bars;
    std::vector<std::vector<int>> m_barOf; ///< by level and word
    QRectF m_stream;
    QRectF m_legend;
    double m_cellHeight = 22;
    double m_rowPitch = 40;
    int m_rows = 5;
    int m_rowBits = 64;
    std::uint64_t m_firstRow = 0;
    std::uint64_t m_rowCount = 0;
    std::uint64_t m_streamBits = 0;
    std::uint64_t m_blockStart = 0;
    std::uint64_t m_blockEnd = 0;
};

} // namespace widgets
