#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace analysis {

/// What dropping bits of one layer saves and costs, by K.
struct LayerChoices {
    std::vector<std::uint64_t> bits; ///< coded size
    std::vector<double> loss; ///< against K = 0 of all layers; rising, 0 at K = 0
    std::vector<double> noise; ///< of the outputs; rising: decides between moves that lose equally
};

/// One K a layer.
struct MixedK {
    std::vector<int> lossyBits; ///< by layer
    std::uint64_t bits = 0; ///< of all layers
    double predicted = 0; ///< sum of the losses of the single layers
    std::optional<double> measured; ///< loss of all layers together
};

/// Running maxima of what is above the first value, with that taken away: a loss that never falls with K.
std::vector<double> risingFrom(std::span<const double> values);

MixedK mixedK(std::span<const LayerChoices> layers, std::vector<int> lossyBits);

/// Raises the K of one layer after another, by one or more, where bits saved over loss is best, noise
/// deciding between moves that lose equally, up to the largest K everywhere. Begins with K = 0. Source  [Wang
/// 2022] 3.2; the order is Tessera's definition.
std::vector<MixedK> greedyPath(std::span<const LayerChoices> layers);

/// Loss of all layers together; nothing when stopped.
using MeasureLoss = std::function<std::optional<double>(std::span<const int> lossyBits)>;

struct MixedSearch {
    MixedK chosen;
    std::vector<MixedK> path; ///< by prediction alone
    std::vector<MixedK> tried; ///< those whose loss was measured, in order
    bool complete = true; ///< false when stopped; `chosen` is the best until then
};

/// The mixed K that saves most by greedy moves with a loss of at most `allowed`, as measured.
///
/// The point where the path leaves what is allowed is found by halving; from there on single moves are tried,
/// best first, and a K that loses too much is not tried again, nor a larger one of that layer. Without
/// `measure` the predicted loss counts.
MixedSearch searchMixedK(std::span<const LayerChoices> layers, double allowed, const MeasureLoss& measure);

} // namespace analysis
