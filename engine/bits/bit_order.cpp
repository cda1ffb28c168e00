#include "engine/bits/bit_order.h"

#include <cstring>

namespace engine {

void reverseInBytes(std::span<std::byte> bytes)
{
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        word = reversedInBytes(word);
        std::memcpy(bytes.data() + at, &word, 8);
    }
    for (; at < bytes.size(); ++at)
        bytes[at] = static_cast<std::byte>(reversedInBytes(std::to_integer<std::uint64_t>(bytes[at])));
}

} // namespace engine
