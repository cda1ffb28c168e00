#include "engine/nn/ops_elementwise.h"

#include "engine/nn/strided.h"

#include <array>
#include <limits>
#include <string_view>

namespace engine::nn {

namespace {

using dnnl::algorithm;

constexpr float unbounded = std::numeric_limits<float>::max();

/// A bound of Clip: an attribute up to operator set 10, an input since.
std::optional<float> bound(const Graph& graph, const Node& node, std::size_t input, float fallback)
{
    if (node.inputs.size() <= input || node.inputs[input].empty())
        return static_cast<float>(node.real(input == 1 ? "min" : "max", static_cast<double>(fallback)));
    const Tensor* tensor = graph.constant(node.inputs[input]);
    if (tensor == nullptr || tensor->shape.elements() != 1)
        return std::nullopt;
    return readFloats(*tensor).front();
}

std::optional<Activation> clip(const Graph& graph, const Node& node)
{
    const auto low = bound(graph, node, 1, -unbounded);
    const auto high = bound(graph, node, 2, unbounded);
    if (!low || !high)
        return std::nullopt;
    return Activation { algorithm::eltwise_clip, *low, *high };
}

/// One operation on two values, in oneDNN's terms and in ours.
struct BinaryKind {
    std::string_view op;
    algorithm same; ///< for operands of one shape
    BinaryFunction broadcast;
};

constexpr auto binaryKinds = std::to_array<BinaryKind>({
    { "Add", algorithm::binary_add, [](float a, float b) { return a + b; } },
    { "Sub", algorithm::binary_sub, [](float a, float b) { return a - b; } },
    { "Mul", algorithm::binary_mul, [](float a, float b) { return a * b; } },
    { "Div", algorithm::binary_div, [](float a, float b) { return a / b; } },
});

const BinaryKind& binaryKind(std::string_view op)
{
    return *std::ranges::find(binaryKinds, op, &BinaryKind::op);
}

SlotId apply(const Site& site, SlotId input, const Activation& function,
             const dnnl::primitive_attr& attributes)
{
    const dnnl::eltwise_forward::desc desc(dnnl::prop_kind::forward_inference, function.algorithm,
                                           site.plan().desc(input), function.alpha, function.beta);
    return site.plan().add<dnnl::eltwise_forward>({ desc, attributes, processor() },
                                                  { { DNNL_ARG_SRC, input } }, true);
}

SlotId sameShape(const Site& site, const BinaryKind& kind, const std::string& a, const std::string& b)
{
    PlanBuilder& plan = site.plan();
    const SlotId first = plan.native(a);
    const SlotId second = plan.as(b, plan.desc(first));
    const dnnl::binary::desc desc(kind.same, plan.desc(first), plan.desc(first), plan.desc(first));
    return plan.add<dnnl::binary>({ desc, withActivation(site), processor() },
                                  { { DNNL_ARG_SRC_0, first }, { DNNL_ARG_SRC_1, second } }, true);
}

/// The outermost axis of an operand that differs from image to image must stay the outermost one, and no
/// other operand may have an extent of its own there.
void checkBatchAxis(const Site& site, const std::string& operand, const Shape& result)
{
    const Shape& shape = site.plan().shape(operand);
    const bool outermost = shape.rank() == result.rank();
    if (site.plan().perImage(operand) ? !outermost : outermost && shape.rank() > 0 && shape[0] != 1)
        site.mixesImages();
}

SlotId broadcast(const Site& site, const BinaryKind& kind, const std::string& a, const std::string& b)
{
    PlanBuilder& plan = site.plan();
    const auto shape = broadcastShape(plan.shape(a), plan.shape(b));
    if (!shape)
        site.failShape("operands of " + toString(plan.shape(a)) + " and " + toString(plan.shape(b))
                       + " do not fit together");
    checkBatchAxis(site, a, *shape);
    checkBatchAxis(site, b, *shape);
    const SlotId output = plan.slot(plainDesc(*shape));
    const Broadcast places(plan.shape(a), plan.shape(b), *shape);
    plan.add({ [places, function = kind.broadcast](std::span<const float* const> in, float* out) {
                  places.run(function, in[0], in[1], out);
              },
               { plan.plain(a), plan.plain(b) },
               output });
    if (const auto node = site.group().activation)
        return apply(site, output, *activation(plan.graph(), site.member(*node)), userScratchpad());
    return output;
}

void combine(const Site& site, const BinaryKind& kind, const std::string& a, const std::string& b)
{
    PlanBuilder& plan = site.plan();
    const bool same = plan.shape(a) == plan.shape(b) && plan.perImage(a) == plan.perImage(b);
    const SlotId result = same ? sameShape(site, kind, a, b) : broadcast(site, kind, a, b);
    const auto shape = broadcastShape(plan.shape(a), plan.shape(b));
    site.define(*shape, result);
}

} // namespace

std::optional<Activation> activation(const Graph& graph, const Node& node)
{
    const auto real = [&](const char* key, double fallback) {
        return static_cast<float>(node.real(key, fallback));
    };
    if (node.op == "Relu")
        return Activation { algorithm::eltwise_relu };
    if (node.op == "LeakyRelu")
        return Activation { algorithm::eltwise_relu, real("alpha", 0.01) };
    if (node.op == "Clip")
        return clip(graph, node);
    if (node.op == "Sigmoid")
        return Activation { algorithm::eltwise_logistic };
    if (node.op == "Tanh")
        return Activation { algorithm::eltwise_tanh };
    if (node.op == "HardSwish")
        return Activation { algorithm::eltwise_hardswish };
    return std::nullopt;
}

dnnl::primitive_attr withActivation(const Site& site, dnnl::post_ops operations)
{
    if (const auto node = site.group().activation) {
        const Activation function = *activation(site.plan().graph(), site.member(*node));
        operations.append_eltwise(1.0F, function.algorithm, function.alpha, function.beta);
    }
    dnnl::primitive_attr attributes = userScratchpad();
    attributes.set_post_ops(operations);
    return attributes;
}

void buildActivation(const Site& site)
{
    const auto function = activation(site.plan().graph(), site.node());
    if (!function)
        site.fail("its bounds are computed by the network; only stored ones can be run");
    site.define(site.shape(0), apply(site, site.native(0), *function, userScratchpad()));
}

void buildHardSigmoid(const Site& site)
{
    const auto slope = static_cast<float>(site.node().real("alpha", 0.2));
    const auto offset = static_cast<float>(site.node().real("beta", 0.5));
    dnnl::post_ops operations;
    operations.append_eltwise(1.0F, algorithm::eltwise_clip, 0, 1);
    dnnl::primitive_attr attributes = userScratchpad();
    attributes.set_post_ops(operations);
    const Activation line { algorithm::eltwise_linear, slope, offset };
    site.define(site.shape(0), apply(site, site.native(0), line, attributes));
}

void buildBinary(const Site& site)
{
    combine(site, binaryKind(site.node().op), site.input(0), site.input(1));
}

void buildSum(const Site& site, const std::string& a, const std::string& b)
{
    combine(site, binaryKind("Add"), a, b);
}

void buildIdentity(const Site& site)
{
    site.define(site.shape(0), site.native(0));
}

void buildCast(const Site& site)
{
    constexpr std::int64_t onnxFloat = 1;
    const std::int64_t type = site.node().integer("to", onnxFloat);
    if (type != onnxFloat)
        site.fail("values can only be cast to float (1), not to type " + std::to_string(type));
    buildIdentity(site);
}

} // namespace engine::nn
