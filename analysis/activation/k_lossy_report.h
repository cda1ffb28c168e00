#pragma once

#include "analysis/activation/loss_curve.h"
#include "analysis/activation/lossy_subject.h"
#include "analysis/activation/mixed_k.h"
#include "analysis/report.h"

#include <optional>
#include <vector>

namespace analysis {

/// Everything the analysis `k-lossy` finds out; what was stopped is missing.
struct KLossyFindings {
    LossySubject subject;
    std::vector<std::vector<LossyFacts>> facts; ///< by map, then K
    std::vector<std::vector<CodedLayer>> sizes; ///< by map, then K
    std::optional<Sensitivities> sensitivities;
    LossMeasure measure = LossMeasure::MapNoise;
    LossCurve curve {}; ///< turns predicted noise into accuracy; empty where losses of layers are summed
    double allowed = 0; ///< in the unit of the measure, on top of that of K = 0
    std::optional<MixedSearch> search;
    bool complete = true;
};

Report kLossyReport(const KLossyFindings& found);

} // namespace analysis
