#pragma once

#if defined(__x86_64__)

#include "engine/bits/byte_cursor.h"
#include "engine/codec/block_shape.h"
#include "engine/codec/block_vectors.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

// clang-format off: after all other headers
#include "engine/bits/avx512_begin.inc"
// clang-format on

namespace engine::codec {

/// Up to 128 bytes: the codes of one block, in one vector or two. The rest is zero.
template <typename Code, unsigned S>
struct Block {
    static constexpr std::size_t bytes = S * sizeof(Code);
    static constexpr std::uint64_t all = ~std::uint64_t { 0 } >> (64 - S);

    __m512i first;
    __m512i second;

    static Block load(const Code* codes)
    {
        const auto* from = reinterpret_cast<const std::byte*>(codes);
        if constexpr (bytes == 128)
            return { _mm512_loadu_si512(from), _mm512_loadu_si512(from + 64) };
        else
            return { _mm512_maskz_loadu_epi8(~std::uint64_t { 0 } >> (64 - bytes), from),
                     _mm512_setzero_si512() };
    }

    void store(Code* codes) const
    {
        auto* to = reinterpret_cast<std::byte*>(codes);
        if constexpr (bytes >= 64)
            _mm512_storeu_si512(to, first);
        else if constexpr (bytes == 32)
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm512_castsi512_si256(first));
        else if constexpr (bytes == 16)
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_castsi512_si128(first));
        else
            _mm_storeu_si64(to, _mm512_castsi512_si128(first));
        if constexpr (bytes == 128)
            _mm512_storeu_si512(to + 64, second);
    }

    /// Bit i: word i is not zero.
    std::uint64_t mask() const
    {
        const std::uint64_t low = VectorLanes<Code>::nonzero(first);
        if constexpr (bytes == 128)
            return low | VectorLanes<Code>::nonzero(second) << 32;
        return low;
    }

    /// All codes joined with "or".
    std::uint64_t joined() const
    {
        const __m512i both = bytes == 128 ? _mm512_or_si512(first, second) : first;
        __m256i half = _mm512_castsi512_si256(both);
        if constexpr (bytes > 32)
            half = _mm256_or_si256(half, _mm512_extracti64x4_epi64(both, 1));
        __m128i quarter = _mm256_castsi256_si128(half);
        if constexpr (bytes > 16)
            quarter = _mm_or_si128(quarter, _mm256_extracti128_si256(half, 1));
        if constexpr (bytes > 8)
            quarter = _mm_or_si128(quarter, _mm_unpackhi_epi64(quarter, quarter));
        return Lanes<Code>::join(static_cast<std::uint64_t>(_mm_cvtsi128_si64(quarter)));
    }
};

inline unsigned countOf(std::uint64_t mask)
{
    return static_cast<unsigned>(std::popcount(mask));
}

/// Puts a string of up to 512 bits, zero beyond them.
[[gnu::always_inline]] inline void putVector(ByteCursor& out, __m512i x, unsigned bits, bool mayFill)
{
    const __m512i below = _mm512_alignr_epi64(x, x, 7); // each 64 bits in the next, the last in the first
    const __m512i shift = _mm512_set1_epi64(static_cast<std::int64_t>(out.openBits));
    __m512i joined = _mm512_shldv_epi64(x, _mm512_maskz_mov_epi64(0xFE, below), shift);
    joined = _mm512_or_si512(joined,
                             _mm512_zextsi128_si512(_mm_cvtsi64_si128(static_cast<std::int64_t>(out.open))));
    _mm512_storeu_si512(out.next, joined);
    if (mayFill) {
        const auto top = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm512_castsi512_si128(below)));
        const std::uint64_t over = top >> 1 >> (63 - out.openBits);
        std::memcpy(out.next + 64, &over, sizeof over);
    }
    const unsigned end = out.openBits + bits;
    out.next += end / 8;
    out.openBits = end % 8;
    out.open = std::to_integer<std::uint64_t>(*out.next);
}

template <typename Code, unsigned S>
[[gnu::always_inline]] inline void putHead(ByteCursor& out, const BlockFormat& format,
                                           const BlockShape& shape, std::uint64_t mask)
{
    if constexpr (S == 64) {
        if (shape.raw) {
            out.put(1, 1);
            return;
        }
        const std::uint64_t width = format.widthBits == 0 ? 0 : shape.width - 1;
        out.put(width << format.flagBits(), format.flagBits() + format.widthBits);
        out.put(mask & 0xFFFFFFFF, 32);
        out.put(mask >> 32, 32);
    } else {
        const unsigned bits = format.flagBits() + format.widthBits;
        const std::uint64_t width = format.widthBits == 0 ? 0 : shape.width - 1;
        const std::uint64_t head = width << format.flagBits() | mask << bits;
        out.put(shape.raw ? 1 : head, shape.raw ? 1 : bits + S);
    }
}

