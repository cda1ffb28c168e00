#pragma once

#include "engine/bits/bit_writer.h"
#include "engine/bits/lanes.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace engine::codec {

/// A row of bits: bit i % 64 of word i / 64. The bits after the last are zero.
struct BitRow {
    std::span<const std::uint64_t> words;
    std::size_t bits = 0;
};

/// How many words of 64 bits hold a row.
constexpr std::size_t rowWords(std::size_t bits)
{
    return (bits + 63) / 64;
}

/// Which of four codes are not zero, one bit each, the first lowest.
inline std::uint64_t nonzeroMask4(const std::uint16_t* codes)
{
    using L = Lanes<std::uint16_t>;
    std::uint64_t group = 0;
    std::memcpy(&group, codes, sizeof group);
    return L::toMask(L::nonzero(group));
}

/// Which of 16 codes are not zero. Slow right after they were written in smaller pieces.
std::uint64_t nonzeroMask16(const std::uint16_t* codes);

/// Which codes are not zero: the words of a row of as many bits.
std::vector<std::uint64_t> nonzeroMask(std::span<const std::uint16_t> codes);

/// Sums over the runs of zeros of a row that end at a one; those after the last one stand apart.
struct RunSums {
    std::uint64_t ones = 0;
    std::uint64_t runs = 0;
    std::uint64_t pieces = 0; ///< whole pieces of 2^shift zeros in all runs
    std::uint64_t trailing = 0; ///< zeros after the last one
};

/// What a piece of a run of zeros may be.
enum class Piece {
    WithinRun, ///< a piece that fills its run to the end counts
    BeforeLast, ///< at least one zero of the run comes after a piece
};

/// `shift` is at least 4.
RunSums sumRuns(const BitRow& row, unsigned shift, Piece piece);

/// Calls put(cursor, zeros, place) for every one of the row, `zeros` being those before it. The cursor has
/// room for `tokenBits` bits for the one, as many for every 16 zeros, and as many again.
/// Returns how many zeros come after the last one.
template <typename Put>
std::size_t writeOnes(const BitRow& row, unsigned tokenBits, BitWriter& out, Put put)
{
    std::size_t next = 0;
    for (std::size_t word = 0; word < row.words.size(); ++word) {
        std::uint64_t rest = row.words[word];
        if (rest == 0)
            continue;
        const std::size_t tokens = (word * 64 - next) / 16 + std::size_t { 2 } * 64 + 1;
        BitCursor cursor = out.begin(std::uint64_t { tokens } * tokenBits);
        for (; rest != 0; rest &= rest - 1) {
            const std::size_t place = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
            put(cursor, place - next, place);
            next = place + 1;
        }
        out.end(cursor);
    }
    return row.bits - next;
}

} // namespace engine::codec
