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

namespace {

std::string grouped(std::uint64_t value)
{
    std::string digits = std::to_string(value);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, "\u2009");
    }
    return digits;
}

} // namespace

std::string progressText(std::uint64_t now, std::uint64_t arrival)
{
    constexpr std::uint64_t far = 1'000'000; // [cycle]
    std::string text = "cycle " + grouped(now);
    if (arrival > now && arrival - now > far)
        text += ", the next request comes at " + grouped(arrival);
    return text;
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
