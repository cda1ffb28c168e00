#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace reference {

/// The formats of golden/codecs/FORMATS.md 2 and 4, one bit at a time.
enum class ZvcFormat { Mask, Width, WidthAndBypass };

struct ZvcStream {
    std::vector<bool> bits; ///< in the order they are written
    std::uint64_t payload = 0;
    std::uint64_t header = 0;
    std::uint64_t nonzeros = 0;

    /// Least significant bit first, padded to 64-bit words.
    std::vector<std::byte> bytes() const;
};

struct ZvcWords {
    std::vector<std::int32_t> values;
    int wordBits = 8;
    bool isSigned = false;
};

ZvcStream encodeZvc(ZvcFormat format, const ZvcWords& words, std::size_t blockWords, int lossyBits);

/// One word after the K-lossy step and back.
std::int32_t lossyWord(std::int32_t word, int lossyBits, bool midpoint);

} // namespace reference
