#include "tests/widgets/chart/sample_charts.h"

#include <cmath>
#include <limits>
#include <random>

using namespace analysis;

namespace samples {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Chart named(const char* id, const char* title, ChartKind kind)
{
    return { QString::fromUtf8(id), QString::fromUtf8(title), std::move(kind) };
}

Axis axis(const char* title, const char* unit = "", bool logarithmic = false)
{
    return { QString::fromUtf8(title), QString::fromUtf8(unit), logarithmic };
}

QStringList resnetLayers()
{
    QStringList names { QStringLiteral("conv1") };
    for (int stage = 1; stage <= 3; ++stage) {
        for (int block = 0; block < 3; ++block) {
            const QString group = QStringLiteral("layer%1.%2.").arg(stage).arg(block);
            names << group + QStringLiteral("conv1") << group + QStringLiteral("add");
        }
    }
    return names;
}

} // namespace

Chart ratios()
{
    BarChart chart { axis("Residual block (stage.block), first convolution"), axis("Compression ratio") };
    chart.categories = { QStringLiteral("1.0"), QStringLiteral("1.1"), QStringLiteral("1.2"),
                         QStringLiteral("2.0"), QStringLiteral("2.1"), QStringLiteral("2.2"),
                         QStringLiteral("3.0"), QStringLiteral("3.1"), QStringLiteral("3.2") };
    chart.series = { { QStringLiteral("Word ZVC"), { 1.65, 1.58, 2.08, 1.94, 2.72, 3.21, 2.37, 2.95, 3.07 } },
                     { QStringLiteral("Bit-level ZVC + bypass"),
                       { 1.81, 1.80, 2.37, 2.14, 2.81, 3.32, 2.50, 2.99, 3.10 } } };
    chart.reference = { 1.0, {} };
    return named("ratio", "Compression ratio per layer", chart);
}

Chart energy()
{
    BarChart chart { axis("Feature map (ResNet-20, CIFAR-10, batch 1)"), axis("Energy", "µJ per image") };
    chart.categories = resnetLayers();
    chart.stacked = true;
    const char* names[] = { "Background", "Activate + precharge", "Burst read", "Burst write", "Refresh" };
    const double shares[] = { 6, 4.7, 6.1, 3.9, 0.3 };
    for (int part = 0; part < 5; ++part) {
        BarChart::Series series { QString::fromUtf8(names[part]) };
        for (int layer = 0; layer < chart.categories.size(); ++layer)
            series.values.push_back(shares[part] * (layer % 2 == 0 ? 1 : 0.7) / (1 + layer / 7));
        chart.series.push_back(series);
    }
    return named("energy", "DRAM energy per feature map", chart);
}

Chart coded()
{
    BarChart chart { axis("Layer"), axis("Size", "KiB") };
    chart.categories = { QStringLiteral("conv1"), QStringLiteral("conv2"), QStringLiteral("fc1"),
                         QStringLiteral("fc2") };
    chart.series = { { QStringLiteral("raw"), { 16, 8, 4, 2 }, {}, {} },
                     { QStringLiteral("zvc"), { 9, 4.1, 2.2, 1.3 }, { 2, 1, 0.5, 0.25 }, {} },
                     { QStringLiteral("bzvc"), { 7, 3.2, 1.8, 1.1 }, { 2.3, 1.1, 0.6, 0.3 }, {} } };
    chart.reference = { 10, QStringLiteral("buffer 10 KiB") };
    return named("coded", "Coded size", chart);
}

Chart channels(int count)
{
    BarChart chart { axis("Channel, sorted by zero ratio"), axis("Zeros", "%") };
    BarChart::Series series { QStringLiteral("zeros") };
    double sum = 0;
    for (int i = 0; i < count; ++i) {
        chart.categories << QString::number((i * 7) % count);
        series.values.push_back(100.0 * (1 - std::pow(i / (count + 1.0), 0.8)));
        sum += series.values.back();
    }
    chart.series = { series };
    chart.reference = { sum / count, QStringLiteral("mean %1 %").arg(sum / count, 0, 'f', 1) };
    return named("channels", "Zero ratio per channel", chart);
}

Chart accuracies()
{
    BarChart chart { axis("Network"), axis("Change of accuracy", "points") };
    chart.categories = { QStringLiteral("LeNet-5"), QStringLiteral("ResNet-20"),
                         QStringLiteral("MobileNetV2"), QStringLiteral("SqueezeNet v1.1") };
    chart.series = { { QStringLiteral("min-max"), { -0.2, -2.31, -6.5, none }, {}, { 0.05, 0.4, 1.2, none } },
                     { QStringLiteral("mse"), { 0.1, -0.81, -1.2, -0.4 }, {}, { 0.02, 0.2, 0.3, 0.1 } },
                     { QStringLiteral("learned"), { 0.2, 0.3, -0.6, 0.1 }, {}, { 0.02, 0.1, 0.2, 0.1 } } };
    return named("accuracy", "Accuracy after quantisation", chart);
}

Chart histogram(bool logarithmic)
{
    HistogramChart chart { axis("Code", "1 LSB = 0.01400"), axis("Values", "", logarithmic) };
    chart.first = 1;
    chart.width = 3;
    for (int bin = 0; bin < 85; ++bin)
        chart.counts.push_back(std::floor(520 * std::exp(-bin * bin / 900.0) + (bin % 11 == 0 ? 1 : 0)));
    chart.zeros = 7948;
    return named("histogram", "Histogram", chart);
}

