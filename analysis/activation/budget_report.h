#pragma once

#include "analysis/activation/budget_run.h"
#include "analysis/activation/sensitivity.h"
#include "analysis/report.h"

#include <memory>
#include <optional>

namespace analysis {

/// Everything the analysis `budget` finds out.
struct BudgetFindings {
    std::shared_ptr<BudgetRun> run; ///< null when stopped before
    std::optional<Sensitivities> sensitivities;
    std::optional<Score> measured; ///< of the chosen point
    std::size_t images = 0;
    bool complete = true;
};

Report budgetReport(const BudgetFindings& found);

} // namespace analysis
