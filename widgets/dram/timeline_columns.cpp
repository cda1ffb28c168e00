#include "widgets/dram/timeline_index.h"

#include <algorithm>
#include <cmath>

namespace widgets {

using engine::dram::Command;
using engine::dram::CommandKind;

namespace {

void count(TimelineColumn& column, CommandKind kind)
{
    switch (kind) {
    case CommandKind::Activate:
        ++column.activates;
        break;
    case CommandKind::Read:
    case CommandKind::ReadAutoPrecharge:
        ++column.reads;
        break;
    case CommandKind::Write:
    case CommandKind::WriteAutoPrecharge:
        ++column.writes;
        break;
    case CommandKind::Precharge:
        ++column.precharges;
        break;
    default:
        break;
    }
}

std::uint64_t wholeCycle(double cycle)
{
    return cycle <= 0 ? 0 : static_cast<std::uint64_t>(std::ceil(cycle));
}

/// Adds the share of each column that lies between two cycles.
void shade(double from, double to, double first, double cyclesPerColumn, std::span<TimelineColumn> out)
{
    const double left = std::max(0.0, (from - first) / cyclesPerColumn);
    const double right = std::min(static_cast<double>(out.size()), (to - first) / cyclesPerColumn);
    for (auto at = static_cast<std::size_t>(left); static_cast<double>(at) < right; ++at) {
        const auto edge = static_cast<double>(at);
        out[at].open += static_cast<float>(std::min(right, edge + 1) - std::max(left, edge));
    }
}

} // namespace

// Commands are taken to be where their bucket starts: no more than a column away.
void TimelineIndex::sumColumns(std::size_t row, double first, double cyclesPerColumn,
                               std::span<TimelineColumn> out) const
{
    const Sums* sums = &m_sums[row * (m_buckets + 1)];
    const auto sumsBefore = [&](std::size_t column) -> const Sums& {
        const double cycle = first + static_cast<double>(column) * cyclesPerColumn;
        return cycle >= static_cast<double>(m_cycles) ? sums[m_buckets] : sums[wholeCycle(cycle) >> m_shift];
    };
    const Sums* before = &sumsBefore(0);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Sums* after = &sumsBefore(i + 1);
        out[i].activates = static_cast<float>(after->activates - before->activates);
        out[i].reads = static_cast<float>(after->reads - before->reads);
        out[i].writes = static_cast<float>(after->writes - before->writes);
        out[i].precharges = static_cast<float>(after->precharges - before->precharges);
        out[i].open = std::min(
            1.0F, static_cast<float>(static_cast<double>(after->open - before->open) / cyclesPerColumn));
        before = after;
    }
}

void TimelineIndex::shadeOpen(std::span<const OpenRow> rows, double first, double cyclesPerColumn,
                              std::span<TimelineColumn> out) const
{
    const double last = first + static_cast<double>(out.size()) * cyclesPerColumn;
    for (const OpenRow& row : openWithin(rows, wholeCycle(first), wholeCycle(last)))
        shade(static_cast<double>(opened(row)), static_cast<double>(closed(row)), first, cyclesPerColumn,
              out);
}

void TimelineIndex::columns(TimelineRank rank, std::size_t bankNumber, double first, double cyclesPerColumn,
                            std::span<TimelineColumn> out) const
{
    if (cyclesPerColumn >= static_cast<double>(std::uint64_t { 1 } << m_shift))
        return sumColumns(laneOf(rank, bankNumber), first, cyclesPerColumn, out);
    std::ranges::fill(out, TimelineColumn {});
    const double last = first + static_cast<double>(out.size()) * cyclesPerColumn;
    for (const std::uint32_t index : within(bank(rank, bankNumber), wholeCycle(first), wholeCycle(last))) {
        const Command& one = command(index);
        const auto at = static_cast<std::size_t>((static_cast<double>(one.cycle) - first) / cyclesPerColumn);
        count(out[std::min(at, out.size() - 1)], one.kind);
    }
    shadeOpen(openRows(rank, bankNumber), first, cyclesPerColumn, out);
}

void TimelineIndex::busColumns(std::size_t channel, double first, double cyclesPerColumn,
                               std::span<TimelineColumn> out) const
{
    if (cyclesPerColumn >= static_cast<double>(std::uint64_t { 1 } << m_shift))
        return sumColumns(lanes() + channel, first, cyclesPerColumn, out);
    std::ranges::fill(out, TimelineColumn {});
    const double last = first + static_cast<double>(out.size()) * cyclesPerColumn;
    const std::uint64_t latest = std::max(m_timing.readData, m_timing.writeData) + m_timing.burst;
    const std::uint64_t from = wholeCycle(first);
    const auto burst = static_cast<double>(m_timing.burst);
    for (const std::uint32_t index :
         within(bus(channel), from > latest ? from - latest : 0, wholeCycle(last))) {
        const Command& one = command(index);
        const auto start = static_cast<double>(dataStart(one));
        if (start + burst <= first || start >= last)
            continue;
        const auto at = static_cast<std::size_t>(std::max(0.0, start - first) / cyclesPerColumn);
        count(out[std::min(at, out.size() - 1)], one.kind);
        shade(start, start + burst, first, cyclesPerColumn, out);
    }
}

} // namespace widgets
