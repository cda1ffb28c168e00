#include "analysis/activation/k_lossy_view.h"

#include <cmath>

namespace analysis {

namespace {

Column column(const char* name, const char* title, ColumnKind kind, const QString& unit = {},
              int decimals = 2)
{
    return { .name = QString::fromLatin1(name),
             .title = QString::fromLatin1(title),
             .unit = unit,
             .kind = kind,
             .decimals = decimals };
}

Column ratioColumn(const char* name, const char* title)
{
    return column(name, title, ColumnKind::Ratio, {}, 3);
}

Cell finite(double value)
{
    return std::isfinite(value) ? Cell(value) : Cell();
}

std::vector<Cell> layerRow(const KLossyView& view, std::size_t map, std::size_t k)
{
    const LossyFacts& facts = view.found().facts[map][k];
    const Score* alone = view.score(map, k);
    const std::optional<double> accuracy = alone != nullptr ? alone->accuracy() : std::nullopt;
    return { view.subject().layer(map),
             static_cast<qint64>(k),
             static_cast<qint64>(view.found().sizes[map][k].bits.total()),
             view.ratio(map, k),
             facts.zeroFraction(),
             facts.meanError(),
             facts.maxError,
             finite(facts.sqnr()),
             alone != nullptr ? finite(alone->sqnr()) : Cell(),
             accuracy ? Cell(*accuracy) : Cell() };
}

Table layersTable(const KLossyView& view)
{
    const QString decibel = QStringLiteral("dB");
    Table table {
        .id = QStringLiteral("layers"),
        .title = QStringLiteral("One layer lossy at a time"),
        .columns = { column("layer", "Layer", ColumnKind::Text), column("lossy_bits", "K", ColumnKind::Count),
                     column("bits", "Coded", ColumnKind::Bits, QStringLiteral("bit")),
                     ratioColumn("ratio", "Ratio"), column("zero_fraction", "Zeros", ColumnKind::Fraction),
                     column("mean_error", "Mean error", ColumnKind::Real, {}, 5),
                     column("max_error", "Largest error", ColumnKind::Real, {}, 5),
                     column("sqnr", "SQNR", ColumnKind::Real, decibel),
                     column("output_sqnr", "SQNR of the outputs", ColumnKind::Real, decibel),
                     column("accuracy", "Accuracy", ColumnKind::Real, QStringLiteral("%")) },
        .partial = !view.found().complete
    };
    for (std::size_t map = 0; map < view.maps(); ++map)
        for (std::size_t k = 0; k < view.found().sizes[map].size(); ++k)
            table.rows.push_back(layerRow(view, map, k));
    return table;
}

Table chosenTable(const KLossyView& view)
{
    const QString bit = QStringLiteral("bit");
    Table table { .id = QStringLiteral("chosen"),
                  .title = QStringLiteral("Chosen K"),
                  .columns = { column("layer", "Layer", ColumnKind::Text),
                               column("lossy_bits", "K", ColumnKind::Count),
                               column("raw", "Raw", ColumnKind::Bits, bit),
                               column("bits", "Coded", ColumnKind::Bits, bit), ratioColumn("ratio", "Ratio"),
                               ratioColumn("ratio_lossless", "Ratio at K = 0"),
                               column("sqnr", "SQNR", ColumnKind::Real, QStringLiteral("dB")) } };
    for (std::size_t map = 0; map < view.maps(); ++map) {
        const auto k = static_cast<std::size_t>(view.found().search->chosen.lossyBits[map]);
        table.rows.push_back({ view.subject().layer(map), static_cast<qint64>(k),
                               static_cast<qint64>(view.subject().rawBits(map)),
                               static_cast<qint64>(view.found().sizes[map][k].bits.total()),
                               view.ratio(map, k), view.ratio(map, 0),
                               finite(view.found().facts[map][k].sqnr()) });
    }
    return table;
}

Table pathTable(const KLossyView& view)
{
    const QString unit = view.lossAxis().unit;
    const bool points = view.countsAccuracy();
    Table table { .id = QStringLiteral("path"),
                  .title = QStringLiteral("Mixed K tried"),
                  .columns = {
                      column("bits", "Coded", ColumnKind::Bits, QStringLiteral("bit")),
                      ratioColumn("ratio", "Ratio"),
                      column("predicted", points ? "Predicted loss" : "Predicted SQNR", ColumnKind::Real,
                             unit),
                      column("measured", points ? "Measured loss" : "Measured SQNR", ColumnKind::Real, unit),
                      column("lossy_bits", "K of each layer", ColumnKind::Text) } };
    for (const MixedK& point : view.tried()) {
        QStringList all;
        for (const int k : point.lossyBits)
            all << QString::number(k);
        table.rows.push_back(
            { static_cast<qint64>(point.bits), view.ratio(point.bits), finite(view.predicted(point)),
              point.measured ? finite(view.shown(*point.measured)) : Cell(), all.join(QLatin1Char(' ')) });
    }
    return table;
}

} // namespace

std::vector<Table> kLossyTables(const KLossyView& view)
{
    std::vector<Table> tables = { layersTable(view) };
    if (view.found().search) {
        tables.push_back(chosenTable(view));
        tables.push_back(pathTable(view));
    }
    return tables;
}

} // namespace analysis
