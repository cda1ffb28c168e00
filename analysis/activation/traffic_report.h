#pragma once

#include "analysis/activation/traffic_summary.h"
#include "analysis/report.h"

#include <vector>

namespace analysis {

/// Energies, cycles and bytes per picture.
Report trafficReport(const TrafficResult& result);

/// Its tables: layers, energy, engine.
std::vector<Table> trafficTables(const TrafficSummary& summary);

} // namespace analysis
