#include "widgets/dram/timeline_index.h"

#include <algorithm>
#include <numeric>

namespace widgets {

using engine::dram::Command;
using engine::dram::CommandKind;

namespace {

constexpr std::size_t mostBuckets = 2'000'000; ///< of all lanes together: 48 MB
constexpr std::size_t stopEvery = 1 << 18; ///< commands between two looks at the control

bool isColumn(CommandKind kind)
{
    return kind >= CommandKind::Read && kind <= CommandKind::WriteAutoPrecharge;
}

bool isWrite(CommandKind kind)
{
    return kind == CommandKind::Write || kind == CommandKind::WriteAutoPrecharge;
}

bool isAuto(CommandKind kind)
{
    return kind == CommandKind::ReadAutoPrecharge || kind == CommandKind::WriteAutoPrecharge;
}

bool isOfWholeRank(CommandKind kind)
{
    return kind == CommandKind::Refresh || kind > CommandKind::RefreshBank;
}

} // namespace

TimelineIndex::TimelineIndex(std::shared_ptr<const analysis::DramRun> run)
    : m_run(std::move(run))
    , m_timing(TimelineTiming::of(m_run->memory))
    , m_cycles(m_run->result.cycles)
    , m_channels(std::max<std::size_t>(1, m_run->result.channels.size()))
    , m_ranks(m_run->memory.ranks())
    , m_banks(m_run->memory.banks())
{
}

std::shared_ptr<const TimelineIndex> TimelineIndex::make(const std::shared_ptr<const analysis::DramRun>& run,
                                                         const engine::Control& control)
{
    std::shared_ptr<TimelineIndex> made(new TimelineIndex(run));
    return made->fill(control) ? made : nullptr;
}

bool TimelineIndex::fill(const engine::Control& control)
{
    if (!sortIntoLists(control))
        return false;
    const std::size_t rows = lanes() + m_channels;
    findRefreshes();
    while ((m_cycles >> m_shift) + 1 > std::max<std::size_t>(1024, mostBuckets / rows))
        ++m_shift;
    m_buckets = static_cast<std::size_t>(m_cycles >> m_shift) + 1;
    m_sums.resize(rows * (m_buckets + 1));
    m_rowStarts.push_back(0);
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
        if (control.stop.stop_requested())
            return false;
        findOpenRows(lane);
        sumUp(lane);
    }
    for (std::size_t channel = 0; channel < m_channels; ++channel)
        sumUpBus(channel);
    return !control.stop.stop_requested();
}

std::size_t TimelineIndex::laneOf(TimelineRank rank, std::size_t bank) const
{
    return (rank.channel * m_ranks + rank.rank) * m_banks + bank;
}

std::size_t TimelineIndex::listOf(const Command& command) const
{
    const TimelineRank rank { command.channel, command.rank };
    return isOfWholeRank(command.kind) ? lanes() + rank.channel * m_ranks + rank.rank
                                       : laneOf(rank, command.bank);
}

// Counting sort; commands of a channel are in order already.
bool TimelineIndex::sortIntoLists(const engine::Control& control)
{
    const std::size_t lists = lanes() + m_channels * m_ranks + m_channels;
    const std::size_t firstBus = lists - m_channels;
    m_starts.assign(lists + 1, 0);
    for (const Command& command : m_run->commands) {
        m_cycles = std::max(m_cycles, command.cycle + 1);
        ++m_starts[listOf(command) + 1];
        if (isColumn(command.kind))
            ++m_starts[firstBus + command.channel + 1];
    }
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
    m_commands.resize(m_starts.back());
    std::vector<std::size_t> next(m_starts.begin(), m_starts.end() - 1);
    for (std::size_t i = 0; i < m_run->commands.size(); ++i) {
        const Command& command = m_run->commands[i];
        m_commands[next[listOf(command)]++] = static_cast<std::uint32_t>(i);
        if (isColumn(command.kind))
            m_commands[next[firstBus + command.channel]++] = static_cast<std::uint32_t>(i);
        if (i % stopEvery == 0 && control.stop.stop_requested())
            return false;
    }
    return true;
}

std::span<const std::uint32_t> TimelineIndex::list(std::size_t number) const
{
    return std::span(m_commands).subspan(m_starts[number], m_starts[number + 1] - m_starts[number]);
}

std::span<const std::uint32_t> TimelineIndex::bank(TimelineRank rank, std::size_t bank) const
{
    return list(laneOf(rank, bank));
}

std::span<const std::uint32_t> TimelineIndex::wholeRank(TimelineRank rank) const
{
    return list(lanes() + rank.channel * m_ranks + rank.rank);
}

std::span<const std::uint32_t> TimelineIndex::refreshes(TimelineRank rank) const
{
    const std::size_t number = rank.channel * m_ranks + rank.rank;
    return std::span(m_refreshes)
        .subspan(m_refreshStarts[number], m_refreshStarts[number + 1] - m_refreshStarts[number]);
}

void TimelineIndex::findRefreshes()
{
    m_refreshStarts.push_back(0);
    for (std::size_t number = 0; number < m_channels * m_ranks; ++number) {
        for (const std::uint32_t index : list(lanes() + number)) {
            if (command(index).kind == CommandKind::Refresh)
                m_refreshes.push_back(index);
        }
        m_refreshStarts.push_back(m_refreshes.size());
    }
}

std::span<const std::uint32_t> TimelineIndex::bus(std::size_t channel) const
{
    return list(lanes() + m_channels * m_ranks + channel);
}

