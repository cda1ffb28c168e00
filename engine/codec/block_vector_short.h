#pragma once

#if defined(__x86_64__)

#include "engine/bits/bit_writer.h"
#include "engine/codec/block_shape.h"
#include "engine/codec/block_vector_count.h"
#include "engine/codec/block_vectors.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

// clang-format off: after all other headers
#include "engine/bits/avx512_begin.inc"
// clang-format on

namespace engine::codec {

/// Eight blocks of eight 8-bit codes, each in 64 bits of its own.
struct ShortBlocks {
    __m512i codes;
    __m512i counts; ///< of words that are not zero
    __m512i widths; ///< of a word [bit]
    std::uint64_t mask = 0;

    ShortBlocks(const BlockFormat& format, const std::uint8_t* from)
        : codes(_mm512_loadu_si512(from))
        , counts(VectorLanes<std::uint8_t>::countInQuads(codes))
        , widths(format.widthBits == 0 ? _mm512_set1_epi64(format.codeBits)
                                       : lengthsOf(joinInQuads<std::uint8_t>(codes)))
        , mask(VectorLanes<std::uint8_t>::nonzero(codes))
    {
    }

    __m512i wordBits() const { return _mm512_mul_epu32(counts, widths); }

    /// The words that are not zero as one string for each block.
    __m512i words() const
    {
        const __m512i one = _mm512_set1_epi64(1);
        const __m512i filled = _mm512_sub_epi64(_mm512_sllv_epi64(one, counts), one);
        const auto places = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm512_cvtepi64_epi8(filled)));
        __m512i x = _mm512_maskz_expand_epi8(places, _mm512_maskz_compress_epi8(mask, codes));
        x = join(x, 8, widths, 0x00FF00FF00FF00FF);
        x = join(x, 16, _mm512_slli_epi64(widths, 1), 0x0000FFFF0000FFFF);
        return join(x, 32, _mm512_slli_epi64(widths, 2), 0x00000000FFFFFFFF);
    }

    /// Flag, width and mask of each block.
    __m512i heads(const BlockFormat& format) const
    {
        const __m512i masks = _mm512_cvtepu8_epi64(_mm_cvtsi64_si128(static_cast<std::int64_t>(mask)));
        if (format.widthBits == 0)
            return masks;
        const __m512i fields =
            _mm512_slli_epi64(_mm512_sub_epi64(widths, _mm512_set1_epi64(1)), format.flagBits());
        return _mm512_or_si512(fields, _mm512_slli_epi64(masks, format.flagBits() + format.widthBits));
    }

private:
    /// The upper half of every lane of 2 * `bits` bits goes to its bit `to`.
    static __m512i join(__m512i x, unsigned bits, __m512i to, std::int64_t lowerHalves)
    {
        const __m512i lower = _mm512_set1_epi64(lowerHalves);
        const __m512i upper = _mm512_and_si512(_mm512_srli_epi64(x, bits), lower);
        return _mm512_or_si512(_mm512_and_si512(x, lower), _mm512_sllv_epi64(upper, to));
    }
};

/// Encodes whole groups of eight blocks of S = 8, as long as each is a mask and words of up to 64 bits in
/// all; other groups are left to `others`. Returns how many blocks are encoded.
template <typename Encode>
std::size_t encodeShort(const BlockFormat& format, const std::uint8_t* codes, std::size_t blocks,
                        BitCursor& to, BitCount& total, Encode others)
{
    const unsigned headBits = format.flagBits() + format.widthBits + format.blockWords;
    const int room = 64 - static_cast<int>(headBits);
    const int shorterThanRaw =
        static_cast<int>(format.rawBits() + format.flagBits()) - static_cast<int>(headBits) - 1;
    const int most = format.bypass ? std::min(room, shorterThanRaw) : room;
    BitCursor out = to;
    QuadTotals totals { _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512() };
    std::size_t grouped = 0;
    std::size_t done = 0;
    for (; done + 8 <= blocks; done += 8, codes += 64) {
        const ShortBlocks group(format, codes);
        const __m512i wordBits = group.wordBits();
        if (_mm512_cmpgt_epi64_mask(wordBits, _mm512_set1_epi64(most)) != 0) {
            total += others(format, codes, 8, out);
            continue;
        }
        alignas(64) std::array<std::uint64_t, 8> strings;
        alignas(64) std::array<std::uint64_t, 8> bits;
        _mm512_store_si512(strings.data(),
                           _mm512_or_si512(group.heads(format), _mm512_slli_epi64(group.words(), headBits)));
        _mm512_store_si512(bits.data(), _mm512_add_epi64(wordBits, _mm512_set1_epi64(headBits)));
        for (unsigned block = 0; block < 8; ++block)
            out.put(strings[block], static_cast<unsigned>(bits[block]));
        totals.add(format, group.counts, group.widths);
        grouped += 8;
    }
    to = out;
    total += totals.counted(format, grouped, 1);
    return done;
}

} // namespace engine::codec

#include "engine/bits/avx512_end.inc"

#endif
