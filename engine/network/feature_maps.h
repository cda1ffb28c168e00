#pragma once

#include "engine/network/graph.h"

#include <cstddef>
#include <vector>

namespace engine {

/// A tensor that an accelerator writes to memory: the last value of a node that computes and of the cheap
/// nodes that are done on the way out.
struct FeatureMap {
    std::size_t node = 0; ///< that gives the stored value; index into Graph::nodes
    std::size_t first = 0; ///< of the nodes done together: the convolution or matrix product itself
    /// Of the maps whose first or later nodes read this one; indices into the list of maps. Reading through
    /// nodes that only rename or join (Reshape, Flatten, Concat, Identity) counts as reading this one.
    std::vector<std::size_t> readers;
    bool isOutput = false; ///< the network gives it out
};

/// The feature maps of a network, in execution order.
///
/// A map begins at a node with multiply-accumulates, at a pooling, and at any other node that is not done on
/// the way: normalisation, activation function, clip, addition of a map that exists already are done on the
/// way as long as the value has no other reader. Padding, reshaping and joining move nothing by themselves.
/// Nodes that depend on constants only make no map.
std::vector<FeatureMap> featureMaps(const Graph& graph);

/// Indices of the maps that read an input of the network.
std::vector<std::size_t> inputReaders(const Graph& graph, const std::vector<FeatureMap>& maps);

} // namespace engine