void TimelineIndex::findOpenRows(std::size_t lane)
{
    bool conflict = false;
    bool open = false;
    for (const std::uint32_t index : list(lane)) {
        const Command& command = m_run->commands[index];
        if (command.kind == CommandKind::Activate) {
            m_rows.push_back({ index, none, conflict });
            conflict = false;
            open = true;
        } else if (open && (command.kind == CommandKind::Precharge || isAuto(command.kind))) {
            m_rows.back().close = index;
            open = false;
        }
        if (command.kind == CommandKind::Precharge)
            conflict = command.detail != 0;
    }
    m_rowStarts.push_back(m_rows.size());
}

std::span<const TimelineIndex::OpenRow> TimelineIndex::openRows(TimelineRank rank, std::size_t bank) const
{
    const std::size_t lane = laneOf(rank, bank);
    return std::span(m_rows).subspan(m_rowStarts[lane], m_rowStarts[lane + 1] - m_rowStarts[lane]);
}

void TimelineIndex::addOpen(Sums* sums, std::uint64_t first, std::uint64_t last) const
{
    while (first < last) {
        const std::uint64_t bucket = first >> m_shift;
        const std::uint64_t end = std::min(last, (bucket + 1) << m_shift);
        sums[std::min<std::uint64_t>(bucket, m_buckets - 1)].open += end - first;
        first = end;
    }
}

void TimelineIndex::sumUp(std::size_t lane)
{
    // Sums of a bucket stand one further on: what is before the next one.
    Sums* sums = &m_sums[lane * (m_buckets + 1) + 1];
    for (const std::uint32_t index : list(lane)) {
        const Command& command = m_run->commands[index];
        Sums& sum = sums[command.cycle >> m_shift];
        sum.activates += command.kind == CommandKind::Activate ? 1 : 0;
        sum.precharges += command.kind == CommandKind::Precharge ? 1 : 0;
        if (isColumn(command.kind))
            ++(isWrite(command.kind) ? sum.writes : sum.reads);
    }
    for (std::size_t i = m_rowStarts[lane]; i < m_rowStarts[lane + 1]; ++i)
        addOpen(sums, opened(m_rows[i]), closed(m_rows[i]));
    for (std::size_t b = 1; b < m_buckets; ++b) {
        sums[b].activates += sums[b - 1].activates;
        sums[b].reads += sums[b - 1].reads;
        sums[b].writes += sums[b - 1].writes;
        sums[b].precharges += sums[b - 1].precharges;
        sums[b].open += sums[b - 1].open;
    }
}

void TimelineIndex::sumUpBus(std::size_t channel)
{
    Sums* sums = &m_sums[(lanes() + channel) * (m_buckets + 1) + 1];
    for (const std::uint32_t index : bus(channel)) {
        const Command& command = m_run->commands[index];
        const std::uint64_t start = dataStart(command);
        Sums& sum = sums[std::min<std::uint64_t>(start >> m_shift, m_buckets - 1)];
        ++(isWrite(command.kind) ? sum.writes : sum.reads);
        addOpen(sums, start, start + m_timing.burst);
    }
    for (std::size_t b = 1; b < m_buckets; ++b) {
        sums[b].reads += sums[b - 1].reads;
        sums[b].writes += sums[b - 1].writes;
        sums[b].open += sums[b - 1].open;
    }
}

std::uint64_t TimelineIndex::closed(const OpenRow& row) const
{
    if (row.close == none)
        return m_cycles;
    const Command& close = command(row.close);
    if (!isAuto(close.kind))
        return close.cycle;
    return close.cycle + (isWrite(close.kind) ? m_timing.writeToPrecharge : m_timing.readToPrecharge);
}

std::uint64_t TimelineIndex::dataStart(const Command& command) const
{
    return command.cycle + (isWrite(command.kind) ? m_timing.writeData : m_timing.readData);
}

std::span<const std::uint32_t> TimelineIndex::within(std::span<const std::uint32_t> list, std::uint64_t first,
                                                     std::uint64_t last) const
{
    const auto before = [this](std::uint32_t index, std::uint64_t cycle) {
        return command(index).cycle < cycle;
    };
    const auto from = std::lower_bound(list.begin(), list.end(), first, before);
    const auto to = std::lower_bound(from, list.end(), std::max(first, last), before);
    return { from, to };
}

std::span<const TimelineIndex::OpenRow>
TimelineIndex::openWithin(std::span<const OpenRow> rows, std::uint64_t first, std::uint64_t last) const
{
    const auto from = std::partition_point(rows.begin(), rows.end(),
                                           [&](const OpenRow& row) { return closed(row) <= first; });
    const auto to =
        std::partition_point(from, rows.end(), [&](const OpenRow& row) { return opened(row) < last; });
    return { from, to };
}

const TimelineIndex::OpenRow* TimelineIndex::rowOf(std::size_t index) const
{
    const Command& asked = command(index);
    if (isOfWholeRank(asked.kind))
        return nullptr;
    const std::span<const OpenRow> rows = openRows({ asked.channel, asked.rank }, asked.bank);
    const auto after = std::partition_point(rows.begin(), rows.end(),
                                            [index](const OpenRow& row) { return row.activate <= index; });
    if (after == rows.begin())
        return nullptr;
    const OpenRow& row = *(after - 1);
    return row.close == none || index <= row.close ? &row : nullptr;
}

} // namespace widgets
