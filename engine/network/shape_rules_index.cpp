#include "engine/base/error.h"
#include "engine/network/shape_rules.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace engine::shapes {

namespace {

/// The axes a list names, or the first ones when it names none. Errors  ShapeError.
std::vector<std::size_t> namedAxes(const Extents& axes, std::size_t count, std::size_t rank)
{
    std::vector<std::size_t> result(count);
    std::iota(result.begin(), result.end(), 0);
    if (!axes.empty() && axes.size() != count)
        throw ShapeError("there are " + std::to_string(axes.size()) + " axes for " + std::to_string(count)
                         + " values");
    for (std::size_t i = 0; i < count; ++i)
        result[i] = checkedAxis(axes.empty() ? static_cast<std::int64_t>(i) : axes[i], rank);
    return result;
}

/// Elements that start, start + step ... visits before end.
std::int64_t sliceLength(std::int64_t extent, std::int64_t start, std::int64_t end, std::int64_t step)
{
    if (step == 0)
        throw ShapeError("steps: 0 leads nowhere");
    start = start < 0 ? start + extent : start;
    end = end < 0 ? end + extent : end;
    if (step > 0) {
        start = std::clamp<std::int64_t>(start, 0, extent);
        end = std::clamp<std::int64_t>(end, 0, extent);
        return start < end ? divideUp(end - start, step) : 0;
    }
    start = std::clamp<std::int64_t>(start, -1, extent - 1);
    end = std::clamp<std::int64_t>(end, -1, extent - 1);
    const std::int64_t back = -std::max(step, -std::numeric_limits<std::int64_t>::max());
    return start > end ? divideUp(start - end, back) : 0;
}

Outputs slice(const NodeView& view)
{
    Extents output = view.input(0);
    const auto starts = view.integers("starts", 1);
    const auto ends = view.integers("ends", 2);
    const auto axes = view.integers("axes", 3);
    const auto steps = view.integers(4);
    if (!starts || !ends || !axes || !steps)
        return {};
    if (starts->size() != ends->size() || (!steps->empty() && steps->size() != starts->size()))
        throw ShapeError("starts, ends and steps differ in length");
    const std::vector<std::size_t> named = namedAxes(*axes, starts->size(), output.size());
    for (std::size_t i = 0; i < named.size(); ++i) {
        std::int64_t& extent = output[named[i]];
        extent = sliceLength(extent, (*starts)[i], (*ends)[i], steps->empty() ? 1 : (*steps)[i]);
    }
    return { output };
}

Outputs pad(const NodeView& view)
{
    Extents output = view.input(0);
    const char* key = view.node().attributes.contains("paddings") ? "paddings" : "pads";
    const auto pads = view.integers(key, 1);
    const auto axes = view.integers(3);
    if (!pads || !axes)
        return {};
    const std::size_t count = axes->empty() ? output.size() : axes->size();
    if (pads->size() != 2 * count)
        throw ShapeError("pads has " + std::to_string(pads->size()) + " values where "
                         + std::to_string(2 * count) + " are wanted");
    const std::vector<std::size_t> named = namedAxes(*axes, count, output.size());
    for (std::size_t i = 0; i < count; ++i)
        output[named[i]] = add(output[named[i]], add((*pads)[i], (*pads)[i + count]));
    return { output };
}

Outputs gather(const NodeView& view)
{
    const Extents& data = view.input(0);
    const Extents& indices = view.input(1);
    const std::size_t axis = checkedAxis(view.node().integer("axis", 0), data.size());
    const auto cut = data.begin() + static_cast<std::ptrdiff_t>(axis);
    Extents output(data.begin(), cut);
    output.insert(output.end(), indices.begin(), indices.end());
    output.insert(output.end(), cut + 1, data.end());
    return { output };
}

Outputs shapeOf(const NodeView& view)
{
    const auto rank = static_cast<std::int64_t>(view.input(0).size());
    return { { sliceLength(rank, view.node().integer("start", 0), view.node().integer("end", rank), 1) } };
}

Outputs constantOfShape(const NodeView& view)
{
    const auto target = view.integers(0);
    return target ? Outputs { *target } : Outputs();
}

Outputs range(const NodeView& view)
{
    const auto start = view.integers(0);
    const auto limit = view.integers(1);
    const auto step = view.integers(2);
    if (!start || !limit || !step || start->size() != 1 || limit->size() != 1 || step->size() != 1)
        return {};
    if (step->front() == 0)
        throw ShapeError("delta: 0 leads nowhere");
    const std::int64_t way = subtract(limit->front(), start->front());
    if ((way > 0) != (step->front() > 0))
        return { { 0 } };
    return { { way > 0 ? divideUp(way, step->front())
                       : divideUp(subtract(0, way), subtract(0, step->front())) } };
}

Outputs oneHot(const NodeView& view)
{
    Extents output = view.input(0);
    const auto depth = view.integers(1);
    if (!depth || depth->size() != 1)
        return {};
    const std::size_t axis = checkedAxis(view.node().integer("axis", -1), output.size() + 1);
    output.insert(output.begin() + static_cast<std::ptrdiff_t>(axis), depth->front());
    return { output };
}

Outputs reduce(const NodeView& view)
{
    const Extents& input = view.input(0);
    const auto axes = view.integers("axes", 1);
    if (!axes)
        return {};
    const Node& node = view.node();
    if (axes->empty() && node.integer("noop_with_empty_axes", 0) != 0)
        return { input };
    std::vector<bool> reduced(input.size(), axes->empty());
    for (const std::int64_t axis : *axes)
        reduced[checkedAxis(axis, input.size())] = true;
    const bool keep = node.integer("keepdims", 1) != 0;
    Extents output;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (!reduced[i])
            output.push_back(input[i]);
        else if (keep)
            output.push_back(1);
    }
    return { output };
}

Outputs argument(const NodeView& view)
{
    Extents output = view.input(0);
    const std::size_t axis = checkedAxis(view.node().integer("axis", 0), output.size());
    if (view.node().integer("keepdims", 1) != 0)
        output[axis] = 1;
    else
        output.erase(output.begin() + static_cast<std::ptrdiff_t>(axis));
    return { output };
}

Outputs topK(const NodeView& view)
{
    Extents output = view.input(0);
    const auto count = view.integers("k", 1);
    if (!count || count->size() != 1)
        return {};
    output[checkedAxis(view.node().integer("axis", -1), output.size())] = count->front();
    return { output, output };
}

constexpr std::array rules = {
    Rule { "ArgMax", 1, argument },
    Rule { "ArgMin", 1, argument },
    Rule { "ConstantOfShape", 1, constantOfShape },
    Rule { "Gather", 2, gather },
    Rule { "OneHot", 2, oneHot },
    Rule { "Pad", 1, pad },
    Rule { "Range", 3, range },
    Rule { "ReduceL1", 1, reduce },
    Rule { "ReduceL2", 1, reduce },
    Rule { "ReduceLogSum", 1, reduce },
    Rule { "ReduceLogSumExp", 1, reduce },
    Rule { "ReduceMax", 1, reduce },
    Rule { "ReduceMean", 1, reduce },
    Rule { "ReduceMin", 1, reduce },
    Rule { "ReduceProd", 1, reduce },
    Rule { "ReduceSum", 1, reduce },
    Rule { "ReduceSumSquare", 1, reduce },
    Rule { "Shape", 1, shapeOf },
    Rule { "Slice", 1, slice },
    Rule { "TopK", 1, topK },
};

} // namespace

std::span<const Rule> indexRules()
{
    return rules;
}

} // namespace engine::shapes
