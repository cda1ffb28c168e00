#include "tests/reference/nn_reference.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace reference {

namespace {

using engine::Node;
using Extents = std::vector<std::int64_t>;

Array map(const Array& x, const std::function<double(double)>& function)
{
    Array y = x;
    std::ranges::transform(x.values, y.values.begin(), function);
    return y;
}

Extents broadcast(const Extents& a, const Extents& b)
{
    Extents result(std::max(a.size(), b.size()), 1);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::int64_t first = i < a.size() ? a[a.size() - 1 - i] : 1;
        const std::int64_t second = i < b.size() ? b[b.size() - 1 - i] : 1;
        result[result.size() - 1 - i] = std::max(first, second);
    }
    return result;
}

Array binary(const std::string& op, const Array& a, const Array& b)
{
    Array y { broadcast(a.shape, b.shape), {} };
    for (std::int64_t i = 0; i < y.elements(); ++i) {
        const double p = a.at(y.place(i));
        const double q = b.at(y.place(i));
        y.values.push_back(op == "Add" ? p + q : op == "Sub" ? p - q : op == "Mul" ? p * q : p / q);
    }
    return y;
}

double bound(const Node& node, const Inputs& in, std::size_t index, double fallback)
{
    if (index < in.size() && in[index] != nullptr)
        return in[index]->values.front();
    return node.real(index == 1 ? "min" : "max", fallback);
}

Array elementwise(const Node& node, const Inputs& in)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const double low = bound(node, in, 1, -infinity);
    const double high = bound(node, in, 2, infinity);
    const double alpha = node.real("alpha", node.op == "LeakyRelu" ? 0.01 : 0.2);
    const double beta = node.real("beta", 0.5);
    const std::map<std::string, std::function<double(double)>> functions {
        { "Relu", [](double x) { return std::max(x, 0.0); } },
        { "LeakyRelu", [=](double x) { return x < 0 ? alpha * x : x; } },
        { "Clip", [=](double x) { return std::min(std::max(x, low), high); } },
        { "Sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); } },
        { "Tanh", [](double x) { return std::tanh(x); } },
        { "HardSigmoid", [=](double x) { return std::clamp(alpha * x + beta, 0.0, 1.0); } },
        { "HardSwish", [](double x) { return x * std::clamp(x / 6 + 0.5, 0.0, 1.0); } },
    };
    return map(*in[0], functions.at(node.op));
}

Array gemm(const Node& node, const Inputs& in)
{
    const bool ta = node.integer("transA", 0) != 0;
    const bool tb = node.integer("transB", 0) != 0;
    const Array& a = *in[0];
    const Array& b = *in[1];
    const std::int64_t inner = a.shape[ta ? 0 : 1];
    Array y { { a.shape[ta ? 1 : 0], b.shape[tb ? 0 : 1] }, {} };
    for (std::int64_t i = 0; i < y.elements(); ++i) {
        const Extents p = y.place(i);
        double sum = 0;
        for (std::int64_t k = 0; k < inner; ++k)
            sum += a.at(ta ? Extents { k, p[0] } : Extents { p[0], k })
                * b.at(tb ? Extents { p[1], k } : Extents { k, p[1] });
        sum *= node.real("alpha", 1);
        y.values.push_back(sum + (in.size() > 2 ? node.real("beta", 1) * in[2]->at(p) : 0));
    }
    return y;
}

Array matmul(const Array& a, const Array& b)
{
    const std::int64_t inner = a.shape.back();
    Array y { broadcast(Extents(a.shape.begin(), a.shape.end() - 2),
                        Extents(b.shape.begin(), b.shape.end() - 2)),
              {} };
    y.shape.push_back(a.shape[a.shape.size() - 2]);
    y.shape.push_back(b.shape.back());
    for (std::int64_t i = 0; i < y.elements(); ++i) {
        Extents left = y.place(i);
        Extents right = left;
        double sum = 0;
        for (std::int64_t k = 0; k < inner; ++k) {
            left.back() = k;
            right[right.size() - 2] = k;
            sum += a.at(left) * b.at(right);
        }
        y.values.push_back(sum);
    }
    return y;
}

Array batchNorm(const Node& node, const Inputs& in)
{
    Array y = *in[0];
    for (std::int64_t i = 0; i < y.elements(); ++i) {
        const auto c = static_cast<std::size_t>(y.place(i)[1]);
        double& value = y.values[static_cast<std::size_t>(i)];
        value = (value - in[3]->values[c]) / std::sqrt(in[4]->values[c] + node.real("epsilon", 1e-5))
                * in[1]->values[c]
            + in[2]->values[c];
    }
    return y;
}

Array lrn(const Node& node, const Array& x)
{
    Array y = x;
    const std::int64_t size = node.integer("size", 1);
    for (std::int64_t i = 0; i < x.elements(); ++i) {
        Extents place = x.place(i);
        const std::int64_t c = place[1];
        double squares = 0;
        for (std::int64_t k = std::max<std::int64_t>(0, c - (size - 1) / 2);
             k <= std::min(x.shape[1] - 1, c + size / 2); ++k) {
            place[1] = k;
            squares += x.at(place) * x.at(place);
        }
        y.values[static_cast<std::size_t>(i)] /=
            std::pow(node.real("bias", 1) + node.real("alpha", 1e-4) / static_cast<double>(size) * squares,
                     node.real("beta", 0.75));
    }
    return y;
}

