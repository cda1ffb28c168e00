#include "engine/nn/ops_pool.h"

#include "engine/nn/window.h"

#include <algorithm>

namespace engine::nn {

namespace {

using Dims = dnnl::memory::dims;

void checkRank(const Site& site, const Shape& input)
{
    constexpr std::size_t fewest = 3;
    constexpr std::size_t most = 5;
    if (input.rank() < fewest || input.rank() > most)
        site.failShape("its input of " + toString(input) + " has no one to three spatial axes");
}

void buildPrimitive(const Site& site, dnnl::algorithm algorithm, const SlidingWindow& window)
{
    const Shape& input = site.shape(0);
    Dims result { input[0], input[1] };
    result.insert(result.end(), window.output.begin(), window.output.end());
    const SlotId source = site.native(0);
    const dnnl::memory::desc target(result, dnnl::memory::data_type::f32, dnnl::memory::format_tag::any);
    const dnnl::pooling_forward::desc desc(dnnl::prop_kind::forward_inference, algorithm,
                                           site.plan().desc(source), target, window.strides, window.kernel,
                                           window.padBegin, window.padEnd);
    site.define(Shape(result),
                site.plan().add<dnnl::pooling_forward>({ desc, userScratchpad(), processor() },
                                                       { { DNNL_ARG_SRC, source } }));
}

/// Counted padding ends where the node declares it; what ceil_mode adds behind it is never counted. oneDNN
/// divides by the whole kernel, so its result is scaled up where a window overhangs.
std::vector<float> overhangFactors(const SlidingWindow& window, const Dims& padded)
{
    std::vector<float> factors { 1 };
    for (std::size_t axis = 0; axis < padded.size(); ++axis) {
        std::vector<float> longer;
        for (const float outer : factors)
            for (std::int64_t i = 0; i < window.output[axis]; ++i) {
                const std::int64_t left = padded[axis] - i * window.strides[axis];
                longer.push_back(outer * static_cast<float>(window.kernel[axis])
                                 / static_cast<float>(std::min(window.kernel[axis], left)));
            }
        factors = std::move(longer);
    }
    return factors;
}

void buildCountedAverage(const Site& site, const SlidingWindow& window)
{
    const Shape& input = site.shape(0);
    const auto pads = site.node().integers("pads", Dims(2 * window.kernel.size(), 0));
    Dims padded;
    for (std::size_t axis = 0; axis < window.kernel.size(); ++axis)
        padded.push_back(input[axis + 2] + pads[axis] + pads[axis + window.kernel.size()]);
    Dims result { input[0], input[1] };
    result.insert(result.end(), window.output.begin(), window.output.end());
    PlanBuilder& plan = site.plan();
    const SlotId source = site.plain(0);
    const dnnl::pooling_forward::desc desc(
        dnnl::prop_kind::forward_inference, dnnl::algorithm::pooling_avg_include_padding, plan.desc(source),
        plainDesc(Shape(result)), window.strides, window.kernel, window.padBegin, window.padEnd);
    const SlotId sums = plan.add<dnnl::pooling_forward>({ desc, userScratchpad(), processor() },
                                                        { { DNNL_ARG_SRC, source } });
    site.compute(Shape(result), { sums },
                 [factors = overhangFactors(window, padded),
                  planes = result[0] * result[1]](std::span<const float* const> in, float* out) {
                     const float* from = in[0];
                     for (std::int64_t plane = 0; plane < planes; ++plane)
                         for (const float factor : factors)
                             *out++ = *from++ * factor;
                 });
}

} // namespace

void buildPool(const Site& site)
{
    const Shape& input = site.shape(0);
    checkRank(site, input);
    const auto kernel = site.node().integers("kernel_shape");
    if (kernel.size() != input.rank() - 2 || std::ranges::any_of(kernel, [](auto k) { return k < 1; }))
        site.fail("kernel_shape does not fit an input of " + toString(input));
    const SlidingWindow window = slidingWindow(site, input, kernel);
    if (std::ranges::any_of(window.dilations, [](std::int64_t d) { return d != 1; }))
        site.fail("dilated pooling cannot be run");
    if (site.node().op == "MaxPool") {
        buildPrimitive(site, dnnl::algorithm::pooling_max, window);
        return;
    }
    const bool counted = site.node().integer("count_include_pad", 0) != 0;
    if (counted && window.overhangs)
        buildCountedAverage(site, window);
    else
        buildPrimitive(site,
                       counted ? dnnl::algorithm::pooling_avg_include_padding
                               : dnnl::algorithm::pooling_avg_exclude_padding,
                       window);
}

void buildGlobalPool(const Site& site)
{
    const Shape& input = site.shape(0);
    checkRank(site, input);
    const std::size_t axes = input.rank() - 2;
    SlidingWindow window;
    window.kernel.assign(input.extents().begin() + 2, input.extents().end());
    window.strides.assign(axes, 1);
    window.padBegin.assign(axes, 0);
    window.padEnd.assign(axes, 0);
    window.output.assign(axes, 1);
    buildPrimitive(site,
                   site.node().op == "GlobalMaxPool" ? dnnl::algorithm::pooling_max
                                                     : dnnl::algorithm::pooling_avg_exclude_padding,
                   window);
}

} // namespace engine::nn
