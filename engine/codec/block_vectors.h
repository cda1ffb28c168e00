#pragma once

#if defined(__x86_64__)

#include "engine/bits/lanes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <immintrin.h>

// clang-format off: after all other headers
#include "engine/bits/avx512_begin.inc"
// clang-format on

namespace engine::codec {

/// How 64 bytes of codes that fill their lanes become strings of `width` bits a code, and back.
struct alignas(64) VectorPacking {
    std::array<std::uint8_t, 64> gather {}; ///< from the bits of each group of 8 codes to one string
    std::array<std::uint8_t, 64> scatter {}; ///< from one string to 64 bits for each 64 bits of codes
    std::array<std::uint8_t, 64> align {}; ///< the first bit of every byte, within its 64 bits
    std::uint64_t valid = 0; ///< bytes of the string
    std::uint64_t low = 0; ///< the bits of a code, in every lane
    std::array<std::uint64_t, 3> select {}; ///< the bits that stay where they are, in each step of packing
};

template <typename Code>
constexpr VectorPacking packingOf(unsigned width)
{
    constexpr unsigned codeBits = Lanes<Code>::bits;
    constexpr unsigned codeBytes = sizeof(Code);
    constexpr unsigned groupBytes = 8 * codeBytes; // eight codes
    constexpr unsigned perQuad = 8 / codeBytes;
    VectorPacking packing;
    for (unsigned byte = 0; byte < 64; ++byte) {
        const unsigned quad = byte / 8;
        const unsigned firstBit = quad * perQuad * width;
        const unsigned bit = byte % 8 / codeBytes * width + byte % codeBytes * 8 + firstBit % 8;
        packing.gather[byte] = static_cast<std::uint8_t>((byte / width * groupBytes + byte % width) % 64);
        packing.scatter[byte] = static_cast<std::uint8_t>((firstBit / 8 + byte % 8) % 64);
        packing.align[byte] = static_cast<std::uint8_t>(bit % 64);
        if (byte < 64 / groupBytes * width)
            packing.valid |= std::uint64_t { 1 } << byte;
    }
    packing.low = Lanes<Code>::low(width);
    for (unsigned step = 0, lane = codeBits * 2, kept = width; lane <= 64; ++step, lane *= 2, kept *= 2) {
        for (unsigned at = 0; at < 64; at += lane)
            packing.select[step] |= ((std::uint64_t { 1 } << kept) - 1) << at;
    }
    return packing;
}

template <typename Code>
constexpr auto packingTable()
{
    std::array<VectorPacking, Lanes<Code>::bits + 1> table {};
    for (unsigned width = 1; width < table.size(); ++width)
        table[width] = packingOf<Code>(width);
    return table;
}

template <typename Code>
inline constexpr auto vectorPacking = packingTable<Code>();

inline __m512i loadTable(const std::array<std::uint8_t, 64>& bytes)
{
    return _mm512_load_si512(bytes.data());
}

/// The words in which the bits of `select` are from x, the others from y.
inline __m512i choose(std::uint64_t select, __m512i x, __m512i y)
{
    return _mm512_ternarylogic_epi64(_mm512_set1_epi64(static_cast<std::int64_t>(select)), x, y, 0xCA);
}

/// Codes from the string at bit 0 of x.
template <typename Code>
__m512i unpackCodes(__m512i x, unsigned width)
{
    const VectorPacking& table = vectorPacking<Code>[width];
    const __m512i quads = _mm512_permutexvar_epi8(loadTable(table.scatter), x);
    const __m512i codes = _mm512_multishift_epi64_epi8(loadTable(table.align), quads);
    return _mm512_and_si512(codes, _mm512_set1_epi64(static_cast<std::int64_t>(table.low)));
}

/// Operations on 64 bytes of codes, one name for both sizes.
template <typename Code>
struct VectorLanes;

template <>
struct VectorLanes<std::uint8_t> {
    static constexpr std::size_t count = 64;

    static std::uint64_t nonzero(__m512i x) { return _mm512_test_epi8_mask(x, x); }
    static __m512i compress(std::uint64_t mask, __m512i x) { return _mm512_maskz_compress_epi8(mask, x); }
    static __m512i expand(std::uint64_t mask, __m512i x) { return _mm512_maskz_expand_epi8(mask, x); }

    /// In every 64 bits, how many of their codes are not zero.
    static __m512i countInQuads(__m512i x)
    {
        return _mm512_sad_epu8(_mm512_min_epu8(x, _mm512_set1_epi8(1)), _mm512_setzero_si512());
    }

    /// The codes as one string of `width` bits each.
    static __m512i pack(__m512i x, unsigned width)
    {
        const VectorPacking& table = vectorPacking<std::uint8_t>[width];
        const int gap = 8 - static_cast<int>(width);
        x = choose(table.select[0], x, _mm512_srl_epi16(x, _mm_cvtsi32_si128(gap)));
        x = choose(table.select[1], x, _mm512_srl_epi32(x, _mm_cvtsi32_si128(gap * 2)));
        x = choose(table.select[2], x, _mm512_srl_epi64(x, _mm_cvtsi32_si128(gap * 4)));
        return _mm512_maskz_permutexvar_epi8(table.valid, loadTable(table.gather), x);
    }
};

template <>
struct VectorLanes<std::uint16_t> {
    static constexpr std::size_t count = 32;

    static std::uint64_t nonzero(__m512i x) { return _mm512_test_epi16_mask(x, x); }
    static __m512i compress(std::uint64_t mask, __m512i x)
    {
        return _mm512_maskz_compress_epi16(static_cast<__mmask32>(mask), x);
    }
    static __m512i expand(std::uint64_t mask, __m512i x)
    {
        return _mm512_maskz_expand_epi16(static_cast<__mmask32>(mask), x);
    }

    static __m512i countInQuads(__m512i x)
    {
        const __m512i ones = _mm512_set1_epi16(1);
        const __m512i pairs = _mm512_madd_epi16(_mm512_min_epu16(x, ones), ones);
        return _mm512_and_si512(_mm512_add_epi64(pairs, _mm512_srli_epi64(pairs, 32)), _mm512_set1_epi64(7));
    }

    static __m512i pack(__m512i x, unsigned width)
    {
        const VectorPacking& table = vectorPacking<std::uint16_t>[width];
        const int gap = 16 - static_cast<int>(width);
        const std::int64_t quadBits = 4 * static_cast<std::int64_t>(width);
        x = choose(table.select[0], x, _mm512_srl_epi32(x, _mm_cvtsi32_si128(gap)));
        x = choose(table.select[1], x, _mm512_srl_epi64(x, _mm_cvtsi32_si128(gap * 2)));
        // The upper of two quads goes behind the lower; a shift by 64 gives zero.
        const __m512i upper = _mm512_unpackhi_epi64(x, x);
        const __m512i left = _mm512_sllv_epi64(upper, pairs(quadBits, 64));
        const __m512i right = _mm512_srlv_epi64(upper, pairs(64, 64 - quadBits));
        x = _mm512_or_si512(_mm512_maskz_mov_epi64(0x55, x), _mm512_or_si512(left, right));
        return _mm512_maskz_permutexvar_epi8(table.valid, loadTable(table.gather), x);
    }

private:
    static __m512i pairs(std::int64_t even, std::int64_t odd)
    {
        return _mm512_set_epi64(odd, even, odd, even, odd, even, odd, even);
    }
};

} // namespace engine::codec

#include "engine/bits/avx512_end.inc"

#endif
