#pragma once

#include "engine/bits/bit_reader.h"

#include <cstdint>
#include <string>

namespace engine::codec {

/// Errors  FormatError, always: "coded stream, bit 12: ...".
[[noreturn]] void refuse(std::uint64_t bit, const std::string& what);

/// Errors  FormatError: the stream ends where `needed` more bits belong.
[[noreturn]] void refuseEnd(const BitReader& in, std::uint64_t needed);

/// Errors  FormatError unless `in` has so many bits left.
inline void require(const BitReader& in, std::uint64_t bits)
{
    if (in.remaining() < bits)
        refuseEnd(in, bits);
}

} // namespace engine::codec
