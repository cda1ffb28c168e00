#include "engine/codec/bit_planes.h"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace engine::codec {

namespace {

constexpr std::size_t groupCodes = 8;
constexpr std::size_t pairCodes = 16; ///< two bytes of each plane

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

/// Planes low..low + 7 of 16 codes.
std::array<std::uint16_t, 8> planesOf(std::span<const std::uint16_t, pairCodes> codes, unsigned low)
{
    std::array<std::uint16_t, 8> planes {};
#if defined(__SSE2__)
    const auto bytesOf = [&](std::size_t first) {
        const __m128i words = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes.data() + first));
        return _mm_and_si128(_mm_srl_epi16(words, _mm_cvtsi32_si128(static_cast<int>(low))),
                             _mm_set1_epi16(0xFF));
    };
    __m128i bytes = _mm_packus_epi16(bytesOf(0), bytesOf(groupCodes));
    for (std::size_t plane = 8; plane-- > 0; bytes = _mm_add_epi8(bytes, bytes))
        planes[plane] = static_cast<std::uint16_t>(_mm_movemask_epi8(bytes));
#else
    for (unsigned first = 0; first < pairCodes; first += groupCodes) {
        std::uint64_t bytes = 0;
        for (unsigned i = 0; i < groupCodes; ++i)
            bytes |= static_cast<std::uint64_t>(codes[first + i] >> low & 0xFF) << i * 8;
        const std::uint64_t rows = transposed(bytes);
        for (unsigned plane = 0; plane < 8; ++plane)
            planes[plane] = static_cast<std::uint16_t>(planes[plane] | (rows >> plane * 8 & 0xFF) << first);
    }
#endif
    return planes;
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
    for (std::size_t first = 0; first < codes.size(); first += pairCodes) {
        std::array<std::uint16_t, pairCodes> pair {};
        std::ranges::copy(codes.subspan(first, std::min(pairCodes, codes.size() - first)), pair.begin());
        for (unsigned low = 0; low < planes; low += 8) {
            const std::array<std::uint16_t, 8> rows = planesOf(pair, low);
            for (unsigned plane = low; plane < std::min(planes, low + 8); ++plane)
                std::memcpy(bytes + plane * planeBytes + first / 8, &rows[plane - low], 2);
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
