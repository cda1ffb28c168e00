#pragma once

#include "engine/network/graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace engine {

/// What one node costs for one image. Sums that do not fit stop at 2^64 - 1.
struct Cost {
    std::uint64_t parameters = 0; ///< weights, biases, BatchNorm scale and shift
    std::uint64_t macs = 0; ///< convolutions and matrix products; padded taps counted
    std::vector<std::string> weights; ///< the constants counted in `parameters`, by value name
};

/// Indices of the inputs of `node` that may hold trainable parameters (not running statistics, bounds,
/// shapes).
std::vector<std::size_t> parameterInputs(const Node& node);

/// Cost of every node, in order. A constant is counted at its first use only; one that reaches its user
/// through Transpose, Cast, DequantizeLinear and the like is counted at that user. Scalars and integers that
/// are added or multiplied are not parameters. Unknown shapes give 0 MACs.
std::vector<Cost> costs(const Graph& graph);

} // namespace engine
