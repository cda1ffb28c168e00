#pragma once

#include <bit>
#include <cstdint>

namespace engine {

/// IEEE binary16 to binary32, exact. Branch-light so that the compiler vectorises loops over it.
inline float fromHalf(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
    const std::uint32_t magnitude = half & 0x7FFFU;
    // Subnormals: the bits as an integer times 2^-24 is exact.
    const float small = static_cast<float>(magnitude) * 0x1.0p-24F;
    const std::uint32_t exponentOffset = magnitude >= 0x7C00U ? 0x70000000U : 0x38000000U;
    const std::uint32_t normal = (magnitude << 13) + exponentOffset;
    const std::uint32_t bits = magnitude < 0x0400U ? std::bit_cast<std::uint32_t>(small) : normal;
    return std::bit_cast<float>(bits | sign);
}

/// binary32 to binary16, round to nearest even; overflow gives infinity, NaN stays NaN.
inline std::uint16_t toHalf(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = (bits >> 16) & 0x8000U;
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    std::uint32_t half = 0;
    if (magnitude > 0x7F800000U) {
        half = 0x7E00U;
    } else if (magnitude >= 0x47800000U) {
        half = 0x7C00U;
    } else if (magnitude < 0x38800000U) {
        // Adding 0.5 aligns the subnormal's last place with the float's, and rounds to even.
        half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5F) - 0x3F000000U;
    } else {
        half = (magnitude - 0x38000000U + 0xFFFU + ((magnitude >> 13) & 1U)) >> 13;
    }
    return static_cast<std::uint16_t>(sign | half);
}

inline float fromBfloat16(std::uint16_t value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

/// 8-bit floats of the OCP specification: E4M3 has no infinity (0x7F is NaN), E5M2 is the top half of
/// binary16.
inline float fromFloat8E5M2(std::uint8_t value)
{
    return fromHalf(static_cast<std::uint16_t>(value << 8));
}

inline float fromFloat8E4M3(std::uint8_t value)
{
    const std::uint32_t magnitude = value & 0x7FU;
    if (magnitude == 0x7FU)
        return std::bit_cast<float>(0x7FC00000U);
    const std::uint32_t sign = static_cast<std::uint32_t>(value & 0x80U) << 24;
    const float small = static_cast<float>(magnitude) * 0x1.0p-9F;
    const std::uint32_t bits =
        magnitude < 8U ? std::bit_cast<std::uint32_t>(small) : (magnitude << 20) + 0x3C000000U;
    return std::bit_cast<float>(bits | sign);
}

} // namespace engine
