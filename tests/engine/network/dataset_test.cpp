#include "engine/base/error.h"
#include "engine/network/dataset.h"
#include "engine/network/shape_inference.h"
#include "tests/engine/network/graph_builder.h"

#include <QRegularExpression>
#include <QTest>

using build::floats;
using build::node;
using engine::Dataset;
using engine::Layer;
using engine::Role;
using engine::Shape;
using engine::Tensor;

namespace {

Tensor tensor(const std::string& name, const build::Extents& extents, Role role,
              const std::string& layer = {})
{
    Tensor result = floats(name, extents);
    result.role = role;
    result.layer = layer;
    return result;
}

/// Conv, BatchNormalization and Clip with their constants.
Dataset smallNetwork()
{
    engine::Graph graph;
    graph.inputs = { build::value("x", { -1, 3, 8, 8 }) };
    graph.nodes = { node("Conv", { "x", "w", "b" }, {}, { "c" }),
                    node("BatchNormalization", { "c", "s", "t", "m", "v" }, {}, { "n" }),
                    node("Clip", { "n", "lo" }, {}, { "y" }) };
    for (const auto& [name, extents] :
         std::vector<std::pair<std::string, build::Extents>> { { "w", { 4, 3, 3, 3 } },
                                                               { "b", { 4 } },
                                                               { "s", { 4 } },
                                                               { "t", { 4 } },
                                                               { "m", { 4 } },
                                                               { "v", { 4 } },
                                                               { "lo", {} },
                                                               { "unused", { 2 } } })
        graph.constants.emplace(name, floats(name, extents));
    inferShapes(graph);
    Dataset dataset;
    dataset.graph = std::make_shared<const engine::Graph>(std::move(graph));
    return dataset;
}

} // namespace

class DatasetTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void makesLayersFromAGraph();
    void keepsTensorsTheReaderHas();
    void joinsActivationsToNodes();
    void groupsWeightsByLayer();
    void namesLayersAfterTensors_data();
    void namesLayersAfterTensors();
    void joinsActivationsToWeights();
    void makesLayersFromActivationsAlone();
    void findsTensors();
    void readsPicturesFromATensor_data();
    void readsPicturesFromATensor();
    void refusesOtherTensorsAsPictures_data();
    void refusesOtherTensorsAsPictures();
};

void DatasetTest::makesLayersFromAGraph()
{
    Dataset dataset = smallNetwork();
    buildLayers(dataset);
    QCOMPARE(dataset.layers.size(), 3U);
    const Layer& conv = dataset.layers[0];
    QCOMPARE(conv.name, std::string("Conv:c"));
    QCOMPARE(conv.op, std::string("Conv"));
    QVERIFY(*conv.input == (Shape { 1, 3, 8, 8 }));
    QVERIFY(*conv.output == (Shape { 1, 4, 6, 6 }));
    QCOMPARE(conv.parameters, 112U);
    QCOMPARE(conv.macs, 4U * 36 * 27);
    QCOMPARE(conv.weights.size(), 2U);
    QCOMPARE(dataset.layers[1].parameters, 8U);
    QCOMPARE(dataset.parameters(), 120U);
    QCOMPARE(dataset.macs(), 4U * 36 * 27);

    QCOMPARE(dataset.tensors.size(), 8U);
    const Tensor* weight = dataset.find("w");
    QVERIFY(weight->role == Role::Weight);
    QCOMPARE(weight->layer, std::string("Conv:c"));
    QCOMPARE(weight->layout, std::string("OIHW"));
    QVERIFY(dataset.find("m")->role == Role::Other);
    QCOMPARE(dataset.find("m")->layer, std::string("BatchNormalization:n"));
    QVERIFY(dataset.find("lo")->role == Role::Other);
    QCOMPARE(dataset.find("unused")->layer, std::string());
}

void DatasetTest::keepsTensorsTheReaderHas()
{
    Dataset dataset = smallNetwork();
    dataset.tensors.push_back(*dataset.graph->constant("w"));
    dataset.tensors.push_back(tensor("c", { 2, 4, 6, 6 }, Role::Activation, "Conv:c"));
    buildLayers(dataset);
    buildLayers(dataset); // again, as for a derived data set
    QCOMPARE(dataset.tensors.size(), 9U);
    QCOMPARE(dataset.layers.size(), 3U);
    QCOMPARE(dataset.layers[0].weights.front(), 0U);
}

