#include "engine/codec/block_kernel.h"

#if defined(__x86_64__)

#include "engine/bits/byte_cursor.h"
#include "engine/bits/lanes.h"
#include "engine/codec/block_shape.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <immintrin.h>

#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized" // GCC 12 suspects its own _mm512_undefined_epi32()
#endif

// The region rather than the file, so that nothing the headers define is compiled for this processor alone.
#define TESSERA_TARGET                                                                                       \
    "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt"
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target(TESSERA_TARGET))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")
#endif

#include "engine/codec/block_vectors.h"

namespace engine::codec {

namespace {

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

unsigned countOf(std::uint64_t mask)
{
    return static_cast<unsigned>(std::popcount(mask));
}

/// Every 64 bits of x moved up by `gap` quads, those that leave at the top entering below.
template <int gap>
__m512i rotateQuads(__m512i x)
{
    return _mm512_alignr_epi64(x, x, 8 - gap);
}

/// Puts a string of up to 512 bits, zero beyond them.
[[gnu::always_inline]] inline void putVector(ByteCursor& out, __m512i x, unsigned bits, bool mayFill)
{
    const __m512i below = rotateQuads<1>(x);
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
__m512i lengthsOf(__m512i x)
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

__m512i addQuads(__m512i x, __m512i y)
{
    return _mm512_add_epi64(x, y);
}

__m512i joinQuads(__m512i x, __m512i y)
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

template <typename Code>
const BlockKernel<Code>& lanes()
{
    if constexpr (sizeof(Code) == 1)
        return bmi2Kernels()->narrow;
    else
        return bmi2Kernels()->wide;
}

template <typename Code>
BitCount countBlocks(const BlockFormat& format, const Code* codes, std::size_t blocks)
{
    BitCount total;
    std::size_t done = 0;
    switch (format.blockWords) {
    case 8:
        done = countSized<Code, 8>(format, codes, blocks, total);
        break;
    case 16:
        done = countSized<Code, 16>(format, codes, blocks, total);
        break;
    case 32:
        done = countSized<Code, 32>(format, codes, blocks, total);
        break;
    case 64:
        done = countSized<Code, 64>(format, codes, blocks, total);
        break;
    default:
        break;
    }
    return total += lanes<Code>().count(format, codes + done * format.blockWords, blocks - done);
}

template <typename Code>
BitCount encodeBlocks(const BlockFormat& format, const Code* codes, std::size_t blocks, BitCursor& to)
{
    switch (format.blockWords) {
    case 16:
        return encodeSized<Code, 16>(format, codes, blocks, to);
    case 32:
        return encodeSized<Code, 32>(format, codes, blocks, to);
    case 64:
        return encodeSized<Code, 64>(format, codes, blocks, to);
    default: // few words a block: bit gathering in ordinary registers is faster
        return lanes<Code>().encode(format, codes, blocks, to);
    }
}

template <typename Code>
void decodeBlocks(const BlockFormat& format, BitReader& from, Code* codes, std::size_t blocks)
{
    std::size_t done = 0;
    switch (format.blockWords) {
    case 16:
        done = decodeSized<Code, 16>(format, from, codes, blocks);
        break;
    case 32:
        done = decodeSized<Code, 32>(format, from, codes, blocks);
        break;
    case 64:
        done = decodeSized<Code, 64>(format, from, codes, blocks);
        break;
    default:
        break;
    }
    lanes<Code>().decode(format, from, codes + done * format.blockWords, blocks - done);
}

template <typename Code>
constexpr BlockKernel<Code> kernel = { countBlocks<Code>, encodeBlocks<Code>, decodeBlocks<Code> };

constexpr BlockKernels kernels = { "avx512", kernel<std::uint8_t>, kernel<std::uint16_t> };

} // namespace

} // namespace engine::codec

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif

namespace engine::codec {

const BlockKernels* avx512Kernels()
{
#if defined(__x86_64__)
    static const bool present = bmi2Kernels() != nullptr && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
    return present ? &kernels : nullptr;
#else
    return nullptr;
#endif
}

} // namespace engine::codec
