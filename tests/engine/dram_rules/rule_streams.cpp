#include "tests/engine/dram_rules/rule_streams.h"

#include "engine/base/error.h"
#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/trace/generator.h"

#include <sstream>

namespace ruletest {

namespace dram = engine::dram;

namespace {

struct List : dram::CommandSink {
    std::vector<dram::Command> all;
    void add(const dram::Command& command) override { all.push_back(command); }
};

dram::CommandKind kindOf(const std::string& name)
{
    for (std::size_t i = 0; i < dram::commandKinds; ++i) {
        const auto kind = static_cast<dram::CommandKind>(i);
        if (dram::commandName(kind) == name)
            return kind;
    }
    throw engine::ParameterError("no command: " + name);
}

} // namespace

bool Memory::isDramSim2() const
{
    return dram::findPreset(preset)->model == dram::Model::DramSim2;
}

dram::dramsim2::Config Memory::config2() const
{
    dram::dramsim2::Config config { preset, dram::dramsim2Device(*dram::findPreset(preset)).value, {} };
    config.system.rowPolicy = closePage ? dram::dramsim2::RowPolicy::Close : dram::dramsim2::RowPolicy::Open;
    config.system.lowPower = lowPower;
    config.system.capacity = static_cast<std::uint32_t>(2 * config.rankMegabytes());
    return config;
}

dram::dramsim3::Config Memory::config3() const
{
    dram::dramsim3::Config config = dram::dramsim3Config(*dram::findPreset(preset)).value;
    config.rowPolicy = closePage ? dram::dramsim3::RowPolicy::Close : dram::dramsim3::RowPolicy::Open;
    if (config.ranks() == 1)
        config.channelSize *= 2;
    return config;
}

dram::rules::RuleBook Memory::book() const
{
    return isDramSim2() ? dram::rules::ruleBook(config2()) : dram::rules::ruleBook(config3());
}

std::string Memory::name() const
{
    return preset + (closePage ? " close" : " open") + (isDramSim2() && lowPower ? " low-power" : "");
}

std::vector<dram::Command> stream(const Memory& memory, std::string_view pattern, std::uint64_t requests,
                                  std::uint64_t interval)
{
    dram::Pattern p;
    p.requests = requests;
    p.interval = interval;
    p.bytes = memory.isDramSim2() ? memory.config2().burstBytes()
                                  : static_cast<std::uint32_t>(memory.config3().burstBytes());
    p.range = std::uint64_t { 1 } << 30;
    const auto source = dram::makeGenerator(pattern, p);
    List list;
    dram::RunOptions options;
    options.wrapAddresses = true;
    options.cycles = 150'000; // DRAMsim3 can come to a state in which nothing moves any more
    options.sink = &list;
    options.powerCommands = true;
    if (memory.isDramSim2())
        dram::dramsim2::simulate(memory.config2(), *source, options, {});
    else
        dram::dramsim3::simulate(memory.config3(), *source, options, {});
    return list.all;
}

std::vector<dram::Command> parse(const std::string& text)
{
    std::vector<dram::Command> commands;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line, ';');) {
        std::istringstream words(line);
        dram::Command command;
        std::string name;
        unsigned rank = 0;
        unsigned bank = 0;
        words >> command.cycle >> name >> rank >> bank >> command.detail;
        if (name.empty())
            continue;
        command.kind = kindOf(name);
        command.rank = static_cast<std::uint8_t>(rank);
        command.bank = static_cast<std::uint8_t>(bank);
        commands.push_back(command);
    }
    return commands;
}

} // namespace ruletest
