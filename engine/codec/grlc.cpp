#include "engine/codec/grlc.h"

#include "engine/codec/cell_grid.h"
#include "engine/codec/zero_rle.h"

#include <array>
#include <bit>
#include <cstring>

namespace engine::codec {

namespace {

/// The codes of a cell in the order they are written.
struct CellCodes {
    std::array<std::uint16_t, Cell::mostWords> codes {};
    unsigned words = 0;
    std::uint64_t nonzeros = 0; ///< one bit a code
};

CellCodes gather(const Cell& cell, std::span<const std::uint16_t> codes)
{
    CellCodes result;
    for (std::uint64_t row = 0; row < Cell::side; ++row) {
        const auto words = static_cast<std::size_t>(cell.rowWords(row));
        const std::uint16_t* const from = codes.data() + cell.rowStart(row);
        if (words == Cell::side)
            std::memcpy(result.codes.data() + result.words, from, Cell::side * sizeof *from);
        else
            std::copy_n(from, words, result.codes.data() + result.words);
        result.words += static_cast<unsigned>(words);
    }
    for (unsigned at = 0; at < Cell::mostWords; at += 4)
        result.nonzeros |= nonzeroMask4(result.codes.data() + at) << at;
    return result;
}

/// A cell is too short for a run to be split, since one that is all zero has none.
BitCount sizeOf(const CellCodes& cell, const ZeroRle& rle)
{
    BitCount count { .header = 1 };
    if (cell.nonzeros == 0)
        return count;
    const std::uint64_t zeros = ~cell.nonzeros & ((std::uint64_t { 1 } << cell.words) - 1);
    count.nonzeros = static_cast<unsigned>(std::popcount(cell.nonzeros));
    count.payload = count.nonzeros * rle.wordBits;
    count.header +=
        count.nonzeros + static_cast<std::uint64_t>(std::popcount(zeros & ~(zeros << 1))) * rle.runBits;
    return count;
}

void write(const CellCodes& cell, const ZeroRle& rle, BitCursor& out)
{
    out.put(cell.nonzeros != 0 ? 1 : 0, 1);
    if (cell.nonzeros == 0)
        return;
    unsigned next = 0;
    for (std::uint64_t rest = cell.nonzeros; rest != 0; rest &= rest - 1) {
        const auto place = static_cast<unsigned>(std::countr_zero(rest));
        rle.putWord(out, place - next, cell.codes[place]);
        next = place + 1;
    }
    rle.putZeros(out, cell.words - next);
}

void read(BitReader& in, const ZeroRle& rle, const Cell& cell, std::span<std::uint16_t> codes)
{
    const std::uint64_t start = in.position();
    if (in.take(1) == 0)
        return;
    std::array<std::uint16_t, Cell::mostWords> words {};
    bool found = false;
    rle.read(in, static_cast<std::size_t>(cell.words()), [&](std::size_t place, std::uint64_t word) {
        words[place] = static_cast<std::uint16_t>(word);
        found = true;
    });
    if (!found)
        refuse(start, "a cell that is all zero is not marked so");
    const std::uint16_t* from = words.data();
    for (std::uint64_t row = 0; row < Cell::side; ++row) {
        std::copy_n(from, cell.rowWords(row), codes.data() + cell.rowStart(row));
        from += cell.rowWords(row);
    }
}

/// All cells of so many words from the start of a plane, each as long as it can be [bit].
std::uint64_t worstOf(const CellGrid& grid, const ZeroRle& rle, std::uint64_t words)
{
    std::uint64_t bits = 0;
    grid.forEachOfPlane(0, words, [&](const Cell& cell) {
        const std::uint64_t inCell = cell.words();
        // A single word that is zero is a cell that is all zero.
        bits += 1 + (inCell == 1 ? 1 + rle.wordBits : rle.worstCaseBits(inCell));
    });
    return bits;
}

} // namespace

std::uint64_t Grlc::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const Stream stream { codeFormat({ wordBits, false }, options, true), options };
    const ZeroRle rle { stream.bits() };
    const CellGrid grid(options);
    const std::uint64_t planes = words / grid.planeWords;
    const std::uint64_t rest = worstOf(grid, rle, words % grid.planeWords);
    return planes == 0 ? rest : planes * worstOf(grid, rle, grid.planeWords) + rest;
}

BitCount Grlc::countCodes(const Stream& stream, Codes codes) const
{
    const ZeroRle rle { stream.bits() };
    BitCount total;
    CellGrid(stream.options).forEach(codes.size(), [&](const Cell& cell) {
        total += sizeOf(gather(cell, codes), rle);
    });
    return total;
}

CodeCodec::Written Grlc::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const ZeroRle rle { stream.bits() };
    BitCount total;
    CellGrid(stream.options).forEach(codes.size(), [&](const Cell& cell) {
        const CellCodes found = gather(cell, codes);
        BitCursor cursor = out.begin(1 + Cell::mostWords * std::uint64_t { rle.tokenBits() });
        write(found, rle, cursor);
        out.end(cursor);
        total += sizeOf(found, rle);
    });
    return { total };
}

void Grlc::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    const ZeroRle rle { stream.bits() };
    CellGrid(stream.options).forEach(codes.size(), [&](const Cell& cell) { read(in, rle, cell, codes); });
}

} // namespace engine::codec
