#pragma once

#include "engine/network/graph.h"

namespace engine {

/// What one node costs for one image.
struct Cost {
    std::uint64_t parameters =
        0; ///< weights, biases, BatchNorm scale and shift; each counted at its first use
    std::uint64_t macs = 0; ///< convolutions and matrix products; padded taps counted
};

/// Indices of the inputs of `node` that hold trainable parameters (not running statistics, bounds, shapes).
std::vector<std::size_t> parameterInputs(const Node& node);

/// Cost of every node, in order. Unknown shapes give 0 MACs.
std::vector<Cost> costs(const Graph& graph);

} // namespace engine
