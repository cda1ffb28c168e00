#pragma once

#include "engine/codec/codec.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace engine::codec {

/// Words of one cell: up to four pieces of up to four words that stand side by side.
struct Cell {
    static constexpr std::uint64_t side = 4;
    static constexpr std::uint64_t mostWords = side * side;

    std::uint64_t first = 0; ///< its first word, in the stream
    std::uint64_t pitch = 0; ///< from row to row
    std::uint64_t width = 0; ///< words of a row
    std::uint64_t end = 0; ///< where its plane ends

    std::uint64_t rowStart(std::uint64_t row) const { return first + row * pitch; }
    std::uint64_t rowWords(std::uint64_t row) const
    {
        return rowStart(row) < end ? std::min(width, end - rowStart(row)) : 0;
    }
    std::uint64_t words() const { return rowWords(0) + rowWords(1) + rowWords(2) + rowWords(3); }
};

/// How a stream of words is cut into cells of 4 x 4. Cells at the borders are cut.
struct CellGrid {
    /// Of one plane. A stream without a map is cut into cells of 16 words that follow each other, which are
    /// planes of 4 x 4.
    std::uint64_t columns = Cell::side;
    std::uint64_t planeWords = Cell::mostWords;

    /// Errors  ParameterError for a map with less than no rows or columns.
    explicit CellGrid(const Options& options);

    /// Calls use(cell) for every cell that holds words: plane by plane, from the top left along the rows.
    template <typename Use>
    void forEach(std::uint64_t words, Use use) const
    {
        for (std::uint64_t first = 0; first < words;) {
            const std::uint64_t end = first + std::min(planeWords, words - first);
            forEachOfPlane(first, end, use);
            first = end;
        }
    }

    template <typename Use>
    void forEachOfPlane(std::uint64_t start, std::uint64_t end, Use use) const
    {
        // Widths are looked at before places, since a map may be far wider than its words go.
        for (std::uint64_t band = start; band < end; band += std::min(end - band, Cell::side * columns)) {
            const std::uint64_t used = std::min(columns, end - band);
            for (std::uint64_t column = 0; column < used; column += Cell::side)
                use(Cell { band + column, columns, std::min(Cell::side, columns - column), end });
        }
    }
};

} // namespace engine::codec
