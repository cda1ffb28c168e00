#include "engine/codec/bpc_planes.h"

#include <cstring>
#include <span>

namespace engine::codec {

namespace {

/// Bit j of byte i becomes bit i of byte j.
std::uint64_t transposed(std::uint64_t x)
{
    std::uint64_t swapped = (x ^ x >> 7) & 0x00AA00AA00AA00AAU;
    x ^= swapped ^ swapped << 7;
    swapped = (x ^ x >> 14) & 0x0000CCCC0000CCCCU;
    x ^= swapped ^ swapped << 14;
    swapped = (x ^ x >> 28) & 0x00000000F0F0F0F0U;
    return x ^ swapped ^ swapped << 28;
}

std::uint64_t load(const std::uint8_t* bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

void store(std::uint64_t word, std::uint8_t* bytes)
{
    std::memcpy(bytes, &word, sizeof word);
}

std::uint32_t byteOf(std::uint64_t word, unsigned byte)
{
    return static_cast<std::uint8_t>(word >> byte * 8);
}

/// Eight planes from a byte of each difference.
template <unsigned blockWords>
void bytesToPlanes(const std::array<std::uint8_t, 16>& bytes, std::uint16_t* planes)
{
    const std::uint64_t low = transposed(load(bytes.data()));
    const std::uint64_t high = blockWords > 8 ? transposed(load(bytes.data() + 8)) : 0;
    for (unsigned plane = 0; plane < 8; ++plane)
        planes[plane] = static_cast<std::uint16_t>(byteOf(low, plane) | byteOf(high, plane) << 8);
}

template <unsigned blockWords>
std::array<std::uint8_t, 16> planesToBytes(const std::uint16_t* planes)
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    for (unsigned plane = 0; plane < 8; ++plane) {
        low |= static_cast<std::uint64_t>(planes[plane] & 0xFF) << plane * 8;
        high |= static_cast<std::uint64_t>(planes[plane] >> 8) << plane * 8;
    }
    std::array<std::uint8_t, 16> bytes {};
    store(transposed(low), bytes.data());
    if (blockWords > 8)
        store(transposed(high), bytes.data() + 8);
    return bytes;
}

} // namespace

template <unsigned blockWords>
BpcPlanes<blockWords> BpcPlanes<blockWords>::of(const std::array<std::int32_t, blockWords>& words,
                                                unsigned wordBits)
{
    BpcPlanes block;
    block.first = words[0];
    std::array<std::uint8_t, 16> low {};
    std::array<std::uint8_t, 16> high {};
    std::uint32_t negative = 0;
    for (unsigned i = 0; i < differences; ++i) {
        const std::int32_t difference = words[i + 1] - words[i];
        low[i] = static_cast<std::uint8_t>(difference);
        high[i] = static_cast<std::uint8_t>(difference >> 8);
        negative |= static_cast<std::uint32_t>(difference < 0) << i;
    }
    bytesToPlanes<blockWords>(low, block.planes.data());
    if (blockWords > 8)
        bytesToPlanes<blockWords>(high, block.planes.data() + 8);
    block.planes[wordBits] = static_cast<std::uint16_t>(negative);
    return block;
}

template <unsigned blockWords>
std::array<std::int32_t, blockWords> BpcPlanes<blockWords>::words(unsigned wordBits) const
{
    const std::array<std::uint8_t, 16> low = planesToBytes<blockWords>(planes.data());
    const std::array<std::uint8_t, 16> high =
        blockWords > 8 ? planesToBytes<blockWords>(planes.data() + 8) : std::array<std::uint8_t, 16> {};
    const std::int32_t mask = (1 << wordBits) - 1;
    const std::uint32_t negative = planes[wordBits];
    std::array<std::int32_t, blockWords> words {};
    words[0] = first;
    for (unsigned i = 0; i < differences; ++i) {
        const std::int32_t sign = -static_cast<std::int32_t>(negative >> i & 1);
        words[i + 1] = words[i] + (((low[i] | high[i] << 8) & mask) | (sign & ~mask));
    }
    return words;
}

template struct BpcPlanes<8>;
template struct BpcPlanes<16>;

} // namespace engine::codec
