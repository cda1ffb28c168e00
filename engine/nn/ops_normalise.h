#pragma once

#include "engine/nn/operators.h"

namespace engine::nn {

/// y = scale[c] * x + shift[c].
struct ScaleAndShift {
    std::vector<float> scale;
    std::vector<float> shift;
};

/// What a BatchNormalization node does at inference. Errors  ShapeError when it is not for `channels`.
ScaleAndShift scaleAndShift(const Site& site, const Node& batchNorm, std::size_t channels);

void buildBatchNormalization(const Site& site);
void buildLrn(const Site& site);
void buildSoftmax(const Site& site); ///< Softmax, LogSoftmax
void buildReduceMean(const Site& site);

} // namespace engine::nn
