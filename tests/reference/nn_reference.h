#pragma once

#include "engine/network/graph.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace reference {

/// A value of a network, row-major.
struct Array {
    std::vector<std::int64_t> shape;
    std::vector<double> values;

    std::int64_t rank() const { return static_cast<std::int64_t>(shape.size()); }
    std::int64_t elements() const;
    /// Position of element `index` along every axis.
    std::vector<std::int64_t> place(std::int64_t index) const;
    /// The element at a place; 1-long and missing leading axes are repeated (broadcasting).
    double at(const std::vector<std::int64_t>& place) const;
    std::int64_t offset(const std::vector<std::int64_t>& place) const;
};

/// Runs a graph node by node in double, straight from ONNX's definitions. Slow and obvious.
std::map<std::string, Array> evaluate(const engine::Graph& graph, const Array& input);

using Inputs = std::vector<const Array*>;

/// Axes of a Squeeze, ReduceMean ..., from an attribute or the second input, counted from the front.
std::vector<std::int64_t> axesOf(const engine::Node& node, const Inputs& in, std::int64_t rank);

Array transpose(const engine::Node& node, const Array& x);
Array slice(const engine::Node& node, const Inputs& in);
Array pad(const engine::Node& node, const Inputs& in);
Array concat(const engine::Node& node, const Inputs& in);
Array reshaped(const engine::Node& node, const Inputs& in); ///< Flatten, Reshape, Squeeze, Unsqueeze

Array convolution(const engine::Node& node, const Array& x, const Array& w, const Array* bias);
Array pooling(const engine::Node& node, const Array& x);

} // namespace reference
