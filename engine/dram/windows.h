#pragma once

#include "engine/dram/statistics.h"

#include <cstdint>
#include <vector>

namespace engine::dram {

/// Counts over time, in windows of equal length. Neighbours are joined whenever there would be too many, so
/// memory stays bounded however long the run is; length() then is a multiple of what was asked for.
class Windows {
public:
    static constexpr std::size_t mostWindows = 1024; ///< of an automatic length
    static constexpr std::size_t mostFixed = 4096; ///< of a length that was asked for

    /// `cycles` per window; 0 = automatic.
    explicit Windows(std::uint64_t cycles = 0);

    /// The window of a cycle, to count a command in.
    Counts& at(std::uint64_t cycle)
    {
        if (cycle - m_start >= m_length || m_counts.empty())
            select(cycle);
        return m_counts[m_index];
    }
    /// Adds the cycles first..last-1 in `state`, each to its own window.
    void reside(RankState state, std::uint64_t first, std::uint64_t last);
    void add(const Windows& other); ///< of another channel of the same run

    std::uint64_t length() const { return m_length; } ///< [cycle]
    std::uint64_t asked() const { return m_asked; } ///< 0 = automatic [cycle]
    const std::vector<Counts>& counts() const { return m_counts; }

private:
    void select(std::uint64_t cycle);
    void join();

    std::uint64_t m_asked;
    std::uint64_t m_length;
    std::size_t m_most;
    std::uint64_t m_start = 0; ///< of the window looked at last [cycle]
    std::size_t m_index = 0; ///< of it
    std::vector<Counts> m_counts;
};

} // namespace engine::dram
