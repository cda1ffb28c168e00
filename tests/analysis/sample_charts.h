#pragma once

#include "analysis/chart.h"
#include "analysis/report.h"

#include <cmath>
#include <limits>

/// One chart of every kind and option, with the values that make exports stumble.
inline std::vector<analysis::Chart> sampleCharts()
{
    using namespace analysis;
    constexpr double gap = std::numeric_limits<double>::quiet_NaN();
    const QStringList layers = { QStringLiteral("conv_1"), QStringLiteral("layer1.0/conv:0"),
                                 QStringLiteral("fc") };
    const Axis layer = { .title = QStringLiteral("Layer"), .unit = {} };
    const Axis energy = { .title = QStringLiteral("Energy"), .unit = QStringLiteral("\u00b5J per image") };
    std::vector<Chart> charts;
    BarChart bars = { .category = layer,
                      .value = energy,
                      .categories = layers,
                      .series = { { .name = QStringLiteral("zvc"),
                                    .values = { 1.5, gap, 0.1 },
                                    .overhead = { 0.25, gap, 0.05 },
                                    .deviation = { 0.1, 0, 0.02 } },
                                  { .name = QStringLiteral("bzvc"), .values = { 1, 2, 3 } } },
                      .reference = Reference { 2.5, QStringLiteral("mean 90 %") } };
    charts.push_back({ QStringLiteral("grouped"), QStringLiteral("Grouped"), bars });
    bars.series[0] = { .name = QStringLiteral("payload"),
                       .values = { 1.5, 2, 0.1 },
                       .overhead = { 0.25, 0.1, 0.05 } };
    bars.stacked = true;
    charts.push_back({ QStringLiteral("stacked"), QStringLiteral("Stacked"), bars });
    bars.series[1].values[1] = gap;
    charts.push_back({ QStringLiteral("gap"), QStringLiteral("Stacked with a gap"), bars });
    bars.stacked = false;
    bars.value.logarithmic = true;
    bars.categories[0] = QStringLiteral("50 % of {a}, #1 & $b\\c^~\"d\" [e]*");
    charts.push_back({ QStringLiteral("hostile"), QStringLiteral("Hostile names"), bars });
    const HistogramChart histogram = {
        .value = { .title = QStringLiteral("Value"), .unit = {} },
        .count = { .title = QStringLiteral("Count"), .unit = {}, .logarithmic = true },
        .first = -1,
        .width = 0.25,
        .counts = { 1, 3, 1e6, 40, 0, 7, 1, 0.0 },
        .zeros = 2e6
    };
    charts.push_back({ QStringLiteral("histogram"), QStringLiteral("Histogram"), histogram });
    HistogramChart plain = histogram;
    plain.zeros.reset();
    plain.count.logarithmic = false;
    charts.push_back({ QStringLiteral("plain"), QStringLiteral("Histogram without zeros"), plain });
    LineChart lines = {
        .x = { .title = QStringLiteral("Bits"), .unit = QStringLiteral("bit") },
        .y = { .title = QStringLiteral("Accuracy"), .unit = QStringLiteral("%") },
        .series = { { .name = QStringLiteral("top-1"), .x = { 1, 2, 4, 8 }, .y = { 10.25, gap, 90, 91.7 } },
                    { .name = QStringLiteral("top_5"), .x = { 1, 2, 4, 8 }, .y = { 50, 80, 99, 99.5 } } },
        .reference = Reference { 91.73, QStringLiteral("float") }
    };
    charts.push_back({ QStringLiteral("lines"), QStringLiteral("Lines"), lines });
    lines.series[1] = { .name = QStringLiteral("top_5"), .x = { 0.5, 16 }, .y = { 40, 99.5 } };
    lines.x.logarithmic = true;
    charts.push_back({ QStringLiteral("own-x"), QStringLiteral("Lines with an x of their own"), lines });
    const ScatterChart scatter = {
        .x = { .title = QStringLiteral("Area"), .unit = QStringLiteral("mm\u00b2") },
        .y = { .title = QStringLiteral("Ratio"), .unit = {} },
        .series = { { .name = QStringLiteral("zvc"),
                      .x = { 1, 2.5 },
                      .y = { 1.2, 1.8 },
                      .labels = { QStringLiteral("S_4"), QStringLiteral("S = 16") } },
                    { .name = QStringLiteral("other"), .x = { 3 }, .y = { -0.5 } } }
    };
    charts.push_back({ QStringLiteral("scatter"), QStringLiteral("Scatter"), scatter });
    MapChart map = { .x = { .title = QStringLiteral("Column"), .unit = {} },
                     .y = { .title = QStringLiteral("Row"), .unit = {} },
                     .value = { .title = QStringLiteral("Entropy"), .unit = QStringLiteral("bit") },
                     .rows = 2,
                     .columns = 3,
                     .values = { 0, 0.1F, 2.5F, -1e-7F, std::numeric_limits<float>::quiet_NaN(), 8 },
                     .colours = MapColours::Sparsity };
    charts.push_back({ QStringLiteral("map"), QStringLiteral("Map"), map });
    map.colours = MapColours::Diverging;
    map.value.title = QStringLiteral("Difference #2");
    charts.push_back({ QStringLiteral("difference"), QStringLiteral("Difference"), map });
    return charts;
}

