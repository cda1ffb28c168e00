#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace engine {

/// The bits of every byte in reverse order: what BitWriter wrote, or BitReader will read, as a stream whose
/// first bit is the highest of the first byte, and back.
constexpr std::uint64_t reversedInBytes(std::uint64_t word)
{
    constexpr std::uint64_t odd = 0x5555555555555555U;
    constexpr std::uint64_t pairs = 0x3333333333333333U;
    constexpr std::uint64_t halves = 0x0F0F0F0F0F0F0F0FU;
    word = (word >> 1 & odd) | (word & odd) << 1;
    word = (word >> 2 & pairs) | (word & pairs) << 2;
    return (word >> 4 & halves) | (word & halves) << 4;
}

/// The low `bits` bits of a value in reverse order; the others must be zero. bits is 0..16.
constexpr std::uint32_t reversedBits(std::uint32_t value, unsigned bits)
{
    const auto bytes = static_cast<std::uint32_t>(reversedInBytes(value));
    return (bytes << 8 | bytes >> 8) % 0x10000U >> (16 - bits);
}

/// reversedInBytes() of all of them.
void reverseInBytes(std::span<std::byte> bytes);

} // namespace engine
