#pragma once

#include "engine/bits/bit_writer.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace engine {

/// A BitCursor that counts in bytes, for kernels that store more than is valid and overwrite the rest:
/// strings of whole bytes, or of bits joined to the 0..7 open ones.
struct ByteCursor {
    std::byte* next = nullptr; ///< the byte after the last full one
    std::uint64_t open = 0; ///< bits of the byte at `next`
    unsigned openBits = 0; ///< 0..7

    explicit ByteCursor(const BitCursor& from)
        : next(reinterpret_cast<std::byte*>(from.next) + from.openBits / 8)
        , open(from.open >> from.openBits / 8 * 8)
        , openBits(from.openBits % 8)
    {
        *from.next = from.open;
    }

    /// `value` must be below 2^bits; bits is 0..56. Stores 8 bytes.
    void put(std::uint64_t value, unsigned bits)
    {
        const std::uint64_t joined = open | value << openBits;
        std::memcpy(next, &joined, sizeof joined);
        const unsigned end = openBits + bits;
        next += end / 8;
        open = joined >> end / 8 * 8;
        openBits = end % 8;
    }

    /// The same place, as a cursor that began at `from`.
    BitCursor since(const BitCursor& from) const
    {
        const auto bytes = static_cast<std::size_t>(next - reinterpret_cast<std::byte*>(from.next));
        BitCursor to { from.next + bytes / 8, 0, 0 };
        const auto full = static_cast<unsigned>(bytes % 8) * 8;
        to.open = (*to.next & ((std::uint64_t { 1 } << full) - 1)) | open << full;
        to.openBits = full + openBits;
        return to;
    }
};

} // namespace engine
