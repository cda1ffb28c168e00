#pragma once

#include "analysis/activation/capture_sink.h"
#include "analysis/catalogue.h"
#include "engine/nn/runner.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace analysis {

/// A network that is run on pictures.
struct NetworkRun {
    DatasetPtr network;
    DatasetPtr pictures;
    std::shared_ptr<const engine::ImageSet> images; ///< the pictures, with the labels that were named
    engine::nn::Recipe recipe;
    std::size_t count = 0; ///< pictures to run
};

/// images, labels, the recipe and limit: what networkRun() reads. A limit of 0 takes all.
std::vector<Parameter> networkRunParameters(qint64 defaultLimit);

/// Errors  engine::ParameterError when no pictures are named, engine::FormatError when there are none or not
///         enough labels; those of recipeFrom().
NetworkRun networkRun(const DatasetPtr& network, const Inputs& inputs, const Values& values,
                      const engine::Control& control);

/// Tells that no recipe was chosen; nothing when one was.
std::optional<Remark> recipeRemark(const NetworkRun& run);

/// Runs the pictures and gives the outputs of `nodes` to `take`, from several threads at once.
engine::nn::RunResult runTapped(const NetworkRun& run, const engine::nn::Runner& runner,
                                const std::vector<CapturedNode>& nodes,
                                std::function<void(const engine::nn::NodeOutput&)> take,
                                const engine::Control& control);

/// The network with what its nodes gave out for the first `images` pictures.
std::shared_ptr<const Dataset> capturedDataset(const NetworkRun& run, const std::vector<CapturedNode>& nodes,
                                               const MemorySink& memory, std::size_t images);

} // namespace analysis
