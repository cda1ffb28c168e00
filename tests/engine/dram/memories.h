#pragma once

#include "engine/dram/dramsim2/config.h"
#include "engine/dram/energy.h"
#include "engine/dram/simulation.h"

#include <functional>
#include <string>
#include <vector>

namespace dramtest {

/// Endless mixed traffic, drawn as it is read.
class Traffic : public engine::dram::RequestSource {
public:
    Traffic(std::size_t requests, std::uint64_t capacity)
        : m_left(requests)
        , m_capacity(capacity)
    {
    }

    std::size_t read(std::span<engine::dram::Request> block) override;

    std::function<void(std::size_t drawn, std::size_t left)>
        onRead; ///< before a block is drawn; may be empty

private:
    std::uint64_t next();

    std::size_t m_left;
    std::size_t m_drawn = 0;
    std::uint64_t m_capacity;
    std::uint64_t m_state = 88172645463325252U;
    std::uint64_t m_address = 0;
    std::uint64_t m_cycle = 0;
};

/// A device of the DRAMSim2 model in a system of two ranks.
engine::dram::dramsim2::Config twoRanks(const std::string& device);

/// A memory of either model, as a function from requests to a result.
struct Memory {
    std::string name;
    std::function<engine::dram::RunResult(engine::dram::RequestSource&, const engine::dram::RunOptions&,
                                          const engine::Control&)>
        run;
    engine::dram::Increments increments;
    std::uint64_t capacity = 0; ///< [byte]
};

/// Every preset.
const std::vector<Memory>& memories();

} // namespace dramtest
