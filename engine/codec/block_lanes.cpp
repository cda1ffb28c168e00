#include "engine/base/error.h"
#include "engine/bits/lanes.h"
#include "engine/codec/block_bytes.h"
#include "engine/codec/block_kernel.h"
#include "engine/codec/block_shape.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

namespace engine::codec {

namespace {

constexpr std::size_t mostGroups = 64 / Lanes<std::uint16_t>::count;

/// Without a width field the size needs no more than the number of words that are not zero.
template <typename Code>
BitCount countWords(const BlockFormat& format, const Code* codes, std::size_t blocks)
{
    using L = Lanes<Code>;
    constexpr std::size_t most = 31; // so that the sum of all lanes fits one of them
    BitCount total;
    const Code* const end = codes + blocks * format.blockWords;
    while (codes != end) {
        const std::size_t groups = std::min(most, static_cast<std::size_t>(end - codes) / L::count);
        std::uint64_t sums = 0;
        for (std::size_t g = 0; g < groups; ++g)
            sums += L::nonzero(loadLanes(codes + g * L::count)) >> (L::bits - 1);
        total.nonzeros += sums * L::ones >> (64 - L::bits);
        codes += groups * L::count;
    }
    total.payload = total.nonzeros * format.codeBits;
    total.header = blocks * format.blockWords;
    return total;
}

template <typename Packing, typename Code>
BitCount countBlocks(const BlockFormat& format, const Code* codes, std::size_t blocks)
{
    BitCount total;
    if (format.widthBits == 0)
        return countWords(format, codes, blocks);
    const std::size_t groups = format.blockWords / Lanes<Code>::count;
    for (std::size_t block = 0; block < blocks; ++block) {
        unsigned nonzeros = 0;
        std::uint64_t joined = 0;
        for (std::size_t g = 0; g < groups; ++g, codes += Lanes<Code>::count) {
            const std::uint64_t group = loadLanes(codes);
            joined |= group;
            nonzeros += Packing::template count<Code>(Lanes<Code>::nonzero(group));
        }
        add(total, format, { format, nonzeros, Lanes<Code>::join(joined) });
    }
    return total;
}

[[gnu::always_inline]] inline void putHead(BitCursor& out, const BlockFormat& format, const BlockShape& shape,
                                           std::uint64_t mask)
{
    const unsigned bits = format.flagBits() + format.widthBits;
    const std::uint64_t head =
        format.widthBits == 0 ? 0 : static_cast<std::uint64_t>(shape.width - 1) << format.flagBits();
    if (format.blockWords <= 32) {
        out.put(head | mask << bits, bits + format.blockWords);
    } else {
        out.put(head, bits);
        out.put(mask, format.blockWords);
    }
}

template <typename Packing, typename Code>
BitCount encodeBlocks(const BlockFormat& format, const Code* codes, std::size_t blocks, BitCursor& to)
{
    using L = Lanes<Code>;
    BitCount total;
    BitCursor out = to;
    std::array<std::uint64_t, mostGroups> tops {};
    const std::size_t groups = format.blockWords / L::count;
    for (std::size_t block = 0; block < blocks; ++block, codes += format.blockWords) {
        unsigned nonzeros = 0;
        std::uint64_t joined = 0;
        std::uint64_t mask = 0;
        for (std::size_t g = 0; g < groups; ++g) {
            const std::uint64_t group = loadLanes(codes + g * L::count);
            joined |= group;
            tops[g] = L::nonzero(group);
            nonzeros += Packing::template count<Code>(tops[g]);
            mask |= Packing::template toMask<Code>(tops[g]) << g * L::count;
        }
        const BlockShape shape(format, nonzeros, L::join(joined));
        add(total, format, shape);
        if (shape.raw) {
            out.put(1, 1);
            for (std::size_t g = 0; g < groups; ++g)
                out.put(Packing::template pack<Code>(loadLanes(codes + g * L::count), ~std::uint64_t { 0 },
                                                     format.codeBits),
                        L::count * format.codeBits);
            continue;
        }
        putHead(out, format, shape, mask);
        for (std::size_t g = 0; g < groups; ++g)
            out.put(
                Packing::template pack<Code>(loadLanes(codes + g * L::count), L::fill(tops[g]), shape.width),
                Packing::template count<Code>(tops[g]) * shape.width);
    }
    to = out;
    return total;
}

[[noreturn, gnu::cold]] void refuse(std::uint64_t bit, const std::string& what)
{
    throw FormatError("coded stream, bit " + std::to_string(bit) + ": " + what, bit / 8);
}

[[noreturn, gnu::cold]] void refuseEnd(std::uint64_t bit, std::uint64_t needed, std::uint64_t remaining)
{
    refuse(bit,
           "the stream ends in the middle of a block, which needs " + std::to_string(needed)
               + " more bits where there are " + std::to_string(remaining));
}

[[noreturn, gnu::cold]] void refuseWidth(std::uint64_t bit, unsigned width, unsigned codeBits)
{
    refuse(bit,
           "width " + std::to_string(width) + " is more than the " + std::to_string(codeBits)
               + " bits of a word");
}

/// Says which of the rules of an encoder a block breaks.
[[noreturn, gnu::cold]] void refuseBlock(std::uint64_t bit, const BlockShape& shape, unsigned width,
                                         bool zeros)
{
    if (zeros)
        refuse(bit, "a word that the mask says is not zero is zero");
    if (shape.width != width)
        refuse(bit,
               "width " + std::to_string(width) + " where " + std::to_string(shape.width) + " is enough");
    refuse(bit, "a block with a mask that is not shorter than raw");
}

[[gnu::always_inline]] inline void require(const BitReader& in, unsigned bits)
{
    if (in.remaining() < bits)
        refuseEnd(in.position(), bits, in.remaining());
}

template <typename Packing, typename Code>
[[gnu::always_inline]] inline void decodeRaw(const BlockFormat& format, BitReader& in, Code* codes)
{
    using L = Lanes<Code>;
    require(in, 1 + format.rawBits());
    const std::uint64_t start = in.position();
    in.skip(1);
    unsigned nonzeros = 0;
    std::uint64_t joined = 0;
    for (std::size_t at = 0; at < format.blockWords; at += L::count) {
        const std::uint64_t group =
            Packing::template unpack<Code>(in.peek(), ~std::uint64_t { 0 }, format.codeBits);
        in.skip(L::count * format.codeBits);
        std::memcpy(codes + at, &group, sizeof group);
        joined |= group;
        nonzeros += Packing::template count<Code>(L::nonzero(group));
    }
    if (!BlockShape(format, nonzeros, L::join(joined)).raw)
        refuse(start, "a raw block that is shorter with a mask");
}

struct Head {
    unsigned width = 0; ///< [bit]
    std::uint64_t mask = 0;
};

[[gnu::always_inline]] inline Head takeHead(const BlockFormat& format, BitReader& in)
{
    const unsigned bits = format.flagBits() + format.widthBits;
    require(in, bits + format.blockWords);
    Head head { format.codeBits, 0 };
    if (format.widthBits != 0) {
        const std::uint64_t field = in.peek() >> format.flagBits() & ((1U << format.widthBits) - 1);
        head.width = static_cast<unsigned>(field) + 1;
        if (head.width > format.codeBits)
            refuseWidth(in.position(), head.width, format.codeBits);
    }
    in.skip(bits);
    head.mask = in.peek() << (64 - format.blockWords) >> (64 - format.blockWords);
    in.skip(format.blockWords);
    return head;
}

template <typename Packing, typename Code>
[[gnu::always_inline]] inline void decodeMasked(const BlockFormat& format, BitReader& in, Code* codes)
{
    using L = Lanes<Code>;
    constexpr std::uint64_t groupMask = (std::uint64_t { 1 } << L::count) - 1;
    const std::uint64_t start = in.position();
    const Head head = takeHead(format, in);
    if (in.remaining() < format.rawBits()) // near the end only: counting the mask costs
        require(in, static_cast<unsigned>(std::popcount(head.mask)) * head.width);
    unsigned nonzeros = 0;
    std::uint64_t joined = 0;
    std::uint64_t wrong = 0;
    for (std::size_t at = 0; at < format.blockWords; at += L::count) {
        const std::uint64_t top = Packing::template fromMask<Code>(head.mask >> at & groupMask);
        const unsigned count = Packing::template count<Code>(top);
        const std::uint64_t group = Packing::template unpack<Code>(in.peek(), L::fill(top), head.width);
        in.skip(std::uint64_t { count } * head.width);
        std::memcpy(codes + at, &group, sizeof group);
        nonzeros += count;
        joined |= group;
        wrong |= L::nonzero(group) ^ top;
    }
    const BlockShape shape(format, nonzeros, L::join(joined));
    if (wrong != 0 || shape.width != head.width || shape.raw)
        refuseBlock(start, shape, head.width, wrong != 0);
}

template <typename Packing, typename Code>
void decodeBlocks(const BlockFormat& format, BitReader& from, Code* codes, std::size_t blocks)
{
    BitReader in = from;
    for (std::size_t block = 0; block < blocks; ++block, codes += format.blockWords) {
        if (format.bypass && (in.peek() & 1) != 0)
            decodeRaw<Packing>(format, in, codes);
        else
            decodeMasked<Packing>(format, in, codes);
    }
    from = in;
}

template <typename Packing>
BitCount encodeNarrow(const BlockFormat& format, const std::uint8_t* codes, std::size_t blocks, BitCursor& to)
{
    return isByteAligned(format) ? encodeBytes<Packing>(format, codes, blocks, to)
                                 : encodeBlocks<Packing>(format, codes, blocks, to);
}

template <typename Packing>
void decodeNarrow(const BlockFormat& format, BitReader& from, std::uint8_t* codes, std::size_t blocks)
{
    std::size_t done = 0;
    if (isByteAligned(format))
        done = decodeBytes<Packing>(format, from, codes, blocks);
    decodeBlocks<Packing>(format, from, codes + done * format.blockWords, blocks - done);
}

template <typename Packing>
constexpr BlockKernels kernels(std::string_view name)
{
    return { name,
             { countBlocks<Packing, std::uint8_t>, encodeNarrow<Packing>, decodeNarrow<Packing> },
             { countBlocks<Packing, std::uint16_t>, encodeBlocks<Packing, std::uint16_t>,
               decodeBlocks<Packing, std::uint16_t> } };
}

} // namespace

const BlockKernels& portableKernels()
{
    static constexpr BlockKernels set = kernels<LanePackingPortable>("portable");
    return set;
}

const BlockKernels* bmi2Kernels()
{
#if defined(__x86_64__)
    static constexpr BlockKernels set = kernels<LanePackingBmi2>("bmi2");
    static const bool present = __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    return present ? &set : nullptr;
#else
    return nullptr;
#endif
}

} // namespace engine::codec
