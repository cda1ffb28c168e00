#pragma once

#include "analysis/activation/budget_run.h"
#include "analysis/activation/lossy_subject.h"
#include "analysis/activation/stream_energy.h"

#include <vector>

namespace analysis {

/// What a front is made of: sizes and losses of every way to store each map.
struct BudgetProblem {
    const LossySubject* subject = nullptr;
    BudgetUnit unit = BudgetUnit::Bytes;
    std::vector<CodingMethod> methods; ///< of every map
    std::vector<std::vector<CodedLayer>> sizes; ///< by map, then method
    std::vector<std::vector<double>> losses; ///< by map, then K; rising
    StreamEnergy energy; ///< for BudgetUnit::Energy
    bool countsAccuracy = false;
    double lossBefore = 0;
    std::optional<double> accuracyBefore;
    LossCurve curve; ///< where losses are noise and the pictures have labels
};

/// The options and every point of the front; `points` is empty when stopped. Nothing is chosen yet.
/// Errors  those of engine::codec::BudgetFront and peakFront(); ParameterError for a peak without a network.
BudgetRun budgetRun(const BudgetProblem& problem, const engine::Control& control);

} // namespace analysis
