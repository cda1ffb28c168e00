#include "engine/base/error.h"
#include "engine/network/shape_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace engine::shapes {

namespace {

std::int64_t product(std::span<const std::int64_t> extents)
{
    return std::accumulate(extents.begin(), extents.end(), std::int64_t { 1 }, multiply);
}

/// Which axes a list names. Errors  ShapeError.
std::vector<bool> marked(const Extents& axes, std::size_t rank)
{
    std::vector<bool> result(rank, false);
    for (const std::int64_t axis : axes)
        result[checkedAxis(axis, rank)] = true;
    return result;
}

Outputs flatten(const NodeView& view)
{
    const Extents& input = view.input(0);
    const std::int64_t axis = view.node().integer("axis", 1);
    const auto rank = static_cast<std::int64_t>(input.size());
    const std::size_t cut = axis == rank ? input.size() : checkedAxis(axis, input.size());
    const std::span<const std::int64_t> extents(input);
    return { { product(extents.first(cut)), product(extents.subspan(cut)) } };
}

Outputs reshape(const NodeView& view)
{
    const Extents& input = view.input(0);
    const std::optional<Extents> target = view.integers("shape", 1);
    if (!target)
        return {};
    Extents output = *target;
    std::optional<std::size_t> free;
    std::int64_t fixed = 1;
    for (std::size_t i = 0; i < output.size(); ++i) {
        if (output[i] == 0 && view.node().integer("allowzero", 0) == 0) {
            if (i >= input.size())
                throw ShapeError("the new shape keeps axis " + std::to_string(i)
                                 + ", which the input has not");
            output[i] = input[i];
        }
        if (output[i] != -1)
            fixed = multiply(fixed, output[i]);
        else if (std::exchange(free, i))
            throw ShapeError("the new shape leaves more than one axis free");
    }
    const std::int64_t elements = product(input);
    if (free && (fixed <= 0 || elements % fixed != 0))
        throw ShapeError(std::to_string(elements) + " values cannot be put in rows of "
                         + std::to_string(fixed));
    if (free)
        output[*free] = elements / fixed;
    else if (fixed != elements)
        throw ShapeError(std::to_string(elements) + " values cannot be given a shape of "
                         + std::to_string(fixed));
    return { output };
}

Outputs squeeze(const NodeView& view)
{
    const Extents& input = view.input(0);
    const std::optional<Extents> axes = view.integers("axes", 1);
    if (!axes)
        return {};
    const std::vector<bool> dropped = marked(*axes, input.size());
    Extents output;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (axes->empty() ? input[i] != 1 : !dropped[i])
            output.push_back(input[i]);
    }
    return { output };
}

Outputs unsqueeze(const NodeView& view)
{
    const Extents& input = view.input(0);
    const std::optional<Extents> axes = view.integers("axes", 1);
    if (!axes)
        return {};
    const std::vector<bool> added = marked(*axes, input.size() + axes->size());
    if (static_cast<std::size_t>(std::ranges::count(added, true)) != axes->size())
        throw ShapeError("an axis is added twice");
    Extents output;
    auto next = input.begin();
    for (const bool isNew : added)
        output.push_back(isNew ? 1 : *next++);
    return { output };
}

Outputs transpose(const NodeView& view)
{
    const Extents& input = view.input(0);
    Extents order = view.node().integers("perm");
    if (order.empty()) {
        order.resize(input.size());
        std::iota(order.rbegin(), order.rend(), 0);
    }
    const std::vector<bool> used = marked(order, input.size());
    if (order.size() != input.size() || std::ranges::count(used, false) != 0)
        throw ShapeError("perm does not name each of the " + std::to_string(input.size()) + " axes once");
    Extents output;
    for (const std::int64_t axis : order)
        output.push_back(input[checkedAxis(axis, input.size())]);
    return { output };
}

Outputs concatenate(const NodeView& view)
{
    Extents output = view.input(0);
    const std::size_t axis = checkedAxis(view.node().integer("axis", 1), output.size());
    for (std::size_t i = 1; i < view.inputCount(); ++i) {
        Extents next = view.has(i) ? view.input(i) : Extents();
        if (next.size() != output.size())
            throw ShapeError("the parts have different numbers of axes");
        const std::int64_t together = add(output[axis], next[axis]);
        next[axis] = output[axis];
        if (next != output)
            throw ShapeError(toString(Shape(view.input(i))) + " cannot be joined along axis "
                             + std::to_string(axis) + " to " + toString(Shape(view.input(0))));
        output[axis] = together;
    }
    return { output };
}

/// Lengths when nothing says them: equal, the last one shorter.
Extents equalParts(std::int64_t extent, std::size_t parts)
{
    const auto count = static_cast<std::int64_t>(parts);
    const std::int64_t length = divideUp(extent, count);
    Extents result(parts, length);
    result.back() = std::max<std::int64_t>(0, extent - length * (count - 1));
    return result;
}

constexpr std::size_t largestSplit = 4096;

