#pragma once

#include "engine/tensor/tensor.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace engine {

using Attribute = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>,
                               std::vector<double>, std::vector<std::string>, Tensor>;

/// One operator. Names and semantics of `op` and `attributes` are those of ONNX.
struct Node {
    std::string name; ///< never empty; made unique by the reader
    std::string op;
    std::string domain; ///< empty = the standard operators
    std::vector<std::string> inputs; ///< value names; empty = absent optional input
    std::vector<std::string> outputs;
    std::map<std::string, Attribute> attributes;

    std::int64_t integer(const std::string& key, std::int64_t fallback) const;
    double real(const std::string& key, double fallback) const;
    std::string text(const std::string& key, const std::string& fallback) const;
    std::vector<std::int64_t> integers(const std::string& key, std::vector<std::int64_t> fallback = {}) const;
};

/// A value that flows into or out of the graph.
struct GraphValue {
    std::string name;
    DType type = DType::F32;
    std::vector<std::int64_t> extents; ///< -1 = not fixed (the batch)
};

/// A network that can be run, in execution order.
struct Graph {
    std::vector<Node> nodes; ///< topologically sorted
    std::vector<GraphValue> inputs; ///< without the constants
    std::vector<GraphValue> outputs;
    std::map<std::string, Tensor> constants; ///< weights and other initializers by value name
    /// Shape of every value as far as known, with a batch of 1.
    std::map<std::string, Shape> shapes;
    std::int64_t opset = 13; ///< version of the standard operators

    const Tensor* constant(const std::string& value) const; ///< null when it is not one
    const Shape* shape(const std::string& value) const; ///< null when not known
};

/// Sorts nodes so that every input comes before its use, keeping the file's order where it can.
/// Errors  FormatError naming a node of the cycle, or the value that nobody makes.
void sortTopologically(Graph& graph);

/// The nodes that read each value, in order; one that reads it twice stands there twice.
std::map<std::string, std::vector<std::size_t>> consumers(const Graph& graph);

} // namespace engine