void DatasetTest::joinsActivationsToNodes()
{
    Dataset dataset = smallNetwork();
    dataset.tensors = { tensor("activations/Conv:c", { 5, 4, 6, 6 }, Role::Activation, "Conv:c"),
                        tensor("by output", { 5, 4, 6, 6 }, Role::Activation, "n"),
                        tensor("stranger", { 5, 7 }, Role::Activation, "elsewhere") };
    buildLayers(dataset);
    QCOMPARE(dataset.layers.size(), 4U);
    QCOMPARE(dataset.layers[0].activation, std::optional<std::size_t>(0));
    QCOMPARE(dataset.layers[1].activation, std::optional<std::size_t>(1));
    QVERIFY(!dataset.layers[2].activation);
    QCOMPARE(dataset.layers[3].name, std::string("elsewhere"));
    QVERIFY(*dataset.layers[3].output == (Shape { 1, 7 }));
    QCOMPARE(dataset.tensors[1].op, std::string("BatchNormalization"));
}

void DatasetTest::groupsWeightsByLayer()
{
    Dataset dataset;
    dataset.tensors = { tensor("conv1/weight", { 8, 3, 5, 5 }, Role::Weight, "conv1"),
                        tensor("fc/weight", { 10, 32 }, Role::Weight, "fc"),
                        tensor("conv1/bias", { 8 }, Role::Weight, "conv1"),
                        tensor("bn/mean", { 8 }, Role::Other, "bn"),
                        tensor("fc/bias", { 10 }, Role::Weight, "fc") };
    buildLayers(dataset);
    QCOMPARE(dataset.layers.size(), 2U);
    QCOMPARE(dataset.layers[0].op, std::string("Conv"));
    QCOMPARE(dataset.layers[0].parameters, 608U);
    QCOMPARE(dataset.layers[0].macs, 0U);
    QCOMPARE(dataset.layers[0].weights, (std::vector<std::size_t> { 0, 2 }));
    QCOMPARE(dataset.layers[1].op, std::string("Gemm"));
    QCOMPARE(dataset.layers[1].macs, 320U);
    QVERIFY(!dataset.layers[1].output);
    QCOMPARE(dataset.parameters(), 608U + 330U);
}

void DatasetTest::namesLayersAfterTensors_data()
{
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<QString>("layer");
    QTest::newRow("dot") << "layer1.0.conv1.weight"
                         << "layer1.0.conv1";
    QTest::newRow("slash") << "block/conv/bias"
                           << "block/conv";
    QTest::newRow("plain") << "weight"
                           << "weight";
    QTest::newRow("leading slash only") << "/weight"
                                        << "/weight";
}

void DatasetTest::namesLayersAfterTensors()
{
    QFETCH(QString, tensor);
    Dataset dataset;
    dataset.tensors = { ::tensor(tensor.toStdString(), { 3 }, Role::Weight) };
    buildLayers(dataset);
    QTEST(QString::fromStdString(dataset.layers.front().name), "layer");
    QTEST(QString::fromStdString(dataset.tensors.front().layer), "layer");
}

void DatasetTest::joinsActivationsToWeights()
{
    Dataset dataset;
    dataset.tensors = { tensor("activations/layer1/0/conv", { 4, 8, 6, 6 }, Role::Activation,
                               "layer1/0/conv"),
                        tensor("layer1.0.conv.weight", { 8, 3, 3, 3 }, Role::Weight, "layer1.0.conv"),
                        tensor("activations/relu", { 4, 8, 6, 6 }, Role::Activation, "relu") };
    dataset.tensors[2].op = "Relu";
    buildLayers(dataset);
    QCOMPARE(dataset.layers.size(), 2U);
    QCOMPARE(dataset.layers[0].activation, std::optional<std::size_t>(0));
    QCOMPARE(dataset.layers[0].weights, std::vector<std::size_t> { 1 });
    QCOMPARE(dataset.layers[0].op, std::string("Conv"));
    QVERIFY(*dataset.layers[0].output == (Shape { 1, 8, 6, 6 }));
    QCOMPARE(dataset.layers[1].op, std::string("Relu"));
}

