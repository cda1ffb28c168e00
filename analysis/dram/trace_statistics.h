#pragma once

#include "engine/dram/address.h"
#include "engine/dram/request.h"
#include "engine/dram/windows.h"

#include <cstdint>
#include <limits>
#include <unordered_set>
#include <vector>

namespace analysis {

/// What is in a trace, in memory that does not grow with its length but with the rows it touches.
class TraceStatistics {
public:
    static constexpr std::size_t mostPoints = 2000;

    explicit TraceStatistics(const engine::dram::AddressMap& map)
        : m_map(map)
    {
    }

    void add(const engine::dram::Request& request);

    struct Kind {
        std::uint64_t requests = 0;
        std::uint64_t lowest = std::numeric_limits<std::uint64_t>::max(); ///< [byte]
        std::uint64_t highest = 0; ///< [byte]
        std::unordered_set<std::uint64_t> rows;
    };

    /// A request of the sample.
    struct Point {
        std::uint64_t index = 0;
        engine::dram::Request request;
    };

    const Kind& reads() const { return m_reads; }
    const Kind& writes() const { return m_writes; }
    std::uint64_t requests() const { return m_reads.requests + m_writes.requests; }
    std::uint64_t firstCycle() const { return m_firstCycle; }
    std::uint64_t lastCycle() const { return m_lastCycle; }
    bool hasCycles() const { return m_lastCycle > 0; } ///< requests say when they arrive
    std::uint64_t beyond() const { return m_beyond; } ///< requests whose address is beyond the capacity
    const std::vector<Point>& sample() const { return m_sample; } ///< evenly spaced, at most mostPoints
    /// Reads and writes over the cycles, or over the numbers of the requests where none has a cycle.
    const engine::dram::Windows& windows() const { return hasCycles() ? m_byCycle : m_byNumber; }

private:
    engine::dram::AddressMap m_map;
    Kind m_reads;
    Kind m_writes;
    std::uint64_t m_firstCycle = 0;
    std::uint64_t m_lastCycle = 0;
    std::uint64_t m_beyond = 0;
    std::uint64_t m_step = 1; ///< between two requests of the sample
    std::vector<Point> m_sample;
    engine::dram::Windows m_byCycle;
    engine::dram::Windows m_byNumber;
};

/// Counts what is read from another source.
class ObservedSource : public engine::dram::RequestSource {
public:
    ObservedSource(engine::dram::RequestSource& source, TraceStatistics& statistics)
        : m_source(source)
        , m_statistics(statistics)
    {
    }

    std::size_t read(std::span<engine::dram::Request> block) override;
    double fraction() const override { return m_source.fraction(); }
    std::string placeOf(std::size_t index) const override { return m_source.placeOf(index); }

private:
    engine::dram::RequestSource& m_source;
    TraceStatistics& m_statistics;
};

} // namespace analysis
