#include "analysis/network/inspect.h"

#include <limits>

namespace analysis {

namespace {

QString shapeText(const std::optional<engine::Shape>& shape)
{
    return shape ? QString::fromStdString(engine::toString(*shape)) : QString();
}

Cell activationBytes(const engine::Layer& layer)
{
    if (!layer.output)
        return {};
    return static_cast<qint64>(layer.output->elements() * sizeof(float));
}

std::vector<Column> columns()
{
    return {
        { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") },
        { .name = QStringLiteral("op"), .title = QStringLiteral("Operator") },
        { .name = QStringLiteral("output"), .title = QStringLiteral("Output shape") },
        { .name = QStringLiteral("parameters"),
          .title = QStringLiteral("Parameters"),
          .kind = ColumnKind::Count,
          .bar = true },
        { .name = QStringLiteral("macs"),
          .title = QStringLiteral("MACs"),
          .kind = ColumnKind::Count,
          .bar = true },
        { .name = QStringLiteral("activation"),
          .title = QStringLiteral("Activation"),
          .unit = QStringLiteral("B"),
          .kind = ColumnKind::Bytes,
          .bar = true },
    };
}

/// Bars over the layers that have any.
Chart costChart(const engine::Dataset& content, const QString& id, const QString& title,
                std::uint64_t engine::Layer::*figure)
{
    BarChart bars { .category = { QStringLiteral("Layer"), {} }, .value = { title, {} } };
    bars.series.push_back({ .name = title });
    for (const engine::Layer& layer : content.layers) {
        if (layer.*figure == 0)
            continue;
        bars.categories << QString::fromStdString(layer.name);
        bars.series.front().values.push_back(static_cast<double>(layer.*figure));
    }
    return { id, title + QStringLiteral(" per layer"), std::move(bars) };
}

Report run(const Inputs& inputs, const Values&, const engine::Control&)
{
    const engine::Dataset& content = inputs.datasets.front()->content;
    Report report;
    const bool known = content.macsAreKnown();
    const double macs =
        known ? static_cast<double>(content.macs()) : std::numeric_limits<double>::quiet_NaN();
    if (!known)
        report.remarks.push_back(
            { Level::Note,
              {},
              QStringLiteral("a file of weights alone does not tell the MACs of its convolutions") });
    report.scalars = {
        { QStringLiteral("parameters"), QStringLiteral("Parameters"),
          static_cast<double>(content.parameters()) },
        { QStringLiteral("macs"), QStringLiteral("MACs of one image"), macs },
        { QStringLiteral("layers"), QStringLiteral("Layers"), static_cast<double>(content.layers.size()) },
    };
    report.tables.push_back(layerTable(content));
    report.charts = {
        costChart(content, QStringLiteral("parameters"), QStringLiteral("Parameters"),
                  &engine::Layer::parameters),
        costChart(content, QStringLiteral("macs"), QStringLiteral("MACs"), &engine::Layer::macs),
    };
    return report;
}

} // namespace

Table layerTable(const engine::Dataset& content)
{
    Table table { .id = QStringLiteral("layers"), .title = QStringLiteral("Layers"), .columns = columns() };
    for (const engine::Layer& layer : content.layers)
        table.rows.push_back({ QString::fromStdString(layer.name), QString::fromStdString(layer.op),
                               shapeText(layer.output), static_cast<qint64>(layer.parameters),
                               static_cast<qint64>(layer.macs), activationBytes(layer) });
    return table;
}

Analysis inspectRow()
{
    return { .id = QStringLiteral("inspect"),
             .title = QStringLiteral("Inspect"),
             .source = QStringLiteral("Tessera's definition"),
             .help =
                 QStringLiteral("layers with shapes, parameters, multiply-accumulates and activation sizes"),
             .input = InputKind::Any,
             .parameters = {},
             .scalars = { { QStringLiteral("parameters"),
                            {},
                            QStringLiteral("weights, biases, BatchNorm scale and shift") },
                          { QStringLiteral("macs"), {}, QStringLiteral("multiply-accumulates of one image") },
                          { QStringLiteral("layers"), {}, QStringLiteral("number of layers") } },
             .tables = { { QStringLiteral("layers"), {}, QStringLiteral("one row per layer") } },
             .charts = { { QStringLiteral("parameters"), {}, QStringLiteral("parameters per layer") },
                         { QStringLiteral("macs"), {}, QStringLiteral("multiply-accumulates per layer") } },
             .run = run };
}

} // namespace analysis
