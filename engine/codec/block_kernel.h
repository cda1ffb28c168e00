#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/codec.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace engine::codec {

/// What stands before the words of a block of zero-value compression.
struct BlockFormat {
    unsigned codeBits = 8; ///< w' [bit]
    unsigned blockWords = 16; ///< S
    unsigned widthBits = 0; ///< of the width field; 0 = there is none, words take codeBits [bit]
    bool bypass = false; ///< a flag bit says whether the block is raw

    unsigned flagBits() const { return bypass ? 1 : 0; }
    unsigned rawBits() const { return blockWords * codeBits; } ///< of the words of a raw block [bit]
    /// No block takes more [bit].
    unsigned worstBits() const { return flagBits() + rawBits() + (bypass ? 0 : widthBits + blockWords); }
};

/// The inner loops over whole blocks of codes. encode() may store up to blockSlackBits beyond what it says it
/// has written, so that much more room is needed; decode() throws FormatError and writes nothing but its
/// codes.
template <typename Code>
struct BlockKernel {
    BitCount (*count)(const BlockFormat& format, const Code* codes, std::size_t blocks);
    BitCount (*encode)(const BlockFormat& format, const Code* codes, std::size_t blocks, BitCursor& out);
    void (*decode)(const BlockFormat& format, BitReader& in, Code* codes, std::size_t blocks);
};

constexpr std::uint64_t blockSlackBits = 1024;

/// One set of loops per instruction set; all give the same bits.
struct BlockKernels {
    std::string_view name; ///< "portable", "bmi2", "avx512"
    BlockKernel<std::uint8_t> narrow; ///< codes up to 8 bits, blocks of 8 words and more
    BlockKernel<std::uint16_t> wide;
};

const BlockKernels& portableKernels();
/// Null where the processor lacks the instructions.
const BlockKernels* bmi2Kernels();
const BlockKernels* avx512Kernels();
/// Those this processor runs, the slowest first.
std::span<const BlockKernels* const> blockKernels();
/// The fastest this processor runs.
const BlockKernels& bestKernels();

} // namespace engine::codec
