#include "engine/codec/bit_planes.h"

#include <algorithm>
#include <array>

namespace engine::codec {

namespace {

constexpr std::size_t groupCodes = 8;

/// Bit b of byte a becomes bit a of byte b.
std::uint64_t transposed(std::uint64_t x)
{
    std::uint64_t swap = (x ^ x >> 7) & 0x00AA00AA00AA00AAU;
    x ^= swap ^ swap << 7;
    swap = (x ^ x >> 14) & 0x0000CCCC0000CCCCU;
    x ^= swap ^ swap << 14;
    swap = (x ^ x >> 28) & 0x00000000F0F0F0F0U;
    return x ^ swap ^ swap << 28;
}

/// The low or high bytes of eight codes.
std::uint64_t bytesOf(std::span<const std::uint16_t, groupCodes> codes, unsigned shift)
{
    std::uint64_t bytes = 0;
    for (unsigned i = 0; i < groupCodes; ++i)
        bytes |= static_cast<std::uint64_t>(codes[i] >> shift & 0xFF) << i * 8;
    return bytes;
}

} // namespace

BitPlanes::BitPlanes(std::size_t codes, unsigned planes)
    : m_codes(codes)
    , m_planes(planes)
    , m_words(planes * rowWords(codes))
{
}

BitPlanes::BitPlanes(std::span<const std::uint16_t> codes, unsigned planes)
    : BitPlanes(codes.size(), planes)
{
    auto* const bytes = reinterpret_cast<unsigned char*>(m_words.data());
    const std::size_t planeBytes = rowWords(m_codes) * 8;
    for (std::size_t first = 0; first < codes.size(); first += groupCodes) {
        std::array<std::uint16_t, groupCodes> group {};
        std::ranges::copy(codes.subspan(first, std::min(groupCodes, codes.size() - first)), group.begin());
        for (unsigned low = 0; low < planes; low += 8) {
            const std::uint64_t rows = transposed(bytesOf(group, low));
            for (unsigned plane = low; plane < std::min(planes, low + 8); ++plane)
                bytes[plane * planeBytes + first / 8] =
                    static_cast<unsigned char>(rows >> (plane - low) * 8 & 0xFF);
        }
    }
}

void BitPlanes::toCodes(std::span<std::uint16_t> codes) const
{
    const auto* const bytes = reinterpret_cast<const unsigned char*>(m_words.data());
    const std::size_t planeBytes = rowWords(m_codes) * 8;
    for (std::size_t first = 0; first < codes.size(); first += groupCodes) {
        std::array<std::uint16_t, groupCodes> group {};
        for (unsigned low = 0; low < m_planes; low += 8) {
            std::uint64_t rows = 0;
            for (unsigned plane = low; plane < std::min(m_planes, low + 8); ++plane)
                rows |= std::uint64_t { bytes[plane * planeBytes + first / 8] } << (plane - low) * 8;
            const std::uint64_t columns = transposed(rows);
            for (unsigned i = 0; i < groupCodes; ++i)
                group[i] = static_cast<std::uint16_t>(group[i] | (columns >> i * 8 & 0xFF) << low);
        }
        const auto target = codes.subspan(first, std::min(groupCodes, codes.size() - first));
        std::copy_n(group.begin(), target.size(), target.begin());
    }
}

} // namespace engine::codec
