#include "engine/codec/zero_runs.h"

#include "engine/bits/lanes.h"

#include <cstring>

namespace engine::codec {

namespace {

/// True when 16 zeros stand side by side between the lowest and the highest one.
bool holdsLongRun(std::uint64_t ones)
{
    const std::uint64_t above = ~std::uint64_t { 0 } << std::countr_zero(ones);
    const std::uint64_t below = ~std::uint64_t { 0 } >> std::countl_zero(ones);
    std::uint64_t zeros = ~ones & above & below;
    zeros &= zeros >> 1;
    zeros &= zeros >> 2;
    zeros &= zeros >> 4;
    return (zeros & zeros >> 8) != 0;
}

/// How many whole pieces the runs between ones of one word hold.
std::uint64_t innerPieces(std::uint64_t ones, unsigned shift, unsigned kept)
{
    std::uint64_t pieces = 0;
    int last = std::countr_zero(ones);
    for (std::uint64_t rest = ones & (ones - 1); rest != 0; rest &= rest - 1) {
        const int place = std::countr_zero(rest);
        const auto zeros = static_cast<unsigned>(place - last - 1);
        pieces += zeros == 0 ? 0 : (zeros - kept) >> shift;
        last = place;
    }
    return pieces;
}

} // namespace

std::uint64_t nonzeroMask4(const std::uint16_t* codes)
{
    using L = Lanes<std::uint16_t>;
    std::uint64_t group = 0;
    std::memcpy(&group, codes, sizeof group);
    return L::toMask(L::nonzero(group));
}

std::vector<std::uint64_t> nonzeroMask(std::span<const std::uint16_t> codes)
{
    std::vector<std::uint64_t> mask(rowWords(codes.size()));
    const std::size_t whole = codes.size() / 64;
    for (std::size_t word = 0; word < whole; ++word) {
        std::uint64_t bits = 0;
        for (unsigned at = 0; at < 64; at += 4)
            bits |= nonzeroMask4(codes.data() + word * 64 + at) << at;
        mask[word] = bits;
    }
    for (std::size_t i = whole * 64; i < codes.size(); ++i)
        mask[whole] |= static_cast<std::uint64_t>(codes[i] != 0) << i % 64;
    return mask;
}

RunSums sumRuns(const BitRow& row, unsigned shift, Piece piece)
{
    const unsigned kept = piece == Piece::BeforeLast ? 1 : 0;
    RunSums sums;
    std::uint64_t zeros = 0; // since the last one
    std::uint64_t before = 1; // the bit before this word; what is before the first is no zero
    for (const std::uint64_t ones : row.words) {
        if (ones == 0) {
            zeros += 64;
            before = 0;
            continue;
        }
        sums.ones += static_cast<unsigned>(std::popcount(ones));
        sums.runs += static_cast<unsigned>(std::popcount(ones & ~(ones << 1 | before)));
        zeros += static_cast<unsigned>(std::countr_zero(ones));
        sums.pieces += zeros == 0 ? 0 : (zeros - kept) >> shift;
        if (holdsLongRun(ones))
            sums.pieces += innerPieces(ones, shift, kept);
        zeros = static_cast<unsigned>(std::countl_zero(ones));
        before = ones >> 63;
    }
    sums.trailing = zeros - (row.words.size() * 64 - row.bits);
    return sums;
}

} // namespace engine::codec
