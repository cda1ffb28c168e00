#include "tests/engine/nn/operator_cases.h"

namespace {

using Case = OperatorCase;
using Extents = GraphKit::Extents;
using L = std::vector<std::int64_t>;

/// Convolutions over odd sizes, strides, groups, paddings.
std::vector<Case> windows()
{
    const auto conv = [](const Extents& w, const GraphKit::Attributes& a) {
        return [=](GraphKit& k) { return k.conv("x", w, a); };
    };
    const auto pool = [](const char* op, const GraphKit::Attributes& a) {
        return [=](GraphKit& k) { return k.node(op, { "x" }, a); };
    };
    return {
        { "conv 3x3", { 3, 9, 7 }, conv({ 5, 3, 3, 3 }, { { "pads", L { 1, 1, 1, 1 } } }) },
        { "conv without bias",
          { 3, 9, 7 },
          [](GraphKit& k) {
              return k.node("Conv", { "x", k.weights({ 5, 3, 3, 3 }) });
          } },
        { "conv 1x1 to 10 channels", { 17, 5, 5 }, conv({ 10, 17, 1, 1 }, {}) },
        { "conv stride 2", { 4, 11, 10 }, conv({ 6, 4, 3, 3 }, { { "strides", L { 2, 3 } } }) },
        { "conv asymmetric pads",
          { 4, 8, 8 },
          conv({ 6, 4, 3, 3 }, { { "pads", L { 0, 1, 1, 2 } }, { "strides", L { 2, 2 } } }) },
        { "conv dilated",
          { 4, 13, 12 },
          conv({ 6, 4, 3, 3 }, { { "dilations", L { 2, 3 } }, { "pads", L { 2, 3, 2, 3 } } }) },
        { "conv groups", { 6, 7, 7 }, conv({ 9, 2, 3, 3 }, { { "group", std::int64_t { 3 } } }) },
        { "conv depthwise",
          { 19, 7, 7 },
          conv({ 19, 1, 3, 3 }, { { "group", std::int64_t { 19 } }, { "pads", L { 1, 1, 1, 1 } } }) },
        { "conv depthwise x2", { 5, 7, 7 }, conv({ 10, 1, 3, 3 }, { { "group", std::int64_t { 5 } } }) },
        { "conv same upper",
          { 3, 8, 8 },
          conv({ 4, 3, 3, 3 }, { { "auto_pad", std::string("SAME_UPPER") }, { "strides", L { 2, 2 } } }) },
        { "conv same lower",
          { 3, 8, 8 },
          conv({ 4, 3, 4, 4 }, { { "auto_pad", std::string("SAME_LOWER") } }) },
        { "conv valid", { 3, 8, 8 }, conv({ 4, 3, 3, 3 }, { { "auto_pad", std::string("VALID") } }) },
        { "conv 1d", { 3, 20 }, conv({ 4, 3, 5 }, { { "strides", L { 2 } } }) },
        { "max pool",
          { 5, 9, 9 },
          pool("MaxPool", { { "kernel_shape", L { 3, 3 } }, { "strides", L { 2, 2 } } }) },
        { "max pool ceil",
          { 5, 10, 8 },
          pool("MaxPool",
               { { "kernel_shape", L { 3, 3 } }, { "strides", L { 2, 2 } }, { "ceil_mode", 1L } }) },
        { "max pool ceil drops a window",
          { 5, 7, 7 },
          pool("MaxPool",
               { { "kernel_shape", L { 1, 2 } },
                 { "strides", L { 4, 3 } },
                 { "ceil_mode", 1L },
                 { "pads", L { 0, 1, 0, 1 } } }) },
        { "max pool padded",
          { 16, 9, 9 },
          pool("MaxPool",
               { { "kernel_shape", L { 3, 3 } }, { "strides", L { 2, 2 } }, { "pads", L { 1, 1, 1, 1 } } }) },
        { "average pool",
          { 5, 9, 9 },
          pool("AveragePool",
               { { "kernel_shape", L { 3, 2 } }, { "strides", L { 2, 1 } }, { "pads", L { 1, 0, 1, 1 } } }) },
        { "average pool counts padding",
          { 5, 9, 9 },
          pool("AveragePool",
               { { "kernel_shape", L { 3, 3 } },
                 { "pads", L { 1, 1, 1, 1 } },
                 { "count_include_pad", 1L } }) },
        { "average pool ceil",
          { 5, 10, 8 },
          pool("AveragePool",
               { { "kernel_shape", L { 3, 3 } }, { "strides", L { 2, 2 } }, { "ceil_mode", 1L } }) },
        { "average pool ceil counts padding",
          { 5, 10, 8 },
          pool("AveragePool",
               { { "kernel_shape", L { 3, 3 } },
                 { "strides", L { 2, 2 } },
                 { "ceil_mode", 1L },
                 { "pads", L { 1, 1, 1, 1 } },
                 { "count_include_pad", 1L } }) },
        { "max pool same",
          { 5, 7, 7 },
          pool("MaxPool", { { "kernel_shape", L { 2, 2 } }, { "auto_pad", std::string("SAME_UPPER") } }) },
        { "global average pool", { 18, 5, 7 }, pool("GlobalAveragePool", {}) },
        { "global max pool", { 18, 5, 7 }, pool("GlobalMaxPool", {}) },
        { "lrn", { 9, 4, 3 }, pool("LRN", { { "size", 5L }, { "alpha", 0.5 }, { "bias", 2.0 } }) },
    };
}

std::vector<Case> functions()
{
    const auto one = [](const char* op, const GraphKit::Attributes& a = {}) {
        return [=](GraphKit& k) { return k.node(op, { "x" }, a); };
    };
    const auto with = [](const char* op, const Extents& other) {
        return [=](GraphKit& k) { return k.node(op, { "x", k.weights(other, 1, 2) }); };
    };
    const Extents map { 6, 5, 3 };
    return {
        { "relu", map, one("Relu") },
        { "leaky relu", map, one("LeakyRelu", { { "alpha", 0.2 } }) },
        { "sigmoid", map, one("Sigmoid") },
        { "tanh", map, one("Tanh") },
        { "hard sigmoid", map, one("HardSigmoid", { { "alpha", 0.7 }, { "beta", 0.3 } }) },
        { "hard swish", map, one("HardSwish") },
        { "identity", map, one("Identity") },
        { "dropout", map, one("Dropout") },
        { "cast", map, one("Cast", { { "to", 1L } }) },
        { "clip by attributes", map, one("Clip", { { "min", -0.5 }, { "max", 0.25 } }) },
        { "clip by inputs", map,
          [](GraphKit& k) {
              return k.node("Clip", { "x", k.constant({}, { -0.1F }), k.constant({}, { 0.3F }) });
          } },
        { "clip above only", map,
          [](GraphKit& k) {
              return k.node("Clip", { "x", "", k.constant({}, { 0.3F }) });
          } },
        { "add channel constant", map, with("Add", { 6, 1, 1 }) },
        { "sub scalar", map, with("Sub", {}) },
        { "mul row", map, with("Mul", { 3 }) },
        { "div batch of one", map, with("Div", { 1, 6, 5, 3 }) },
        { "constant minus x", map,
          [](GraphKit& k) {
              return k.node("Sub", { k.weights({ 6, 1, 1 }), "x" });
          } },
        { "mul by gate", map,
          [](GraphKit& k) {
              return k.node("Mul", { "x", k.node("GlobalAveragePool", { "x" }) });
          } },
        { "add itself", map,
          [](GraphKit& k) {
              return k.node("Add", { "x", "x" });
          } },
        { "softmax", { 11 }, one("Softmax") },
        { "softmax of old", map,
          [](GraphKit& k) {
              k.graph().opset = 11;
              return k.node("Softmax", { "x" });
          } },
        { "softmax over channels", map, one("Softmax", { { "axis", 1L } }) },
        { "log softmax", { 11 }, one("LogSoftmax", { { "axis", -1L } }) },
        { "batch norm", map, [](GraphKit& k) { return k.batchNorm("x", 6); } },
        { "batch norm of vectors", { 6 }, [](GraphKit& k) { return k.batchNorm("x", 6); } },
        { "mean of plane", map, one("ReduceMean", { { "axes", L { 2, 3 } } }) },
        { "mean of channels", map, one("ReduceMean", { { "axes", L { 1 } }, { "keepdims", 0L } }) },
        { "mean by input", map,
          [](GraphKit& k) {
              return k.node("ReduceMean", { "x", k.list({ -1, 1 }) });
          } },
        { "mean of all", map, one("ReduceMean", { { "keepdims", 1L } }) },
    };
}

std::vector<Case> moves()
{
    const auto one = [](const char* op, const GraphKit::Attributes& a = {}) {
        return [=](GraphKit& k) { return k.node(op, { "x" }, a); };
    };
    const auto lists = [](const char* op, const std::vector<std::vector<int>>& inputs) {
        return [=](GraphKit& k) {
            std::vector<std::string> names { "x" };
            for (const auto& input : inputs)
                names.push_back(k.list(input));
            return k.node(op, names);
        };
    };
    const Extents map { 6, 5, 4 };
    return {
        { "flatten", map, one("Flatten") },
        { "flatten all", map, one("Flatten", { { "axis", 0L } }) },
        { "flatten channels apart", map, one("Flatten", { { "axis", 2L } }) },
        { "reshape to rows", map, lists("Reshape", { { -1, 120 } }) },
        { "reshape copies", map, lists("Reshape", { { 0, 0, -1 } }) },
        { "reshape written for one image", map, lists("Reshape", { { 1, 3, 40 } }) },
        { "reshape without batch", map, lists("Reshape", { { 6, 20 } }) },
        { "transpose to last", map, one("Transpose", { { "perm", L { 0, 2, 3, 1 } } }) },
        { "transpose all", map, one("Transpose") },
        { "concat", map,
          [](GraphKit& k) {
              return k.node("Concat", { k.conv("x", { 7, 6, 1, 1 }), "x", k.node("Relu", { "x" }) },
                            { { "axis", 1L } });
          } },
        { "concat rows", map,
          [](GraphKit& k) {
              return k.node("Concat", { "x", "x" }, { { "axis", -2L } });
          } },
        { "concat with constant", map,
          [](GraphKit& k) {
              return k.node("Concat", { "x", k.weights({ 1, 2, 5, 4 }) }, { { "axis", 1L } });
          } },
        { "slice by attributes", map,
          one("Slice", { { "starts", L { 1, -3 } }, { "ends", L { 5, 1000 } }, { "axes", L { 1, 2 } } }) },
        { "slice steps 2", map, lists("Slice", { { 0, 0 }, { 1000, 1000 }, { 2, 3 }, { 2, 2 } }) },
        { "slice backwards", map, lists("Slice", { { -1 }, { -1000 }, { 1 }, { -2 } }) },
        { "pad", map, one("Pad", { { "pads", L { 0, 1, 0, 2, 0, 0, 3, 1 } }, { "value", 0.5 } }) },
        { "pad channels", map, lists("Pad", { { 0, 2, 0, 0, 0, 2, 0, 0 } }) },
        { "pad crops", map, lists("Pad", { { 0, -1, 1, 0, 0, -2, -1, 0 } }) },
        { "squeeze", { 6, 1, 1 }, one("Squeeze", { { "axes", L { 2, -1 } } }) },
        { "squeeze the batch", { 6, 2, 1 }, lists("Squeeze", { { 0, 3 } }) },
        { "unsqueeze", { 6 }, one("Unsqueeze", { { "axes", L { 2, 3 } } }) },
        { "unsqueeze by input", { 6, 2, 2 }, lists("Unsqueeze", { { -1, 1 } }) },
        { "gemm",
          { 13 },
          [](GraphKit& k) {
              return k.node("Gemm", { "x", k.weights({ 7, 13 }), k.weights({ 7 }) }, { { "transB", 1L } });
          } },
        { "gemm alpha beta",
          { 13 },
          [](GraphKit& k) {
              return k.node("Gemm", { "x", k.weights({ 13, 7 }), k.weights({ 1, 7 }) },
                            { { "alpha", 0.5 }, { "beta", -2.0 } });
          } },
        { "gemm without bias",
          { 13 },
          [](GraphKit& k) {
              return k.node("Gemm", { "x", k.weights({ 13, 7 }) });
          } },
        { "gemm transA",
          { 6 },
          [](GraphKit& k) {
              return k.node("Gemm", { "x", k.weights({ 1, 5 }), k.constant({}, { 0.5F }) },
                            { { "transA", 1L } });
          } },
        { "matmul",
          { 13 },
          [](GraphKit& k) {
              return k.node("MatMul", { "x", k.weights({ 13, 5 }) });
          } },
        { "matmul of sequence",
          { 4, 9 },
          [](GraphKit& k) {
              return k.node("MatMul", { "x", k.weights({ 9, 5 }) });
          } },
        { "matmul of two maps",
          { 3, 4, 9 },
          [](GraphKit& k) {
              return k.node("MatMul",
                            { "x", k.node("Transpose", { "x" }, { { "perm", L { 0, 1, 3, 2 } } }) });
          } },
        { "matmul constant first",
          { 4, 9 },
          [](GraphKit& k) {
              return k.node("MatMul", { k.weights({ 5, 4 }), "x" });
          } },
    };
}

/// Chains that are fused unless somebody looks inside.
std::vector<Case> chains()
{
    const GraphKit::Attributes same { { "pads", L { 1, 1, 1, 1 } } };
    const auto block = [same](GraphKit& k, const std::string& from, std::int64_t channels) {
        const auto first =
            k.node("Relu", { k.batchNorm(k.conv(from, { channels, channels, 3, 3 }, same), channels) });
        const auto second = k.batchNorm(k.conv(first, { channels, channels, 3, 3 }, same), channels);
        return k.node("Relu", { k.node("Add", { second, from }) });
    };
    return {
        { "conv bn relu",
          { 3, 8, 8 },
          [same](GraphKit& k) {
              return k.node("Relu", { k.batchNorm(k.conv("x", { 16, 3, 3, 3 }, same), 16) });
          } },
        { "conv clip",
          { 3, 8, 8 },
          [same](GraphKit& k) {
              return k.node("Clip", { k.conv("x", { 5, 3, 3, 3 }, same) },
                            { { "min", 0.0 }, { "max", 1.0 } });
          } },
        { "gemm relu gemm",
          { 20 },
          [](GraphKit& k) {
              const auto hidden = k.node("Relu", { k.node("Gemm", { "x", k.weights({ 20, 30 }) }) });
              return k.node("Gemm", { hidden, k.weights({ 30, 4 }), k.weights({ 4 }) });
          } },
        { "residual blocks",
          { 16, 8, 8 },
          [block](GraphKit& k) { return block(k, block(k, block(k, "x", 16), 16), 16); } },
        { "residual of odd channels",
          { 5, 7, 7 },
          [block](GraphKit& k) { return block(k, block(k, "x", 5), 5); } },
        { "residual used twice",
          { 4, 6, 6 },
          [same](GraphKit& k) {
              const auto stem = k.conv("x", { 4, 4, 3, 3 }, same);
              const auto sum = k.node("Add", { stem, k.conv("x", { 4, 4, 1, 1 }) });
              return k.node("Mul", { sum, stem });
          } },
        { "residual is broadcast",
          { 4, 6, 6 },
          [](GraphKit& k) {
              const auto gate = k.node("GlobalAveragePool", { "x" });
              return k.node("Relu", { k.node("Add", { gate, k.conv("x", { 4, 4, 1, 1 }) }) });
          } },
        { "two convolutions meet",
          { 4, 6, 6 },
          [same](GraphKit& k) {
              return k.node("Relu",
                            { k.node("Add",
                                     { k.batchNorm(k.conv("x", { 8, 4, 3, 3 }, same), 8),
                                       k.batchNorm(k.conv("x", { 8, 4, 1, 1 }), 8) }) });
          } },
        { "residual through identity",
          { 4, 6, 6 },
          [](GraphKit& k) {
              const auto stem = k.conv("x", { 4, 4, 1, 1 });
              const auto alias = k.node("Identity", { stem });
              const auto sum = k.node("Add", { k.conv(stem, { 4, 4, 1, 1 }), alias });
              return k.node("Mul", { sum, alias });
          } },
        { "shortcut by slice and pad",
          { 16, 8, 8 },
          [](GraphKit& k) {
              const auto cut = k.node(
                  "Slice", { "x", k.list({ 0, 0 }), k.list({ 99, 99 }), k.list({ 2, 3 }), k.list({ 2, 2 }) });
              const auto wide = k.node("Pad", { cut, k.list({ 0, 8, 0, 0, 0, 8, 0, 0 }) });
              const auto main =
                  k.conv("x", { 32, 16, 3, 3 }, { { "pads", L { 1, 1, 1, 1 } }, { "strides", L { 2, 2 } } });
              return k.node("Relu", { k.node("Add", { k.batchNorm(main, 32), wide }) });
          } },
        { "conv to vector to gemm",
          { 3, 6, 6 },
          [](GraphKit& k) {
              const auto flat = k.node("Flatten", { k.node("Relu", { k.conv("x", { 20, 3, 3, 3 }) }) });
              return k.node("Gemm", { flat, k.weights({ 320, 6 }), k.weights({ 6 }) });
          } },
        { "relu of a value that lives on",
          { 3, 6, 6 },
          [](GraphKit& k) {
              const auto stem = k.conv("x", { 4, 3, 1, 1 });
              return k.node("Add", { k.node("Relu", { stem }), k.node("Sigmoid", { stem }) });
          } },
    };
}

} // namespace

std::vector<OperatorCase> operatorCases()
{
    std::vector<Case> all = windows();
    for (const auto& more : { functions(), moves(), chains() })
        all.insert(all.end(), more.begin(), more.end());
    return all;
}
