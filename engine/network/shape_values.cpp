#include "engine/network/shape_rules.h"

#include <algorithm>
#include <array>
#include <limits>

/// Integers that follow from shapes, as in Shape -> Gather -> Concat -> Reshape.
namespace engine::shapes {

namespace {

using Known = std::optional<Extents>;

Known passOn(const NodeView& view)
{
    return view.integers(0);
}

Known shapeOf(const NodeView& view)
{
    const Extents& extents = view.input(0);
    const auto rank = static_cast<std::int64_t>(extents.size());
    const auto place = [rank](std::int64_t value) {
        return std::clamp<std::int64_t>(value < 0 ? value + rank : value, 0, rank);
    };
    const std::int64_t start = place(view.node().integer("start", 0));
    const std::int64_t end = std::max(start, place(view.node().integer("end", rank)));
    return Extents(extents.begin() + start, extents.begin() + end);
}

Known size(const NodeView& view)
{
    std::int64_t elements = 1;
    for (const std::int64_t extent : view.input(0))
        elements = multiply(elements, extent);
    return Extents { elements };
}

Known gather(const NodeView& view)
{
    const Known data = view.integers(0);
    const Known indices = view.integers(1);
    if (!data || !indices || view.node().integer("axis", 0) != 0 || view.input(0).size() != 1)
        return std::nullopt;
    Extents result;
    for (const std::int64_t index : *indices)
        result.push_back((*data)[checkedAxis(index, data->size())]);
    return result;
}

Known concatenate(const NodeView& view)
{
    Extents result;
    for (std::size_t i = 0; i < view.inputCount(); ++i) {
        const Known part = view.integers(i);
        if (!part || result.size() + part->size() > largestList)
            return std::nullopt;
        result.insert(result.end(), part->begin(), part->end());
    }
    return result;
}

Known slice(const NodeView& view)
{
    const Known data = view.integers(0);
    const Known starts = view.integers("starts", 1);
    const Known ends = view.integers("ends", 2);
    const Known steps = view.integers(4);
    if (!data || !starts || !ends || !steps || starts->size() != 1 || ends->size() != 1)
        return std::nullopt;
    if (!steps->empty() && *steps != Extents { 1 })
        return std::nullopt;
    const auto count = static_cast<std::int64_t>(data->size());
    const auto place = [count](std::int64_t value) {
        return std::clamp<std::int64_t>(value < 0 ? value + count : value, 0, count);
    };
    const std::int64_t start = place(starts->front());
    const std::int64_t end = std::max(start, place(ends->front()));
    return Extents(data->begin() + start, data->begin() + end);
}

Known constantOfShape(const NodeView& view)
{
    const Known shape = view.integers(0);
    if (!shape || shape->size() > 1)
        return std::nullopt;
    const std::int64_t count = shape->empty() ? 1 : shape->front();
    if (count < 0 || count > static_cast<std::int64_t>(largestList))
        return std::nullopt;
    std::int64_t value = 0;
    if (const auto found = view.node().attributes.find("value"); found != view.node().attributes.end()) {
        const auto* tensor = std::get_if<Tensor>(&found->second);
        if (tensor == nullptr || tensor->type != DType::I64 || tensor->shape.elements() != 1)
            return std::nullopt;
        value = static_cast<std::int64_t>(
            readElement(*tensor, std::vector<std::int64_t>(tensor->shape.rank(), 0)));
    }
    return Extents(static_cast<std::size_t>(count), value);
}

template <std::int64_t (*Operation)(std::int64_t, std::int64_t)>
Known arithmetic(const NodeView& view)
{
    const Known a = view.integers(0);
    const Known b = view.integers(1);
    if (!a || !b || a->empty() || b->empty())
        return std::nullopt;
    const std::size_t count = std::max(a->size(), b->size());
    if ((a->size() != count && a->size() != 1) || (b->size() != count && b->size() != 1))
        return std::nullopt;
    Extents result(count);
    for (std::size_t i = 0; i < count; ++i)
        result[i] = Operation((*a)[a->size() == 1 ? 0 : i], (*b)[b->size() == 1 ? 0 : i]);
    return result;
}

/// Of sizes only: both positive, else the result is not used.
std::int64_t divide(std::int64_t a, std::int64_t b)
{
    return a >= 0 && b > 0 ? a / b : std::numeric_limits<std::int64_t>::min();
}

struct ValueRule {
    std::string_view op;
    Known (*infer)(const NodeView&);
};

constexpr std::array rules = {
    ValueRule { "Add", arithmetic<add> },
    ValueRule { "Cast", passOn },
    ValueRule { "Concat", concatenate },
    ValueRule { "ConstantOfShape", constantOfShape },
    ValueRule { "Div", arithmetic<divide> },
    ValueRule { "Gather", gather },
    ValueRule { "Identity", passOn },
    ValueRule { "Mul", arithmetic<multiply> },
    ValueRule { "Reshape", passOn },
    ValueRule { "Shape", shapeOf },
    ValueRule { "Size", size },
    ValueRule { "Slice", slice },
    ValueRule { "Squeeze", passOn },
    ValueRule { "Sub", arithmetic<subtract> },
    ValueRule { "Unsqueeze", passOn },
};

} // namespace

std::optional<Extents> knownIntegers(const NodeView& view)
{
    const auto* rule = std::ranges::find(rules, std::string_view(view.node().op), &ValueRule::op);
    if (rule == rules.end() || !view.has(0))
        return std::nullopt;
    Known values = rule->infer(view);
    if (values && std::ranges::count(*values, std::numeric_limits<std::int64_t>::min()) != 0)
        return std::nullopt;
    return values;
}

} // namespace engine::shapes
