#pragma once

#include "engine/nn/operators.h"

namespace engine::nn {

// Operators that move values or see them in another shape.
void buildConcat(const Site& site);
void buildFlatten(const Site& site);
void buildPad(const Site& site); ///< constant mode; negative pads crop
void buildReshape(const Site& site);
void buildSlice(const Site& site); ///< bounds as attributes or inputs, any step but 0
void buildSqueeze(const Site& site);
void buildTranspose(const Site& site);
void buildUnsqueeze(const Site& site);

} // namespace engine::nn
