#include "engine/network/shape_rules.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cassert>

namespace engine::shapes {

namespace {

constexpr const char* tooLarge = "a size is beyond 2^63";

} // namespace

NodeView::NodeView(const Graph& graph, const KnownIntegers& known, const Node& node)
    : m_graph(graph)
    , m_known(known)
    , m_node(node)
{
}

bool NodeView::has(std::size_t input) const
{
    return input < m_node.inputs.size() && !m_node.inputs[input].empty();
}

const Extents& NodeView::input(std::size_t index) const
{
    const Shape* shape = m_graph.shape(m_node.inputs[index]);
    assert(shape != nullptr); // inferShapes asks a rule only when all inputs are known
    return shape->extents();
}

std::optional<Extents> NodeView::integers(std::size_t index) const
{
    if (!has(index))
        return Extents();
    const auto found = m_known.find(m_node.inputs[index]);
    return found == m_known.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Extents> NodeView::integers(const std::string& key, std::size_t index) const
{
    const auto found = m_node.attributes.find(key);
    if (found == m_node.attributes.end())
        return integers(index);
    if (const auto* single = std::get_if<std::int64_t>(&found->second))
        return Extents { *single };
    return m_node.integers(key);
}

std::optional<std::vector<double>> NodeView::reals(const std::string& key, std::size_t index) const
{
    if (const auto found = m_node.attributes.find(key); found != m_node.attributes.end()) {
        const auto* values = std::get_if<std::vector<double>>(&found->second);
        return values != nullptr ? std::optional(*values) : std::nullopt;
    }
    if (!has(index))
        return std::vector<double>();
    const Tensor* constant = m_graph.constant(m_node.inputs[index]);
    if (constant == nullptr || constant->shape.elements() > largestList)
        return std::nullopt;
    const std::vector<float> values = readFloats(*constant);
    return std::vector<double>(values.begin(), values.end());
}

std::int64_t add(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum))
        throw ShapeError(tooLarge);
    return sum;
}

std::int64_t subtract(std::int64_t a, std::int64_t b)
{
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a, b, &difference))
        throw ShapeError(tooLarge);
    return difference;
}

std::int64_t multiply(std::int64_t a, std::int64_t b)
{
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product))
        throw ShapeError(tooLarge);
    return product;
}

std::int64_t divideUp(std::int64_t value, std::int64_t by)
{
    return value / by + (value % by > 0 ? 1 : 0);
}

std::size_t checkedAxis(std::int64_t axis, std::size_t rank)
{
    const auto count = static_cast<std::int64_t>(rank);
    if (axis < -count || axis >= count)
        throw ShapeError("axis " + std::to_string(axis) + " is outside the " + std::to_string(rank)
                         + " axes there are");
    return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

Extents broadcast(const Extents& a, const Extents& b)
{
    const Extents& longer = a.size() >= b.size() ? a : b;
    const Extents& shorter = a.size() >= b.size() ? b : a;
    Extents result = longer;
    const std::size_t offset = longer.size() - shorter.size();
    for (std::size_t i = 0; i < shorter.size(); ++i) {
        std::int64_t& extent = result[offset + i];
        if (extent == 1)
            extent = shorter[i];
        else if (shorter[i] != 1 && shorter[i] != extent)
            throw ShapeError(toString(Shape(a)) + " and " + toString(Shape(b)) + " do not go together");
    }
    return result;
}

} // namespace engine::shapes
