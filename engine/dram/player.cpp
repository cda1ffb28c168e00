#include "engine/dram/player.h"

#include <sstream>

namespace engine::dram {

void Feed::refuse(std::size_t index) const
{
    const std::string place = m_source.placeOf(index);
    std::ostringstream text;
    text << (place.empty() ? "Request " + std::to_string(m_popped + index + 1) : place) << ": address 0x"
         << std::hex << m_block[index].address << " is beyond the capacity of 0x" << m_limit << " bytes";
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
