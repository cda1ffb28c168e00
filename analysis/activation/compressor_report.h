#pragma once

#include "analysis/activation/compressor_totals.h"
#include "analysis/report.h"

namespace analysis {

/// Gathers what the engines did, layer by layer.
class CompressorReport {
public:
    /// `task` must outlive it.
    explicit CompressorReport(const CompressorTask& task);

    void add(const QString& layer, const SimulatedLayer& simulated);
    /// `watched` holds one for each direction of the task.
    Report finish(const std::vector<engine::codec::hardware::Occupancy>& watched, bool stopped);

private:
    using Direction = engine::codec::hardware::Direction;

    void addScalars(Report& report) const;
    void addComparison(Report& report) const; ///< tree against serial
    Remark stallRemark(Direction direction) const;

    const CompressorTask& m_task;
    CompressorTotals m_totals;
    Table m_layers;
    BarChart m_stalls;
};

} // namespace analysis
