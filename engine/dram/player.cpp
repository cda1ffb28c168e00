#include "engine/dram/player.h"

#include <sstream>

namespace engine::dram {

void Feed::refuse(std::uint64_t address, std::uint64_t number) const
{
    std::ostringstream text;
    text << "Request " << number << ": address 0x" << std::hex << address << " is beyond the capacity of 0x"
         << m_limit << " bytes";
    throw FormatError(text.str());
}

Counts RunResult::counts() const
{
    Counts sum;
    for (const ChannelResult& channel : channels) {
        for (const Counts& rank : channel.ranks)
            sum += rank;
    }
    return sum;
}

} // namespace engine::dram
