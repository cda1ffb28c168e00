#include "engine/nn/operators.h"

#include "engine/base/error.h"
#include "engine/nn/ops_convolution.h"
#include "engine/nn/ops_elementwise.h"
#include "engine/nn/ops_matrix.h"
#include "engine/nn/ops_normalise.h"
#include "engine/nn/ops_pool.h"
#include "engine/nn/ops_shape.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine::nn {

namespace {

constexpr auto table = std::to_array<Operator>({
    { "Add", buildBinary },
    { "AveragePool", buildPool },
    { "BatchNormalization", buildBatchNormalization },
    { "Cast", buildCast },
    { "Clip", buildActivation },
    { "Concat", buildConcat },
    { "Conv", buildConvolution },
    { "Div", buildBinary },
    { "Dropout", buildIdentity },
    { "Flatten", buildFlatten },
    { "Gemm", buildGemm },
    { "GlobalAveragePool", buildGlobalPool },
    { "GlobalMaxPool", buildGlobalPool },
    { "HardSigmoid", buildHardSigmoid },
    { "HardSwish", buildActivation },
    { "Identity", buildIdentity },
    { "LRN", buildLrn },
    { "LeakyRelu", buildActivation },
    { "LogSoftmax", buildSoftmax },
    { "MatMul", buildMatMul },
    { "MaxPool", buildPool },
    { "Mul", buildBinary },
    { "Pad", buildPad },
    { "ReduceMean", buildReduceMean },
    { "Relu", buildActivation },
    { "Reshape", buildReshape },
    { "Sigmoid", buildActivation },
    { "Slice", buildSlice },
    { "Softmax", buildSoftmax },
    { "Squeeze", buildSqueeze },
    { "Sub", buildBinary },
    { "Tanh", buildActivation },
    { "Transpose", buildTranspose },
    { "Unsqueeze", buildUnsqueeze },
});

} // namespace

Site::Site(PlanBuilder& plan, const Group& group)
    : m_plan(plan)
    , m_group(group)
    , m_node(plan.graph().nodes[group.head])
{
}

bool Site::has(std::size_t input) const
{
    return input < m_node.inputs.size() && !m_node.inputs[input].empty();
}

const std::string& Site::input(std::size_t index) const
{
    if (!has(index))
        fail("input " + std::to_string(index + 1) + " is missing");
    return m_node.inputs[index];
}

bool Site::perImage() const
{
    return std::ranges::any_of(
        m_node.inputs, [&](const std::string& name) { return !name.empty() && m_plan.perImage(name); });
}

const Tensor& Site::constant(std::size_t index, std::string_view what) const
{
    const Tensor* tensor = m_plan.graph().constant(input(index));
    if (tensor == nullptr)
        fail(std::string(what) + " is computed by the network; only a stored one can be run");
    return *tensor;
}

std::vector<float> Site::floats(std::size_t index, std::string_view what) const
{
    return readFloats(constant(index, what));
}

std::vector<std::int64_t> Site::integers(std::size_t index, std::string_view what) const
{
    const Tensor& tensor = constant(index, what);
    constexpr std::uint64_t most = 64;
    if (tensor.shape.rank() > 1 || tensor.shape.elements() > most)
        fail(std::string(what) + " has the shape " + toString(tensor.shape) + ", not a short list");
    std::vector<std::int64_t> result;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(tensor.shape.elements()); ++i) {
        const std::vector<std::int64_t> place(tensor.shape.rank(), i);
        // Slice marks "to the end" with the largest 64-bit integer, which a double cannot hold.
        constexpr double bound = 0x1p62;
        result.push_back(std::llround(std::clamp(readElement(tensor, place), -bound, bound)));
    }
    return result;
}

std::vector<std::int64_t> Site::integers(const std::string& attribute, std::size_t index) const
{
    return has(index) ? integers(index, attribute) : m_node.integers(attribute);
}

std::size_t Site::axis(std::int64_t value, std::size_t rank) const
{
    const auto signedRank = static_cast<std::int64_t>(rank);
    if (value < -signedRank || value >= signedRank)
        fail("axis " + std::to_string(value) + " is outside " + std::to_string(-signedRank) + ".."
             + std::to_string(signedRank - 1));
    return static_cast<std::size_t>(value < 0 ? value + signedRank : value);
}

void Site::mixesImages() const
{
    if (m_plan.batch() > 1)
        throw MixesImages();
}

void Site::define(const Shape& shape, SlotId slot) const
{
    m_plan.define(member(m_group.last).outputs.at(0), shape, slot, perImage());
}

void Site::compute(const Shape& shape, std::vector<SlotId> reads, PlainCompute compute) const
{
    const SlotId output = m_plan.slot(plainDesc(shape));
    m_plan.add({ std::move(compute), std::move(reads), output });
    define(shape, output);
}

void Site::fail(const std::string& what) const
{
    throw FormatError(title() + what);
}

void Site::failShape(const std::string& what) const
{
    throw ShapeError(title() + what);
}

std::string Site::title() const
{
    return "node " + m_node.name + " (" + m_node.op + "): ";
}

std::span<const Operator> operators()
{
    return table;
}

const Operator& findOperator(const Node& node)
{
    const auto row = std::ranges::find(table, node.op, &Operator::name);
    const bool standard = node.domain.empty() || node.domain == "ai.onnx";
    if (row == table.end() || !standard)
        throw FormatError("node " + node.name + ": the operator " + (standard ? "" : node.domain + ".")
                          + node.op + " cannot be run");
    return *row;
}

} // namespace engine::nn
