#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace engine {

/// Reads what BitWriter wrote. A plain value: kernels work on a copy and assign it back.
///
/// Errors  the constructor throws FormatError when `bytes` hold fewer than `bits` bits; take() at the
///         end; requireEnd() before it.
class BitReader {
public:
    BitReader(std::span<const std::byte> bytes, std::uint64_t bits);

    std::uint64_t position() const { return m_position; } ///< [bit]
    std::uint64_t remaining() const { return m_bits - m_position; } ///< [bit]
    /// The whole stream and what follows it, for kernels that see to the end themselves.
    std::span<const std::byte> bytes() const { return m_bytes; }

    /// The next 64 bits, wherever the stream ends: what follows it is not defined. Never reads outside.
    std::uint64_t peek() const
    {
        const std::size_t byte = static_cast<std::size_t>(m_position / 64) * 8;
        const unsigned shift = m_position % 64;
        if (byte + 16 > m_bytes.size())
            return peekAtEnd(byte, shift);
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        std::memcpy(&low, m_bytes.data() + byte, 8);
        std::memcpy(&high, m_bytes.data() + byte + 8, 8);
        return low >> shift | high << 1 << (63 - shift);
    }

    /// At most remaining().
    void skip(std::uint64_t bits) { m_position += bits; }

    /// The next 0..64 bits.
    std::uint64_t take(unsigned bits)
    {
        if (bits > remaining())
            throwEnd();
        const std::uint64_t value = bits == 0 ? 0 : peek() << (64 - bits) >> (64 - bits);
        m_position += bits;
        return value;
    }

    void requireEnd() const;

private:
    std::uint64_t peekAtEnd(std::size_t byte, unsigned shift) const;
    [[noreturn]] void throwEnd() const;

    std::span<const std::byte> m_bytes;
    std::uint64_t m_bits;
    std::uint64_t m_position = 0;
};

} // namespace engine
