#pragma once

#include "engine/nn/plan_builder.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine::nn {

/// One group of nodes at the moment it is built: what an operator may ask and where its result goes.
class Site {
public:
    Site(PlanBuilder& plan, const Group& group);

    PlanBuilder& plan() const { return m_plan; }
    const Group& group() const { return m_group; }
    const Node& node() const { return m_node; }
    const Node& member(std::size_t index) const { return m_plan.graph().nodes[index]; }

    bool has(std::size_t input) const;
    /// Name of a required input. Errors  FormatError when it is absent.
    const std::string& input(std::size_t index) const;
    const Shape& shape(std::size_t index) const { return m_plan.shape(input(index)); }
    SlotId plain(std::size_t index) const { return m_plan.plain(input(index)); }
    SlotId native(std::size_t index) const { return m_plan.native(input(index)); }
    bool perImage() const; ///< does any input differ from image to image?

    /// An input that must be stored in the file. Errors  FormatError when it is computed.
    const Tensor& constant(std::size_t index, std::string_view what) const;
    std::vector<float> floats(std::size_t index, std::string_view what) const;
    std::vector<std::int64_t> integers(std::size_t index, std::string_view what) const;
    /// An attribute of older operator sets that became an input later; empty when absent.
    std::vector<std::int64_t> integers(const std::string& attribute, std::size_t index) const;

    /// An axis counted from the end when negative. Errors  FormatError outside -rank..rank-1.
    std::size_t axis(std::int64_t value, std::size_t rank) const;
    /// Says that the node works across the outermost axis. Errors  MixesImages.
    void mixesImages() const;

    /// The result of the whole group.
    void define(const Shape& shape, SlotId slot) const;
    /// A computation of our own on the row-major inputs `reads`; the result of the whole group.
    void compute(const Shape& shape, std::vector<SlotId> reads, PlainCompute compute) const;

    [[noreturn]] void fail(const std::string& what) const; ///< FormatError naming the node
    [[noreturn]] void failShape(const std::string& what) const; ///< ShapeError naming the node

private:
    std::string title() const;

    PlanBuilder& m_plan;
    const Group& m_group;
    const Node& m_node;
};

/// A row of the table of operators: how a node becomes steps of a plan.
struct Operator {
    std::string_view name; ///< as in ONNX: "Conv"
    void (*build)(const Site& site);
};

/// Every operator that can be run. To add one, append a row in operators.cpp.
std::span<const Operator> operators();
/// Errors  FormatError naming node and operator.
const Operator& findOperator(const Node& node);

} // namespace engine::nn
