#include "engine/bits/bit_reader.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <string>

namespace engine {

BitReader::BitReader(std::span<const std::byte> bytes, std::uint64_t bits)
    : m_bytes(bytes)
    , m_bits(bits)
{
    if (bits / 8 > bytes.size() || (bits + 7) / 8 > bytes.size())
        throw FormatError("coded stream: " + std::to_string(bytes.size()) + " bytes cannot hold "
                              + std::to_string(bits) + " bits",
                          bytes.size());
}

std::uint64_t BitReader::peekAtEnd(std::size_t byte, unsigned shift) const
{
    const std::size_t left = std::min<std::size_t>(16, m_bytes.size() - std::min(byte, m_bytes.size()));
    std::array<std::uint64_t, 2> words {};
    if (left != 0)
        std::memcpy(words.data(), m_bytes.data() + byte, left);
    return words[0] >> shift | words[1] << 1 << (63 - shift);
}

void BitReader::requireEnd() const
{
    if (remaining() != 0)
        throw FormatError("coded stream: " + std::to_string(remaining())
                              + " bits are left over after the last of " + std::to_string(m_position)
                              + " that belong to its words",
                          m_position / 8);
}

void BitReader::throwEnd() const
{
    throw FormatError(
        "coded stream: ends after " + std::to_string(m_bits) + " bits, in the middle of a block", m_bits / 8);
}

} // namespace engine
