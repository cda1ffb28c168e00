#include "engine/base/error.h"
#include "engine/formats/catalogue.h"
#include "engine/nn/runner.h"
#include "engine/tensor/statistics.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

using namespace engine;

namespace {

Dataset open(const QString& path)
{
    const std::filesystem::path file(QFile::encodeName(path).toStdString());
    return formats::recognise(formats::catalogue(), file).read(file, {});
}

const Tensor& tensor(const Dataset& dataset, const std::string& name)
{
    const Tensor* found = dataset.find(name);
    if (found == nullptr)
        throw FormatError("no " + name);
    return *found;
}

double largest(std::span<const float> values)
{
    double result = 0;
    for (const float value : values)
        result = std::max(result, std::abs(static_cast<double>(value)));
    return result;
}

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    double result = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        result = std::max(result, std::abs(static_cast<double>(a[i] - b[i])));
    return result;
}

/// Statistics of every node over all images.
class Watch {
public:
    explicit Watch(const Graph& graph)
    {
        for (std::size_t i = 0; i < graph.nodes.size(); ++i)
            options.tapped.insert(i);
        options.tap = [this](unsigned, const nn::NodeOutput& output) {
            Statistics part;
            part.add(output.values);
            const std::scoped_lock lock(m_mutex);
            facts[output.node].add(part);
        };
    }

    nn::RunOptions options;
    std::map<std::size_t, Statistics> facts;

private:
    std::mutex m_mutex;
};

} // namespace

/// All eight networks against the answers of an independent evaluator.
class RealNetworksTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void reproducesExpected_data();
    void reproducesExpected();
    void resnetRecognisesCifar();

private:
    static void compareNodes(const Graph& graph, const std::map<std::size_t, Statistics>& facts,
                             const QString& path);
};

void RealNetworksTest::reproducesExpected_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("preset");
    const auto row = [](const char* expected, const char* network, const char* preset) {
        QTest::addRow("%s", expected)
            << QString::fromLatin1(network) << QString::fromLatin1(expected) << QString::fromLatin1(preset);
    };
    row("lenet300_100", "lenet300/lenet300_100", "mnist");
    row("lenet300_100_sparse", "lenet300/lenet300_100_sparse", "mnist");
    row("lenet5", "lenet5/lenet5", "mnist");
    row("lenet5_sparse", "lenet5/lenet5_sparse", "mnist");
    row("resnet20_cifar10", "resnet20/resnet20_cifar10", "cifar-torch");
    row("squeezenet10_deepcompressed", "squeezenet/squeezenet10_deepcompressed_decoded", "imagenet-caffe");
    row("squeezenet11", "squeezenet/squeezenet11", "imagenet-caffe");
    row("mobilenet_v2", "mobilenetv2/mobilenet_v2_int8dequant", "imagenet-torch");
}

void RealNetworksTest::reproducesExpected()
{
    REQUIRE_SHARED_DATA("expected");
    QFETCH(QString, network);
    QFETCH(QString, expected);
    QFETCH(QString, preset);
    const Dataset net = open(sharedData(QStringLiteral("nets/") + network + QStringLiteral(".onnx")));
    const Dataset answers = open(sharedData(QStringLiteral("expected/") + expected + QStringLiteral(".h5")));
    const auto images = tensorImages(tensor(answers, "images_u8"), {});
    const nn::Recipe recipe = nn::findPreset(preset.toStdString()).recipe;
    const nn::Runner runner(net.graph);

    const auto input = nn::prepare(images->read(0), recipe, runner.inputShape());
    const auto wantedInput = readFloats(tensor(answers, "input_f32_first"));
    QCOMPARE(input.size(), wantedInput.size());
    QVERIFY(largestDifference(input, wantedInput) <= 1e-5 * largest(wantedInput));

    const auto wanted = readFloats(tensor(answers, "logits"));
    Watch watch(*net.graph);
    for (const nn::RunOptions& options : { nn::RunOptions {}, watch.options }) {
        const auto result = runner.run(*images, recipe, options, {});
        QCOMPARE(result.images, images->size());
        QCOMPARE(result.outputs.size(), wanted.size());
        const double worst = largestDifference(result.outputs, wanted);
        QVERIFY2(worst <= 1e-4 * largest(wanted), qPrintable(QString::number(worst / largest(wanted))));
    }
    compareNodes(*net.graph, watch.facts,
                 sharedData(QStringLiteral("expected/") + expected + QStringLiteral("_activations.json")));
}

void RealNetworksTest::compareNodes(const Graph& graph, const std::map<std::size_t, Statistics>& facts,
                                    const QString& path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray nodes =
        QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("nodes")].toArray();
    QCOMPARE(facts.size(), static_cast<std::size_t>(nodes.size()));
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const QJsonObject wanted = nodes[static_cast<qsizetype>(i)].toObject();
        const QString name = wanted[QStringLiteral("node")].toString();
        QCOMPARE(QString::fromStdString(graph.nodes[i].name), name);
        const Statistics& got = facts.at(i);
        const auto figure = [&](const char* key) { return wanted[QLatin1String(key)].toDouble(); };
        const double scale = std::max(std::abs(figure("min")), std::abs(figure("max")));
        const double zeroLimit = std::max(1e-5, 2.0 / static_cast<double>(got.count)) + 5e-7;
        QVERIFY2(std::abs(got.zeroFraction() - figure("zero_fraction")) <= zeroLimit, qPrintable(name));
        QVERIFY2(std::abs(got.minimum - figure("min")) <= 1e-4 * scale, qPrintable(name));
        QVERIFY2(std::abs(got.maximum - figure("max")) <= 1e-4 * scale, qPrintable(name));
        QVERIFY2(std::abs(got.mean() - figure("mean")) <= 1e-5 * scale, qPrintable(name));
        QVERIFY2(std::abs(got.absoluteMean() - figure("absmean")) <= 1e-5 * scale, qPrintable(name));
    }
}

void RealNetworksTest::resnetRecognisesCifar()
{
    REQUIRE_SHARED_DATA("cifar10/test_batch.bin.gz");
    const Dataset net = open(sharedData(QStringLiteral("nets/resnet20/resnet20_cifar10.onnx")));
    const Dataset pictures = open(sharedData(QStringLiteral("cifar10/test_batch.bin.gz")));
    const nn::Runner runner(net.graph);
    const auto result =
        runner.run(*pictures.images, nn::findPreset("cifar-torch").recipe, { .limit = 1000 }, {});
    QCOMPARE(result.images, 1000U);
    int right = 0;
    for (std::size_t i = 0; i < result.images; ++i) {
        const auto row = result.outputs.begin() + static_cast<std::ptrdiff_t>(10 * i);
        right += std::max_element(row, row + 10) - row == *pictures.images->label(i) ? 1 : 0;
    }
    QVERIFY2(right > 890 && right < 940, qPrintable(QString::number(right)));
}

QTEST_GUILESS_MAIN(RealNetworksTest)
#include "real_networks_test.moc"
