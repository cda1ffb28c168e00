#pragma once

#include "analysis/catalogue.h"

#include <map>
#include <optional>

namespace analysis {

/// A network that a work is tried on.
struct Specimen {
    QString id; ///< "resnet20", as in scalars and parameters
    QString title; ///< "ResNet-20"
    QString network; ///< path
    QString pictures; ///< path
    QString preset; ///< of the recipe
};

/// What our engine makes of one specimen; empty where nothing could be found out.
struct Wang2022Figures {
    QString title;
    qint64 images = 0;
    qint64 trafficImages = 0; ///< of them, those whose requests went to the DRAM
    std::optional<double> losslessRatio = {};
    std::optional<double> lossyRatio = {};
    std::optional<double> accuracyBefore = {}; ///< [%]
    std::optional<double> accuracyLoss = {}; ///< [points]
    std::optional<double> throughputGain = {}; ///< [%]
    std::optional<double> gateOverhead = {}; ///< [%]
    std::optional<double> energySaving = {}; ///< of DRAM [%]
    std::map<QString, double> ratios = {}; ///< lossless, by codec id
};

/// Runs `codec`, `k-lossy`, `compressor` and `traffic` on each specimen, on `limit` pictures, and sets their
/// figures beside those of [Wang 2022] and of EBPC.
Report reproduceWang2022(const std::vector<Specimen>& specimens, qint64 limit, const Inputs& inputs,
                         const engine::Control& control);

} // namespace analysis
