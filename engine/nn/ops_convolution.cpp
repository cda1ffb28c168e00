#include "engine/nn/ops_convolution.h"

#include "engine/nn/ops_elementwise.h"
#include "engine/nn/ops_normalise.h"
#include "engine/nn/window.h"

namespace engine::nn {

namespace {

using Dims = dnnl::memory::dims;
using Descriptor = dnnl::convolution_forward::primitive_desc;

dnnl::memory::desc anyLayout(const Dims& dims)
{
    return { dims, dnnl::memory::data_type::f32, dnnl::memory::format_tag::any };
}

/// All that makes a convolution but the values.
struct Convolution {
    SlidingWindow window;
    Dims source;
    Dims weights; ///< (groups, out, in, kernel...)
    Dims result;
    Shape weightShape; ///< as stored
};

Convolution describe(const Site& site)
{
    const Shape& source = site.shape(0);
    const Shape& weights = site.constant(1, "the weight tensor").shape;
    const std::int64_t groups = site.node().integer("group", 1);
    constexpr std::size_t fewest = 3;
    constexpr std::size_t most = 5;
    if (source.rank() < fewest || source.rank() > most || weights.rank() != source.rank())
        site.failShape("weights of " + toString(weights) + " cannot work on an input of " + toString(source));
    if (groups < 1 || weights.elements() == 0 || weights[0] % groups != 0 || source[1] % groups != 0
        || source[1] / groups != weights[1])
        site.failShape("weights of " + toString(weights) + " in " + std::to_string(groups)
                       + " groups do not fit the " + std::to_string(source[1]) + " channels of the input");
    const Dims kernel(weights.extents().begin() + 2, weights.extents().end());
    Convolution result;
    result.window = slidingWindow(site, source, kernel);
    result.weightShape = weights;
    result.source.assign(source.extents().begin(), source.extents().end());
    result.weights = { groups, weights[0] / groups, weights[1] };
    result.weights.insert(result.weights.end(), kernel.begin(), kernel.end());
    result.result = { source[0], weights[0] };
    result.result.insert(result.result.end(), result.window.output.begin(), result.window.output.end());
    return result;
}

Descriptor choose(const Convolution& convolution, const dnnl::primitive_attr& attributes)
{
    Dims dilations = convolution.window.dilations;
    for (auto& dilation : dilations)
        --dilation; // oneDNN counts the gaps
    Dims weights = convolution.weights;
    if (weights.front() == 1)
        weights.erase(weights.begin());
    const dnnl::convolution_forward::desc desc(
        dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
        anyLayout(convolution.source), anyLayout(weights), anyLayout({ convolution.result[1] }),
        anyLayout(convolution.result), convolution.window.strides, dilations, convolution.window.padBegin,
        convolution.window.padEnd);
    return { desc, attributes, processor() };
}

/// y = scale * x + shift per output channel; empty when there is no BatchNormalization to fold.
using Fold = std::optional<ScaleAndShift>;

std::vector<float> foldedWeights(std::vector<float> weights, const Fold& fold)
{
    if (!fold)
        return weights;
    const std::size_t perChannel = weights.size() / fold->scale.size();
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] *= fold->scale[i / perChannel];
    return weights;
}

std::vector<float> foldedBias(std::vector<float> bias, const Fold& fold)
{
    for (std::size_t i = 0; fold && i < bias.size(); ++i)
        bias[i] = bias[i] * fold->scale[i] + fold->shift[i];
    return bias;
}

Arguments arguments(const Site& site, const Convolution& convolution, const Descriptor& descriptor)
{
    const Tensor& weights = site.constant(1, "the weight tensor");
    const auto channels = static_cast<std::size_t>(convolution.result[1]);
    std::vector<float> bias(channels, 0);
    if (site.has(2))
        bias = site.floats(2, "the bias");
    if (bias.size() != channels)
        site.failShape("the bias has " + std::to_string(bias.size()) + " values for "
                       + std::to_string(channels) + " channels");
    Fold fold;
    if (const auto batchNorm = site.group().batchNorm)
        fold = scaleAndShift(site, site.member(*batchNorm), channels);
    Dims plainWeights = convolution.weights;
    if (plainWeights.front() == 1)
        plainWeights.erase(plainWeights.begin());
    PlanBuilder& plan = site.plan();
    const SlotId weightSlot = plan.constant(descriptor.weights_desc(), Shape(plainWeights), [weights, fold] {
        return foldedWeights(readFloats(weights), fold);
    });
    const SlotId biasSlot = plan.constant(descriptor.bias_desc(), Shape { convolution.result[1] },
                                          [bias, fold] { return foldedBias(bias, fold); });
    return { { DNNL_ARG_SRC, plan.as(site.input(0), descriptor.src_desc()) },
             { DNNL_ARG_WEIGHTS, weightSlot },
             { DNNL_ARG_BIAS, biasSlot } };
}

/// The operand of the group's Add that the convolution does not make.
std::string residualOf(const Site& site)
{
    const Node& add = site.member(*site.group().add);
    const std::size_t before = site.group().batchNorm.value_or(site.group().head);
    return add.inputs[0] == site.member(before).outputs.front() ? add.inputs[1] : add.inputs[0];
}

/// The result is added onto the residual where that lies; false when the residual is still needed.
bool buildOntoResidual(const Site& site, const Convolution& convolution, const std::string& residual)
{
    PlanBuilder& plan = site.plan();
    const Shape shape(convolution.result);
    if (plan.shape(residual) != shape)
        return false;
    dnnl::post_ops operations;
    operations.append_sum();
    const Descriptor descriptor = choose(convolution, withActivation(site, operations));
    const auto target = plan.consume(residual, descriptor.dst_desc());
    if (!target)
        return false;
    plan.add({ dnnl::convolution_forward(descriptor), arguments(site, convolution, descriptor), *target,
               DNNL_ARG_DST, descriptor.scratchpad_desc(), true });
    site.define(shape, *target);
    return true;
}

} // namespace

void buildConvolution(const Site& site)
{
    const Convolution convolution = describe(site);
    const Shape shape(convolution.result);
    const bool adds = site.group().add.has_value();
    if (adds && buildOntoResidual(site, convolution, residualOf(site)))
        return;
    const Descriptor descriptor = choose(convolution, adds ? userScratchpad() : withActivation(site));
    const SlotId made =
        site.plan().add<dnnl::convolution_forward>(descriptor, arguments(site, convolution, descriptor));
    if (!adds) {
        site.define(shape, made);
        return;
    }
    const std::string between = site.member(site.group().batchNorm.value_or(site.group().head)).outputs[0];
    site.plan().define(between, shape, made, site.perImage());
    buildSum(site, between, residualOf(site));
}

} // namespace engine::nn
