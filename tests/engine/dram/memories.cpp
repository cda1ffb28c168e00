#include "tests/engine/dram/memories.h"

#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"

namespace dramtest {

namespace {

using namespace engine::dram;

template <typename Config>
Memory memoryOf(std::string_view name, const Config& config)
{
    return { std::string(name),
             [config](RequestSource& source, const RunOptions& options, const engine::Control& control) {
                 return simulate(config, source, options, control);
             },
             config.increments(), std::uint64_t { 1 } << config.addressMap().addressBits };
}

} // namespace

std::size_t Traffic::read(std::span<Request> block)
{
    if (onRead)
        onRead(m_drawn, m_left);
    const std::size_t count = std::min(block.size(), m_left);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t drawn = next();
        const bool near = drawn % 4 != 0;
        m_address = (near ? m_address + 64 : drawn >> 6 << 6) % m_capacity;
        m_cycle += drawn % 64 == 0 ? 200 : drawn % 6;
        block[i] = { m_address, m_cycle, (drawn >> 40) % 3 == 0 };
    }
    m_left -= count;
    m_drawn += count;
    return count;
}

// xorshift64*
std::uint64_t Traffic::next()
{
    m_state ^= m_state >> 12;
    m_state ^= m_state << 25;
    m_state ^= m_state >> 27;
    return m_state * 0x2545F4914F6CDD1DU;
}

dramsim2::Config twoRanks(const std::string& device)
{
    dramsim2::Config config { device, dramsim2Device(*findPreset(device)).value, {} };
    config.system.capacity = static_cast<std::uint32_t>(2 * config.rankMegabytes());
    return config;
}

const std::vector<Memory>& memories()
{
    static const std::vector<Memory> all = [] {
        std::vector<Memory> made;
        for (const Preset& preset : presets())
            made.push_back(preset.model == Model::DramSim2
                               ? memoryOf(preset.name, twoRanks(std::string(preset.name)))
                               : memoryOf(preset.name, dramsim3Config(preset).value));
        return made;
    }();
    return all;
}

} // namespace dramtest
