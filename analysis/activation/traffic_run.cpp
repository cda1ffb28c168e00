#include "analysis/activation/traffic_run.h"

#include <algorithm>

namespace analysis {

namespace dram = engine::dram;

namespace {

/// The address whose fields these are.
std::uint64_t addressOf(const dram::AddressMap& map, const dram::Location& place)
{
    const std::uint32_t bankMask = (std::uint32_t { 1 } << map.bank.bits) - 1;
    const auto at = [](std::uint32_t value, const dram::BitField& field) {
        return std::uint64_t { value } << field.shift;
    };
    return at(place.channel, map.channel) | at(place.rank, map.rank)
        | at(place.bank >> map.bank.bits, map.group) | at(place.bank & bankMask, map.bank)
        | at(place.row, map.row) | at(place.column, map.column);
}

} // namespace

RegionCounter::RegionCounter(const TrafficPlan& plan, const Memory& memory)
    : m_plan(plan)
    , m_map(memory.addressMap())
    , m_ranks(memory.ranks())
    , m_banksPerRank(memory.banks())
    , m_banks(memory.channels() * m_ranks * m_banksPerRank)
    , m_counts(plan.regions.size())
{
}

std::size_t RegionCounter::regionOf(std::uint64_t address) const
{
    const auto after = std::ranges::upper_bound(m_plan.regions, address, {}, &TrafficPlan::Region::address);
    return static_cast<std::size_t>(after - m_plan.regions.begin()) - 1;
}

void RegionCounter::add(const dram::Command& command)
{
    using Kind = dram::CommandKind;
    const bool reads = command.kind == Kind::Read || command.kind == Kind::ReadAutoPrecharge;
    const bool writes = command.kind == Kind::Write || command.kind == Kind::WriteAutoPrecharge;
    if (command.kind != Kind::Activate && !reads && !writes)
        return;
    Bank& bank = m_banks[(command.channel * m_ranks + command.rank) * m_banksPerRank + command.bank];
    if (command.kind == Kind::Activate) {
        bank = { command.detail, true };
        return;
    }
    dram::Counts& counts = m_counts[regionOf(
        addressOf(m_map, { command.channel, command.rank, command.bank, bank.row, command.detail }))];
    counts.activates += bank.fresh ? 1 : 0;
    counts.reads += reads ? 1 : 0;
    counts.writes += writes ? 1 : 0;
    bank.fresh = false;
}

TrafficRun runTraffic(const TrafficPlan& plan, const Memory& memory, const engine::Control& control)
{
    TrafficRun run;
    run.dram.memory = memory;
    RegionCounter counter(plan, memory);
    dram::RunOptions options;
    options.sink = &counter;
    TrafficSource source(plan, memory.burstBytes());
    run.dram.result = memory.simulate(source, options, control);
    run.regions = counter.counts();
    return run;
}

} // namespace analysis
