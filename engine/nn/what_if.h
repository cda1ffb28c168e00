#pragma once

#include "engine/nn/runner.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace engine::nn {

/// Which run of a batch is at hand.
struct Trial {
    unsigned worker = 0;
    std::optional<std::size_t> index; ///< into WhatIfOptions::trials; nothing in the base run
};

struct WhatIfOptions {
    std::size_t batch = 0; ///< images a worker runs at once; 0 = chosen so that it fits the cache
    std::size_t limit = 0; ///< images at most; 0 = all
    /// Nodes whose outputs `edit` may change, in the base run and in every trial that reaches them.
    std::set<std::size_t> edited {};
    /// Each is a set of edited nodes that are changed otherwise than in the base run.
    std::vector<std::set<std::size_t>> trials {};
    bool editsAnyOrder = false; ///< as in RunOptions
    /// Changes the values of a node in place; given those that the node computed, not what an earlier edit
    /// made of them. From the worker threads, at the same time for different batches.
    std::function<void(const Trial&, const NodeOutput&, std::span<float> values)> edit {};
    /// Hears the first output of the graph, row-major: of the base run, then of every trial in order, all on
    /// the same worker for one batch.
    std::function<void(const Trial&, const NodeOutput&)> result {};
};

/// Runs a network again and again on the same pictures with some values changed.
///
/// A batch is run once with every activation kept; each trial then repeats only what is downstream of its
/// changed nodes, which includes the edits on the way. The result of a trial equals that of a whole run with
/// the same edits, bit for bit. Memory: two times the activations of one batch for each thread.
/// Returns pictures that went through every trial, without a gap from the first; fewer when stopped, which is
/// looked at before every step.
/// Errors  those of Runner; ParameterError for a trial with a node that is not edited.
std::size_t whatIf(const Graph& graph, const ImageSet& images, const Recipe& recipe,
                   const WhatIfOptions& options, const Control& control);

} // namespace engine::nn
