#pragma once

#include "analysis/catalogue.h"
#include "engine/network/feature_maps.h"

#include <optional>

namespace analysis {

/// A feature map with its values.
struct MapData {
    QString layer; ///< what tables call it
    const engine::Tensor* tensor = nullptr; ///< (N, C, H, W) or (N, F)
    std::optional<std::size_t> map; ///< index into MapSet::maps; nothing without a network
};

/// The feature maps an analysis of activation compression works on, from either side: a network that is run
/// on pictures, or a dump of activations (with its network, where one is named).
struct MapSet {
    DatasetPtr network; ///< null without one
    DatasetPtr activations; ///< keeps the tensors alive
    DatasetPtr pictures; ///< null for a dump
    std::vector<engine::FeatureMap> maps; ///< of the network
    std::vector<MapData> data; ///< those that `layers` names, in execution order
    std::size_t images = 0; ///< pictures in every tensor

    const engine::Graph* graph() const;
};

/// network, images, labels, the recipe, limit, layers: what mapSet() reads.
std::vector<Parameter> mapSetParameters(qint64 defaultLimit);

/// Runs the network where there are pictures, else takes the dump. Stopped: `data` is empty.
/// Errors  engine::ParameterError for a pattern that matches no layer and for missing pictures;
///         engine::FormatError naming the layer for activations that the network does not make: another
///         name, or another shape.
MapSet mapSet(const Inputs& inputs, const Values& values, const engine::Control& control);

} // namespace analysis
