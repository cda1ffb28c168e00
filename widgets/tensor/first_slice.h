#pragma once

#include "widgets/tensor/axis_plan.h"
#include "widgets/tensor/tensor_facts.h"

#include <cstdint>
#include <vector>

namespace widgets {

/// Which plane of a tensor to show first: `index` itself, unless that plane is empty or nearly so; then the
/// next channel (after the last channel, the next of the remaining axes) with at least half as many non-zero
/// values as the tensor's average, else the fullest that was found. The batch stays.
///
/// Looks at a few hundred thousand values at most, and only where they lie in memory.
std::vector<std::int64_t> firstSlice(const TensorFacts& facts, const AxisPlan& plan,
                                     const std::vector<std::int64_t>& index);

} // namespace widgets
