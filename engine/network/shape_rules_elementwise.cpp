#include "engine/network/shape_rules.h"

#include <array>

namespace engine::shapes {

namespace {

Outputs sameAsFirst(const NodeView& view)
{
    return { view.input(0) };
}

/// Dropout: values and mask.
Outputs twiceTheFirst(const NodeView& view)
{
    return { view.input(0), view.input(0) };
}

Outputs broadcastAll(const NodeView& view)
{
    Extents result = view.input(0);
    for (std::size_t i = 1; i < view.inputCount(); ++i) {
        if (view.has(i))
            result = broadcast(result, view.input(i));
    }
    return { result };
}

Outputs sameAsSecond(const NodeView& view)
{
    return { view.input(1) };
}

constexpr std::array rules = {
    Rule { "Abs", 1, sameAsFirst },
    Rule { "Acos", 1, sameAsFirst },
    Rule { "Asin", 1, sameAsFirst },
    Rule { "Atan", 1, sameAsFirst },
    Rule { "BatchNormalization", 1, sameAsFirst },
    Rule { "BitwiseNot", 1, sameAsFirst },
    Rule { "Cast", 1, sameAsFirst },
    Rule { "CastLike", 1, sameAsFirst },
    Rule { "Ceil", 1, sameAsFirst },
    Rule { "Celu", 1, sameAsFirst },
    Rule { "Clip", 1, sameAsFirst },
    Rule { "Cos", 1, sameAsFirst },
    Rule { "Cosh", 1, sameAsFirst },
    Rule { "CumSum", 1, sameAsFirst },
    Rule { "DequantizeLinear", 1, sameAsFirst },
    Rule { "Dropout", 1, twiceTheFirst },
    Rule { "Elu", 1, sameAsFirst },
    Rule { "Erf", 1, sameAsFirst },
    Rule { "Exp", 1, sameAsFirst },
    Rule { "Floor", 1, sameAsFirst },
    Rule { "Gelu", 1, sameAsFirst },
    Rule { "GroupNormalization", 1, sameAsFirst },
    Rule { "HardSigmoid", 1, sameAsFirst },
    Rule { "HardSwish", 1, sameAsFirst },
    Rule { "Hardmax", 1, sameAsFirst },
    Rule { "Identity", 1, sameAsFirst },
    Rule { "InstanceNormalization", 1, sameAsFirst },
    Rule { "IsInf", 1, sameAsFirst },
    Rule { "IsNaN", 1, sameAsFirst },
    Rule { "LRN", 1, sameAsFirst },
    Rule { "LayerNormalization", 1, sameAsFirst },
    Rule { "LeakyRelu", 1, sameAsFirst },
    Rule { "Log", 1, sameAsFirst },
    Rule { "LogSoftmax", 1, sameAsFirst },
    Rule { "LpNormalization", 1, sameAsFirst },
    Rule { "MeanVarianceNormalization", 1, sameAsFirst },
    Rule { "Mish", 1, sameAsFirst },
    Rule { "Neg", 1, sameAsFirst },
    Rule { "Not", 1, sameAsFirst },
    Rule { "PRelu", 1, sameAsFirst },
    Rule { "QuantizeLinear", 1, sameAsFirst },
    Rule { "Reciprocal", 1, sameAsFirst },
    Rule { "Relu", 1, sameAsFirst },
    Rule { "Round", 1, sameAsFirst },
    Rule { "ScatterElements", 1, sameAsFirst },
    Rule { "ScatterND", 1, sameAsFirst },
    Rule { "Selu", 1, sameAsFirst },
    Rule { "Shrink", 1, sameAsFirst },
    Rule { "Sigmoid", 1, sameAsFirst },
    Rule { "Sign", 1, sameAsFirst },
    Rule { "Sin", 1, sameAsFirst },
    Rule { "Sinh", 1, sameAsFirst },
    Rule { "Softmax", 1, sameAsFirst },
    Rule { "Softplus", 1, sameAsFirst },
    Rule { "Softsign", 1, sameAsFirst },
    Rule { "Sqrt", 1, sameAsFirst },
    Rule { "Tan", 1, sameAsFirst },
    Rule { "Tanh", 1, sameAsFirst },
    Rule { "ThresholdedRelu", 1, sameAsFirst },
    Rule { "Trilu", 1, sameAsFirst },

    Rule { "Add", 2, broadcastAll },
    Rule { "And", 2, broadcastAll },
    Rule { "BitShift", 2, broadcastAll },
    Rule { "Div", 2, broadcastAll },
    Rule { "Equal", 2, broadcastAll },
    Rule { "Greater", 2, broadcastAll },
    Rule { "GreaterOrEqual", 2, broadcastAll },
    Rule { "Less", 2, broadcastAll },
    Rule { "LessOrEqual", 2, broadcastAll },
    Rule { "Max", 1, broadcastAll },
    Rule { "Mean", 1, broadcastAll },
    Rule { "Min", 1, broadcastAll },
    Rule { "Mod", 2, broadcastAll },
    Rule { "Mul", 2, broadcastAll },
    Rule { "Or", 2, broadcastAll },
    Rule { "Pow", 2, broadcastAll },
    Rule { "Sub", 2, broadcastAll },
    Rule { "Sum", 1, broadcastAll },
    Rule { "Where", 3, broadcastAll },
    Rule { "Xor", 2, broadcastAll },
    Rule { "GatherElements", 2, sameAsSecond },
};

} // namespace

std::span<const Rule> elementwiseRules()
{
    return rules;
}

} // namespace engine::shapes