/// A report with every kind of column and the texts that exports must quote.
inline analysis::Report sampleReport()
{
    using namespace analysis;
    Report report;
    report.analysis = QStringLiteral("codec");
    report.title = QStringLiteral("Codecs");
    report.version = QStringLiteral("0.1.0");
    report.inputs = { { QStringLiteral("/data/Gr\u00f6\u00dfe \"1\".h5"), QString(64, u'5') } };
    const std::vector<Parameter> parameters = { { .id = QStringLiteral("word"),
                                                  .title = QStringLiteral("Word"),
                                                  .unit = QStringLiteral("bit"),
                                                  .fallback = qint64 { 8 } },
                                                { .id = QStringLiteral("block"),
                                                  .title = QStringLiteral("Block"),
                                                  .unit = {},
                                                  .fallback = qint64 { 16 } } };
    report.parameters = Values(parameters);
    report.scalars = { { QStringLiteral("ratio"), QStringLiteral("Ratio"), 2.39 },
                       { QStringLiteral("bits"), QStringLiteral("Bits"), 300774272, QStringLiteral("bit") },
                       { QStringLiteral("lost"), QStringLiteral("Lost"),
                         std::numeric_limits<double>::quiet_NaN() } };
    Table layers;
    layers.id = QStringLiteral("layers");
    layers.title = QStringLiteral("Layers");
    layers.columns = { { QStringLiteral("layer"), QStringLiteral("Layer"), {}, ColumnKind::Text },
                       { QStringLiteral("payload"), QStringLiteral("Payload"), QStringLiteral("bit"),
                         ColumnKind::Bits },
                       { QStringLiteral("zero_fraction"), QStringLiteral("Zeros"), {}, ColumnKind::Fraction },
                       { QStringLiteral("ratio"), QStringLiteral("Ratio"), {}, ColumnKind::Ratio },
                       { QStringLiteral("mean"), QStringLiteral("Mean"), {}, ColumnKind::Real, false, 3 } };
    layers.rows = { { QStringLiteral("conv_1"), qint64 { 1234567 }, 0.7134, 1.8, -1234.5678 },
                    { QStringLiteral("a,\"b\" & 50 %\nnext"), qint64 { 9007199254740993 }, 0.0, {}, 1e-9 },
                    { QString(),
                      {},
                      1.0,
                      std::numeric_limits<double>::infinity(),
                      std::numeric_limits<double>::quiet_NaN() } };
    report.tables = { layers };
    report.charts = sampleCharts();
    report.remarks = { { Level::Warning, QStringLiteral("conv1"), QStringLiteral("kept \\dense\\") },
                       { Level::Note, {}, QStringLiteral("tab\there") } };
    return report;
}
