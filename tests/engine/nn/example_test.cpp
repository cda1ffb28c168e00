#include "engine/formats/catalogue.h"
#include "engine/formats/labels.h"
#include "engine/nn/digits.h"
#include "engine/nn/runner.h"
#include "engine/tensor/statistics.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>

using namespace engine;

namespace {

std::filesystem::path example(const char* file)
{
    return std::filesystem::path(TESSERA_SOURCE_DIR) / "resources/example" / file;
}

Dataset open(const char* file)
{
    return formats::recognise(formats::catalogue(), example(file)).read(example(file), {});
}

std::size_t rightAnswers(const nn::RunResult& result, const std::function<int(std::size_t)>& label)
{
    std::size_t right = 0;
    for (std::size_t i = 0; i < result.images; ++i) {
        const auto row = result.outputs.begin() + static_cast<std::ptrdiff_t>(10 * i);
        right += std::max_element(row, row + 10) - row == label(i) ? 1U : 0U;
    }
    return right;
}

const nn::Recipe& recipe()
{
    return nn::findPreset("unit").recipe;
}

} // namespace

/// The network, pictures and activations that ship in resources/example.
class ExampleTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void recognisesFreshDigits();
    void picturesAreTheGenerators();
    void activationsAreTheNetworks();
    void isSmall();
};

void ExampleTest::recognisesFreshDigits()
{
    const nn::Runner runner(open("digits.onnx").graph);
    const auto digits = nn::digitSet(1000, 987654321);
    const auto result = runner.run(*digits, recipe(), {}, {});
    QCOMPARE(result.images, 1000U);
    const std::size_t right = rightAnswers(result, [&](std::size_t i) { return *digits->label(i); });
    QVERIFY2(right > 950, qPrintable(QString::number(right)));
}

void ExampleTest::picturesAreTheGenerators()
{
    const Dataset pictures = open("digits-images.idx3-ubyte");
    QVERIFY(pictures.images);
    QCOMPARE(pictures.images->size(), 64U);
    const auto labels = formats::readLabels(example("digits-labels.idx1-ubyte"));
    QCOMPARE(labels.size(), 64U);
    const auto drawn = nn::digitSet(64, 1'000'002);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        QCOMPARE(labels[i], *drawn->label(i));
        QVERIFY(pictures.images->read(i).values == drawn->read(i).values);
    }
}

void ExampleTest::activationsAreTheNetworks()
{
    const Dataset network = open("digits.onnx");
    const Dataset dump = open("digits-activations.h5");
    const Dataset pictures = open("digits-images.idx3-ubyte");
    const auto labels = formats::readLabels(example("digits-labels.idx1-ubyte"));
    nn::RunOptions options;
    for (std::size_t i = 0; i < network.graph->nodes.size(); ++i)
        if (dump.find("activations/" + network.graph->nodes[i].name)
            || dump.find(network.graph->nodes[i].name))
            options.tapped.insert(i);
    QVERIFY(options.tapped.size() >= 5);
    std::map<std::size_t, Statistics> facts;
    std::mutex mutex;
    options.tap = [&](unsigned, const nn::NodeOutput& output) {
        const std::scoped_lock lock(mutex);
        facts[output.node].add(output.values);
    };
    const auto result = nn::Runner(network.graph).run(*pictures.images, recipe(), options, {});
    QVERIFY(rightAnswers(result, [&](std::size_t i) { return labels[i]; }) >= 61);
    for (const std::size_t i : options.tapped) {
        const Node& node = network.graph->nodes[i];
        const Tensor* stored = dump.find("activations/" + node.name);
        stored = stored != nullptr ? stored : dump.find(node.name);
        QCOMPARE(QString::fromStdString(stored->op), QString::fromStdString(node.op));
        Statistics got;
        got.add(readFloats(*stored));
        const Statistics& wanted = facts.at(i);
        QCOMPARE(got.count, wanted.count);
        QVERIFY(std::abs(got.zeroFraction() - wanted.zeroFraction()) < 1e-3);
        QVERIFY(std::abs(got.maximum - wanted.maximum) <= 1e-3 * wanted.maximum);
        if (node.op == "Relu")
            QVERIFY2(got.zeroFraction() > 0.3 && got.zeroFraction() < 0.95, node.name.c_str());
    }
}

void ExampleTest::isSmall()
{
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(example("")))
        bytes += file.file_size();
    QVERIFY2(bytes < 3'000'000, qPrintable(QString::number(bytes)));
}

QTEST_GUILESS_MAIN(ExampleTest)
#include "example_test.moc"
