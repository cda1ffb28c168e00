#include "tests/analysis/sample_data.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace {

struct NetworkCase {
    const char* name; ///< of the expected answers
    const char* file;
    const char* preset;
};

constexpr NetworkCase networks[] = {
    { "lenet300_100", "nets/lenet300/lenet300_100.onnx", "mnist" },
    { "lenet300_100_sparse", "nets/lenet300/lenet300_100_sparse.onnx", "mnist" },
    { "lenet5", "nets/lenet5/lenet5.onnx", "mnist" },
    { "lenet5_sparse", "nets/lenet5/lenet5_sparse.onnx", "mnist" },
    { "resnet20_cifar10", "nets/resnet20/resnet20_cifar10.onnx", "cifar-torch" },
    { "squeezenet10_deepcompressed", "nets/squeezenet/squeezenet10_deepcompressed_decoded.onnx",
      "imagenet-caffe" },
    { "squeezenet11", "nets/squeezenet/squeezenet11.onnx", "imagenet-caffe" },
    { "mobilenet_v2", "nets/mobilenetv2/mobilenet_v2_int8dequant.onnx", "imagenet-torch" },
};

/// Rows of expected/<name>_activations.json by node.
std::map<QString, QJsonObject> expectedNodes(const QString& name)
{
    QFile file(sharedData(QStringLiteral("expected/%1_activations.json").arg(name)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::map<QString, QJsonObject> nodes;
    for (const QJsonValue& row :
         QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("nodes")].toArray())
        nodes[row.toObject()[QStringLiteral("node")].toString()] = row.toObject();
    return nodes;
}

double largestMagnitude(const std::vector<float>& values)
{
    double largest = 0;
    for (const float value : values)
        largest = std::max(largest, std::abs(static_cast<double>(value)));
    return largest;
}

} // namespace

class CaptureTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void statisticsOfEveryNode()
    {
        const analysis::Report report = capture({});
        QCOMPARE(report.scalar(QStringLiteral("images"))->value, 3.0);
        const analysis::Table& nodes = *report.table(QStringLiteral("nodes"));
        QCOMPARE(nodes.rows.size(), std::size_t { 2 });
        QCOMPARE(sample::text(nodes, 0, QStringLiteral("node")), QStringLiteral("relu"));
        QCOMPARE(sample::number(nodes, 0, QStringLiteral("zero_fraction")), 0.5);
        QCOMPARE(sample::number(nodes, 0, QStringLiteral("max")), 9.0);
        QCOMPARE(sample::number(nodes, 0, QStringLiteral("mean")), (1.0 + 9 + 4 + 3 + 2 + 5) / 12);
    }

    void accuracyFromTheLabels()
    {
        // Outputs are the relu'd pixels: classes 1, 2 and 3 win.
        const analysis::Report right = capture({}, { 1, 2, 3 });
        QCOMPARE(right.scalar(QStringLiteral("top1"))->value, 100.0);
        QVERIFY(right.scalar(QStringLiteral("top5")) == nullptr);
        const analysis::Report third = capture({}, { 1, 0, 0 });
        QVERIFY(std::abs(third.scalar(QStringLiteral("top1"))->value - 100.0 / 3) < 1e-9);
        QVERIFY(capture({}).scalar(QStringLiteral("top1")) == nullptr);
        QCOMPARE(capture({}).remarks.size(), std::size_t { 2 }); // and no recipe
    }

    void theLimitIsKept()
    {
        const analysis::Report report = capture({ { QStringLiteral("limit"), qint64 { 2 } } });
        QCOMPARE(report.scalar(QStringLiteral("images"))->value, 2.0);
        QCOMPARE(report.table(QStringLiteral("predictions"))->rows.size(), std::size_t { 2 });
        QVERIFY(!report.partial);
    }

    void keptActivationsBecomeADataSet()
    {
        const analysis::Report report = capture({ { QStringLiteral("keep"), true } });
        QVERIFY(report.derived != nullptr);
        const engine::Tensor* relu = report.derived->content.find("relu");
        QVERIFY(relu != nullptr);
        QVERIFY((relu->shape == engine::Shape { 3, 1, 2, 2 }));
        QCOMPARE(engine::readFloats(*relu), (std::vector<float> { 1, 9, 0, 0, 0, 0, 4, 3, 0, 0, 2, 5 }));
        QCOMPARE(
            sample::run(QStringLiteral("sparsity"), report.derived).scalar(QStringLiteral("elements"))->value,
            24.0);
    }

    void theDumpHoldsTheSame_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("f32") << "f32" << 0.0;
        QTest::newRow("f16") << "f16" << 0.005;
        QTest::newRow("u8") << "u8" << 9.0 / 255 / 2 + 1e-6;
    }

    void theDumpHoldsTheSame()
    {
        QFETCH(QString, type);
        QFETCH(double, tolerance);
        const QTemporaryDir folder;
        const QString out = folder.filePath(QStringLiteral("d\u00fcmp.h5"));
        capture({ { QStringLiteral("out"), out }, { QStringLiteral("type"), type } }, { 1, 2, 3 });
        const analysis::DatasetPtr dump = analysis::openDataset(out, {});
        const std::vector<std::size_t> activations = dump->content.withRole(engine::Role::Activation);
        QCOMPARE(activations.size(), std::size_t { 2 });
        const engine::Tensor& relu = dump->content.tensors[activations[0]];
        QCOMPARE(relu.layer, std::string("relu"));
        const std::vector<float> expected { 1, 9, 0, 0, 0, 0, 4, 3, 0, 0, 2, 5 };
        std::vector<float> read = engine::readFloats(relu);
        const engine::Quantisation rule = relu.quantisation.value_or(engine::Quantisation {});
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const double value =
                rule.scale * (static_cast<double>(read[i]) - static_cast<double>(rule.zeroPoint));
            QVERIFY(std::abs(value - static_cast<double>(expected[i])) <= tolerance);
        }
    }

    void nothingIsLeftBehindWhenStoppedOrRefused()
    {
        const QTemporaryDir folder;
        std::stop_source source;
        source.request_stop();
        const analysis::Report report =
            capture({ { QStringLiteral("out"), folder.filePath(QStringLiteral("a.h5")) } }, {},
                    { source.get_token(), {} });
        QVERIFY(report.partial);
        QVERIFY(QDir(folder.path()).isEmpty());
        QVERIFY(!sample::sentence([&] {
                     capture({ { QStringLiteral("out"), folder.filePath(QStringLiteral("no/such/a.h5")) } });
                 }).isEmpty());
    }

    void refusesInOneSentence_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("phrase");
        QTest::newRow("no pictures named") << "images"
                                           << ""
                                           << "images: a file or folder with pictures is wanted";
        QTest::newRow("no such layer") << "layers"
                                       << "conv9"
                                       << "\"conv9\" names no layer";
        QTest::newRow("not a triple") << "mean"
                                      << "1,2"
                                      << "is not one number or three";
        QTest::newRow("no such preset") << "preset"
                                        << "vgg"
                                        << "vgg";
    }

    void refusesInOneSentence()
    {
        QFETCH(QString, id);
        QFETCH(QString, value);
        QFETCH(QString, phrase);
        const QString said = sample::sentence([&] { capture({ { id, value } }); });
        QVERIFY2(said.contains(phrase), qPrintable(said));
    }

    void realNetworksGiveTheExpectedAnswers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("preset");
        for (const NetworkCase& row : networks)
            QTest::newRow(row.name) << QString::fromLatin1(row.name) << QString::fromLatin1(row.file)
                                    << QString::fromLatin1(row.preset);
    }

    void realNetworksGiveTheExpectedAnswers()
    {
        REQUIRE_SHARED_DATA("expected");
        QFETCH(QString, name);
        QFETCH(QString, file);
        QFETCH(QString, preset);
        const analysis::DatasetPtr network = analysis::openDataset(sharedData(file), {});
        const QString answers = sharedData(QStringLiteral("expected/%1.h5").arg(name));
        const analysis::Report report = sample::run(QStringLiteral("capture"), network,
                                                    { { QStringLiteral("images"), answers },
                                                      { QStringLiteral("preset"), preset },
                                                      { QStringLiteral("keep"), true } });
        compareLogits(*report.derived, *analysis::openDataset(answers, {}), *network->content.graph);
        compareNodes(*report.table(QStringLiteral("nodes")), name,
                     static_cast<double>(report.scalar(QStringLiteral("images"))->value));
    }

