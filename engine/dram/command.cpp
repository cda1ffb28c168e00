#include "engine/dram/command.h"

#include <array>
#include <cstddef>

namespace engine::dram {

std::string_view commandName(CommandKind kind)
{
    constexpr std::array<std::string_view, 10> names = { "ACT", "RD",  "RDA",  "WR",   "WRA",
                                                         "PRE", "REF", "REFB", "SREF", "SREX" };
    return names.at(static_cast<std::size_t>(kind));
}

} // namespace engine::dram
