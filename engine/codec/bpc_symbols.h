#pragma once

#include "engine/bits/bit_order.h"
#include "engine/codec/bpc_planes.h"

#include <array>
#include <bit>
#include <cstdint>

/// How the planes of Bpc are written.
namespace engine::codec::bpc {

// Codes with their first bit lowest.
constexpr unsigned markBits = 5; ///< of every symbol that does not start with 1 or 01
constexpr std::uint32_t allOnesMark = 0b00000;
constexpr std::uint32_t planeZeroMark = 0b10000;
constexpr std::uint32_t twoOnesMark = 0b01000;
constexpr std::uint32_t oneOneMark = 0b11000;
constexpr std::uint32_t zeroMark = 0b10;
constexpr unsigned zeroMarkBits = 2;
constexpr std::uint32_t runMark = 0b100;
constexpr unsigned runMarkBits = 3;

template <unsigned blockWords>
constexpr unsigned indexBits = blockWords == 8 ? 3 : 4;

/// What a plane that is not zero after joining is written as: the first that fits.
enum class Kind { AllOnes, PlaneZero, TwoOnes, OneOne, Plain };

template <unsigned blockWords>
constexpr Kind kindOf(std::uint32_t joined, std::uint32_t plane)
{
    if (joined == BpcPlanes<blockWords>::all)
        return Kind::AllOnes;
    if (plane == 0)
        return Kind::PlaneZero;
    const std::uint32_t lowest = joined & (0 - joined);
    if (joined == 3 * lowest)
        return Kind::TwoOnes;
    return joined == lowest ? Kind::OneOne : Kind::Plain;
}

/// The code of a joined plane; none when it is zero.
struct Token {
    std::uint16_t code = 0;
    std::uint8_t bits = 0;
};

template <unsigned blockWords>
constexpr Token tokenOf(std::uint32_t joined, std::uint32_t plane)
{
    if (joined == 0)
        return {};
    constexpr std::uint8_t indexed = markBits + indexBits<blockWords>;
    const std::uint32_t index =
        reversedBits(static_cast<std::uint32_t>(std::countr_zero(joined)), indexBits<blockWords>) << markBits;
    switch (kindOf<blockWords>(joined, plane)) {
    case Kind::AllOnes:
        return { allOnesMark, markBits };
    case Kind::PlaneZero:
        return { planeZeroMark, markBits };
    case Kind::TwoOnes:
        return { static_cast<std::uint16_t>(twoOnesMark | index), indexed };
    case Kind::OneOne:
        return { static_cast<std::uint16_t>(oneOneMark | index), indexed };
    case Kind::Plain:
        break;
    }
    return { static_cast<std::uint16_t>(joined << 1 | 1), blockWords };
}

/// Of blocks of 8 words, by the joined plane and whether the plane itself is zero.
inline constexpr auto narrowTokens = [] {
    std::array<Token, 256> tokens {};
    for (std::uint32_t joined = 0; joined < 128; ++joined) {
        tokens[joined] = tokenOf<8>(joined, 1);
        tokens[joined | 128] = tokenOf<8>(joined, 0);
    }
    return tokens;
}();

template <unsigned blockWords>
constexpr Token token(std::uint32_t joined, std::uint32_t plane)
{
    if constexpr (blockWords == 8)
        return narrowTokens[joined | static_cast<std::uint32_t>(plane == 0) << 7];
    else
        return tokenOf<blockWords>(joined, plane);
}

/// What the next bits of a stream stand for, unless they are a run.
struct Symbol {
    std::uint16_t joined = 0; ///< 0 = nothing
    std::uint8_t bits = 0;
    bool isPlaneZero = false; ///< the joined plane is the one below
};

template <unsigned blockWords>
constexpr Symbol symbolOf(std::uint32_t next)
{
    constexpr std::uint32_t all = BpcPlanes<blockWords>::all;
    constexpr std::uint8_t indexed = markBits + indexBits<blockWords>;
    if ((next & 1) != 0)
        return { static_cast<std::uint16_t>(next >> 1 & all), blockWords, false };
    const std::uint32_t mark = next & ((1U << markBits) - 1);
    if (mark == allOnesMark)
        return { static_cast<std::uint16_t>(all), markBits, false };
    if (mark == planeZeroMark)
        return { 0, markBits, true };
    const std::uint32_t joined = (mark == twoOnesMark ? 3U : 1U)
        << reversedBits(next >> markBits & (blockWords - 1), indexBits<blockWords>);
    return { static_cast<std::uint16_t>(joined > all ? 0 : joined), indexed, false };
}

inline constexpr auto narrowSymbols = [] {
    std::array<Symbol, 256> symbols {};
    for (std::uint32_t next = 0; next < symbols.size(); ++next)
        symbols[next] = symbolOf<8>(next);
    return symbols;
}();

template <unsigned blockWords>
constexpr Symbol symbol(std::uint32_t next)
{
    if constexpr (blockWords == 8)
        return narrowSymbols[next & 0xFF];
    else
        return symbolOf<blockWords>(next);
}

} // namespace engine::codec::bpc