Chart signedHistogram()
{
    HistogramChart chart { axis("Weight"), axis("Values") };
    chart.first = -0.5;
    chart.width = 0.02;
    for (int bin = 0; bin < 50; ++bin)
        chart.counts.push_back(std::floor(24000 * std::exp(-(bin - 25) * (bin - 25) / 60.0)));
    chart.zeros = 13000;
    return named("weights", "Weights", chart);
}

Chart curves()
{
    LineChart chart { axis("Bits lost, K"), axis("Compression ratio") };
    for (int series = 0; series < 3; ++series) {
        LineChart::Series line { QStringLiteral("S = %1").arg(8 << series), {}, {} };
        for (int k = 0; k <= 6; ++k) {
            line.x.push_back(k);
            line.y.push_back(k == 3 && series == 1 ? none : 1.6 + 0.25 * series + 0.3 * k + 0.02 * k * k);
        }
        chart.series.push_back(line);
    }
    chart.reference = { 2.4, QStringLiteral("budget 2.4") };
    return named("curves", "Ratio over K", chart);
}

Chart manyCurves()
{
    LineChart chart { axis("Processing elements", "", true), axis("Cycles", "", true) };
    for (int series = 0; series < 7; ++series) {
        LineChart::Series line { QStringLiteral("layer fc%1").arg(series + 1), {}, {} };
        for (int power = 0; power <= 8; ++power) {
            line.x.push_back(1 << power);
            line.y.push_back(4e7 / (1 << power) / (1 + series * 0.8) + 900 * (series + 1));
        }
        chart.series.push_back(line);
    }
    return named("scaling", "Scalability", chart);
}

Chart longCurve(int points)
{
    LineChart chart { axis("Cycle"), axis("Energy so far", "µJ") };
    LineChart::Series line { QStringLiteral("A"), {}, {} };
    std::mt19937 random(1);
    double sum = 0;
    for (int i = 0; i < points; ++i) {
        sum += static_cast<double>(random() % 1000) / points;
        line.x.push_back(i);
        line.y.push_back(sum + static_cast<double>(random() % 1000) / 40);
    }
    chart.series = { line };
    return named("trace", "Energy over time", chart);
}

Chart pareto()
{
    ScatterChart chart { axis("Area", "mm²"), axis("Compression ratio") };
    chart.series = { { QStringLiteral("word level"),
                       { 0.11, 0.15, 0.23 },
                       { 1.62, 1.71, 1.75 },
                       { QStringLiteral("zvc"), QStringLiteral("csr"), QStringLiteral("rlc") } },
                     { QStringLiteral("bit level"),
                       { 0.18, 0.26, 0.31 },
                       { 2.11, 2.39, 2.44 },
                       { QStringLiteral("bzvc"), QStringLiteral("bzvc-bypass"), QStringLiteral("ebpc") } } };
    return named("pareto", "Ratio over area", chart);
}

Chart cloud(int points)
{
    ScatterChart chart { axis("Ideal partial sum"), axis("Measured partial sum") };
    ScatterChart::Series series { QStringLiteral("sums"), {}, {} };
    std::mt19937 random(2);
    std::normal_distribution<double> wide(0, 40);
    std::normal_distribution<double> narrow(0, 6);
    for (int i = 0; i < points; ++i) {
        series.x.push_back(wide(random));
        series.y.push_back(series.x.back() + narrow(random));
    }
    chart.series = { series };
    return named("cloud", "Ideal and measured", chart);
}

Chart accuracyMap()
{
    MapChart chart { axis("ADC", "bit"), axis("Cell noise"), axis("Accuracy", "%") };
    chart.rows = 7;
    chart.columns = 6;
    chart.colours = MapColours::Entropy;
    for (int row = 0; row < chart.rows; ++row) {
        for (int column = 0; column < chart.columns; ++column)
            chart.values.push_back(
                row == 0 && column > 0
                    ? std::numeric_limits<float>::quiet_NaN()
                    : std::round(10 * static_cast<float>(92 - 30 * std::exp(-column) - (6 - row) * 0.7))
                        / 10);
    }
    return named("accuracy-map", "Accuracy", chart);
}

Chart sparsityMap()
{
    MapChart chart { axis("Column"), axis("Row"), axis("Code") };
    chart.rows = 32;
    chart.columns = 48;
    chart.colours = MapColours::Sparsity;
    std::mt19937 random(3);
    for (int i = 0; i < chart.rows * chart.columns; ++i) {
        const double wave = std::sin(i % 48 / 6.0) * std::cos(i / 48 / 5.0);
        chart.values.push_back(
            wave < 0 ? 0
                     : static_cast<float>(std::floor(wave * 200 + static_cast<double>(random() % 55) + 1)));
    }
    return named("sparsity-map", "Sparsity", chart);
}

Chart weightMap()
{
    MapChart chart { axis("Input"), axis("Output"), axis("Weight") };
    chart.rows = 64;
    chart.columns = 64;
    chart.colours = MapColours::Diverging;
    std::mt19937 random(4);
    std::normal_distribution<float> weights(0.02F, 0.1F);
    for (int i = 0; i < chart.rows * chart.columns; ++i)
        chart.values.push_back(weights(random));
    return named("weight-map", "Weights", chart);
}

Chart empty()
{
    BarChart chart { axis("Layer"), axis("Ratio") };
    chart.categories = { QStringLiteral("conv1") };
    chart.series = { { QStringLiteral("zvc"), { none } } };
    return named("empty", "Nothing", chart);
}

std::vector<Chart> all()
{
    return { ratios(),      energy(),         coded(),          channels(16),      channels(512),
             accuracies(),  histogram(true),  histogram(false), signedHistogram(), curves(),
             manyCurves(),  longCurve(20000), pareto(),         cloud(20000),      accuracyMap(),
             sparsityMap(), weightMap(),      empty() };
}

} // namespace samples