private:
    /// relu -> flatten of 2 x 2 pictures.
    static analysis::DatasetPtr network()
    {
        auto graph = std::make_shared<engine::Graph>();
        graph->nodes = { { .name = "relu",
                           .op = "Relu",
                           .domain = {},
                           .inputs = { "input" },
                           .outputs = { "r" },
                           .attributes = {} },
                         { .name = "flatten",
                           .op = "Flatten",
                           .domain = {},
                           .inputs = { "r" },
                           .outputs = { "out" },
                           .attributes = {} } };
        graph->inputs = { { "input", engine::DType::F32, { -1, 1, 2, 2 } } };
        graph->outputs = { { "out", engine::DType::F32, { -1, 4 } } };
        graph->shapes = { { "input", { 1, 1, 2, 2 } }, { "r", { 1, 1, 2, 2 } }, { "out", { 1, 4 } } };
        auto made = std::make_shared<analysis::Dataset>();
        made->content.title = "tiny";
        made->content.graph = graph;
        engine::buildLayers(made->content);
        return made;
    }

    static analysis::Report capture(std::map<QString, analysis::Value> changed,
                                    const std::vector<int>& labels = {}, const engine::Control& control = {})
    {
        changed.try_emplace(QStringLiteral("images"), QStringLiteral("pictures"));
        analysis::Inputs inputs;
        inputs.datasets = { network() };
        inputs.open = [&](const QString&, const engine::Control&) -> analysis::DatasetPtr {
            const engine::Tensor pixels = sample::tensor(
                "pictures", { 3, 1, 2, 2 }, { 1, 9, -1, -2, 0, -3, 4, 3, -1, -1, 2, 5 }, engine::Role::Image);
            auto pictures = std::make_shared<analysis::Dataset>();
            pictures->content.title = "pictures";
            pictures->content.images = engine::tensorImages(pixels, labels);
            return pictures;
        };
        return analysis::runAnalysis(analysis::findAnalysis(QStringLiteral("capture")), inputs,
                                     sample::values(QStringLiteral("capture"), changed), control);
    }

    static void compareLogits(const analysis::Dataset& captured, const analysis::Dataset& answers,
                              const engine::Graph& graph)
    {
        const engine::Tensor* outputs = captured.content.find(graph.nodes.back().name);
        const engine::Tensor* expected = answers.content.find("logits");
        QVERIFY(outputs != nullptr && expected != nullptr);
        const std::vector<float> got = engine::readFloats(*outputs);
        const std::vector<float> want = engine::readFloats(*expected);
        QCOMPARE(got.size(), want.size());
        double difference = 0;
        for (std::size_t i = 0; i < got.size(); ++i)
            difference =
                std::max(difference, std::abs(static_cast<double>(got[i]) - static_cast<double>(want[i])));
        const double allowed = 1e-4 * largestMagnitude(want);
        QVERIFY2(difference <= allowed, qPrintable(QStringLiteral("%1 > %2").arg(difference).arg(allowed)));
    }

    static void compareNodes(const analysis::Table& nodes, const QString& name, double images)
    {
        const std::map<QString, QJsonObject> expected = expectedNodes(name);
        QCOMPARE(nodes.rows.size(), expected.size());
        for (std::size_t row = 0; row < nodes.rows.size(); ++row) {
            const QString node = sample::text(nodes, row, QStringLiteral("node"));
            QVERIFY2(expected.contains(node), qPrintable(node));
            const QJsonObject& want = expected.at(node);
            double elements = images;
            for (const QJsonValue& extent : want[QStringLiteral("shape_per_image")].toArray())
                elements *= extent.toDouble();
            const double zeros = std::abs(sample::number(nodes, row, QStringLiteral("zero_fraction"))
                                          - want[QStringLiteral("zero_fraction")].toDouble());
            QVERIFY2(zeros <= std::max(1e-5, 2 / elements),
                     qPrintable(QStringLiteral("%1: %2").arg(node).arg(zeros)));
            const double scale = std::max(std::abs(want[QStringLiteral("min")].toDouble()),
                                          std::abs(want[QStringLiteral("max")].toDouble()));
            for (const char* fact : { "min", "max", "mean", "absmean" }) {
                const QString id = QString::fromLatin1(fact);
                const double off = std::abs(sample::number(nodes, row, id) - want[id].toDouble());
                QVERIFY2(off <= 1e-4 * scale, qPrintable(QStringLiteral("%1 %2: %3").arg(node, id).arg(off)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(CaptureTest)
#include "capture_test.moc"
