#include "analysis/activation/budget_report.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace {

constexpr std::size_t mostRows = 1000; ///< of a table or chart of the front; the run keeps every point

/// Evenly spread, first and last included.
std::vector<BudgetPoint> thinned(const std::vector<BudgetPoint>& points)
{
    if (points.size() <= mostRows)
        return points;
    std::vector<BudgetPoint> some;
    for (std::size_t i = 0; i < mostRows; ++i)
        some.push_back(points[i * (points.size() - 1) / (mostRows - 1)]);
    return some;
}

Scalar scalar(const char* name, const char* title, double value, const char* unit)
{
    return { .name = QString::fromLatin1(name),
             .title = QString::fromLatin1(title),
             .value = value,
             .unit = QString::fromLatin1(unit),
             .decimals = 2 };
}

Table pointsTable(const BudgetRun& run, const std::vector<BudgetPoint>& points, const QString& id,
                  const QString& title)
{
    const QString loss = run.predictsAccuracy() ? QStringLiteral("points") : QString();
    Table table { .id = id,
                  .title = title,
                  .columns = { { .name = QStringLiteral("cost"),
                                 .title = budgetTitle(run.unit),
                                 .unit = budgetUnitText(run.unit),
                                 .kind = ColumnKind::Real },
                               { .name = QStringLiteral("bits"),
                                 .title = QStringLiteral("Coded"),
                                 .unit = QStringLiteral("bit per picture"),
                                 .kind = ColumnKind::Bits },
                               { .name = QStringLiteral("ratio"),
                                 .title = QStringLiteral("Ratio"),
                                 .kind = ColumnKind::Ratio,
                                 .decimals = 3 },
                               { .name = QStringLiteral("predicted_loss"),
                                 .title = run.predictsAccuracy()
                                     ? QStringLiteral("Predicted loss")
                                     : QStringLiteral("Predicted noise over signal"),
                                 .unit = loss,
                                 .kind = ColumnKind::Real,
                                 .decimals = run.predictsAccuracy() ? 3 : 6 } } };
    for (const BudgetPoint& point : thinned(points))
        table.rows.push_back({ point.cost, point.bits, run.ratio(point), run.predictedLoss(point) });
    return table;
}

LineChart::Series series(const BudgetRun& run, const std::vector<BudgetPoint>& points, const QString& name)
{
    LineChart::Series made { .name = name };
    for (const BudgetPoint& point : thinned(points)) {
        if (!std::isfinite(run.predicted(point)))
            continue;
        made.x.push_back(point.cost);
        made.y.push_back(run.predicted(point));
    }
    return made;
}

Chart frontChart(const BudgetRun& run)
{
    LineChart chart { .x = { budgetTitle(run.unit), budgetUnitText(run.unit) },
                      .y = run.predictsAccuracy()
                          ? Axis { QStringLiteral("Predicted accuracy"), QStringLiteral("%") }
                          : Axis { QStringLiteral("Predicted SQNR"), QStringLiteral("dB") } };
    chart.series.push_back(series(run, run.points, QStringLiteral("front")));
    if (!run.hull.empty())
        chart.series.push_back(series(run, run.hull, QStringLiteral("Lagrangian hull")));
    chart.series.push_back(series(run, { run.points[run.chosen] }, QStringLiteral("chosen")));
    return { QStringLiteral("front"), QStringLiteral("All budgets"), std::move(chart) };
}

Chart chosenChart(const BudgetRun& run)
{
    BarChart chart {
        .category = { QStringLiteral("Layer"), {} },
        .value = { .title = QStringLiteral("Chosen K"), .unit = QStringLiteral("bit"), .whole = true },
        .categories = run.layers
    };
    BarChart::Series bars { .name = QStringLiteral("K") };
    for (std::size_t layer = 0; layer < run.options.size(); ++layer)
        bars.values.push_back(run.options[layer][run.points[run.chosen].options[layer]].lossyBits);
    chart.series.push_back(std::move(bars));
    return { QStringLiteral("chosen"), QStringLiteral("Chosen K per layer"), std::move(chart) };
}

void addMeasured(Report& report, const BudgetFindings& found)
{
    if (!found.sensitivities)
        return;
    const Sensitivities& before = *found.sensitivities;
    if (before.quantised.accuracy()) {
        report.scalars.push_back(
            scalar("accuracy_float", "Accuracy, float", *before.floating.accuracy(), "%"));
        report.scalars.push_back(
            scalar("accuracy_before", "Accuracy, K = 0", *before.quantised.accuracy(), "%"));
    }
    if (!found.measured)
        return;
    if (const auto accuracy = found.measured->accuracy())
        report.scalars.push_back(scalar("accuracy_measured", "Accuracy, measured", *accuracy, "%"));
    if (std::isfinite(found.measured->sqnr()))
        report.scalars.push_back(
            scalar("sqnr_measured", "SQNR of the outputs, measured", found.measured->sqnr(), "dB"));
}

} // namespace

Report budgetReport(const BudgetFindings& found)
{
    Report report;
    report.partial = !found.complete;
    if (found.run != nullptr && !found.run->points.empty()) {
        const BudgetRun& run = *found.run;
        report.scalars = budgetScalars(run, run.chosen);
        report.tables.push_back(budgetTable(run, run.chosen));
        report.tables.push_back(
            pointsTable(run, run.points, QStringLiteral("front"), QStringLiteral("All budgets")));
        report.tables.push_back(
            pointsTable(run, run.hull, QStringLiteral("hull"), QStringLiteral("Lagrangian hull")));
        report.charts.push_back(frontChart(run));
        report.charts.push_back(chosenChart(run));
        if (run.points.size() > mostRows)
            report.remarks.push_back({ Level::Note,
                                       {},
                                       QStringLiteral("the front has %1 points; the table holds %2 of them")
                                           .arg(run.points.size())
                                           .arg(mostRows) });
        report.budget = found.run;
    }
    addMeasured(report, found);
    report.scalars.push_back(scalar("images", "Pictures", static_cast<double>(found.images), ""));
    return report;
}

} // namespace analysis
