#pragma once

#include "analysis/activation/feature_maps.h"
#include "engine/tensor/quantise.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace analysis {

/// How well a network does on its pictures, and how far its outputs are from those of the float network.
struct Score {
    std::size_t images = 0;
    std::size_t labelled = 0;
    std::size_t right = 0;
    double signal = 0; ///< sum of squares of the float network's outputs
    double noise = 0; ///< sum of squared differences to them

    std::optional<double> accuracy() const; ///< [%]; nothing without labels
    double sqnr() const; ///< of the outputs [dB]; infinite when they are equal
    double noiseShare() const; ///< noise over signal
    Score& operator+=(const Score& other);
};

/// Scores of a network with one lossy map at a time, all others quantised.
struct Sensitivities {
    Score floating {}; ///< nothing quantised
    Score quantised {}; ///< every map quantised, K = 0
    std::vector<std::vector<Score>> layers {}; ///< [map][K]; K = 0 is `quantised`
    bool complete = true; ///< false when stopped: the scores are of fewer pictures
};

/// A network whose feature maps are stored as K-lossy words.
class LossyNetwork {
public:
    /// `set` is run on pictures and outlives this; `quantisers` are of set.data, in order.
    LossyNetwork(const MapSet& set, std::vector<engine::Quantiser> quantisers, bool midpoint);

    /// Every K of every map, over all pictures; what comes before the map is computed once.
    Sensitivities sensitivities(const engine::Control& control) const;
    /// With K by map, all together; nothing when stopped.
    std::optional<Score> score(std::span<const int> lossyBits, const engine::Control& control) const;

private:
    Score scoreOf(const engine::nn::NodeOutput& output) const;
    std::size_t mapOf(std::size_t node) const;
    void drop(std::size_t map, int lossyBits, std::span<float> values) const;

    const MapSet& m_set;
    std::vector<engine::Quantiser> m_quantisers;
    bool m_midpoint;
    std::vector<std::size_t> m_nodes; ///< of the graph, by map
    engine::nn::Runner m_runner;
};

} // namespace analysis
