#include "widgets/dram/timeline_search.h"

#include <algorithm>

namespace widgets {

namespace {

using engine::dram::CommandKind;
using List = std::span<const std::uint32_t>;

/// The first of a list behind (or before) `from` that passes.
std::optional<std::size_t> scan(const TimelineIndex& index, List list, std::size_t from, bool forward,
                                const std::optional<CommandKind>& kind)
{
    const auto passes = [&](std::size_t at) { return !kind || index.command(at).kind == *kind; };
    const auto found = std::ranges::lower_bound(list, from);
    if (forward) {
        for (auto at = found; at != list.end(); ++at)
            if (*at != from && passes(*at))
                return *at;
        return std::nullopt;
    }
    for (auto at = found; at != list.begin();)
        if (passes(*--at))
            return *at;
    return std::nullopt;
}

/// Where in the list a cycle starts, as the number of a command.
std::size_t startOf(const TimelineIndex& index, List list, std::uint64_t cycle, bool forward)
{
    const List rest = index.within(list, cycle, ~std::uint64_t { 0 });
    if (!rest.empty())
        return forward && rest.front() > 0 ? rest.front() - 1 : rest.front();
    return index.size();
}

} // namespace

std::optional<std::size_t> nextCommand(const TimelineIndex& index, TimelineRank rank, std::uint64_t cycle,
                                       bool forward, const std::optional<std::size_t>& beside,
                                       const std::optional<CommandKind>& kind)
{
    std::optional<std::size_t> best;
    const auto look = [&](List list) {
        const std::size_t from = beside ? *beside : startOf(index, list, cycle, forward);
        const auto found = scan(index, list, from, forward, kind);
        if (found && (!best || (forward ? *found < *best : *found > *best)))
            best = found;
    };
    const bool ofRank = kind && (*kind == CommandKind::Refresh || *kind > CommandKind::RefreshBank);
    for (std::size_t bank = 0; bank < index.banks() && !ofRank; ++bank)
        look(index.bank(rank, bank));
    if (!kind || ofRank)
        look(index.wholeRank(rank));
    return best;
}

std::optional<std::size_t> nearestInBank(const TimelineIndex& index, TimelineRank rank, std::size_t bank,
                                         std::uint64_t cycle)
{
    const List list = index.bank(rank, bank);
    if (list.empty())
        return std::nullopt;
    const List after = index.within(list, cycle, ~std::uint64_t { 0 });
    if (after.empty())
        return list.back();
    if (after.size() == list.size())
        return list.front();
    const std::uint32_t before = *(after.data() - 1);
    const bool later = index.command(after.front()).cycle - cycle < cycle - index.command(before).cycle;
    return later ? after.front() : before;
}

} // namespace widgets
