#pragma once

#include "engine/network/graph.h"

#include <cstddef>
#include <vector>

namespace engine {

/// A tensor that an accelerator writes to memory: the last value of a node that computes and of the cheap
/// nodes that are done on the way out.
struct FeatureMap {
    std::size_t node = 0; ///< that gives the stored value; index into Graph::nodes
    /// All that are done together, in order: the convolution or matrix product itself first, `node` last.
    std::vector<std::size_t> nodes;
    /// The maps whose values these nodes read; indices into the list of maps, ascending. Reading through
    /// nodes that only rename, cut or join (Reshape, Flatten, Slice, Concat, Identity) counts as reading the
    /// maps behind them.
    std::vector<std::size_t> reads;
    std::vector<std::size_t> readers; ///< the maps that read this one, ascending
    bool readsInput = false; ///< an input of the network
    bool isOutput = false; ///< the network gives it out
};

/// The feature maps of a network, in the order in which they can be made.
///
/// A map begins at a node with multiply-accumulates, at a pooling, and at any other node that is not done on
/// the way: batch normalisation, activation function, arithmetic with constants or with a map of the same
/// shape that exists already are done on the way as long as the value has no other reader; so is a gate
/// (x * sigmoid(x)). Padding, cutting, reshaping and joining move nothing by themselves. Nodes that depend on
/// constants or shapes only make no map.
/// Source  Tessera's definition.
std::vector<FeatureMap> featureMaps(const Graph& graph);

} // namespace engine
