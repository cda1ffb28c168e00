#pragma once

#include "analysis/activation/coding.h"
#include "analysis/activation/feature_maps.h"
#include "analysis/activation/lossy_maps.h"
#include "analysis/activation/sensitivity.h"
#include "analysis/activation/words.h"

#include <QString>

#include <optional>
#include <vector>

namespace analysis {

/// Feature maps that are to be stored as K-lossy words.
struct LossySubject {
    MapSet set;
    std::vector<WordSource> sources; ///< by map; of one word length
    int wordBits = 8; ///< [bit]
    bool midpoint = false;
    bool complete = true; ///< false when stopped; `sources` are fewer then

    std::size_t maps() const { return sources.size(); }
    const QString& layer(std::size_t map) const { return set.data[map].layer; }
    std::uint64_t elements(std::size_t map) const; ///< of all pictures looked at
    std::uint64_t rawBits(std::size_t map) const;
    std::uint64_t rawBits() const; ///< of all maps
    bool runs() const { return set.run.has_value(); }
    std::vector<engine::Quantiser> quantisers() const;
};

/// Parameters that lossySubject() reads: those of the maps, word, percentile, midpoint.
std::vector<Parameter> lossySubjectParameters(qint64 defaultLimit);

/// Errors  those of mapSet() and wordSource().
LossySubject lossySubject(const Inputs& inputs, const Values& values, const engine::Control& control);

/// Size of a map with every method, pictures in parallel. Empty when stopped.
std::vector<CodedLayer> codedSizes(const LossySubject& subject, std::size_t map,
                                   const std::vector<CodingMethod>& methods, const engine::Control& control);

/// Block size S as a choice; `several` of them, or one.
Parameter blockSizeParameter(bool several, const QString& fallback);

/// What counts as the loss of a choice of K.
enum class LossMeasure {
    Accuracy, ///< points of accuracy on the labelled pictures [%]
    OutputNoise, ///< noise over signal of the network's outputs, against the float network
    MapNoise ///< noise over signal of the maps themselves, mean over the maps
};

/// Accuracy where there are labels, else the outputs' noise, else that of the maps.
LossMeasure lossMeasure(const LossySubject& subject, const std::optional<Sensitivities>& sensitivities);

/// Loss of each K of each map against K = 0; by map, then by K.
/// `facts` are those of lossyFacts(), by map.
std::vector<std::vector<double>> losses(LossMeasure measure,
                                        const std::optional<Sensitivities>& sensitivities,
                                        const std::vector<std::vector<LossyFacts>>& facts);
/// The noise of K = 0 of all maps, which the losses come on top of; 0 for accuracy.
double lossAtStart(LossMeasure measure, const std::optional<Sensitivities>& sensitivities,
                   const std::vector<std::vector<LossyFacts>>& facts);
/// What a score lost against that of K = 0.
double measuredLoss(LossMeasure measure, const Score& score, const Score& before);

} // namespace analysis
