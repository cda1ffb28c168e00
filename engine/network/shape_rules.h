#pragma once

#include "engine/network/graph.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// How each operator makes the shape of its outputs; used by shape_inference.cpp only.
namespace engine::shapes {

using Extents = std::vector<std::int64_t>;

/// No shape has more axes; keeps hostile files from making shapes grow from node to node.
constexpr std::size_t largestRank = 16;
/// Integer lists as long as this are followed: pads name every axis twice.
constexpr std::size_t largestList = 2 * largestRank;

/// Small integer tensors whose elements are known without running: the targets of Reshape and the like.
using KnownIntegers = std::unordered_map<std::string, Extents>;

/// What a rule sees of one node.
class NodeView {
public:
    NodeView(const Graph& graph, const KnownIntegers& known, const Node& node);

    const Node& node() const { return m_node; }
    bool has(std::size_t input) const;
    std::size_t inputCount() const { return m_node.inputs.size(); }
    /// Extents of an input that has() says is there.
    const Extents& input(std::size_t index) const;
    /// Elements of an input: empty when absent, nothing when not known before running.
    std::optional<Extents> integers(std::size_t index) const;
    /// The same, from the attribute `key` where older versions of the operator have it.
    std::optional<Extents> integers(const std::string& key, std::size_t index) const;
    std::optional<std::vector<double>> reals(const std::string& key, std::size_t index) const;

private:
    const Graph& m_graph;
    const KnownIntegers& m_known;
    const Node& m_node;
};

/// Extents of the outputs, in order; empty = not known before running.
using Outputs = std::vector<Extents>;

/// One operator. Errors  ShapeError when the shapes do not fit.
struct Rule {
    std::string_view op;
    std::size_t inputs; ///< that must be there
    Outputs (*infer)(const NodeView&);
};

std::span<const Rule> elementwiseRules();
std::span<const Rule> windowRules();
std::span<const Rule> layoutRules();
std::span<const Rule> indexRules();
std::span<const Rule> matrixRules();

/// Elements of a node's first output, when it is a small integer tensor that follows from known ones.
std::optional<Extents> knownIntegers(const NodeView& view);

/// Errors  ShapeError beyond 64 bits.
std::int64_t add(std::int64_t a, std::int64_t b);
std::int64_t subtract(std::int64_t a, std::int64_t b);
std::int64_t multiply(std::int64_t a, std::int64_t b);
std::int64_t divideUp(std::int64_t value, std::int64_t by);
/// A negative axis counts from the end. Errors  ShapeError.
std::size_t checkedAxis(std::int64_t axis, std::size_t rank);
/// Errors  ShapeError.
Extents broadcast(const Extents& a, const Extents& b);

} // namespace engine::shapes
