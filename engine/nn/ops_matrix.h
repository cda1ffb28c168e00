#pragma once

#include "engine/nn/operators.h"

namespace engine::nn {

void buildGemm(const Site& site); ///< B and C stored in the file
void buildMatMul(const Site& site);

} // namespace engine::nn
