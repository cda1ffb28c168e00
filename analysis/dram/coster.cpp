#include "analysis/dram/coster.h"

#include "engine/dram/drampower/from_config.h"

#include <cmath>

namespace analysis {

namespace dram = engine::dram;
namespace power = engine::dram::drampower;

namespace {

constexpr auto active = static_cast<std::size_t>(dram::RankState::Active);

double openBanksOf(const DramRun& run, const power::Counting& counting)
{
    double open = 0;
    double cycles = 0;
    for (const dram::ChannelResult& channel : run.result.channels) {
        for (std::size_t r = 0; r < channel.ranks.size(); ++r) {
            const power::Activity activity = power::activity(channel.ranks[r], channel.banks[r], counting);
            open += static_cast<double>(activity.openBankCycles);
            cycles += static_cast<double>(activity.counts.residency[active]);
        }
    }
    return cycles > 0 ? open / cycles : 0;
}

} // namespace

Coster::Coster(const DramRun& run, const Memory& memory)
    : m_run(run)
    , m_increments(memory.increments())
{
    if (run.energy != EnergyModel::DramPower)
        return;
    m_bankWise = std::visit(
        [&](const auto& config) {
            return BankWise { power::increments(power::rankOf(config, memory.supplement)),
                              power::countingOf(config) };
        },
        memory.config);
    m_bankWise->openBanks = openBanksOf(run, m_bankWise->counting);
}

dram::Energy Coster::ofRank(std::size_t channel, std::size_t rank) const
{
    const dram::ChannelResult& result = m_run.result.channels[channel];
    if (!m_bankWise)
        return dram::cost(result.ranks[rank], m_increments);
    return power::cost(power::activity(result.ranks[rank], result.banks[rank], m_bankWise->counting),
                       m_bankWise->increments);
}

dram::Energy Coster::ofWindow(const dram::Counts& counts) const
{
    if (!m_bankWise)
        return dram::cost(counts, m_increments);
    power::Activity activity = power::activity(counts, std::uint64_t { 0 }, m_bankWise->counting);
    activity.openBankCycles = static_cast<std::uint64_t>(
        std::llround(m_bankWise->openBanks * static_cast<double>(activity.counts.residency[active])));
    return power::cost(activity, m_bankWise->increments);
}

} // namespace analysis
