#pragma once

#include "analysis/activation/traffic_engine.h"
#include "analysis/activation/traffic_run.h"
#include "engine/dram/energy.h"

#include <optional>
#include <vector>

namespace analysis {

/// What a run of `traffic` has found.
struct TrafficResult {
    const TrafficTask& task;
    const TrafficPlans& plans;
    std::vector<TrafficRun> runs; ///< by plan, the first is raw; fewer when stopped
    std::vector<std::optional<TrafficEngine>> engines; ///< by plan
};

/// One plan, per picture.
struct TrafficOutcome {
    QString id; ///< of the codec
    engine::dram::Energy energy; ///< [pJ]
    double readBytes = 0;
    double writtenBytes = 0;
    double cycles = 0;
    double bandwidth = 0; ///< [GB/s]
    /// DRAM energy by region: of its own commands, and of background and refresh its share by bursts [uJ].
    std::vector<double> regions;
};

/// The sums that report and tables tell of.
class TrafficSummary {
public:
    explicit TrafficSummary(const TrafficResult& result);

    const TrafficResult& result() const { return m_result; }
    const std::vector<TrafficOutcome>& outcomes() const { return m_outcomes; } ///< by plan
    double pictures() const { return m_pictures; }
    std::size_t best() const { return m_best; } ///< the plan that takes the least DRAM energy
    double total(std::size_t plan) const; ///< DRAM energy [uJ]
    std::optional<double> engineEnergy(std::size_t plan) const; ///< [uJ]
    std::optional<double> netSaving(std::size_t plan) const; ///< DRAM energy saved less the engine's [uJ]
    double bytes(std::uint64_t bursts) const; ///< of bursts of all pictures, for one

private:
    TrafficOutcome outcomeOf(std::size_t plan) const;

    const TrafficResult& m_result;
    double m_pictures;
    std::vector<TrafficOutcome> m_outcomes;
    std::size_t m_best = 0;
};

/// 100 * (1 - after / before); 0 where there was nothing to save.
double savingPercent(double before, double after);

} // namespace analysis
