#pragma once

#if defined(__x86_64__)

#include "engine/bits/byte_cursor.h"
#include "engine/codec/block_shape.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <immintrin.h>

// clang-format off: after all other headers
#include "engine/bits/avx512_begin.inc"
// clang-format on

namespace engine::codec {

/// The blocks of isByteAligned() formats that lie in 32 words: where their masks and words are, one after the
/// other, when no word is zero.
template <unsigned S>
struct ByteFrame {
    static constexpr unsigned blocks = 32 / S;
    static constexpr std::uint64_t masks = [] {
        std::uint64_t places = 0;
        for (unsigned block = 0; block < blocks; ++block)
            places |= ((std::uint64_t { 1 } << S / 8) - 1) << block * (S / 8 + S);
        return places;
    }();
    static constexpr std::uint64_t words = ((std::uint64_t { 1 } << 36) - 1) & ~masks;
};

/// Stores the blocks of 32 words (64 when S is 64), and up to 72 bytes in all. Returns their end.
template <unsigned S>
std::byte* storeBytes(std::byte* to, const std::uint8_t* codes)
{
    if constexpr (S == 64) {
        const __m512i x = _mm512_loadu_si512(codes);
        const std::uint64_t mask = _mm512_test_epi8_mask(x, x);
        std::memcpy(to, &mask, sizeof mask);
        _mm512_storeu_si512(to + 8, _mm512_maskz_compress_epi8(mask, x));
        return to + 8 + std::popcount(mask);
    }
    const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes));
    const std::uint32_t mask = _mm256_test_epi8_mask(x, x);
    if constexpr (S == 32) {
        std::memcpy(to, &mask, sizeof mask);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 4), _mm256_maskz_compress_epi8(mask, x));
    } else {
        const __m512i spread = _mm512_maskz_expand_epi8(ByteFrame<S>::words, _mm512_castsi256_si512(x));
        const __m512i masks = _mm512_castsi128_si512(_mm_cvtsi32_si128(static_cast<int>(mask)));
        const __m512i framed = _mm512_mask_expand_epi8(spread, ByteFrame<S>::masks, masks);
        const std::uint64_t kept = ByteFrame<S>::masks | _pdep_u64(mask, ByteFrame<S>::words);
        _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(kept, framed));
    }
    return to + 4 + std::popcount(mask);
}

/// Encodes whole groups of blocks; returns how many blocks they hold.
template <unsigned S>
std::size_t encodeBytesSized(const std::uint8_t* codes, std::size_t blocks, BitCursor& to)
{
    constexpr std::size_t step = S == 64 ? 1 : 32 / S;
    ByteCursor out(to);
    std::size_t done = 0;
    for (; done + step <= blocks; done += step, codes += step * S)
        out.next = storeBytes<S>(out.next, codes);
    to = out.since(to);
    return done;
}

/// Decodes blocks until one is too near the end of the stream, or is not what an encoder writes.
/// Returns how many.
template <unsigned S>
std::size_t decodeBytesSized(BitReader& in, std::uint8_t* codes, std::size_t blocks)
{
    constexpr std::size_t mostBytes = S / 8 + 64; // of a block, and what the load reaches
    const std::byte* from = in.bytes().data() + in.position() / 8;
    const std::byte* const start = from;
    const std::byte* const end = from + in.remaining() / 8;
    std::size_t done = 0;
    for (; done < blocks && static_cast<std::size_t>(end - from) >= mostBytes; ++done, codes += S) {
        std::uint64_t mask = 0;
        std::memcpy(&mask, from, S / 8);
        const __m512i x = _mm512_maskz_expand_epi8(mask, _mm512_loadu_si512(from + S / 8));
        if (_mm512_test_epi8_mask(x, x) != mask)
            break;
        if constexpr (S == 64)
            _mm512_storeu_si512(codes, x);
        else if constexpr (S == 32)
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(codes), _mm512_castsi512_si256(x));
        else
            _mm_storeu_si128(reinterpret_cast<__m128i*>(codes), _mm512_castsi512_si128(x));
        from += S / 8 + static_cast<unsigned>(std::popcount(mask));
    }
    in.skip(static_cast<std::uint64_t>(from - start) * 8);
    return done;
}

} // namespace engine::codec

#include "engine/bits/avx512_end.inc"

#endif
