#pragma once

#include "engine/network/dataset.h"

#include <string>
#include <string_view>

namespace engine::formats {

/// What a tensor's path tells about it: "layer1.0.conv1.weight", "activations/relu1", "weights/conv1/bias".
struct Meaning {
    Role role = Role::Other;
    std::string layer; ///< as written, without the group in front and the word at the end; may be empty
};

/// Components are parted by '/' and '.', case and Keras's ":0" do not matter. Statistics of a BatchNorm
/// (running_mean, moving_variance ...) keep their layer but are Role::Other: they are not trained.
Meaning meaningOf(std::string_view path);

/// Fills role, layer and layout of every tensor that has none yet (role Other, empty layer, empty layout).
///
/// Where no name says "weight", arrays that share their first extent are activations: what a hook dumps under
/// plain layer names. `unnamed` is for floating tensors whose name says nothing in a file that holds weights.
void assignRoles(Dataset& dataset, Role unnamed = Role::Other);

/// Sets dataset.images (when it has none) from an image tensor and the labels of the same number; without
/// one, from a single 8-bit array of rank 3 or 4, or a single float array of rank 4, with 1 or 3 channels.
/// Labels that are no class indices become a remark.
void offerImages(Dataset& dataset);

} // namespace engine::formats
