#include "engine/nn/ops_shape.h"
#include "engine/nn/strided.h"

#include <algorithm>
#include <numeric>

namespace engine::nn {

namespace {

/// The elements a Slice keeps along one axis.
struct Range {
    std::int64_t start = 0;
    std::int64_t step = 1;
    std::int64_t count = 0;
};

Range resolveRange(std::int64_t extent, std::int64_t start, std::int64_t end, std::int64_t step)
{
    const auto place = [&](std::int64_t index) { return index < 0 ? index + extent : index; };
    const std::int64_t first = step > 0 ? std::clamp<std::int64_t>(place(start), 0, extent)
                                        : std::clamp<std::int64_t>(place(start), -1, extent - 1);
    const std::int64_t last = step > 0 ? std::clamp<std::int64_t>(place(end), 0, extent)
                                       : std::clamp<std::int64_t>(place(end), -1, extent - 1);
    const std::int64_t distance = step > 0 ? last - first : first - last;
    const std::int64_t width = step > 0 ? step : -step;
    return { first, step, distance > 0 ? (distance - 1) / width + 1 : 0 };
}

std::vector<Range> sliceRanges(const Site& site, const Shape& input)
{
    std::vector<Range> ranges;
    for (const std::int64_t extent : input.extents())
        ranges.push_back({ 0, 1, extent });
    const auto starts = site.integers("starts", 1);
    const auto ends = site.integers("ends", 2);
    auto axes = site.integers("axes", 3);
    const auto steps = site.has(4) ? site.integers(4, "steps") : Extents(starts.size(), 1);
    if (axes.empty()) {
        axes.resize(starts.size());
        std::iota(axes.begin(), axes.end(), 0);
    }
    if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size())
        site.fail("starts, ends, axes and steps differ in length");
    constexpr std::int64_t longestStep = std::int64_t { 1 } << 40;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (steps[i] == 0)
            site.fail("a step of 0 cannot be");
        const std::size_t axis = site.axis(axes[i], input.rank());
        ranges[axis] =
            resolveRange(input[axis], starts[i], ends[i], std::clamp(steps[i], -longestStep, longestStep));
    }
    return ranges;
}

void computeCopy(const Site& site, const Shape& shape, const StridedCopy& copy)
{
    site.compute(shape, { site.plain(0) },
                 [copy](std::span<const float* const> in, float* out) { copy.run(in[0], out); });
}

/// The extents of the result, and whether the outermost axis stays as it was.
Shape concatenated(const Site& site, std::size_t axis)
{
    const Shape& first = site.shape(0);
    Extents extents = first.extents();
    for (std::size_t i = 1; i < site.node().inputs.size(); ++i) {
        Extents other = site.shape(i).extents();
        if (other.size() != extents.size())
            site.failShape("inputs of " + toString(first) + " and " + toString(site.shape(i))
                           + " differ in rank");
        extents[axis] += other[axis];
        other[axis] = first[axis];
        if (Shape(other) != first)
            site.failShape("inputs of " + toString(first) + " and " + toString(site.shape(i))
                           + " do not fit together");
    }
    return Shape(extents);
}

} // namespace

void buildSlice(const Site& site)
{
    const Shape& input = site.shape(0);
    const Extents inStrides = rowMajorStrides(input.extents());
    const auto ranges = sliceRanges(site, input);
    StridedCopy::Side from;
    Extents extents;
    for (std::size_t axis = 0; axis < ranges.size(); ++axis) {
        const Range& range = ranges[axis];
        if (range.count == 0)
            site.failShape("nothing is left of axis " + std::to_string(axis));
        if (axis == 0 && (range.count != input[0] || range.start != 0))
            site.mixesImages();
        extents.push_back(range.count);
        from.strides.push_back(inStrides[axis] * range.step);
        from.offset += inStrides[axis] * range.start;
    }
    computeCopy(site, Shape(extents), StridedCopy(extents, from, { rowMajorStrides(extents) }));
}

