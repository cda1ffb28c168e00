#include "engine/dram/dramsim3/simulate.h"

#include "engine/dram/dramsim3/channel.h"
#include "engine/dram/player.h"

namespace engine::dram::dramsim3 {

RunResult simulate(const Config& config, RequestSource& source, const RunOptions& options,
                   const Control& control)
{
    config.check();
    std::vector<Channel> channels;
    channels.reserve(static_cast<std::size_t>(config.channels));
    for (std::int32_t i = 0; i < config.channels; ++i)
        channels.emplace_back(config, static_cast<std::uint8_t>(i), options);
    return Player<Channel>(channels, config.addressMap(), source, options).run(control);
}

} // namespace engine::dram::dramsim3
