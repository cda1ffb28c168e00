#include "engine/codec/section.h"

#include <cassert>

namespace engine::codec {

std::vector<std::byte> sectionBytes(const Encoded& encoded, const Section& section, int wordBits)
{
    assert(wordBits >= 1 && wordBits <= 64);
    assert(section.start + section.bits <= encoded.bytes.size() * 8);
    const auto width = static_cast<std::uint64_t>(wordBits);
    const std::uint64_t wordBytes = (width + 7) / 8;
    const std::uint64_t padding = wordBytes * 8 - width; // before the first bit of a word
    std::vector<std::byte> bytes(static_cast<std::size_t>((section.bits + width - 1) / width * wordBytes));
    for (std::uint64_t i = 0; i < section.bits; ++i) {
        const std::uint64_t from = section.start + i;
        const std::uint64_t to = i / width * wordBytes * 8 + padding + i % width;
        const std::byte bit =
            encoded.bytes[static_cast<std::size_t>(from / 8)] >> (7 - from % 8) & std::byte { 1 };
        bytes[static_cast<std::size_t>(to / 8)] |= bit << (7 - to % 8);
    }
    return bytes;
}

} // namespace engine::codec