template <typename Code, unsigned S>
BitCount encodeSized(const BlockFormat& format, const Code* codes, std::size_t blocks, BitCursor& to)
{
    using V = VectorLanes<Code>;
    using B = Block<Code, S>;
    BitCount total;
    ByteCursor out(to);
    for (std::size_t at = 0; at < blocks; ++at, codes += S) {
        const B block = B::load(codes);
        const std::uint64_t mask = block.mask();
        const BlockShape shape(format, countOf(mask), block.joined());
        add(total, format, shape);
        putHead<Code, S>(out, format, shape, mask);
        const std::uint64_t kept = shape.raw ? B::all : mask;
        const unsigned width = shape.raw ? format.codeBits : shape.width;
        const std::uint64_t low = B::bytes == 128 ? kept & 0xFFFFFFFF : kept;
        putVector(out, V::pack(V::compress(low, block.first), width), countOf(low) * width, B::bytes >= 64);
        if constexpr (B::bytes == 128) {
            const std::uint64_t high = kept >> 32;
            putVector(out, V::pack(V::compress(high, block.second), width), countOf(high) * width, true);
        }
    }
    to = out.since(to);
    return total;
}

/// The bits of a stream, wherever they begin. The caller sees to the end.
struct BitView {
    const std::byte* bytes;

    /// At least 57 bits.
    std::uint64_t word(std::uint64_t bit) const
    {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + bit / 8, sizeof word);
        return word >> bit % 8;
    }

    __m512i vector(std::uint64_t bit) const
    {
        const __m512i low = _mm512_loadu_si512(bytes + bit / 8);
        const __m512i high = _mm512_loadu_si512(bytes + bit / 8 + 8);
        return _mm512_shrdv_epi64(low, high, _mm512_set1_epi64(static_cast<std::int64_t>(bit % 8)));
    }
};

struct Head {
    bool raw = false;
    unsigned bits = 0; ///< of the head itself [bit]
    unsigned width = 0; ///< of a word [bit]
    std::uint64_t mask = 0;
};

template <unsigned S>
[[gnu::always_inline]] inline Head takeHead(const BlockFormat& format, const BitView& in, std::uint64_t at)
{
    const std::uint64_t all = ~std::uint64_t { 0 } >> (64 - S);
    const std::uint64_t word = in.word(at);
    const unsigned fields = format.flagBits() + format.widthBits;
    const bool raw = format.bypass && (word & 1) != 0;
    const auto field = static_cast<unsigned>(word >> format.flagBits() & ((1U << format.widthBits) - 1));
    std::uint64_t mask = word >> fields & all;
    if constexpr (S == 64)
        mask = (in.word(at + fields) & 0xFFFFFFFF) | in.word(at + fields + 32) << 32;
    const unsigned width = format.widthBits == 0 ? format.codeBits : field + 1;
    return { raw, raw ? 1 : fields + S, raw ? format.codeBits : width, raw ? all : mask };
}

/// Whether encode() writes a block as its head says.
template <typename Code, unsigned S>
[[gnu::always_inline]] inline bool isSound(const BlockFormat& format, const Head& head,
                                           const Block<Code, S>& block)
{
    const std::uint64_t mask = block.mask();
    if (!head.raw && (mask != head.mask || head.width > format.codeBits))
        return false;
    if (format.widthBits == 0)
        return true;
    const BlockShape shape(format, countOf(mask), block.joined());
    return shape.raw == head.raw && (head.raw || shape.width == head.width);
}

/// Decodes blocks until one is too near the end of the stream or not sound. Returns how many.
template <typename Code, unsigned S>
std::size_t decodeSized(const BlockFormat& format, BitReader& from, Code* codes, std::size_t blocks)
{
    using V = VectorLanes<Code>;
    using B = Block<Code, S>;
    constexpr std::uint64_t most = B::bytes * 8 + 1024; // what the loads below reach, and more
    const BitView in { from.bytes().data() };
    std::uint64_t at = from.position();
    const std::uint64_t end = at + from.remaining();
    std::size_t done = 0;
    for (; done < blocks && end - at >= most; ++done, codes += S) {
        const Head head = takeHead<S>(format, in, at);
        const std::uint64_t payload = at + head.bits;
        const std::uint64_t low = B::bytes == 128 ? head.mask & 0xFFFFFFFF : head.mask;
        B block { V::expand(low, unpackCodes<Code>(in.vector(payload), head.width)), {} };
        if constexpr (B::bytes == 128) {
            const __m512i rest = in.vector(payload + countOf(low) * head.width);
            block.second = V::expand(head.mask >> 32, unpackCodes<Code>(rest, head.width));
        }
        if (!isSound(format, head, block))
            break;
        block.store(codes);
        at = payload + countOf(head.mask) * head.width;
    }
    from.skip(at - from.position());
    return done;
}

} // namespace engine::codec

#include "engine/bits/avx512_end.inc"

#endif