void buildTranspose(const Site& site)
{
    const Shape& input = site.shape(0);
    Extents order(input.rank());
    std::iota(order.rbegin(), order.rend(), 0);
    order = site.node().integers("perm", order);
    Extents sorted = order;
    std::ranges::sort(sorted);
    for (std::size_t axis = 0; axis < std::max(sorted.size(), input.rank()); ++axis)
        if (sorted.size() != input.rank() || sorted[axis] != static_cast<std::int64_t>(axis))
            site.fail("perm is no permutation of the " + std::to_string(input.rank()) + " axes");
    if (!order.empty() && order.front() != 0)
        site.mixesImages();
    const Extents inStrides = rowMajorStrides(input.extents());
    StridedCopy::Side from;
    Extents extents;
    for (const std::int64_t axis : order) {
        extents.push_back(input[static_cast<std::size_t>(axis)]);
        from.strides.push_back(inStrides[static_cast<std::size_t>(axis)]);
    }
    computeCopy(site, Shape(extents), StridedCopy(extents, from, { rowMajorStrides(extents) }));
}

void buildPad(const Site& site)
{
    if (const std::string mode = site.node().text("mode", "constant"); mode != "constant")
        site.fail("mode " + mode + " cannot be run, only constant");
    const Shape& input = site.shape(0);
    const auto pads = site.integers("pads", 1);
    if (pads.size() != 2 * input.rank() || site.has(3))
        site.fail("pads must name both ends of all " + std::to_string(input.rank()) + " axes");
    float fill = static_cast<float>(site.node().real("value", 0));
    if (site.has(2))
        fill = site.floats(2, "the padding value").at(0);
    constexpr std::int64_t widest = 1 << 20;
    Extents extents;
    Extents box;
    StridedCopy::Side from { rowMajorStrides(input.extents()) };
    Extents skipped;
    for (std::size_t axis = 0; axis < input.rank(); ++axis) {
        const std::int64_t before = pads[axis];
        const std::int64_t after = pads[axis + input.rank()];
        if (std::max(std::abs(before), std::abs(after)) > widest)
            site.fail("pads: " + std::to_string(before) + ", " + std::to_string(after)
                      + " is beyond the limit of " + std::to_string(widest));
        if (axis == 0 && (before != 0 || after != 0))
            site.mixesImages();
        extents.push_back(input[axis] + before + after);
        box.push_back(input[axis] + std::min<std::int64_t>(before, 0) + std::min<std::int64_t>(after, 0));
        if (box.back() <= 0)
            site.failShape("nothing is left of axis " + std::to_string(axis));
        from.offset += std::max<std::int64_t>(0, -before) * from.strides[axis];
        skipped.push_back(std::max<std::int64_t>(0, before));
    }
    StridedCopy::Side to { rowMajorStrides(extents) };
    for (std::size_t axis = 0; axis < skipped.size(); ++axis)
        to.offset += skipped[axis] * to.strides[axis];
    const Shape shape(extents);
    const StridedCopy copy(box, from, to);
    site.compute(shape, { site.plain(0) },
                 [copy, fill, elements = shape.elements()](std::span<const float* const> in, float* out) {
                     std::fill_n(out, elements, fill);
                     copy.run(in[0], out);
                 });
}

void buildConcat(const Site& site)
{
    const std::size_t axis = site.axis(site.node().integer("axis", 1), site.shape(0).rank());
    if (axis == 0)
        site.mixesImages();
    std::vector<dnnl::memory::desc> sources;
    Arguments reads;
    for (std::size_t i = 0; i < site.node().inputs.size(); ++i) {
        if (site.plan().perImage(site.input(i)) != site.perImage())
            site.mixesImages();
        const SlotId source = site.native(i);
        sources.push_back(site.plan().desc(source));
        reads.emplace_back(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(i), source);
    }
    const Shape shape = concatenated(site, axis);
    const dnnl::concat::primitive_desc desc(static_cast<int>(axis), sources, processor(), userScratchpad());
    site.define(shape, site.plan().add<dnnl::concat>(desc, reads));
}

} // namespace engine::nn
