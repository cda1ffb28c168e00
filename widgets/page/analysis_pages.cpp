#include "widgets/page/analysis_pages.h"

#include "widgets/page/budget_page.h"
#include "widgets/page/dram_page.h"
#include "widgets/page/lossy_page.h"

#include <algorithm>
#include <array>

namespace widgets {

namespace {

template <typename Page>
AnalysisPage* make(Session& session, const analysis::Analysis& row)
{
    return new Page(session, row);
}

struct Row {
    const char* analysis;
    AnalysisPage* (*make)(Session&, const analysis::Analysis&);
};

constexpr std::array<Row, 3> rows = { {
    { "budget", make<BudgetPage> },
    { "dram", make<DramPage> },
    { "k-lossy", make<LossyPage> },
} };

} // namespace

AnalysisPage* makeAnalysisPage(Session& session, const analysis::Analysis& row)
{
    const auto found =
        std::ranges::find_if(rows, [&](const Row& one) { return row.id == QLatin1String(one.analysis); });
    return found != rows.end() ? found->make(session, row) : new AnalysisPage(session, row);
}

} // namespace widgets
