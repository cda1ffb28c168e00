#pragma once

#include "engine/network/graph.h"
#include "engine/network/image_set.h"
#include "engine/tensor/tensor.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine {

enum class Severity { Note, Warning, Problem };

/// Something worth knowing that is not an error: "kept dense", "labels missing".
struct Remark {
    Severity severity = Severity::Note;
    std::string layer; ///< empty: concerns the whole
    std::string text;
};

/// A row of the network overview: one node, or one group of weights where there is no graph.
struct Layer {
    std::string name;
    std::string op; ///< ONNX operator, or empty when not known
    std::optional<Shape> input; ///< batch of 1
    std::optional<Shape> output; ///< batch of 1
    std::uint64_t parameters = 0; ///< weights, biases, BatchNorm scale and shift
    std::uint64_t macs = 0; ///< multiply-accumulates of one image, padded taps counted
    std::vector<std::size_t> weights; ///< indices into Dataset::tensors
    std::optional<std::size_t> activation; ///< index into Dataset::tensors
};

/// Anything opened, read-only: a network, activations, images, or a bare collection of tensors.
struct Dataset {
    std::string title; ///< file name without suffix, or the network's own name
    std::string format; ///< id of the reader: "onnx"
    std::shared_ptr<const Graph> graph; ///< null when there is none that runs
    std::vector<Layer> layers;
    std::vector<Tensor> tensors; ///< every tensor, weights of the graph included
    std::shared_ptr<const ImageSet> images; ///< null when it holds none
    std::vector<std::string> classNames;
    std::string
        trace; ///< id of the trace format of a file of memory requests, which stay in the file; else empty
    std::map<std::string, std::string> facts; ///< producer, opset, framework ... as read
    std::vector<Remark> remarks;

    const Tensor* find(const std::string& tensorName) const;
    std::vector<std::size_t> withRole(Role role) const;
    std::uint64_t parameters() const; ///< sum over the layers
    /// Sum over the layers, as far as macsAreKnown().
    std::uint64_t macs() const;
    /// False for weights alone that are those of convolutions: nobody knows how often they are used.
    bool macsAreKnown() const;
};

/// Makes `layers` and fills tensor roles: from the graph when there is one (every node a layer, costs by
/// network/cost), else by grouping "conv1.weight", "conv1/bias" under "conv1". Activations of the same layer
/// name are joined to it. Called by every reader at the end.
void buildLayers(Dataset& dataset);

} // namespace engine
