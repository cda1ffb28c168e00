#include "engine/dram/command.h"

#include <array>
#include <cstddef>

namespace engine::dram {

std::string_view commandName(CommandKind kind)
{
    constexpr std::array<std::string_view, commandKinds> names = { "ACT",  "RD",   "RDA", "WR",
                                                                   "WRA",  "PRE",  "REF", "REFB",
                                                                   "SREF", "SREX", "PDE", "PDX" };
    return names.at(static_cast<std::size_t>(kind));
}

} // namespace engine::dram
