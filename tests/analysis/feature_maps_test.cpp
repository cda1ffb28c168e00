#include "analysis/activation/feature_maps.h"
#include "engine/network/shape_inference.h"
#include "tests/analysis/sample_data.h"
#include "tests/engine/network/graph_builder.h"
#include "tests/shared_data.h"

#include <QRegularExpression>
#include <QTest>

#include <limits>

namespace {

using analysis::MapSet;
using Changed = std::map<QString, analysis::Value>;

/// conv (1x1, weight -1) -> relu -> average of 2x2 pictures; conv and relu are one map.
analysis::DatasetPtr network()
{
    auto graph = std::make_shared<engine::Graph>();
    graph->inputs = { build::value("input", { -1, 1, 2, 2 }) };
    graph->outputs = { build::value("p", {}) };
    graph->nodes = { build::node("Conv", { "input", "w" }, {}, { "c" }),
                     build::node("Relu", { "c" }, {}, { "r" }),
                     build::node("GlobalAveragePool", { "r" }, {}, { "p" }) };
    graph->nodes[0].name = "conv";
    graph->nodes[1].name = "relu";
    graph->nodes[2].name = "pool";
    graph->constants.emplace("w", build::floats("w", { 1, 1, 1, 1 }, -1));
    inferShapes(*graph);
    auto made = std::make_shared<analysis::Dataset>();
    made->content.title = "tiny";
    made->content.graph = graph;
    engine::buildLayers(made->content);
    return made;
}

analysis::DatasetPtr pictures()
{
    const engine::Tensor pixels = sample::tensor(
        "pictures", { 3, 1, 2, 2 }, { 1, 9, -1, -2, 0, -3, 4, 3, -1, -1, 2, 5 }, engine::Role::Image);
    auto made = std::make_shared<analysis::Dataset>();
    made->content.title = "pictures";
    made->content.images = engine::tensorImages(pixels, { 0, 0, 0 });
    return made;
}

engine::Tensor activation(const std::string& name, const engine::Shape& shape)
{
    return sample::tensor(name, shape, std::vector<float>(shape.elements(), 1), engine::Role::Activation);
}

MapSet mapSet(const analysis::DatasetPtr& subject, const Changed& changed,
              const engine::Control& control = {})
{
    const std::vector<analysis::Parameter> parameters = analysis::mapSetParameters(0);
    analysis::Values values(parameters);
    for (const auto& [name, value] : changed)
        values.set(parameters, name, value);
    analysis::Inputs inputs;
    inputs.datasets = { subject };
    inputs.open = [](const QString& path, const engine::Control&) {
        return path == QLatin1String("net") ? network() : pictures();
    };
    return analysis::mapSet(inputs, values, control);
}

QString layers(const MapSet& set)
{
    QStringList names;
    for (const analysis::MapData& each : set.data)
        names << each.layer;
    return names.join(u' ');
}

const Changed withPictures { { QStringLiteral("images"), QStringLiteral("pictures") } };
const Changed withNetwork { { QStringLiteral("network"), QStringLiteral("net") } };

} // namespace

class FeatureMapsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void runsTheNetwork()
    {
        const MapSet set = mapSet(network(), withPictures);
        QCOMPARE(layers(set), QStringLiteral("relu pool"));
        QCOMPARE(set.images, std::size_t { 3 });
        QVERIFY(set.run.has_value());
        QCOMPARE(set.result.images, std::size_t { 3 });
        // The stored value is the one after the activation function.
        QCOMPARE(engine::readFloats(*set.data[0].tensor),
                 (std::vector<float> { 0, 0, 1, 2, 0, 3, 0, 0, 1, 1, 0, 0 }));
        QCOMPARE(engine::readFloats(*set.data[1].tensor), (std::vector<float> { 0.75F, 0.75F, 0.5F }));
        QCOMPARE(set.data[1].map, std::optional<std::size_t>(1));
        QCOMPARE(set.maps[1].reads, std::vector<std::size_t> { 0 });
    }

    void layersAreNamedByAnyNodeOfTheMap()
    {
        Changed changed = withPictures;
        changed[QStringLiteral("layers")] = QStringLiteral("conv*");
        const MapSet set = mapSet(network(), changed);
        QCOMPARE(layers(set), QStringLiteral("relu"));
        QCOMPARE(set.maps.size(), std::size_t { 2 });
    }

    void theLimitIsKept()
    {
        Changed changed = withPictures;
        changed[QStringLiteral("limit")] = qint64 { 2 };
        const MapSet set = mapSet(network(), changed);
        QCOMPARE(set.images, std::size_t { 2 });
        QCOMPARE(set.data[0].tensor->shape[0], std::int64_t { 2 });
    }

    void stoppedGivesNothing()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY(mapSet(network(), withPictures, { source.get_token(), {} }).data.empty());
    }

    void takesADumpAlone()
    {
        const MapSet set =
            mapSet(sample::dataset({ activation("a", { 2, 1, 2, 2 }), activation("b", { 2, 1, 1, 1 }) }), {});
        QCOMPARE(layers(set), QStringLiteral("a b"));
        QCOMPARE(set.images, std::size_t { 2 });
        QVERIFY(set.graph() == nullptr && set.maps.empty() && !set.data[0].map);
    }

    void takesADumpWithItsNetwork()
    {
        // Node by node, in any order: what is no map is left out.
        const MapSet set =
            mapSet(sample::dataset({ activation("pool", { 2, 1, 1, 1 }), activation("conv", { 2, 1, 2, 2 }),
                                     activation("relu", { 2, 1, 2, 2 }) }),
                   withNetwork);
        QCOMPARE(layers(set), QStringLiteral("relu pool"));
        QCOMPARE(set.data[0].map, std::optional<std::size_t>(0));
        QVERIFY(!set.run);
    }

    void knowsChannelsLastAndValueNames()
    {
        engine::Tensor tensor = activation("r", { 2, 2, 2, 1 });
        tensor.layout = "NHWC";
        QCOMPARE(layers(mapSet(sample::dataset({ tensor }), withNetwork)), QStringLiteral("relu"));
    }

    void takesWhatCaptureKept()
    {
        const analysis::Report report = [] {
            analysis::Inputs inputs;
            inputs.datasets = { network() };
            inputs.open = [](const QString&, const engine::Control&) { return pictures(); };
            Changed changed = withPictures;
            changed[QStringLiteral("keep")] = true;
            return analysis::runAnalysis(analysis::findAnalysis(QStringLiteral("capture")), inputs,
                                         sample::values(QStringLiteral("capture"), changed), {});
        }();
        const MapSet set = mapSet(report.derived, {});
        QCOMPARE(layers(set), QStringLiteral("relu pool"));
        QVERIFY(set.graph() != nullptr && !set.run);
    }

    void refusesInOneSentence_data();
    void refusesInOneSentence();
    void realNetworks_data();
    void realNetworks();
};

Q_DECLARE_METATYPE(analysis::DatasetPtr)
Q_DECLARE_METATYPE(Changed)

