#pragma once

#if defined(__x86_64__)

#include "engine/codec/block_shape.h"
#include "engine/codec/block_vectors.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// clang-format off: after all other headers
#include "engine/bits/avx512_begin.inc"
// clang-format on

namespace engine::codec {

/// Sums over all blocks, kept in every 64 bits apart: a block that is wider is counted in each of its own.
struct QuadTotals {
    __m512i nonzeros;
    __m512i payload;
    __m512i masked; ///< blocks with a mask

    void add(const BlockFormat& format, __m512i counts, __m512i widths)
    {
        const __m512i ones = _mm512_set1_epi64(1);
        const __m512i raw = _mm512_set1_epi64(format.rawBits());
        const __m512i words = _mm512_mul_epu32(counts, widths);
        const __m512i most = _mm512_set1_epi64(static_cast<std::int64_t>(format.rawBits()) - format.widthBits
                                               - format.blockWords);
        const __mmask8 hasMask =
            format.bypass ? _mm512_cmplt_epi64_mask(words, most) : static_cast<__mmask8>(0xFF);
        nonzeros = _mm512_add_epi64(nonzeros, counts);
        payload = _mm512_add_epi64(payload, _mm512_mask_mov_epi64(raw, hasMask, words));
        masked = _mm512_mask_add_epi64(masked, hasMask, masked, ones);
    }

    BitCount counted(const BlockFormat& format, std::size_t blocks, unsigned quadsPerBlock) const
    {
        BitCount total;
        total.nonzeros = sum(nonzeros) / quadsPerBlock;
        total.payload = sum(payload) / quadsPerBlock;
        total.header =
            blocks * format.flagBits() + sum(masked) / quadsPerBlock * (format.widthBits + format.blockWords);
        return total;
    }

private:
    static std::uint64_t sum(__m512i x) { return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(x)); }
};

/// The bit length of what lies in each 64 bits, at least 1.
inline __m512i lengthsOf(__m512i x)
{
    return _mm512_sub_epi64(_mm512_set1_epi64(64),
                            _mm512_lzcnt_epi64(_mm512_or_si512(x, _mm512_set1_epi64(1))));
}

/// All codes in each 64 bits joined with "or".
template <typename Code>
__m512i joinInQuads(__m512i x)
{
    x = _mm512_or_si512(x, _mm512_srli_epi64(x, 32));
    x = _mm512_or_si512(x, _mm512_srli_epi64(x, 16));
    if constexpr (sizeof(Code) == 1)
        x = _mm512_or_si512(x, _mm512_srli_epi64(x, 8));
    return _mm512_and_si512(x, _mm512_set1_epi64((1 << Lanes<Code>::bits) - 1));
}

inline __m512i addQuads(__m512i x, __m512i y)
{
    return _mm512_add_epi64(x, y);
}

inline __m512i joinQuads(__m512i x, __m512i y)
{
    return _mm512_or_si512(x, y);
}

/// combine() of all the 64 bits of a block, in each of them.
template <unsigned quads, __m512i combine(__m512i, __m512i)>
__m512i overBlock(__m512i x)
{
    if constexpr (quads >= 2)
        x = combine(x, _mm512_shuffle_epi32(x, _MM_PERM_BADC));
    if constexpr (quads >= 4)
        x = combine(x, _mm512_permutex_epi64(x, 0x4E));
    if constexpr (quads >= 8)
        x = combine(x, _mm512_shuffle_i64x2(x, x, 0x4E));
    return x;
}

/// Counts whole vectors (two where a block takes two); returns how many blocks they hold.
template <typename Code, unsigned S>
std::size_t countSized(const BlockFormat& format, const Code* codes, std::size_t blocks, BitCount& total)
{
    using V = VectorLanes<Code>;
    constexpr unsigned bytes = S * sizeof(Code);
    constexpr unsigned quads = std::min(bytes, 64U) / 8;
    constexpr std::size_t step = bytes >= 64 ? 1 : 64 / bytes;
    const bool hasWidth = format.widthBits != 0;
    const __m512i fixed = _mm512_set1_epi64(format.codeBits);
    QuadTotals totals { _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512() };
    std::size_t done = 0;
    for (; done + step <= blocks; done += step, codes += step * S) {
        __m512i all = _mm512_loadu_si512(codes);
        __m512i counts = V::countInQuads(all);
        if constexpr (bytes == 128) {
            const __m512i second = _mm512_loadu_si512(codes + V::count);
            counts = addQuads(counts, V::countInQuads(second));
            all = joinQuads(all, second);
        }
        counts = overBlock<quads, addQuads>(counts);
        totals.add(format, counts,
                   hasWidth ? lengthsOf(overBlock<quads, joinQuads>(joinInQuads<Code>(all))) : fixed);
    }
    total = totals.counted(format, done, quads);
    return done;
}

} // namespace engine::codec

#include "engine/bits/avx512_end.inc"

#endif
