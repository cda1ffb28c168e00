#pragma once

#include "engine/codec/knapsack.h"

#include <cstddef>
#include <span>
#include <vector>

namespace engine::codec {

/// The least loss for every size of a buffer that holds what a layer makes together with all it reads:
/// Selection::bits is the largest such sum. Corners only, sizes rising and losses falling; empty when
/// stopped.
///
/// Exact: for one limit after the other, from the loosest down, the options of the layers that are still to
/// be read are kept beside the least loss that leads to them. Shape   reads[layer] are earlier layers. Errors
/// ParameterError for a layer that reads a later one, and when too many layers wait at once to be read.
/// Source  Tessera's definition.
std::vector<Selection> peakFront(const BudgetFront::Layers& layers,
                                 std::span<const std::vector<std::size_t>> reads, const Control& control);

/// The buffer a selection needs [bit].
std::uint64_t peakBits(const BudgetFront::Layers& layers, std::span<const std::vector<std::size_t>> reads,
                       std::span<const std::size_t> options);

} // namespace engine::codec
