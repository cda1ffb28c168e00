#include "analysis/activation/sparsity.h"

#include "analysis/activation/subject.h"
#include "engine/tensor/statistics.h"

namespace analysis {

namespace {

Table layersTable()
{
    return { .id = QStringLiteral("layers"),
             .title = QStringLiteral("Sparsity per layer"),
             .columns = {
                 { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") },
                 { .name = QStringLiteral("op"), .title = QStringLiteral("Operator") },
                 { .name = QStringLiteral("shape"), .title = QStringLiteral("Shape") },
                 { .name = QStringLiteral("elements"),
                   .title = QStringLiteral("Elements"),
                   .kind = ColumnKind::Count },
                 { .name = QStringLiteral("zeros"),
                   .title = QStringLiteral("Zeros"),
                   .kind = ColumnKind::Count },
                 { .name = QStringLiteral("zero_fraction"),
                   .title = QStringLiteral("Zero fraction"),
                   .kind = ColumnKind::Fraction,
                   .bar = true },
                 { .name = QStringLiteral("min"),
                   .title = QStringLiteral("Minimum"),
                   .kind = ColumnKind::Real,
                   .decimals = 4 },
                 { .name = QStringLiteral("max"),
                   .title = QStringLiteral("Maximum"),
                   .kind = ColumnKind::Real,
                   .decimals = 4 },
                 { .name = QStringLiteral("mean"),
                   .title = QStringLiteral("Mean"),
                   .kind = ColumnKind::Real,
                   .decimals = 4 },
                 { .name = QStringLiteral("absmean"),
                   .title = QStringLiteral("Mean magnitude"),
                   .kind = ColumnKind::Real,
                   .decimals = 4 },
             } };
}

Table channelsTable()
{
    return { .id = QStringLiteral("channels"),
             .title = QStringLiteral("Sparsity per channel"),
             .columns = {
                 { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") },
                 { .name = QStringLiteral("channel"),
                   .title = QStringLiteral("Channel"),
                   .kind = ColumnKind::Count },
                 { .name = QStringLiteral("elements"),
                   .title = QStringLiteral("Elements"),
                   .kind = ColumnKind::Count },
                 { .name = QStringLiteral("zero_fraction"),
                   .title = QStringLiteral("Zero fraction"),
                   .kind = ColumnKind::Fraction,
                   .bar = true },
                 { .name = QStringLiteral("mean"),
                   .title = QStringLiteral("Mean"),
                   .kind = ColumnKind::Real,
                   .decimals = 4 },
                 { .name = QStringLiteral("max"),
                   .title = QStringLiteral("Maximum"),
                   .kind = ColumnKind::Real,
                   .decimals = 4 },
             } };
}

Table histogramTable()
{
    return { .id = QStringLiteral("histogram"),
             .title = QStringLiteral("Values apart from zero"),
             .columns = {
                 { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") },
                 { .name = QStringLiteral("from"),
                   .title = QStringLiteral("From"),
                   .kind = ColumnKind::Real,
                   .decimals = 5 },
                 { .name = QStringLiteral("to"),
                   .title = QStringLiteral("To"),
                   .kind = ColumnKind::Real,
                   .decimals = 5 },
                 { .name = QStringLiteral("count"),
                   .title = QStringLiteral("Values"),
                   .kind = ColumnKind::Count,
                   .bar = true },
             } };
}

std::vector<Cell> layerRow(const engine::Tensor& tensor, const engine::Statistics& facts)
{
    return { subjectName(tensor),
             QString::fromStdString(tensor.op),
             QString::fromStdString(engine::toString(tensor.shape)),
             static_cast<qint64>(facts.count),
             static_cast<qint64>(facts.zeros),
             facts.zeroFraction(),
             facts.minimum,
             facts.maximum,
             facts.mean(),
             facts.absoluteMean() };
}

void addChannels(Table& table, const QString& layer, const std::vector<engine::Statistics>& channels)
{
    for (std::size_t c = 0; c < channels.size(); ++c)
        table.rows.push_back({ layer, static_cast<qint64>(c), static_cast<qint64>(channels[c].count),
                               channels[c].zeroFraction(), channels[c].mean(), channels[c].maximum });
}

void addHistogram(Report& report, const QString& layer, const engine::Histogram& histogram)
{
    HistogramChart chart { .value = { QStringLiteral("Value"), {} },
                           .count = { QStringLiteral("Values"), {}, true },
                           .first = histogram.first,
                           .width = histogram.width(),
                           .zeros = static_cast<double>(histogram.zeros) };
    Table& table = report.tables.back();
    for (std::size_t bin = 0; bin < histogram.bins.size(); ++bin) {
        const double from = histogram.first + static_cast<double>(bin) * histogram.width();
        table.rows.push_back(
            { layer, from, from + histogram.width(), static_cast<qint64>(histogram.bins[bin]) });
        chart.counts.push_back(static_cast<double>(histogram.bins[bin]));
    }
    report.charts.push_back(
        { QStringLiteral("histogram:") + layer, QStringLiteral("Values of ") + layer, chart });
}

Chart zeroChart(const Table& layers, double overall)
{
    BarChart bars { .category = { QStringLiteral("Layer"), {} },
                    .value = { QStringLiteral("Zeros"), QStringLiteral("%") },
                    .reference = Reference { overall * 100, QStringLiteral("all layers") } };
    bars.series.push_back({ .name = QStringLiteral("Zeros") });
    const auto fraction = static_cast<std::size_t>(layers.column(QStringLiteral("zero_fraction")));
    for (const auto& row : layers.rows) {
        bars.categories << std::get<QString>(row.front());
        bars.series.front().values.push_back(std::get<double>(row[fraction]) * 100);
    }
    return { QStringLiteral("zero_fraction"), QStringLiteral("Zero fraction per layer"), std::move(bars) };
}

void remarkNonFinite(Report& report, const QString& layer, const engine::Statistics& facts)
{
    if (facts.nonFinite > 0)
        report.remarks.push_back(
            { Level::Warning, layer,
              QStringLiteral("%1 values are not finite and are left out").arg(facts.nonFinite) });
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const std::vector<const engine::Tensor*> tensors = subjectTensors(inputs, values);
    const auto bins = static_cast<std::size_t>(values.integer(QStringLiteral("bins")));
    Report report;
    report.tables = { layersTable(), channelsTable(), histogramTable() };
    engine::Statistics all;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const engine::Tensor& tensor = *tensors[i];
        const QString layer = subjectName(tensor);
        const double share = 1.0 / static_cast<double>(tensors.size());
        const engine::Control part =
            control.part(static_cast<double>(i) * share, static_cast<double>(i + 1) * share);
        const engine::TensorStatistics facts = engine::statistics(tensor, part.part(0, 0.5));
        const engine::Histogram histogram = engine::histogram(tensor, facts.whole, bins, part.part(0.5, 1));
        if (control.stopped()) {
            report.partial = true;
            break;
        }
        report.tables[0].rows.push_back(layerRow(tensor, facts.whole));
        addChannels(report.tables[1], layer, facts.channels);
        addHistogram(report, layer, histogram);
        remarkNonFinite(report, layer, facts.whole);
        all.add(facts.whole);
    }
    report.scalars = {
        { QStringLiteral("zero_fraction"), QStringLiteral("Zero fraction"), all.zeroFraction(), {}, 4 },
        { QStringLiteral("elements"), QStringLiteral("Elements"), static_cast<double>(all.count) },
        { QStringLiteral("zeros"), QStringLiteral("Zeros"), static_cast<double>(all.zeros) }
    };
    report.charts.insert(report.charts.begin(), zeroChart(report.tables[0], all.zeroFraction()));
    return report;
}

} // namespace

Analysis sparsityRow()
{
    return {
        .id = QStringLiteral("sparsity"),
        .title = QStringLiteral("Sparsity"),
        .source = QStringLiteral("[Wang 2022] 3"),
        .help = QStringLiteral("exact zeros per layer and channel, histogram of the other values"),
        .input = InputKind::Tensors,
        .parameters = { subjectParameter(),
                        layersParameter(),
                        { .id = QStringLiteral("bins"),
                          .title = QStringLiteral("Histogram bins"),
                          .type = ParameterType::Integer,
                          .unit = {},
                          .fallback = qint64 { 100 },
                          .minimum = 1,
                          .maximum = 4096,
                          .help = QStringLiteral("bins between the smallest and the largest value") } },
        .scalars = { { QStringLiteral("zero_fraction"), {}, QStringLiteral("exact zeros over all elements") },
                     { QStringLiteral("elements"), {}, QStringLiteral("elements looked at") },
                     { QStringLiteral("zeros"), {}, QStringLiteral("exact zeros") } },
        .tables = { { QStringLiteral("layers"), {}, QStringLiteral("one row per layer") },
                    { QStringLiteral("channels"), {}, QStringLiteral("one row per layer and channel") },
                    { QStringLiteral("histogram"), {}, QStringLiteral("one row per layer and bin") } },
        .charts = { { QStringLiteral("zero_fraction"), {}, QStringLiteral("zeros per layer") },
                    { QStringLiteral("histogram:<layer>"),
                      {},
                      QStringLiteral("values of one layer, zeros apart") } },
        .run = run
    };
}

} // namespace analysis
