#pragma once

#include "widgets/dram/timeline_index.h"

#include <optional>

namespace widgets {

/// The first command of a rank, of one kind or any, after (or before) a cycle; after (or before) the command
/// `beside` where there is one to go on from, so that none of the same cycle is passed over.
std::optional<std::size_t> nextCommand(const TimelineIndex& index, TimelineRank rank, std::uint64_t cycle,
                                       bool forward, const std::optional<std::size_t>& beside,
                                       const std::optional<engine::dram::CommandKind>& kind);

/// The command of a bank nearest to a cycle.
std::optional<std::size_t> nearestInBank(const TimelineIndex& index, TimelineRank rank, std::size_t bank,
                                         std::uint64_t cycle);

} // namespace widgets
