#pragma once

#include "engine/network/dataset.h"

namespace engine::formats {

/// Puts right what Keras's own paths say about roles and layers: "model_weights/conv1/conv1/kernel:0" and,
/// from Keras 3, "layers/conv1/vars/0"; the optimizer's tensors are not the network's. After assignRoles().
void assignKerasRoles(Dataset& dataset);

} // namespace engine::formats
