#pragma once

#include <array>
#include <cstdint>

namespace engine::codec {

/// A block of S words as its first word and the bit planes of the differences of neighbours: bit i of plane p
/// is bit p of word i+1 less word i, in two's complement of w'+1 bits.
template <unsigned blockWords>
struct BpcPlanes {
    static constexpr unsigned differences = blockWords - 1;
    static constexpr std::uint32_t all = (std::uint32_t { 1 } << differences) - 1;

    std::int32_t first = 0;
    std::array<std::uint16_t, 17> planes {}; ///< w'+1 of them

    static BpcPlanes of(const std::array<std::int32_t, blockWords>& words, unsigned wordBits);
    /// They may lie outside w' bits when the planes are not those of words.
    std::array<std::int32_t, blockWords> words(unsigned wordBits) const;
};

} // namespace engine::codec
