#include "engine/codec/zero_runs.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace engine::codec {

namespace {

/// How many whole pieces the runs of zeros between the ones of a word hold. No run goes to its end.
std::uint64_t innerPieces(std::uint64_t ones, unsigned shift, unsigned kept)
{
    const std::uint64_t above = ~std::uint64_t { 0 } << std::countr_zero(ones);
    const std::uint64_t below = ~std::uint64_t { 0 } >> std::countl_zero(ones);
    const std::uint64_t zeros = ~ones & above & below;
    const unsigned length = 1U << shift;
    std::uint64_t whole = zeros; // marks where a piece may start
    for (unsigned covered = 1; covered < length; covered *= 2)
        whole &= whole >> covered;
    if (whole == 0)
        return 0;
    std::uint64_t starts = kept != 0 ? whole & zeros >> length : whole;
    std::uint64_t pieces = 0;
    for (unsigned next = length + kept; starts != 0; next += length) {
        pieces += static_cast<unsigned>(std::popcount(starts & ~(starts << 1)));
        starts &= next < 64 ? whole >> next : 0;
    }
    return pieces;
}

} // namespace

std::uint64_t nonzeroMask16(const std::uint16_t* codes)
{
#if defined(__SSE2__)
    const auto isZero = [](const std::uint16_t* from) {
        return _mm_cmpeq_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)), _mm_setzero_si128());
    };
    const int zeros = _mm_movemask_epi8(_mm_packs_epi16(isZero(codes), isZero(codes + 8)));
    return static_cast<std::uint64_t>(~zeros & 0xFFFF);
#else
    return nonzeroMask4(codes) | nonzeroMask4(codes + 4) << 4 | nonzeroMask4(codes + 8) << 8
        | nonzeroMask4(codes + 12) << 12;
#endif
}

std::vector<std::uint64_t> nonzeroMask(std::span<const std::uint16_t> codes)
{
    std::vector<std::uint64_t> mask(rowWords(codes.size()));
    const std::size_t whole = codes.size() / 64;
    for (std::size_t word = 0; word < whole; ++word) {
        std::uint64_t bits = 0;
        for (unsigned at = 0; at < 64; at += 16)
            bits |= nonzeroMask16(codes.data() + word * 64 + at) << at;
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
        sums.pieces += innerPieces(ones, shift, kept);
        zeros = static_cast<unsigned>(std::countl_zero(ones));
        before = ones >> 63;
    }
    sums.trailing = zeros - (row.words.size() * 64 - row.bits);
    return sums;
}

} // namespace engine::codec
