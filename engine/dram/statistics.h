#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::dram {

/// What the banks of a rank are in; background current depends on nothing else.
enum class RankState : std::uint8_t {
    Active, ///< a row is open, or a refresh runs where the model counts it so
    Precharged,
    PowerDown, ///< precharge power-down
    SelfRefresh
};
constexpr std::size_t rankStates = 4;

/// Commands and residencies: the integers every energy is made of.
struct Counts {
    std::uint64_t activates = 0;
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::uint64_t precharges = 0;
    std::uint64_t refreshes = 0; ///< of whole ranks
    std::uint64_t bankRefreshes = 0;
    std::array<std::uint64_t, rankStates> residency = {}; ///< [cycle], by RankState

    Counts& operator+=(const Counts& other);
    bool operator==(const Counts& other) const = default;
};

/// What one bank saw.
struct BankCounts {
    std::uint64_t activates = 0;
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::uint64_t hits = 0; ///< column commands to a row that had been used since it was opened
    std::uint64_t misses = 0; ///< column commands that had a row opened in a closed bank
    std::uint64_t conflicts = 0; ///< column commands that had another row closed first
    std::uint64_t openCycles = 0; ///< [cycle] with an open row

    bool operator==(const BankCounts& other) const = default;
};

/// Latencies from acceptance to the last beat of data [cycle].
///
/// Exact up to 127 cycles; above, bins of less than 1 % of the value.
class Latencies {
public:
    void add(std::uint64_t cycles)
    {
        ++m_count;
        m_sum += cycles;
        m_longest = cycles > m_longest ? cycles : m_longest;
        const std::size_t bin = binOf(cycles);
        if (bin >= m_bins.size())
            m_bins.resize(bin + 64);
        ++m_bins[bin];
    }

    void add(const Latencies& other);

    std::uint64_t count() const { return m_count; }
    std::uint64_t longest() const { return m_longest; }
    double mean() const; ///< 0 without any
    /// The latency that `fraction` of all do not exceed (upper edge of its bin, never above longest()).
    std::uint64_t percentile(double fraction) const;

    struct Bin {
        std::uint64_t first = 0; ///< [cycle]
        std::uint64_t width = 1; ///< [cycle]
        std::uint64_t count = 0;
    };
    std::vector<Bin> bins() const; ///< the occupied ones, rising

private:
    static std::size_t binOf(std::uint64_t cycles);

    std::uint64_t m_count = 0;
    std::uint64_t m_sum = 0;
    std::uint64_t m_longest = 0;
    std::vector<std::uint64_t> m_bins;
};

} // namespace engine::dram
