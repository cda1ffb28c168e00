#pragma once

#include "engine/bits/byte_cursor.h"
#include "engine/bits/lanes.h"
#include "engine/codec/block_shape.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace engine::codec {

template <typename Code>
std::uint64_t loadLanes(const Code* codes)
{
    std::uint64_t group = 0;
    std::memcpy(&group, codes, sizeof group);
    return group;
}

/// Loops over blocks of isByteAligned() formats: mask and words are whole bytes, which are stored eight at a
/// time, the next over what was too much.
template <typename Packing>
BitCount encodeBytes(const BlockFormat& format, const std::uint8_t* codes, std::size_t blocks, BitCursor& to)
{
    using L = Lanes<std::uint8_t>;
    ByteCursor out(to);
    const std::byte* const first = out.next;
    const std::size_t maskBytes = format.blockWords / 8;
    for (std::size_t block = 0; block < blocks; ++block) {
        std::byte* mask = out.next;
        out.next += maskBytes;
        for (std::size_t g = 0; g < maskBytes; ++g, codes += 8) {
            const std::uint64_t group = loadLanes(codes);
            const std::uint64_t top = L::nonzero(group);
            *mask++ = static_cast<std::byte>(Packing::template toMask<std::uint8_t>(top));
            out.next = Packing::store(out.next, group, top);
        }
    }
    BitCount total;
    total.header = blocks * format.blockWords;
    total.nonzeros = static_cast<std::uint64_t>(out.next - first) - blocks * maskBytes;
    total.payload = total.nonzeros * 8;
    to = out.since(to);
    return total;
}

/// Decodes blocks until one is too near the end of the stream, or is not what encodeBytes() writes.
/// Returns how many; the rest, and the reason, is left to the loops over bits.
template <typename Packing>
std::size_t decodeBytes(const BlockFormat& format, BitReader& in, std::uint8_t* codes, std::size_t blocks)
{
    using L = Lanes<std::uint8_t>;
    const std::size_t maskBytes = format.blockWords / 8;
    const std::size_t mostBytes = maskBytes + format.blockWords + 8;
    const std::byte* from = in.bytes().data() + in.position() / 8;
    const std::byte* const start = from;
    std::size_t left = in.remaining() / 8;
    std::size_t block = 0;
    for (; block < blocks && left >= mostBytes; ++block, codes += format.blockWords) {
        const std::byte* next = from + maskBytes;
        std::uint64_t wrong = 0;
        for (std::size_t g = 0; g < maskBytes; ++g) {
            const std::uint64_t top =
                Packing::template fromMask<std::uint8_t>(std::to_integer<std::uint64_t>(from[g]));
            std::uint64_t group = 0;
            next = Packing::load(next, group, top);
            std::memcpy(codes + g * 8, &group, sizeof group);
            wrong |= L::nonzero(group) ^ top;
        }
        if (wrong != 0)
            break;
        left -= static_cast<std::size_t>(next - from);
        from = next;
    }
    in.skip(static_cast<std::uint64_t>(from - start) * 8);
    return block;
}

} // namespace engine::codec
