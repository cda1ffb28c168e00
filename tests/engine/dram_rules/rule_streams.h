#pragma once

#include "engine/dram/command.h"
#include "engine/dram/dramsim2/config.h"
#include "engine/dram/presets.h"
#include "engine/dram/rules/rule.h"

#include <string>
#include <string_view>
#include <vector>

namespace ruletest {

/// A memory of a preset, with both row policies to choose from and at least two ranks where it can have
/// them.
struct Memory {
    std::string preset;
    bool closePage = false;
    bool lowPower = true; ///< of DRAMSim2

    bool isDramSim2() const;
    engine::dram::dramsim2::Config config2() const;
    engine::dram::dramsim3::Config config3() const;
    engine::dram::rules::RuleBook book() const;
    std::string name() const;
};

/// What the simulators issue for a pattern of the generator, power commands included.
std::vector<engine::dram::Command> stream(const Memory& memory, std::string_view pattern,
                                          std::uint64_t requests, std::uint64_t interval = 0);

/// "0 ACT 0 0 7; 10 RD 0 0 0": cycle, command, rank, bank, and row or column where it matters.
std::vector<engine::dram::Command> parse(const std::string& text);

} // namespace ruletest
