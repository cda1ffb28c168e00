#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace engine {

static_assert(std::endian::native == std::endian::little, "bit streams are laid out by copying words");

/// Where the next bit goes: a plain value that kernels keep in registers. Least significant bit first.
struct BitCursor {
    std::uint64_t* next = nullptr; ///< the word after the last full one
    std::uint64_t open = 0; ///< bits of the word at `next`
    unsigned openBits = 0; ///< 0..63

    /// `value` must be below 2^bits; bits is 0..64. The caller sees to the room.
    void put(std::uint64_t value, unsigned bits)
    {
        const std::uint64_t low = open | value << openBits;
        const std::uint64_t high = value >> 1 >> (63 - openBits);
        const unsigned end = openBits + bits;
        *next = low;
        next += end >> 6;
        // Masks, since a branch would be a coin toss.
        const std::uint64_t full = 0 - static_cast<std::uint64_t>(end >> 6);
        open = (high & full) | (low & ~full);
        openBits = end & 63;
    }
};

/// Collects bits into bytes, least significant bit first: the first bit written is bit 0 of byte 0.
class BitWriter {
public:
    BitWriter() = default;
    /// Writes into `memory`, whose bytes are lost, as far as it reaches.
    explicit BitWriter(std::vector<std::byte> memory)
        : m_bytes(std::move(memory))
    {
        m_bytes.clear();
    }

    /// Room for so many bits without another allocation; a hint.
    void reserve(std::uint64_t bits) { m_bytes.reserve((bits + 63) / 64 * 8); }

    /// `value` must be below 2^bits; bits is 0..64.
    void put(std::uint64_t value, unsigned bits)
    {
        BitCursor cursor = begin(bits);
        cursor.put(value, bits);
        end(cursor);
    }

    /// A cursor with room for `bits` more bits, to be given back to end() before anything else is written.
    BitCursor begin(std::uint64_t bits);
    void end(const BitCursor& cursor);

    std::uint64_t bits() const;

    /// Everything written, padded with zero bits to whole 64-bit words. The writer is then empty.
    std::vector<std::byte> finish();

private:
    void spill();

    std::vector<std::byte> m_bytes;
    std::vector<std::uint64_t> m_words; ///< not yet in m_bytes
    std::size_t m_used = 0; ///< full words of m_words
    std::uint64_t m_open = 0;
    unsigned m_openBits = 0;
};

} // namespace engine