Outputs split(const NodeView& view)
{
    const Extents& input = view.input(0);
    const std::size_t axis = checkedAxis(view.node().integer("axis", 0), input.size());
    std::optional<Extents> lengths = view.integers("split", 1);
    const std::size_t parts = view.node().outputs.size();
    if (!lengths || parts == 0 || parts > largestSplit)
        return {};
    if (lengths->empty())
        lengths = equalParts(input[axis], parts);
    if (lengths->size() != parts
        || std::accumulate(lengths->begin(), lengths->end(), std::int64_t { 0 }, add) != input[axis])
        throw ShapeError("the parts do not make up the " + std::to_string(input[axis]) + " of axis "
                         + std::to_string(axis));
    Outputs outputs(parts, input);
    for (std::size_t i = 0; i < parts; ++i)
        outputs[i][axis] = (*lengths)[i];
    return outputs;
}

Outputs expand(const NodeView& view)
{
    const std::optional<Extents> target = view.integers("shape", 1);
    if (!target)
        return {};
    return { broadcast(view.input(0), *target) };
}

Outputs tile(const NodeView& view)
{
    Extents output = view.input(0);
    const std::optional<Extents> repeats = view.integers("repeats", 1);
    if (!repeats)
        return {};
    if (repeats->size() != output.size())
        throw ShapeError("repeats has " + std::to_string(repeats->size()) + " values for "
                         + std::to_string(output.size()) + " axes");
    std::ranges::transform(output, *repeats, output.begin(), multiply);
    return { output };
}

std::int64_t blockSize(const Node& node)
{
    const std::int64_t size = node.integer("blocksize", 0);
    if (size < 1 || size > (1 << 20))
        throw ShapeError("blocksize: " + std::to_string(size) + " is outside 1..1048576");
    return size;
}

const Extents& picture(const NodeView& view)
{
    if (view.input(0).size() != 4)
        throw ShapeError("an input of 4 axes is wanted, not of " + std::to_string(view.input(0).size()));
    return view.input(0);
}

Outputs depthToSpace(const NodeView& view)
{
    const Extents& in = picture(view);
    const std::int64_t size = blockSize(view.node());
    if (in[1] % (size * size) != 0)
        throw ShapeError(std::to_string(in[1]) + " channels do not make blocks of " + std::to_string(size));
    return { { in[0], in[1] / (size * size), multiply(in[2], size), multiply(in[3], size) } };
}

Outputs spaceToDepth(const NodeView& view)
{
    const Extents& in = picture(view);
    const std::int64_t size = blockSize(view.node());
    if (in[2] % size != 0 || in[3] % size != 0)
        throw ShapeError("height and width do not make blocks of " + std::to_string(size));
    return { { in[0], multiply(in[1], size * size), in[2] / size, in[3] / size } };
}

Extents scaled(Extents extents, const std::vector<double>& scales)
{
    if (scales.size() != extents.size())
        throw ShapeError("there are " + std::to_string(scales.size()) + " scales for "
                         + std::to_string(extents.size()) + " axes");
    for (std::size_t i = 0; i < scales.size(); ++i) {
        const double size = std::floor(static_cast<double>(extents[i]) * scales[i]);
        const bool fits = size >= 0 && size < 0x1.0p53; // Neither is true of NaN.
        if (!fits)
            throw ShapeError("scales: " + std::to_string(scales[i]) + " cannot be");
        extents[i] = static_cast<std::int64_t>(size);
    }
    return extents;
}

Outputs upsample(const NodeView& view)
{
    const auto scales = view.reals("scales", 1);
    if (!scales)
        return {};
    return { scaled(view.input(0), *scales) };
}

Outputs resize(const NodeView& view)
{
    const Node& node = view.node();
    if (node.attributes.contains("axes") || node.text("keep_aspect_ratio_policy", "stretch") != "stretch")
        return {};
    if (view.inputCount() <= 2)
        return upsample(view);
    if (view.has(3)) {
        const std::optional<Extents> sizes = view.integers(3);
        return sizes ? Outputs { *sizes } : Outputs();
    }
    const auto scales = view.reals("scales", 2);
    if (!scales)
        return {};
    return { scaled(view.input(0), *scales) };
}

constexpr std::array rules = {
    Rule { "Concat", 1, concatenate },
    Rule { "DepthToSpace", 1, depthToSpace },
    Rule { "Expand", 2, expand },
    Rule { "Flatten", 1, flatten },
    Rule { "Reshape", 1, reshape },
    Rule { "Resize", 1, resize },
    Rule { "SpaceToDepth", 1, spaceToDepth },
    Rule { "Split", 1, split },
    Rule { "Squeeze", 1, squeeze },
    Rule { "Tile", 2, tile },
    Rule { "Transpose", 1, transpose },
    Rule { "Unsqueeze", 1, unsqueeze },
    Rule { "Upsample", 1, upsample },
};

} // namespace

std::span<const Rule> layoutRules()
{
    return rules;
}

} // namespace engine::shapes
