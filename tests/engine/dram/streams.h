#pragma once

#include "engine/dram/command.h"

#include <array>
#include <cstdio>
#include <string>
#include <vector>

namespace dramtest {

/// Keeps every command.
struct CommandList : engine::dram::CommandSink {
    std::vector<engine::dram::Command> all;

    void add(const engine::dram::Command& command) override { all.push_back(command); }
};

/// "cycle CMD rank bank x", as the golden command hash is made of.
inline std::string lineOf(const engine::dram::Command& command)
{
    std::array<char, 96> text = {};
    std::snprintf(text.data(), text.size(), "%llu %s %d %d %u",
                  static_cast<unsigned long long>(command.cycle),
                  std::string(engine::dram::commandName(command.kind)).c_str(), command.rank, command.bank,
                  command.detail);
    return text.data();
}

} // namespace dramtest
