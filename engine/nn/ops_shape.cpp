#include "engine/nn/ops_shape.h"

#include <algorithm>
#include <numeric>

namespace engine::nn {

namespace {

using Extents = std::vector<std::int64_t>;

/// The same values under another shape.
void defineView(const Site& site, const Shape& shape)
{
    site.define(shape, site.plan().view(site.plain(0), plainDesc(shape)));
}

std::int64_t product(Extents::const_iterator first, Extents::const_iterator last)
{
    return std::accumulate(first, last, std::int64_t { 1 }, std::multiplies<> {});
}

/// The extents a Reshape asks for: 0 copies, -1 takes what is left.
Shape resolveTarget(const Site& site, const Shape& input, Extents target)
{
    const bool zeroCopies = site.node().integer("allowzero", 0) == 0;
    std::int64_t known = 1;
    std::optional<std::size_t> open;
    for (std::size_t axis = 0; axis < target.size(); ++axis) {
        if (target[axis] == 0 && zeroCopies && axis < input.rank())
            target[axis] = input[axis];
        if (target[axis] == -1 && !open)
            open = axis;
        else if (target[axis] <= 0 || __builtin_mul_overflow(known, target[axis], &known))
            site.fail("a target extent of " + std::to_string(target[axis]) + " cannot be");
    }
    const auto elements = static_cast<std::int64_t>(input.elements());
    if (open)
        target[*open] = elements / known;
    Shape result(target);
    if (result.elements() != input.elements())
        site.failShape(toString(input) + " cannot become " + toString(result));
    return result;
}

} // namespace

void buildReshape(const Site& site)
{
    const Shape& input = site.shape(0);
    const Extents target = site.has(1) ? site.integers(1, "the target shape") : site.node().integers("shape");
    if (!site.perImage() || input.rank() == 0) {
        defineView(site, resolveTarget(site, input, target));
        return;
    }
    // The target was written for the batch the network was exported with.
    const std::int64_t declared = site.plan().declaredBatch();
    Extents exported = input.extents();
    exported.front() = declared;
    const Shape resolved = resolveTarget(site, Shape(exported), target);
    Extents result = resolved.extents();
    if (!result.empty() && result.front() == declared)
        result.front() = input[0];
    else
        site.mixesImages();
    const Shape shape(result);
    if (shape.elements() != input.elements())
        site.failShape("it mixes the " + std::to_string(declared)
                       + " images of the batch the network was exported with; export it with a batch of 1");
    defineView(site, shape);
}

void buildFlatten(const Site& site)
{
    const Shape& input = site.shape(0);
    const std::int64_t asked = site.node().integer("axis", 1);
    const auto rank = static_cast<std::int64_t>(input.rank());
    const std::size_t axis = asked == rank ? input.rank() : site.axis(asked, input.rank());
    if (axis != 1)
        site.mixesImages();
    const auto& extents = input.extents();
    const auto split = extents.begin() + static_cast<std::ptrdiff_t>(axis);
    defineView(site, Shape { product(extents.begin(), split), product(split, extents.end()) });
}

void buildSqueeze(const Site& site)
{
    const Shape& input = site.shape(0);
    const auto axes = site.integers("axes", 1);
    std::vector<bool> gone(input.rank(), false);
    for (const std::int64_t axis : axes)
        gone[site.axis(axis, input.rank())] = true;
    // Without axes every extent of 1 goes, but the batch is no part of the picture.
    for (std::size_t axis = site.perImage() ? 1 : 0; axes.empty() && axis < input.rank(); ++axis)
        gone[axis] = input[axis] == 1;
    Extents extents;
    for (std::size_t axis = 0; axis < input.rank(); ++axis) {
        if (!gone[axis])
            extents.push_back(input[axis]);
        else if (axis == 0)
            site.mixesImages();
        if (gone[axis] && input[axis] != 1)
            site.failShape("axis " + std::to_string(axis) + " has extent " + std::to_string(input[axis])
                           + " and cannot be squeezed");
    }
    defineView(site, Shape(extents));
}

void buildUnsqueeze(const Site& site)
{
    const Shape& input = site.shape(0);
    const auto axes = site.integers("axes", 1);
    const std::size_t rank = input.rank() + axes.size();
    std::vector<bool> fresh(rank, false);
    for (const std::int64_t axis : axes)
        fresh[site.axis(axis, rank)] = true;
    if (static_cast<std::size_t>(std::ranges::count(fresh, true)) != axes.size())
        site.fail("an axis is named twice");
    if (rank > 0 && fresh.front())
        site.mixesImages();
    Extents extents;
    std::size_t next = 0;
    for (std::size_t axis = 0; axis < rank; ++axis)
        extents.push_back(fresh[axis] ? 1 : input[next++]);
    defineView(site, Shape(extents));
}

} // namespace engine::nn
