#include "engine/nn/ops_normalise.h"

#include "engine/nn/ops_elementwise.h"
#include "engine/nn/strided.h"

#include <cmath>

namespace engine::nn {

namespace {

constexpr std::int64_t sincePerAxisSoftmax = 13;

/// The four vectors of a BatchNormalization, in the order of its inputs.
struct BatchNorm {
    std::vector<float> scale;
    std::vector<float> shift;
    std::vector<float> mean;
    std::vector<float> variance;
    double epsilon = 1e-5;
};

BatchNorm readBatchNorm(const Site& site, const Node& node, std::size_t channels)
{
    const auto vector = [&](std::size_t input) {
        const Tensor* tensor =
            input < node.inputs.size() ? site.plan().graph().constant(node.inputs[input]) : nullptr;
        if (tensor == nullptr)
            site.fail("node " + node.name + " has no stored scale, shift, mean and variance");
        if (tensor->shape.elements() != channels)
            site.failShape("node " + node.name + " normalises " + std::to_string(tensor->shape.elements())
                           + " channels, there are " + std::to_string(channels));
        return readFloats(*tensor);
    };
    return { vector(1), vector(2), vector(3), vector(4), node.real("epsilon", 1e-5) };
}

SlotId vectorSlot(const Site& site, std::vector<float> values)
{
    const Shape shape { static_cast<std::int64_t>(values.size()) };
    return site.plan().constant(plainDesc(shape), shape, [values = std::move(values)] { return values; });
}

} // namespace

ScaleAndShift scaleAndShift(const Site& site, const Node& batchNorm, std::size_t channels)
{
    const BatchNorm values = readBatchNorm(site, batchNorm, channels);
    ScaleAndShift result { values.scale, values.shift };
    for (std::size_t c = 0; c < channels; ++c) {
        const double factor = static_cast<double>(values.scale[c])
            / std::sqrt(static_cast<double>(values.variance[c]) + values.epsilon);
        result.scale[c] = static_cast<float>(factor);
        result.shift[c] = static_cast<float>(static_cast<double>(values.shift[c])
                                             - factor * static_cast<double>(values.mean[c]));
    }
    return result;
}

void buildBatchNormalization(const Site& site)
{
    if (site.shape(0).rank() < 2)
        site.failShape("its input of " + toString(site.shape(0)) + " has no channels");
    const auto channels = static_cast<std::size_t>(site.shape(0)[1]);
    BatchNorm values = readBatchNorm(site, site.node(), channels);
    const SlotId source = site.native(0);
    using dnnl::normalization_flags;
    const dnnl::batch_normalization_forward::desc desc(
        dnnl::prop_kind::forward_inference, site.plan().desc(source), static_cast<float>(values.epsilon),
        normalization_flags::use_global_stats | normalization_flags::use_scale
            | normalization_flags::use_shift);
    const SlotId made = site.plan().add<dnnl::batch_normalization_forward>(
        { desc, withActivation(site), processor() },
        { { DNNL_ARG_SRC, source },
          { DNNL_ARG_SCALE, vectorSlot(site, std::move(values.scale)) },
          { DNNL_ARG_SHIFT, vectorSlot(site, std::move(values.shift)) },
          { DNNL_ARG_MEAN, vectorSlot(site, std::move(values.mean)) },
          { DNNL_ARG_VARIANCE, vectorSlot(site, std::move(values.variance)) } },
        true);
    site.define(site.shape(0), made);
}

void buildLrn(const Site& site)
{
    const Node& node = site.node();
    const std::int64_t size = node.integer("size", 0);
    if (size < 1 || site.shape(0).rank() < 2)
        site.fail("size: " + std::to_string(size) + " is below 1");
    const SlotId source = site.native(0);
    const dnnl::lrn_forward::desc desc(
        dnnl::prop_kind::forward_inference, dnnl::algorithm::lrn_across_channels, site.plan().desc(source),
        size, static_cast<float>(node.real("alpha", 1e-4)), static_cast<float>(node.real("beta", 0.75)),
        static_cast<float>(node.real("bias", 1)));
    site.define(site.shape(0),
                site.plan().add<dnnl::lrn_forward>({ desc, userScratchpad(), processor() },
                                                   { { DNNL_ARG_SRC, source } }));
}

void buildSoftmax(const Site& site)
{
    const Shape& shape = site.shape(0);
    const bool perAxis = site.plan().graph().opset >= sincePerAxisSoftmax;
    const std::size_t axis = site.axis(site.node().integer("axis", perAxis ? -1 : 1), shape.rank());
    if (axis == 0)
        site.mixesImages();
    std::int64_t rows = 1;
    for (std::size_t i = 0; i < axis; ++i)
        rows *= shape[i];
    const auto all = static_cast<std::int64_t>(shape.elements());
    // Before operator set 13 all axes from this one on were taken together.
    const Shape seen = perAxis || rows == 0 ? shape : Shape { rows, all / rows };
    PlanBuilder& plan = site.plan();
    const SlotId source = plan.view(site.plain(0), plainDesc(seen));
    const int along = perAxis ? static_cast<int>(axis) : 1;
    const auto build = [&]<typename Primitive>(std::type_identity<Primitive>) {
        const typename Primitive::desc desc(dnnl::prop_kind::forward_inference, plan.desc(source), along);
        return plan.add<Primitive>({ desc, userScratchpad(), processor() }, { { DNNL_ARG_SRC, source } });
    };
    const SlotId made = site.node().op == "Softmax" ? build(std::type_identity<dnnl::softmax_forward> {})
                                                    : build(std::type_identity<dnnl::logsoftmax_forward> {});
    site.define(shape, plan.view(made, plainDesc(shape)));
}

void buildReduceMean(const Site& site)
{
    const Shape& shape = site.shape(0);
    const bool keeps = site.node().integer("keepdims", 1) != 0;
    const auto axes = site.integers("axes", 1);
    std::vector<bool> reduced(shape.rank(), axes.empty());
    for (const std::int64_t axis : axes)
        reduced[site.axis(axis, shape.rank())] = true;
    if (!reduced.empty() && reduced.front())
        site.mixesImages();
    Extents extents;
    for (std::size_t axis = 0; axis < shape.rank(); ++axis)
        if (!reduced[axis])
            extents.push_back(shape[axis]);
        else if (keeps)
            extents.push_back(1);
    const AxisMean mean(shape, reduced);
    site.compute(Shape(extents), { site.plain(0) },
                 [mean](std::span<const float* const> in, float* out) { mean.run(in[0], out); });
}

} // namespace engine::nn
