#include "analysis/activation/traffic_summary.h"

#include "analysis/dram/report_parts.h"

#include <algorithm>

namespace analysis {

namespace dram = engine::dram;

namespace {

/// What a region's own commands take, and of the rest its share by bursts.
std::vector<double> regionEnergies(const TrafficRun& run, const DramTotals& sum, double pictures)
{
    const dram::Increments increments = run.dram.memory.increments();
    double own = 0;
    double bursts = 0;
    std::vector<double> energies;
    for (const dram::Counts& counts : run.regions) {
        energies.push_back(dram::cost(counts, increments).total());
        own += energies.back();
        bursts += static_cast<double>(counts.reads + counts.writes);
    }
    const double perBurst = bursts > 0 ? (sum.energy.total() - own) / bursts : 0;
    for (std::size_t i = 0; i < energies.size(); ++i)
        energies[i] =
            (energies[i] + perBurst * static_cast<double>(run.regions[i].reads + run.regions[i].writes))
            * microPerPico / pictures;
    return energies;
}

} // namespace

double savingPercent(double before, double after)
{
    return before > 0 ? 100 * (1 - after / before) : 0;
}

TrafficSummary::TrafficSummary(const TrafficResult& result)
    : m_result(result)
    , m_pictures(result.plans.plans.empty() ? 1 : static_cast<double>(result.plans.plans[0].images.size()))
{
    for (std::size_t plan = 0; plan < result.runs.size(); ++plan)
        m_outcomes.push_back(outcomeOf(plan));
    for (std::size_t plan = 1; plan < m_outcomes.size(); ++plan)
        if (total(plan) < total(m_best))
            m_best = plan;
}

double TrafficSummary::total(std::size_t plan) const
{
    return m_outcomes[plan].energy.total() * microPerPico;
}

std::optional<double> TrafficSummary::engineEnergy(std::size_t plan) const
{
    const std::optional<TrafficEngine>& engine = m_result.engines[plan];
    return engine ? std::optional(engine->picojoules() * microPerPico) : std::nullopt;
}

std::optional<double> TrafficSummary::netSaving(std::size_t plan) const
{
    const std::optional<double> engine = engineEnergy(plan);
    return engine ? std::optional(total(0) - total(plan) - *engine) : std::nullopt;
}

double TrafficSummary::bytes(std::uint64_t bursts) const
{
    return static_cast<double>(bursts * m_result.task.memory.burstBytes()) / m_pictures;
}

TrafficOutcome TrafficSummary::outcomeOf(std::size_t plan) const
{
    const TrafficRun& run = m_result.runs[plan];
    const DramTotals sum = dramTotals(run.dram, Coster(run.dram, run.dram.memory));
    TrafficOutcome outcome;
    outcome.id = m_result.task.idOf(plan);
    outcome.readBytes = bytes(sum.counts.reads);
    outcome.writtenBytes = bytes(sum.counts.writes);
    outcome.energy = sum.energy;
    for (double* part :
         { &outcome.energy.actPre, &outcome.energy.read, &outcome.energy.write, &outcome.energy.refresh })
        *part /= m_pictures;
    for (double& state : outcome.energy.states)
        state /= m_pictures;
    outcome.cycles = static_cast<double>(run.dram.result.cycles) / m_pictures;
    outcome.bandwidth =
        dramBandwidth(sum.counts.reads + sum.counts.writes, run.dram.result.cycles, run.dram.memory);
    outcome.regions = regionEnergies(run, sum, m_pictures);
    return outcome;
}

} // namespace analysis
