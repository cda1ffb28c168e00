#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

/// Streams of n unsigned words of `bits` bits that are hard for bit planes of their differences, with
/// 0, 1, .. n words that are not zero and the zeros spread as widely as can be. Found by exhaustive search.
std::vector<std::vector<std::int32_t>> hardForBitPlanes(std::size_t n, int bits);

} // namespace reference
