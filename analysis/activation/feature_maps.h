#pragma once

#include "analysis/activation/network_run.h"
#include "analysis/catalogue.h"
#include "engine/network/feature_maps.h"

#include <optional>

namespace analysis {

/// A feature map with its values.
struct MapData {
    QString layer; ///< what tables call it: the node that gives the stored value
    const engine::Tensor* tensor = nullptr; ///< (N, C, H, W) or (N, F)
    std::optional<std::size_t> map; ///< index into MapSet::maps; nothing without a network
};

/// The feature maps an analysis of activation compression works on, from either side: a network that is run
/// on pictures, or a dump of activations (with its network, where there is one).
struct MapSet {
    DatasetPtr network; ///< null without one
    DatasetPtr activations; ///< keeps the tensors alive
    std::optional<NetworkRun> run; ///< the network on its pictures; nothing for a dump
    engine::nn::RunResult result; ///< of the run
    std::vector<engine::FeatureMap> maps; ///< of the network
    std::vector<MapData> data; ///< those that `layers` names, in execution order
    std::size_t images = 0; ///< pictures to look at, the first of every tensor

    const engine::Graph* graph() const; ///< null without a network
    QString layerOf(std::size_t map) const; ///< what tables call a map of the network
    /// What was opened beside the first input, for Report::inputs.
    std::vector<InputRecord> records(const Inputs& inputs) const;
};

/// network, images, labels, the recipe, limit, layers: what mapSet() reads. A limit of 0 takes all.
std::vector<Parameter> mapSetParameters(qint64 defaultLimit);

/// Runs the network where there are pictures, else takes the dump. The network is the one that `network`
/// names, else that of the first input. A map belongs to `layers` when the name of any of its nodes does.
/// Stopped: `data` is empty.
/// Errors  engine::ParameterError for a pattern that matches no layer, for missing pictures, and when the
///         activations of that many pictures do not fit into memory;
///         engine::FormatError naming the layer for activations that the network does not make: another
///         name, or another shape.
MapSet mapSet(const Inputs& inputs, const Values& values, const engine::Control& control);

} // namespace analysis
