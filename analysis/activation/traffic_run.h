#pragma once

#include "analysis/activation/traffic_task.h"
#include "analysis/dram/run.h"
#include "engine/dram/address.h"
#include "engine/dram/command.h"

#include <array>
#include <cstdint>
#include <vector>

namespace analysis {

/// Tells which region of a plan every command works for: reads and writes by their address, an activate by
/// the first of them that follows in its bank.
class RegionCounter : public engine::dram::CommandSink {
public:
    RegionCounter(const TrafficPlan& plan, const Memory& memory);
    void add(const engine::dram::Command& command) override;

    const std::vector<engine::dram::Counts>& counts() const { return m_counts; } ///< by region

private:
    struct Bank {
        std::uint32_t row = 0;
        bool fresh = false; ///< no read or write since the activate
    };

    std::size_t regionOf(std::uint64_t address) const;

    const TrafficPlan& m_plan;
    engine::dram::AddressMap m_map;
    std::size_t m_ranks;
    std::size_t m_banksPerRank;
    std::vector<Bank> m_banks;
    std::vector<engine::dram::Counts> m_counts;
};

/// What a plan did in the memory, all pictures one after the other.
struct TrafficRun {
    DramRun dram;
    std::vector<engine::dram::Counts> regions; ///< activates, reads and writes of each

    bool isComplete() const { return dram.result.drained; }
};

TrafficRun runTraffic(const TrafficPlan& plan, const Memory& memory, const engine::Control& control);

} // namespace analysis
