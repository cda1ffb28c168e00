#include "engine/network/cost.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>

namespace engine {

namespace {

std::uint64_t times(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::uint64_t>::max() : product;
}

std::uint64_t plus(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::uint64_t>::max() : sum;
}

const Shape* inputShape(const Graph& graph, const Node& node, std::size_t index)
{
    return index < node.inputs.size() ? graph.shape(node.inputs[index]) : nullptr;
}

const Shape* outputShape(const Graph& graph, const Node& node)
{
    return node.outputs.empty() ? nullptr : graph.shape(node.outputs.front());
}

/// Every output value takes one product per weight of its own output channel.
std::uint64_t convolution(const Graph& graph, const Node& node, std::size_t weightInput)
{
    const Shape* weight = inputShape(graph, node, weightInput);
    const Shape* output = outputShape(graph, node);
    if (weight == nullptr || output == nullptr)
        return 0;
    return times(output->elements(), weight->elementsPerItem());
}

/// Every input value meets all weights of its own input channel.
std::uint64_t transposedConvolution(const Graph& graph, const Node& node, std::size_t weightInput)
{
    const Shape* weight = inputShape(graph, node, weightInput);
    const Shape* input = inputShape(graph, node, 0);
    if (weight == nullptr || input == nullptr)
        return 0;
    return times(input->elements(), weight->elementsPerItem());
}

std::uint64_t matrixProduct(const Graph& graph, const Node& node, std::size_t)
{
    const Shape* left = inputShape(graph, node, 0);
    const Shape* output = outputShape(graph, node);
    if (left == nullptr || output == nullptr || left->rank() == 0)
        return 0;
    const bool transposed = node.op == "Gemm" && node.integer("transA", 0) != 0;
    const std::int64_t inner = (*left)[transposed ? 0 : left->rank() - 1];
    return times(output->elements(), static_cast<std::uint64_t>(inner));
}

/// Input and recurrent matrices are applied once per step of the sequence and item of the batch.
std::uint64_t recurrent(const Graph& graph, const Node& node, std::size_t weightInput)
{
    const Shape* input = inputShape(graph, node, 0);
    const Shape* weight = inputShape(graph, node, weightInput);
    const Shape* recurrence = inputShape(graph, node, weightInput + 1);
    if (input == nullptr || weight == nullptr || recurrence == nullptr || input->rank() < 2)
        return 0;
    const std::uint64_t steps =
        times(static_cast<std::uint64_t>((*input)[0]), static_cast<std::uint64_t>((*input)[1]));
    return times(steps, plus(weight->elements(), recurrence->elements()));
}

/// What is known about an operator; a new operator is one row.
struct OperatorCost {
    std::string_view op;
    std::array<int, 4> parameters; ///< indices of inputs; -1 = none
    std::uint64_t (*macs)(const Graph&, const Node&, std::size_t weightInput) = nullptr;
    bool elementwise = false; ///< scalars and integers are no parameters here
};

constexpr std::array operatorCosts = {
    OperatorCost { "Conv", { 1, 2, -1, -1 }, convolution },
    OperatorCost { "ConvInteger", { 1, -1, -1, -1 }, convolution },
    OperatorCost { "QLinearConv", { 3, 8, -1, -1 }, convolution },
    OperatorCost { "ConvTranspose", { 1, 2, -1, -1 }, transposedConvolution },
    OperatorCost { "Gemm", { 1, 0, 2, -1 }, matrixProduct },
    OperatorCost { "MatMul", { 1, 0, -1, -1 }, matrixProduct },
    OperatorCost { "MatMulInteger", { 1, 0, -1, -1 }, matrixProduct },
    OperatorCost { "QLinearMatMul", { 3, 0, -1, -1 }, matrixProduct },
    OperatorCost { "RNN", { 1, 2, 3, -1 }, recurrent },
    OperatorCost { "GRU", { 1, 2, 3, -1 }, recurrent },
    OperatorCost { "LSTM", { 1, 2, 3, 7 }, recurrent },
    OperatorCost { "BatchNormalization", { 1, 2, -1, -1 } },
    OperatorCost { "InstanceNormalization", { 1, 2, -1, -1 } },
    OperatorCost { "LayerNormalization", { 1, 2, -1, -1 } },
    OperatorCost { "GroupNormalization", { 1, 2, -1, -1 } },
    OperatorCost { "PRelu", { 1, -1, -1, -1 } },
    OperatorCost { "Add", { 0, 1, -1, -1 }, nullptr, true },
    OperatorCost { "Mul", { 0, 1, -1, -1 }, nullptr, true },
    OperatorCost { "Gather", { 0, -1, -1, -1 }, nullptr, true },
};

const OperatorCost* find(const Node& node)
{
    if (!node.domain.empty() && node.domain != "ai.onnx")
        return nullptr;
    const auto* row = std::ranges::find(operatorCosts, std::string_view(node.op), &OperatorCost::op);
    return row == operatorCosts.end() ? nullptr : row;
}

/// Operators that hand a weight on in another order or type.
bool passesOn(const Node& node)
{
    static constexpr std::array<std::string_view, 9> ops = {
        "Identity", "Cast",      "Transpose",      "Reshape",         "Flatten",
        "Squeeze",  "Unsqueeze", "QuantizeLinear", "DequantizeLinear"
    };
    return std::ranges::find(ops, std::string_view(node.op)) != ops.end();
}

bool isParameter(const OperatorCost& row, const Tensor& constant)
{
    return !row.elementwise || (!isInteger(constant.type) && constant.shape.elements() > 1);
}

/// Counts constants in the order of the nodes.
class ParameterCount {
public:
    explicit ParameterCount(const Graph& graph)
        : m_graph(graph)
    {
    }

    void add(const Node& node, Cost& cost)
    {
        if (const OperatorCost* row = find(node)) {
            for (const std::size_t index : parameterInputs(node))
                addInput(*row, origin(node.inputs[index]), cost);
        } else if (passesOn(node) && !node.inputs.empty() && !node.outputs.empty()) {
            m_origins[node.outputs.front()] = origin(node.inputs.front());
        }
    }

private:
    std::string origin(const std::string& value) const
    {
        const auto found = m_origins.find(value);
        return found == m_origins.end() ? value : found->second;
    }

    void addInput(const OperatorCost& row, const std::string& value, Cost& cost)
    {
        const Tensor* constant = m_graph.constant(value);
        if (constant == nullptr || !isParameter(row, *constant) || !m_counted.insert(value).second)
            return;
        cost.parameters = plus(cost.parameters, constant->shape.elements());
        cost.weights.push_back(value);
    }

    const Graph& m_graph;
    std::unordered_map<std::string, std::string> m_origins; ///< of values that are constants handed on
    std::set<std::string> m_counted;
};

} // namespace

std::vector<std::size_t> parameterInputs(const Node& node)
{
    std::vector<std::size_t> result;
    const OperatorCost* row = find(node);
    if (row == nullptr)
        return result;
    for (const int index : row->parameters) {
        if (index >= 0 && static_cast<std::size_t>(index) < node.inputs.size())
            result.push_back(static_cast<std::size_t>(index));
    }
    return result;
}

std::vector<Cost> costs(const Graph& graph)
{
    std::vector<Cost> result(graph.nodes.size());
    ParameterCount parameters(graph);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        parameters.add(node, result[i]);
        const OperatorCost* row = find(node);
        if (row != nullptr && row->macs != nullptr)
            result[i].macs = row->macs(graph, node, static_cast<std::size_t>(row->parameters[0]));
    }
    return result;
}

} // namespace engine
