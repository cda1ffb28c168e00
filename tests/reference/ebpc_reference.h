#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace reference {

/// golden/codecs/FORMATS.md 1 with strings of '0' and '1', the first bit leftmost. Words after the K-lossy
/// step, of `wordBits` bits, signed or not.
std::string znzOf(const std::vector<std::int32_t>& words);
std::string bpcOf(const std::vector<std::int32_t>& words, int wordBits);

/// Eight bits a byte, the first bit highest, padded with zeros to whole 64-bit words.
std::vector<std::byte> highestBitFirst(const std::string& bits);

} // namespace reference
