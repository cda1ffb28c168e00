#pragma once

#include "engine/nn/operators.h"

namespace engine::nn {

void buildPool(const Site& site); ///< MaxPool, AveragePool
void buildGlobalPool(const Site& site); ///< GlobalMaxPool, GlobalAveragePool

} // namespace engine::nn
