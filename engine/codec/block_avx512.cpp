#include "engine/codec/block_kernel.h"
#include "engine/codec/block_shape.h"
#include "engine/codec/block_vector_bytes.h"
#include "engine/codec/block_vector_count.h"
#include "engine/codec/block_vector_loops.h"
#include "engine/codec/block_vector_short.h"

namespace engine::codec {

#if defined(__x86_64__)

namespace {

/// Does what the loops over vectors have left.
template <typename Code>
const BlockKernel<Code>& lanes()
{
    if constexpr (sizeof(Code) == 1)
        return bmi2Kernels()->narrow;
    else
        return bmi2Kernels()->wide;
}

/// The loops, for each block size; null where they are no faster than ordinary registers.
template <typename Code>
struct Loops {
    std::size_t (*count)(const BlockFormat&, const Code*, std::size_t, BitCount&) = nullptr;
    BitCount (*encode)(const BlockFormat&, const Code*, std::size_t, BitCursor&) = nullptr;
    std::size_t (*decode)(const BlockFormat&, BitReader&, Code*, std::size_t) = nullptr;
};

template <typename Code>
Loops<Code> loopsFor(const BlockFormat& format)
{
    switch (format.blockWords) {
    case 8:
        return { countSized<Code, 8>, nullptr, decodeSized<Code, 8> };
    case 16:
        return { countSized<Code, 16>, encodeSized<Code, 16>, decodeSized<Code, 16> };
    case 32:
        return { countSized<Code, 32>, encodeSized<Code, 32>, decodeSized<Code, 32> };
    case 64:
        return { countSized<Code, 64>, encodeSized<Code, 64>, decodeSized<Code, 64> };
    default:
        return {};
    }
}

template <typename Code>
BitCount countBlocks(const BlockFormat& format, const Code* codes, std::size_t blocks)
{
    BitCount total;
    const auto loop = loopsFor<Code>(format).count;
    const std::size_t done = loop == nullptr ? 0 : loop(format, codes, blocks, total);
    return total += lanes<Code>().count(format, codes + done * format.blockWords, blocks - done);
}

template <typename Code>
BitCount encodeBlocks(const BlockFormat& format, const Code* codes, std::size_t blocks, BitCursor& to)
{
    const auto loop = loopsFor<Code>(format).encode;
    return loop == nullptr ? lanes<Code>().encode(format, codes, blocks, to)
                           : loop(format, codes, blocks, to);
}

template <typename Code>
void decodeBlocks(const BlockFormat& format, BitReader& from, Code* codes, std::size_t blocks)
{
    const auto loop = loopsFor<Code>(format).decode;
    const std::size_t done = loop == nullptr ? 0 : loop(format, from, codes, blocks);
    lanes<Code>().decode(format, from, codes + done * format.blockWords, blocks - done);
}

std::size_t encodeBytes(const BlockFormat& format, const std::uint8_t* codes, std::size_t blocks,
                        BitCursor& to)
{
    switch (format.blockWords) {
    case 8:
        return encodeBytesSized<8>(codes, blocks, to);
    case 16:
        return encodeBytesSized<16>(codes, blocks, to);
    case 32:
        return encodeBytesSized<32>(codes, blocks, to);
    default:
        return encodeBytesSized<64>(codes, blocks, to);
    }
}

BitCount encodeShortBlocks(const BlockFormat& format, const std::uint8_t* codes, std::size_t blocks,
                           BitCursor& to)
{
    const auto others = lanes<std::uint8_t>().encode;
    BitCount total;
    const std::size_t done = encodeShort(format, codes, blocks, to, total, others);
    return total += others(format, codes + done * format.blockWords, blocks - done, to);
}

BitCount encodeNarrow(const BlockFormat& format, const std::uint8_t* codes, std::size_t blocks, BitCursor& to)
{
    if (!isByteAligned(format))
        return format.blockWords == 8 ? encodeShortBlocks(format, codes, blocks, to)
                                      : encodeBlocks(format, codes, blocks, to);
    const std::size_t done = encodeBytes(format, codes, blocks, to);
    BitCount total = countBlocks(format, codes, done);
    return total += lanes<std::uint8_t>().encode(format, codes + done * format.blockWords, blocks - done, to);
}

std::size_t decodeBytes(const BlockFormat& format, BitReader& from, std::uint8_t* codes, std::size_t blocks)
{
    switch (format.blockWords) {
    case 16:
        return decodeBytesSized<16>(from, codes, blocks);
    case 32:
        return decodeBytesSized<32>(from, codes, blocks);
    case 64:
        return decodeBytesSized<64>(from, codes, blocks);
    default:
        return 0; // ordinary registers are as fast
    }
}

void decodeNarrow(const BlockFormat& format, BitReader& from, std::uint8_t* codes, std::size_t blocks)
{
    if (!isByteAligned(format)) {
        decodeBlocks(format, from, codes, blocks);
        return;
    }
    const std::size_t done = decodeBytes(format, from, codes, blocks);
    lanes<std::uint8_t>().decode(format, from, codes + done * format.blockWords, blocks - done);
}

constexpr BlockKernels kernels = {
    "avx512",
    { countBlocks<std::uint8_t>, encodeNarrow, decodeNarrow },
    { countBlocks<std::uint16_t>, encodeBlocks<std::uint16_t>, decodeBlocks<std::uint16_t> },
};

bool hasAvx512()
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi")
        && __builtin_cpu_supports("avx512vbmi2");
}

} // namespace

const BlockKernels* avx512Kernels()
{
    static const bool present = bmi2Kernels() != nullptr && hasAvx512();
    return present ? &kernels : nullptr;
}

#else

const BlockKernels* avx512Kernels()
{
    return nullptr;
}

#endif

} // namespace engine::codec
