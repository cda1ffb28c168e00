#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/zero_runs.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::codec {

/// Which words are not zero, as runs: `1` for each that is not, `0` and the length - 1 in 4 bits for a run of
/// 1..16 zeros. Longer runs are split at 16.
/// The bits are for a stream that starts with the highest bit of a byte.
///
/// Source  EBPC, Cavigelli et al. 2019 ("ZNZ"); golden/codecs/FORMATS.md 1.
namespace zero_marks {

constexpr std::size_t longestRun = 16;
constexpr unsigned runBits = 5; ///< with its flag [bit]

std::uint64_t count(const BitRow& nonzeros); ///< [bit]
/// No row of so many words takes more [bit].
std::uint64_t worstBits(std::uint64_t words, std::uint64_t nonzeros);
void write(const BitRow& nonzeros, BitWriter& out);
/// The row of `words` words.
/// Errors  FormatError at the first bit that write() would not have written.
std::vector<std::uint64_t> read(BitReader& in, std::size_t words);

} // namespace zero_marks
} // namespace engine::codec
