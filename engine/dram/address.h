#pragma once

#include <cstdint>

namespace engine::dram {

/// Where a burst lies. The bank counts through the bank groups of its rank.
struct Location {
    std::uint32_t channel = 0;
    std::uint32_t rank = 0;
    std::uint32_t bank = 0;
    std::uint32_t row = 0;
    std::uint32_t column = 0; ///< in bursts

    bool operator==(const Location& other) const = default;
};

/// A run of address bits.
struct BitField {
    unsigned shift = 0;
    unsigned bits = 0;

    std::uint32_t of(std::uint64_t address) const
    {
        return static_cast<std::uint32_t>((address >> shift) & ((std::uint64_t { 1 } << bits) - 1));
    }
};

/// Cuts an address into its fields; above them all, address bits mean nothing.
struct AddressMap {
    BitField channel;
    BitField rank;
    BitField group; ///< bank group; 0 bits where the model has none
    BitField bank; ///< within its group
    BitField row;
    BitField column;
    unsigned addressBits = 0; ///< the capacity is 2 to this [byte]

    Location locate(std::uint64_t address) const
    {
        return { channel.of(address), rank.of(address), (group.of(address) << bank.bits) + bank.of(address),
                 row.of(address), column.of(address) };
    }
};

} // namespace engine::dram