void DatasetTest::makesLayersFromActivationsAlone()
{
    Dataset dataset;
    dataset.tensors = { tensor("relu1", { 16, 8, 4, 4 }, Role::Activation),
                        tensor("fc", { 16, 10 }, Role::Activation), tensor("labels", { 16 }, Role::Label) };
    buildLayers(dataset);
    QCOMPARE(dataset.layers.size(), 2U);
    QCOMPARE(dataset.layers[0].name, std::string("relu1"));
    QVERIFY(*dataset.layers[0].output == (Shape { 1, 8, 4, 4 }));
    QVERIFY(*dataset.layers[1].output == (Shape { 1, 10 }));
    QCOMPARE(dataset.parameters(), 0U);
}

void DatasetTest::findsTensors()
{
    Dataset dataset;
    dataset.tensors = { tensor("a", { 1 }, Role::Weight), tensor("b", { 1 }, Role::Image),
                        tensor("c", { 1 }, Role::Weight) };
    QCOMPARE(dataset.find("b"), &dataset.tensors[1]);
    QVERIFY(dataset.find("d") == nullptr);
    QCOMPARE(dataset.withRole(Role::Weight), (std::vector<std::size_t> { 0, 2 }));
}

void DatasetTest::readsPicturesFromATensor_data()
{
    QTest::addColumn<QString>("layout");
    QTest::addColumn<int>("rank");
    QTest::addColumn<std::vector<float>>("first");
    QTest::newRow("planes") << "NCHW" << 4
                            << std::vector<float> { 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 };
    QTest::newRow("channels last") << "NHWC" << 4
                                   << std::vector<float> { 12, 14, 16, 18, 20, 22, 13, 15, 17, 19, 21, 23 };
    QTest::newRow("grey") << "" << 3 << std::vector<float> { 6, 7, 8, 9, 10, 11 };
}

void DatasetTest::readsPicturesFromATensor()
{
    QFETCH(QString, layout);
    QFETCH(int, rank);
    Tensor pictures;
    pictures.layout = layout.toStdString();
    pictures.shape = rank == 3             ? Shape { 4, 2, 3 }
        : layout == QStringLiteral("NHWC") ? Shape { 2, 2, 3, 2 }
                                           : Shape { 2, 2, 2, 3 };
    std::vector<float> values(24);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i);
    pictures.source = engine::memorySource(pictures.shape, values);
    const auto images = tensorImages(pictures, rank == 3 ? std::vector { 1, 2, 3, 4 } : std::vector<int> {});
    QCOMPARE(images->size(), rank == 3 ? 4U : 2U);
    const engine::Image image = images->read(1);
    QCOMPARE(image.channels, rank == 3 ? 1 : 2);
    QCOMPARE(image.height, 2);
    QCOMPARE(image.width, 3);
    QTEST(image.values, "first");
    QCOMPARE(images->label(1), rank == 3 ? std::optional(2) : std::nullopt);
    QCOMPARE(images->name(1), std::string("image 1"));
}

void DatasetTest::refusesOtherTensorsAsPictures_data()
{
    QTest::addColumn<std::vector<qint64>>("extents");
    QTest::addColumn<int>("labels");
    QTest::addColumn<QString>("phrase");
    QTest::newRow("rank 2") << std::vector<qint64> { 5, 784 } << 0 << "3 or 4 axes, not 2";
    QTest::newRow("rank 5") << std::vector<qint64> { 1, 1, 1, 1, 1 } << 0 << "not 5";
    QTest::newRow("labels") << std::vector<qint64> { 5, 2, 2 } << 4 << "4 labels for 5 pictures";
    QTest::newRow("too wide") << std::vector<qint64> { 1, 1, qint64 { 1 } << 40 } << 0 << "too large";
}

void DatasetTest::refusesOtherTensorsAsPictures()
{
    QFETCH(std::vector<qint64>, extents);
    QFETCH(int, labels);
    QFETCH(QString, phrase);
    Tensor pictures;
    pictures.shape = Shape(std::vector<std::int64_t>(extents.begin(), extents.end()));
    try {
        tensorImages(pictures, std::vector<int>(static_cast<std::size_t>(labels)));
        QFAIL("accepted");
    } catch (const engine::ShapeError& error) {
        QVERIFY2(QString::fromUtf8(error.what()).contains(phrase), error.what());
    }
}

QTEST_GUILESS_MAIN(DatasetTest)
#include "dataset_test.moc"
