#include "tests/reference/nn_reference.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace reference {

using engine::Node;
using Extents = std::vector<std::int64_t>;

namespace {

Extents integers(const Array& list)
{
    Extents result;
    for (const double value : list.values)
        result.push_back(std::llround(value));
    return result;
}

/// Fills an array by asking where each element comes from.
Array gather(const Extents& shape, const std::function<double(const Extents&)>& from)
{
    Array y { shape, {} };
    for (std::int64_t i = 0; i < y.elements(); ++i)
        y.values.push_back(from(y.place(i)));
    return y;
}

} // namespace

Extents axesOf(const Node& node, const Inputs& in, std::int64_t rank)
{
    Extents axes = in.size() > 1 ? integers(*in[1]) : node.integers("axes");
    for (std::int64_t& axis : axes)
        axis += axis < 0 ? rank : 0;
    return axes;
}

Array transpose(const Node& node, const Array& x)
{
    Extents order(x.shape.size());
    std::iota(order.rbegin(), order.rend(), 0);
    order = node.integers("perm", order);
    Extents shape;
    for (const std::int64_t axis : order)
        shape.push_back(x.shape[static_cast<std::size_t>(axis)]);
    return gather(shape, [&](const Extents& place) {
        Extents source(place.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            source[static_cast<std::size_t>(order[i])] = place[i];
        return x.at(source);
    });
}

Array slice(const Node& node, const Inputs& in)
{
    const Array& x = *in[0];
    const bool listed = in.size() > 1;
    const Extents starts = listed ? integers(*in[1]) : node.integers("starts");
    const Extents ends = listed ? integers(*in[2]) : node.integers("ends");
    Extents axes(starts.size());
    std::iota(axes.begin(), axes.end(), 0);
    axes = in.size() > 3 ? integers(*in[3]) : node.integers("axes", axes);
    const Extents steps = in.size() > 4 ? integers(*in[4]) : Extents(starts.size(), 1);
    std::vector<Extents> kept(x.shape.size());
    for (std::size_t axis = 0; axis < kept.size(); ++axis) {
        kept[axis].resize(static_cast<std::size_t>(x.shape[axis]));
        std::iota(kept[axis].begin(), kept[axis].end(), 0);
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(axes[i] < 0 ? axes[i] + x.rank() : axes[i]);
        const std::int64_t extent = x.shape[axis];
        const std::int64_t start = starts[i] < 0 ? starts[i] + extent : starts[i];
        const std::int64_t end = ends[i] < 0 ? ends[i] + extent : ends[i];
        kept[axis].clear();
        if (steps[i] > 0)
            for (std::int64_t k = start; k < std::min(end, extent); k += steps[i])
                kept[axis].push_back(k);
        else
            for (std::int64_t k = std::min(start, extent - 1); k > std::max<std::int64_t>(end, -1);
                 k += steps[i])
                kept[axis].push_back(k);
    }
    Extents shape;
    for (const Extents& list : kept)
        shape.push_back(static_cast<std::int64_t>(list.size()));
    return gather(shape, [&](Extents place) {
        for (std::size_t axis = 0; axis < place.size(); ++axis)
            place[axis] = kept[axis][static_cast<std::size_t>(place[axis])];
        return x.at(place);
    });
}

Array pad(const Node& node, const Inputs& in)
{
    const Array& x = *in[0];
    const Extents pads = in.size() > 1 ? integers(*in[1]) : node.integers("pads");
    const double fill = in.size() > 2 ? in[2]->values.front() : node.real("value", 0);
    Extents shape = x.shape;
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        shape[axis] += pads[axis] + pads[axis + shape.size()];
    return gather(shape, [&](Extents place) {
        for (std::size_t axis = 0; axis < place.size(); ++axis) {
            place[axis] -= pads[axis];
            if (place[axis] < 0 || place[axis] >= x.shape[axis])
                return fill;
        }
        return x.at(place);
    });
}

Array concat(const Node& node, const Inputs& in)
{
    auto axis =
        static_cast<std::size_t>(node.integer("axis", 1) + (node.integer("axis", 1) < 0 ? in[0]->rank() : 0));
    Extents shape = in[0]->shape;
    shape[axis] = 0;
    for (const Array* part : in)
        shape[axis] += part->shape[axis];
    return gather(shape, [&](Extents place) {
        std::size_t part = 0;
        for (; place[axis] >= in[part]->shape[axis]; ++part)
            place[axis] -= in[part]->shape[axis];
        return in[part]->at(place);
    });
}

Array reshaped(const Node& node, const Inputs& in)
{
    Array y = *in[0];
    const Extents& x = in[0]->shape;
    Extents shape;
    if (node.op == "Flatten") {
        const std::int64_t axis = node.integer("axis", 1) + (node.integer("axis", 1) < 0 ? y.rank() : 0);
        const auto split = x.begin() + axis;
        shape = { std::accumulate(x.begin(), split, std::int64_t { 1 }, std::multiplies<> {}),
                  std::accumulate(split, x.end(), std::int64_t { 1 }, std::multiplies<> {}) };
    } else if (node.op == "Reshape") {
        shape = integers(*in[1]);
        std::int64_t known = 1;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            shape[i] = shape[i] == 0 ? x[i] : shape[i];
            known *= shape[i] == -1 ? 1 : shape[i];
        }
        std::ranges::replace(shape, -1, y.elements() / known);
    } else if (node.op == "Squeeze") {
        const Extents axes = axesOf(node, in, y.rank());
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::ranges::find(axes, static_cast<std::int64_t>(i)) == axes.end())
                shape.push_back(x[i]);
    } else {
        shape = x;
        Extents axes = axesOf(node, in,
                              y.rank()
                                  + static_cast<std::int64_t>(
                                      (in.size() > 1 ? in[1]->values.size() : node.integers("axes").size())));
        std::ranges::sort(axes);
        for (const std::int64_t axis : axes)
            shape.insert(shape.begin() + axis, 1);
    }
    y.shape = shape;
    return y;
}

} // namespace reference
