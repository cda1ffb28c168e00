#pragma once

#include "analysis/dram/run.h"
#include "engine/base/control.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace widgets {

/// How long what a command starts goes on [cycle].
struct TimelineTiming {
    std::uint64_t readData = 0; ///< from RD to the first beat of data
    std::uint64_t writeData = 0;
    std::uint64_t burst = 1; ///< of the data bus
    std::uint64_t readToPrecharge = 0; ///< of a read with auto-precharge
    std::uint64_t writeToPrecharge = 0;
    std::uint64_t refresh = 0; ///< tRFC
    std::uint32_t burstColumns = 8; ///< columns of a burst
    double clockNs = 1; ///< [ns]

    static TimelineTiming of(const analysis::Memory& memory);
};

/// A bank of the memory, or the whole of what is above it.
struct TimelineRank {
    std::size_t channel = 0;
    std::size_t rank = 0;

    bool operator==(const TimelineRank&) const = default;
};

/// What happens in one column of pixels. Commands by number; open as a share of the time.
struct TimelineColumn {
    float activates = 0;
    float reads = 0;
    float writes = 0;
    float precharges = 0;
    float open = 0; ///< 0..1

    float commands() const { return activates + reads + writes + precharges; }
};

/// Commands of a run by bank and in time, so that any part of any length can be looked up in next to no
/// time: the commands of every bank in order, the times its rows are open, and running sums over time.
/// Immutable; made once, in a job.
class TimelineIndex {
public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    /// A row from its activate to its precharge, both as numbers of commands.
    struct OpenRow {
        std::uint32_t activate = none;
        std::uint32_t close = none; ///< none: open at the end of the run
        bool conflict = false; ///< another row had to be closed for it
    };

    /// Null when `control` said stop.
    static std::shared_ptr<const TimelineIndex> make(const std::shared_ptr<const analysis::DramRun>& run,
                                                     const engine::Control& control);

    const TimelineTiming& timing() const { return m_timing; }
    std::uint64_t cycles() const { return m_cycles; } ///< of the run
    std::size_t channels() const { return m_channels; }
    std::size_t ranks() const { return m_ranks; } ///< per channel
    std::size_t banks() const { return m_banks; } ///< per rank

    const engine::dram::Command& command(std::size_t index) const { return m_run->commands[index]; }
    std::size_t size() const { return m_run->commands.size(); }

    /// Numbers of commands in the order of their cycles.
    std::span<const std::uint32_t> bank(TimelineRank rank, std::size_t bank) const;
    std::span<const std::uint32_t> wholeRank(TimelineRank rank) const; ///< refreshes and the like
    std::span<const std::uint32_t> refreshes(TimelineRank rank) const; ///< of whole ranks only
    std::span<const std::uint32_t> bus(std::size_t channel) const; ///< reads and writes of all ranks
    std::span<const OpenRow> openRows(TimelineRank rank, std::size_t bank) const;

    /// The part of a list from cycle `first` to before `last`.
    std::span<const std::uint32_t> within(std::span<const std::uint32_t> list, std::uint64_t first,
                                          std::uint64_t last) const;
    /// Rows that are open at some time from `first` to before `last`.
    std::span<const OpenRow> openWithin(std::span<const OpenRow> rows, std::uint64_t first,
                                        std::uint64_t last) const;
    std::uint64_t opened(const OpenRow& row) const { return command(row.activate).cycle; }
    std::uint64_t closed(const OpenRow& row) const; ///< first cycle it is open no more

    /// The row a command of a bank concerns; nothing where none was open.
    const OpenRow* rowOf(std::size_t index) const;
    /// When the data of a read or write are on the bus [cycle].
    std::uint64_t dataStart(const engine::dram::Command& command) const;

    /// Fills columns that stand for `cyclesPerColumn` cycles each, the first from `first` on.
    void columns(TimelineRank rank, std::size_t bank, double first, double cyclesPerColumn,
                 std::span<TimelineColumn> out) const;
    /// The same of the data bus, by the cycle of the data; `open` is the share of time it is busy.
    void busColumns(std::size_t channel, double first, double cyclesPerColumn,
                    std::span<TimelineColumn> out) const;

private:
    /// Running sums up to the start of a bucket.
    struct Sums {
        std::uint32_t activates = 0;
        std::uint32_t reads = 0;
        std::uint32_t writes = 0;
        std::uint32_t precharges = 0;
        std::uint64_t open = 0; ///< [cycle]
    };

    TimelineIndex(std::shared_ptr<const analysis::DramRun> run);
    bool fill(const engine::Control& control);
    std::size_t listOf(const engine::dram::Command& command) const;
    bool sortIntoLists(const engine::Control& control);
    void findRefreshes();
    void findOpenRows(std::size_t lane);
    void sumUp(std::size_t lane);
    void sumUpBus(std::size_t channel);
    void addOpen(Sums* sums, std::uint64_t first, std::uint64_t last) const;
    std::span<const std::uint32_t> list(std::size_t number) const;
    std::size_t laneOf(TimelineRank rank, std::size_t bank) const;
    std::size_t lanes() const { return m_channels * m_ranks * m_banks; }
    void sumColumns(std::size_t row, double first, double cyclesPerColumn,
                    std::span<TimelineColumn> out) const;
    void shadeOpen(std::span<const OpenRow> rows, double first, double cyclesPerColumn,
                   std::span<TimelineColumn> out) const;

    std::shared_ptr<const analysis::DramRun> m_run;
    TimelineTiming m_timing;
    std::uint64_t m_cycles = 0;
    std::size_t m_channels = 1;
    std::size_t m_ranks = 1;
    std::size_t m_banks = 1;
    std::vector<std::uint32_t> m_commands; ///< list after list: banks, then ranks, then channels' columns
    std::vector<std::size_t> m_starts; ///< of the lists, and the end
    std::vector<std::uint32_t> m_refreshes; ///< of all ranks
    std::vector<std::size_t> m_refreshStarts;
    std::vector<OpenRow> m_rows; ///< of all lanes
    std::vector<std::size_t> m_rowStarts;
    unsigned m_shift = 0; ///< a bucket has 2^shift cycles
    std::size_t m_buckets = 0;
    std::vector<Sums> m_sums; ///< [lane or channel][bucket], one more than there are buckets
};

} // namespace widgets
