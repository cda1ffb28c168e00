#include "engine/dram/dramsim2/simulate.h"

#include "engine/dram/dramsim2/channel.h"
#include "engine/dram/player.h"

namespace engine::dram::dramsim2 {

RunResult simulate(const Config& config, RequestSource& source, const RunOptions& options,
                   const Control& control)
{
    config.check();
    std::vector<Channel> channels;
    channels.reserve(config.system.channels);
    for (std::uint32_t i = 0; i < config.system.channels; ++i)
        channels.emplace_back(config, static_cast<std::uint8_t>(i), options);
    return Player<Channel>(channels, config.addressMap(), source, options).run(control);
}

} // namespace engine::dram::dramsim2