void FeatureMapsTest::refusesInOneSentence_data()
{
    QTest::addColumn<analysis::DatasetPtr>("subject");
    QTest::addColumn<Changed>("changed");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const analysis::DatasetPtr& subject, const Changed& changed,
                        const char* said) {
        QTest::newRow(name) << subject << changed << QString::fromUtf8(said);
    };
    row("no pictures", network(), {}, "images: a file or folder with pictures is wanted");
    row("neither network nor activations",
        sample::dataset({ sample::tensor("w", { 2 }, { 1, 2 }, engine::Role::Weight) }), {},
        "sample: is no network and holds no activations");
    row("pictures without a network", sample::dataset({ activation("a", { 2, 1, 2, 2 }) }), withPictures,
        "images: there is no network to run them through; name it with network");
    row("a network without a graph", sample::dataset({ activation("a", { 2, 1, 2, 2 }) }),
        { { QStringLiteral("network"), QStringLiteral("pictures") } },
        "network: pictures holds no network that can be run");
    Changed unknown = withPictures;
    unknown[QStringLiteral("layers")] = QStringLiteral("conv9");
    row("no such layer", network(), unknown,
        "layers: \"conv9\" names no layer of the network that makes a feature map");
    row("a layer of another network", sample::dataset({ activation("relu9", { 2, 1, 2, 2 }) }), withNetwork,
        "sample: the activation \"relu9\" is of no layer of tiny");
    row("activations of another network", sample::dataset({ activation("relu", { 2, 1, 4, 4 }) }),
        withNetwork,
        "sample: layer relu is 1 \u00d7 4 \u00d7 4 a picture, the network makes 1 \u00d7 2 \u00d7 2");
    row("no map at all", sample::dataset({ activation("conv", { 2, 1, 2, 2 }) }), withNetwork,
        "sample: holds none of the feature maps of tiny");
    row("numbers of pictures",
        sample::dataset({ activation("a", { 2, 1, 2, 2 }), activation("b", { 3, 4 }) }), {},
        "sample: b has 3 pictures, a has 2");
}

void FeatureMapsTest::refusesInOneSentence()
{
    QFETCH(analysis::DatasetPtr, subject);
    QFETCH(Changed, changed);
    QFETCH(QString, sentence);
    QCOMPARE(sample::sentence([&] { mapSet(subject, changed); }), sentence);
}

void FeatureMapsTest::realNetworks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("maps");
    QTest::newRow("LeNet-5") << "lenet5"
                             << "nets/lenet5/lenet5.onnx"
                             << "mnist" << 6;
    QTest::newRow("ResNet-20") << "resnet20_cifar10"
                               << "nets/resnet20/resnet20_cifar10.onnx"
                               << "cifar-torch" << 21;
    QTest::newRow("SqueezeNet") << "squeezenet11"
                                << "nets/squeezenet/squeezenet11.onnx"
                                << "imagenet-caffe" << 30;
    QTest::newRow("MobileNetV2") << "mobilenet_v2"
                                 << "nets/mobilenetv2/mobilenet_v2_int8dequant.onnx"
                                 << "imagenet-torch" << 54;
}

/// Maps of real networks hold values, and those after a ReLU none below zero.
void FeatureMapsTest::realNetworks()
{
    REQUIRE_SHARED_DATA("expected");
    QFETCH(QString, name);
    QFETCH(QString, file);
    QFETCH(QString, preset);
    const QString images = sharedData(QStringLiteral("expected/%1.h5").arg(name));
    const std::vector<analysis::Parameter> parameters = analysis::mapSetParameters(2);
    analysis::Values values(parameters);
    values.set(parameters, QStringLiteral("images"), images);
    values.set(parameters, QStringLiteral("preset"), preset);
    analysis::Inputs inputs;
    inputs.datasets = { analysis::openDataset(sharedData(file), {}) };
    const MapSet set = analysis::mapSet(inputs, values, {});
    QTEST(static_cast<int>(set.data.size()), "maps");
    QCOMPARE(set.images, std::size_t { 2 });
    for (const analysis::MapData& each : set.data) {
        engine::Statistics facts;
        facts.add(engine::readFloats(*each.tensor));
        QVERIFY2(facts.maximum > 0, qPrintable(each.layer));
        const std::string& op = set.graph()->nodes[set.maps[*each.map].node].op;
        QVERIFY2((op != "Relu" && op != "Clip") || facts.minimum >= 0, qPrintable(each.layer));
    }
}

QTEST_GUILESS_MAIN(FeatureMapsTest)
#include "feature_maps_test.moc"