Array softmax(const Node& node, const Array& x, std::int64_t opset)
{
    std::int64_t axis = node.integer("axis", opset < 13 ? 1 : -1);
    axis += axis < 0 ? x.rank() : 0;
    const auto together = [&](const Extents& a, const Extents& b) {
        for (std::int64_t i = 0; i < x.rank(); ++i) {
            const bool summed = opset < 13 ? i >= axis : i == axis;
            if (!summed && a[static_cast<std::size_t>(i)] != b[static_cast<std::size_t>(i)])
                return false;
        }
        return true;
    };
    Array y { x.shape, {} };
    for (std::int64_t i = 0; i < x.elements(); ++i) {
        double sum = 0;
        for (std::int64_t k = 0; k < x.elements(); ++k)
            if (together(x.place(i), x.place(k)))
                sum += std::exp(x.values[static_cast<std::size_t>(k)]);
        const double value = x.values[static_cast<std::size_t>(i)];
        y.values.push_back(node.op == "Softmax" ? std::exp(value) / sum : value - std::log(sum));
    }
    return y;
}

Array reduceMean(const Node& node, const Inputs& in)
{
    const Array& x = *in[0];
    Extents axes = axesOf(node, in, x.rank());
    if (axes.empty()) {
        axes.resize(x.shape.size());
        std::iota(axes.begin(), axes.end(), 0);
    }
    const auto reduced = [&](std::size_t axis) {
        return std::ranges::find(axes, static_cast<std::int64_t>(axis)) != axes.end();
    };
    Array kept = x;
    double count = 1;
    for (std::size_t i = 0; i < x.shape.size(); ++i)
        if (reduced(i)) {
            count *= static_cast<double>(x.shape[i]);
            kept.shape[i] = 1;
        }
    kept.values.assign(static_cast<std::size_t>(kept.elements()), 0);
    for (std::int64_t i = 0; i < x.elements(); ++i) {
        Extents place = x.place(i);
        for (std::size_t axis = 0; axis < place.size(); ++axis)
            place[axis] = reduced(axis) ? 0 : place[axis];
        kept.values[static_cast<std::size_t>(kept.offset(place))] +=
            x.values[static_cast<std::size_t>(i)] / count;
    }
    if (node.integer("keepdims", 1) == 0) {
        Extents shape;
        for (std::size_t i = 0; i < x.shape.size(); ++i)
            if (!reduced(i))
                shape.push_back(x.shape[i]);
        kept.shape = shape;
    }
    return kept;
}

Array run(const Node& node, const Inputs& in, std::int64_t opset)
{
    const std::string& op = node.op;
    if (op == "Conv")
        return convolution(node, *in[0], *in[1], in.size() > 2 ? in[2] : nullptr);
    if (op.ends_with("Pool"))
        return pooling(node, *in[0]);
    if (op == "Gemm")
        return gemm(node, in);
    if (op == "MatMul")
        return matmul(*in[0], *in[1]);
    if (op == "BatchNormalization")
        return batchNorm(node, in);
    if (op == "LRN")
        return lrn(node, *in[0]);
    if (op.ends_with("oftmax"))
        return softmax(node, *in[0], opset);
    if (op == "ReduceMean")
        return reduceMean(node, in);
    if (op == "Add" || op == "Sub" || op == "Mul" || op == "Div")
        return binary(op, *in[0], *in[1]);
    if (op == "Transpose")
        return transpose(node, *in[0]);
    if (op == "Slice")
        return slice(node, in);
    if (op == "Pad")
        return pad(node, in);
    if (op == "Concat")
        return concat(node, in);
    if (op == "Flatten" || op == "Reshape" || op == "Squeeze" || op == "Unsqueeze")
        return reshaped(node, in);
    if (op == "Identity" || op == "Dropout" || op == "Cast")
        return *in[0];
    return elementwise(node, in);
}

} // namespace

std::int64_t Array::elements() const
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t { 1 }, std::multiplies<> {});
}

Extents Array::place(std::int64_t index) const
{
    Extents result(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0; index /= shape[axis])
        result[axis] = index % shape[axis];
    return result;
}

std::int64_t Array::offset(const Extents& place) const
{
    std::int64_t result = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const std::int64_t index = place[place.size() - shape.size() + axis];
        result = result * shape[axis] + (shape[axis] == 1 ? 0 : index);
    }
    return result;
}

double Array::at(const Extents& place) const
{
    return values[static_cast<std::size_t>(offset(place))];
}

std::map<std::string, Array> evaluate(const engine::Graph& graph, const Array& input)
{
    std::map<std::string, Array> values;
    for (const auto& [name, tensor] : graph.constants) {
        const auto floats = engine::readFloats(tensor);
        values[name] = { tensor.shape.extents(), { floats.begin(), floats.end() } };
    }
    values[graph.inputs.front().name] = input;
    for (const Node& node : graph.nodes) {
        Inputs in;
        for (const std::string& name : node.inputs)
            in.push_back(name.empty() ? nullptr : &values.at(name));
        values[node.outputs.front()] = run(node, in, graph.opset);
    }
    return values;
}

} // namespace reference
