#pragma once

#include "engine/dram/statistics.h"

#include <array>

namespace engine::dram {

/// What a command or a cycle costs one rank.
struct Increments {
    double activate = 0; ///< an activate with its precharge [pJ]
    double read = 0; ///< a burst [pJ]
    double write = 0; ///< a burst [pJ]
    double refresh = 0; ///< of a rank [pJ]
    double bankRefresh = 0; ///< of a bank [pJ]
    std::array<double, rankStates> background = {}; ///< a cycle in each RankState [pJ]
};

/// Energy by category [pJ].
struct Energy {
    std::array<double, rankStates> states = {}; ///< background, split by RankState
    double actPre = 0; ///< activate and precharge
    double read = 0;
    double write = 0;
    double refresh = 0;

    double background() const;
    double burst() const { return read + write; }
    double total() const; ///< the sum of all categories
    Energy& operator+=(const Energy& other);
};

/// Counts times increments: what makes a changed current re-cost a run without simulating it again.
Energy cost(const Counts& counts, const Increments& increments);

} // namespace engine::dram
