#pragma once

#include "engine/codec/block_kernel.h"

#include <bit>
#include <cstdint>

namespace engine::codec {

/// What decides how a block is written.
struct BlockShape {
    unsigned nonzeros = 0;
    unsigned width = 0; ///< e [bit]
    unsigned bits = 0; ///< as a block with a mask, the flag left out [bit]
    bool raw = false;

    /// `joined` are all codes of the block, joined with "or".
    BlockShape(const BlockFormat& format, unsigned count, std::uint64_t joined)
        : nonzeros(count)
        , width(format.widthBits != 0 ? static_cast<unsigned>(std::bit_width(joined | 1)) : format.codeBits)
        , bits(format.widthBits + format.blockWords + nonzeros * width)
        , raw(format.bypass && bits >= format.rawBits())
    {
    }
};

inline void add(BitCount& total, const BlockFormat& format, const BlockShape& shape)
{
    const unsigned payload = shape.raw ? format.rawBits() : shape.nonzeros * shape.width;
    total.payload += payload;
    total.header += format.flagBits() + (shape.raw ? 0 : shape.bits - payload);
    total.nonzeros += shape.nonzeros;
}

/// Whether the stream of a format is made of whole bytes: word-level blocks of 8-bit codes.
inline bool isByteAligned(const BlockFormat& format)
{
    return format.widthBits == 0 && format.codeBits == 8 && !format.bypass && format.blockWords >= 8;
}

} // namespace engine::codec
