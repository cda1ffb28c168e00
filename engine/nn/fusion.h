#pragma once

#include "engine/network/graph.h"

#include <optional>
#include <set>
#include <vector>

namespace engine::nn {

/// Nodes that are computed together with the first of them. All but the last have one consumer and are not
/// wanted by anybody else.
struct Group {
    std::size_t head = 0;
    std::optional<std::size_t> batchNorm {}; ///< folded into the weights of a convolution
    std::optional<std::size_t> add {}; ///< a residual that is added to the result
    std::optional<std::size_t> activation {}; ///< Relu, Clip and the like
    std::size_t last = 0;
};

/// Which nodes can be joined when the outputs of `tapped` (and of the graph) must appear; every node is in
/// exactly one group, and groups are ordered by their last node.
std::vector<Group> fuse(const Graph& graph, const std::set<std::size_t>& tapped);

} // namespace engine::nn
