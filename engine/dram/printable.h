#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace engine::dram {

/// What an error sentence shows of a word from a file: its start, control characters as question marks.
inline std::string printable(std::string_view word)
{
    constexpr std::size_t longest = 40;
    std::string text(word.substr(0, longest));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, '?');
    return text;
}

} // namespace engine::dram
