#pragma once

#include "widgets/selection.h"

namespace widgets {

/// What to show first of a data set: the first activation after an activation function, else the largest
/// activation, else the first weight matrix, else whatever is largest. No tensor when there is none.
Selection firstLook(const analysis::DatasetPtr& dataset);

/// The tensors of a layer that can be looked at; -1 for none.
struct LayerTensors {
    int activation = -1;
    int weight = -1;
};

LayerTensors layerTensors(const engine::Dataset& content, int layer);

/// The layer a tensor belongs to; -1 for none.
int layerOf(const engine::Dataset& content, int tensor);

} // namespace widgets
