#pragma once

#include "engine/nn/operators.h"

namespace engine::nn {

/// Conv in one to three dimensions, with groups; takes a BatchNormalization, a residual Add and an activation
/// with it where they follow.
void buildConvolution(const Site& site);

} // namespace engine::nn
