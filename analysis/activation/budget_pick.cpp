#include "analysis/activation/budget_pick.h"

#include <algorithm>

namespace analysis {

namespace {

/// The points but those chosen, then the one that is.
void choose(LineChart& front, const BudgetRun& run, const BudgetPoint& point)
{
    LineChart::Series& chosen = front.series.back();
    chosen.x = { point.cost };
    chosen.y = { run.predicted(point) };
}

void choose(BarChart& bars, const BudgetRun& run, const BudgetPoint& point)
{
    for (std::size_t layer = 0; layer < run.options.size(); ++layer)
        bars.series.front().values[layer] = run.options[layer][point.options[layer]].lossyBits;
}

void setScalar(Report& report, const Scalar& scalar)
{
    const auto found = std::ranges::find(report.scalars, scalar.name, &Scalar::name);
    if (found != report.scalars.end())
        *found = scalar;
}

} // namespace

std::size_t chosenPoint(const Report& report)
{
    const BudgetRun& run = *report.budget;
    const Chart* chart = report.chart(QStringLiteral("front"));
    const LineChart* front = chart != nullptr ? std::get_if<LineChart>(&chart->kind) : nullptr;
    if (front == nullptr || front->series.empty() || front->series.back().x.empty())
        return run.chosen;
    return pickWithinCost(run, front->series.back().x.front()).value_or(run.chosen);
}

Report budgetAt(const Report& report, std::size_t point)
{
    const BudgetRun& run = *report.budget;
    const BudgetPoint& now = run.points[point];
    Report made = report;
    for (Table& table : made.tables)
        if (table.id == QLatin1String("chosen"))
            table = budgetTable(run, point);
    for (Chart& chart : made.charts) {
        if (auto* front = std::get_if<LineChart>(&chart.kind))
            choose(*front, run, now);
        else if (auto* bars = std::get_if<BarChart>(&chart.kind))
            choose(*bars, run, now);
    }
    std::erase_if(made.scalars,
                  [](const Scalar& one) { return one.name.endsWith(QLatin1String("_measured")); });
    for (const Scalar& scalar : budgetScalars(run, point))
        setScalar(made, scalar);
    return made;
}

} // namespace analysis
