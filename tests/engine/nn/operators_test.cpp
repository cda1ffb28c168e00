#include "engine/base/error.h"
#include "engine/nn/runner.h"
#include "tests/engine/nn/operator_cases.h"
#include "tests/reference/nn_reference.h"

#include <QTest>

#include <cmath>
#include <mutex>

using namespace engine;
using Extents = GraphKit::Extents;

namespace {

double largestDifference(std::span<const float> got, const std::vector<double>& wanted)
{
    double scale = 1e-3;
    double worst = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        scale = std::max(scale, std::abs(wanted[i]));
        worst = std::max(worst, std::abs(static_cast<double>(got[i]) - wanted[i]));
    }
    return worst / scale;
}

constexpr double tolerance = 1e-5;

} // namespace

class OperatorsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void agreesWithReference_data();
    void agreesWithReference();
    void resultsDoNotDependOnTaps();
};

void OperatorsTest::agreesWithReference_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("batch");
    QTest::addColumn<bool>("tapped");
    const auto cases = operatorCases();
    for (int row = 0; row < static_cast<int>(cases.size()); ++row)
        for (const int batch : { 1, 3 })
            for (const bool tapped : { false, true })
                QTest::addRow("%s, batch %d%s", cases[static_cast<std::size_t>(row)].name, batch,
                              tapped ? ", tapped" : "")
                    << row << batch << tapped;
}

void OperatorsTest::agreesWithReference()
{
    QFETCH(int, row);
    QFETCH(int, batch);
    QFETCH(bool, tapped);
    const OperatorCase test = operatorCases()[static_cast<std::size_t>(row)];
    GraphKit kit;
    const std::string output = test.build(kit);
    const auto graph = kit.finish(test.input, output);
    constexpr std::size_t count = 5;
    const RandomImages images(count, test.input);

    std::mutex mutex;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<float>> seen; // by node and image
    nn::RunOptions options;
    options.batch = static_cast<std::size_t>(batch);
    for (std::size_t i = 0; tapped && i < graph->nodes.size(); ++i)
        options.tapped.insert(i);
    options.tap = [&](unsigned, const nn::NodeOutput& part) {
        const std::scoped_lock lock(mutex);
        const std::size_t each = part.values.size() / part.images;
        if (part.shape.elements() != part.values.size())
            qFatal("the shape does not fit the values");
        for (std::size_t i = 0; i < part.images; ++i) {
            const auto first = part.values.begin() + static_cast<std::ptrdiff_t>(i * each);
            seen[{ part.node, part.firstImage + i }].assign(first, first + static_cast<std::ptrdiff_t>(each));
        }
    };
    const nn::Runner runner(graph);
    const nn::RunResult result = runner.run(images, {}, options, {});

    QCOMPARE(result.images, count);
    QCOMPARE(seen.size(), tapped ? count * graph->nodes.size() : 0U);
    const std::size_t each = result.outputShape.elements();
    for (std::size_t i = 0; i < count; ++i) {
        const auto pixels = images.read(i).values;
        Extents shape { 1 };
        shape.insert(shape.end(), test.input.begin(), test.input.end());
        const auto wanted = reference::evaluate(*graph, { shape, { pixels.begin(), pixels.end() } });
        QCOMPARE(each, wanted.at(output).values.size());
        QVERIFY(largestDifference(std::span(result.outputs).subspan(i * each, each), wanted.at(output).values)
                < tolerance);
        for (std::size_t node = 0; tapped && node < graph->nodes.size(); ++node) {
            const auto& values = wanted.at(graph->nodes[node].outputs.front()).values;
            QCOMPARE((seen.at({ node, i }).size()), values.size());
            QVERIFY2((largestDifference(seen.at({ node, i }), values) < tolerance),
                     graph->nodes[node].name.c_str());
        }
    }
}

void OperatorsTest::resultsDoNotDependOnTaps()
{
    GraphKit kit;
    const auto hidden = kit.node("Relu", { kit.batchNorm(kit.conv("x", { 16, 3, 3, 3 }), 16) });
    const auto graph = kit.finish({ 3, 9, 9 }, kit.node("GlobalAveragePool", { hidden }));
    const RandomImages images(4, { 3, 9, 9 });
    const nn::Runner runner(graph);
    const auto plain = runner.run(images, {}, { .batch = 2 }, {});
    const auto tapped = runner.run(images, {}, { .batch = 2, .tapped = { 0, 1 } }, {});
    QCOMPARE(plain.outputs.size(), tapped.outputs.size());
    for (std::size_t i = 0; i < plain.outputs.size(); ++i)
        QVERIFY(std::abs(plain.outputs[i] - tapped.outputs[i]) < 1e-5F);
}

QTEST_GUILESS_MAIN(OperatorsTest)
#include "operators_test.moc"
