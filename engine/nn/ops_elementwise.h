#pragma once

#include "engine/nn/operators.h"

#include <optional>

namespace engine::nn {

/// A function of one value, as oneDNN names it.
struct Activation {
    dnnl::algorithm algorithm = dnnl::algorithm::undef;
    float alpha = 0;
    float beta = 0;
};

/// What a node computes when it is a function of one value that oneDNN knows; nothing else, also for a Clip
/// whose bounds are computed.
std::optional<Activation> activation(const Graph& graph, const Node& node);

/// Primitive attributes with `operations` and then the group's activation.
dnnl::primitive_attr withActivation(const Site& site, dnnl::post_ops operations = {});

void buildActivation(const Site& site); ///< Relu, LeakyRelu, Clip, Sigmoid, Tanh, HardSwish
void buildHardSigmoid(const Site& site);
void buildBinary(const Site& site); ///< Add, Sub, Mul, Div with broadcasting
void buildIdentity(const Site& site); ///< Identity, Dropout
void buildCast(const Site& site); ///< to float only

/// a + b, followed by the group's activation: the result of the whole group.
void buildSum(const Site& site, const std::string& a, const std::string& b);

} // namespace engine::nn
