#pragma once

#include "analysis/activation/coding.h"
#include "analysis/activation/traffic_plan.h"
#include "analysis/dram/memory.h"

#include <optional>
#include <vector>

namespace analysis {

/// What to put through the memory.
struct TrafficTask {
    std::vector<CodingMethod> methods; ///< without raw, which always takes part
    int wordBits = 8; ///< [bit]
    double percentile = 100;
    std::int64_t tileRows = 0; ///< rows of a tile; 0 = the whole map
    bool weights = false; ///< read them too, once per layer and picture
    Memory memory;

    std::size_t plans() const { return methods.size() + 1; }
    QString idOf(std::size_t plan) const; ///< "raw", then those of the methods
};

/// The feature maps of a network as they lie in memory: raw first, then with each method.
struct TrafficPlans {
    std::vector<TrafficPlan> plans; ///< fewer when stopped
    std::vector<TileShape> shapes; ///< by region
    std::vector<std::size_t> readers; ///< layers that read it, by region
    std::vector<bool> coded; ///< by region; the others are raw in every plan
    std::size_t maps = 0; ///< the first regions; the others are the picture and weights
    std::optional<std::size_t> picture; ///< the region of the network's input
};

/// Errors  those of wordSource(); engine::ParameterError when the regions do not fit into the memory.
TrafficPlans trafficPlans(const TrafficTask& task, const MapSet& set, const engine::Control& control);

} // namespace analysis
