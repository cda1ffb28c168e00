#include "analysis/activation/budget_run.h"

#include "analysis/activation/lossy_maps.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace analysis {

namespace {

Column column(const char* name, const char* title, ColumnKind kind, const char* unit = "", int decimals = 2)
{
    return { .name = QString::fromLatin1(name),
             .title = QString::fromLatin1(title),
             .unit = QString::fromLatin1(unit),
             .kind = kind,
             .decimals = decimals };
}

} // namespace

double BudgetRun::rawTotal() const
{
    return std::accumulate(rawBits.begin(), rawBits.end(), 0.0);
}

double BudgetRun::ratio(const BudgetPoint& point) const
{
    return point.bits > 0 ? rawTotal() / point.bits : 1;
}

double BudgetRun::predictedLoss(const BudgetPoint& point) const
{
    return curve.isEmpty() ? point.loss : curve.loss(point.loss);
}

double BudgetRun::predicted(const BudgetPoint& point) const
{
    return predictsAccuracy() ? accuracyBefore.value_or(0) - predictedLoss(point)
                              : decibels(1, lossBefore + point.loss);
}

std::optional<std::size_t> pickWithinCost(const BudgetRun& run, double cost)
{
    const auto above = std::ranges::upper_bound(run.points, cost, {}, &BudgetPoint::cost);
    if (above == run.points.begin())
        return std::nullopt;
    return static_cast<std::size_t>(above - run.points.begin()) - 1;
}

std::optional<std::size_t> pickWithinLoss(const BudgetRun& run, double loss)
{
    const auto found = std::ranges::find_if(
        run.points, [&](const BudgetPoint& point) { return run.predictedLoss(point) <= loss; });
    if (found == run.points.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - run.points.begin());
}

Table budgetTable(const BudgetRun& run, std::size_t point)
{
    Table table {
        .id = QStringLiteral("chosen"),
        .title = QStringLiteral("Chosen for each layer"),
        .columns = { column("layer", "Layer", ColumnKind::Text), column("codec", "Codec", ColumnKind::Text),
                     column("block", "S", ColumnKind::Count), column("lossy_bits", "K", ColumnKind::Count),
                     column("raw", "Raw", ColumnKind::Bits, "bit per picture"),
                     column("bits", "Coded", ColumnKind::Bits, "bit per picture"),
                     column("ratio", "Ratio", ColumnKind::Ratio, "", 3),
                     run.countsAccuracy ? column("loss", "Loss alone", ColumnKind::Real, "points", 3)
                                        : column("loss", "Noise over signal alone", ColumnKind::Real, "", 6) }
    };
    const BudgetPoint& chosen = run.points[point];
    for (std::size_t layer = 0; layer < run.options.size(); ++layer) {
        const BudgetOption& option = run.options[layer][chosen.options[layer]];
        table.rows.push_back({ run.layers[static_cast<qsizetype>(layer)], option.codec,
                               option.blockWords > 0 ? Cell(qint64 { option.blockWords }) : Cell(),
                               qint64 { option.lossyBits }, run.rawBits[layer], option.bits,
                               option.bits > 0 ? run.rawBits[layer] / option.bits : 1.0, option.loss });
    }
    return table;
}

std::vector<Scalar> budgetScalars(const BudgetRun& run, std::size_t point)
{
    const BudgetPoint& chosen = run.points[point];
    const int decimals = run.unit == BudgetUnit::Energy ? 3 : 0;
    std::vector<Scalar> scalars = {
        { .name = QStringLiteral("ratio"), .title = QStringLiteral("Ratio"), .value = run.ratio(chosen) },
        { .name = QStringLiteral("cost"),
          .title = budgetTitle(run.unit),
          .value = chosen.cost,
          .unit = budgetUnitText(run.unit),
          .decimals = decimals },
        { .name = QStringLiteral("raw_cost"),
          .title = budgetTitle(run.unit) + QStringLiteral(", raw"),
          .value = run.rawCost,
          .unit = budgetUnitText(run.unit),
          .decimals = decimals }
    };
    if (run.predictsAccuracy())
        scalars.push_back({ .name = QStringLiteral("accuracy_predicted"),
                            .title = QStringLiteral("Accuracy, predicted"),
                            .value = run.predicted(chosen),
                            .unit = QStringLiteral("%"),
                            .decimals = 2 });
    else if (std::isfinite(run.predicted(chosen)))
        scalars.push_back({ .name = QStringLiteral("sqnr_predicted"),
                            .title = QStringLiteral("SQNR, predicted"),
                            .value = run.predicted(chosen),
                            .unit = QStringLiteral("dB"),
                            .decimals = 2 });
    return scalars;
}

QString budgetUnitText(BudgetUnit unit)
{
    switch (unit) {
    case BudgetUnit::Bytes:
        return QStringLiteral("byte per picture");
    case BudgetUnit::Energy:
        return QStringLiteral("uJ per picture");
    case BudgetUnit::Peak:
        break;
    }
    return QStringLiteral("byte");
}

QString budgetTitle(BudgetUnit unit)
{
    switch (unit) {
    case BudgetUnit::Bytes:
        return QStringLiteral("Coded size");
    case BudgetUnit::Energy:
        return QStringLiteral("DRAM energy");
    case BudgetUnit::Peak:
        break;
    }
    return QStringLiteral("Peak buffer");
}

} // namespace analysis
