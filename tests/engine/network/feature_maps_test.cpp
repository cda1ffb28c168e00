#include "engine/formats/catalogue.h"
#include "engine/network/feature_maps.h"
#include "engine/network/shape_inference.h"
#include "tests/engine/network/graph_builder.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <filesystem>

using build::node;
using engine::FeatureMap;
using engine::Graph;
using engine::Node;

namespace {

using Integers = std::vector<std::int64_t>;
using Nodes = std::vector<Node>;

Node conv(const char* input, const char* output, const char* weights = "w4")
{
    return node("Conv", { input, weights }, {}, { output });
}

Node unary(const char* op, const char* input, const char* output)
{
    return node(op, { input }, {}, { output });
}

Node binary(const char* op, const char* a, const char* b, const char* output)
{
    return node(op, { a, b }, {}, { output });
}

/// From "x" (1, 4, 6, 6) to `output`; "w4" is a 1x1 convolution to 4 channels, "k" a scalar.
Graph graphOf(Nodes nodes, const char* output)
{
    Graph graph;
    graph.inputs = { build::value("x", { 1, 4, 6, 6 }) };
    graph.outputs = { build::value(output, {}) };
    graph.nodes = std::move(nodes);
    const auto axes = [](const char* name, std::int64_t value) {
        return build::integers(name, { value, value });
    };
    for (const engine::Tensor& tensor :
         { build::floats("w4", { 4, 4, 1, 1 }), build::floats("k", {}), build::floats("c", { 4 }),
           build::integers("flat", { 1, 144 }), axes("starts", 0), axes("ends", 3), axes("steps", 1),
           build::integers("axes", { 2, 3 }) })
        graph.constants.emplace(tensor.name, tensor);
    inferShapes(graph);
    return graph;
}

/// "conv+relu<input; add<conv,relu": stored value of each map, all its nodes' outputs, and what it reads;
/// a star marks what the network gives out.
QString written(const Graph& graph)
{
    const std::vector<FeatureMap> maps = featureMaps(graph);
    const auto output = [&](std::size_t index) {
        return QString::fromStdString(graph.nodes[index].outputs.front());
    };
    QStringList all;
    for (const FeatureMap& map : maps) {
        QStringList nodes;
        QStringList reads;
        for (const std::size_t each : map.nodes)
            nodes << output(each);
        if (map.readsInput)
            reads << QStringLiteral("x");
        for (const std::size_t read : map.reads)
            reads << output(maps[read].node);
        all << nodes.join(u'+') + (map.isOutput ? QStringLiteral("*") : QString()) + u'<' + reads.join(u',');
    }
    return all.join(QStringLiteral("; "));
}

engine::Dataset open(const QString& path)
{
    const std::filesystem::path file(QFile::encodeName(path).toStdString());
    return engine::formats::recognise(engine::formats::catalogue(), file).read(file, {});
}

} // namespace

Q_DECLARE_METATYPE(Nodes)

class FeatureMapsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsMaps_data();
    void findsMaps();
    void readersAreTheReadsBackwards();
    void realNetworks_data();
    void realNetworks();
    void squeezeNetReadsBothBranches();
    void exampleHoldsWhatTheDumpHolds();
};

void FeatureMapsTest::findsMaps_data()
{
    QTest::addColumn<Nodes>("nodes");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("maps");
    const auto row = [](const char* name, Nodes nodes, const char* output, const char* maps) {
        QTest::newRow(name) << std::move(nodes) << QString::fromLatin1(output) << QString::fromLatin1(maps);
    };
    const Node norm = node("BatchNormalization", { "a", "c", "c", "c", "c" }, {}, { "b" });
    row("normalised and clipped on the way", { conv("x", "a"), norm, unary("Relu", "b", "y") }, "y",
        "a+b+y*<x");
    row("pooling is a map", { conv("x", "a"), unary("Relu", "a", "b"), unary("GlobalAveragePool", "b", "y") },
        "y", "a+b<x; y*<b");
    row("a value with two readers is stored",
        { conv("x", "a"), unary("Relu", "a", "b"), conv("a", "d"), binary("Add", "b", "d", "y") }, "y",
        "a<x; b<a; d+y*<a,b");
    row("a residual is added on the way",
        { conv("x", "a"), conv("a", "b"), binary("Add", "b", "a", "c1"), unary("Relu", "c1", "y") }, "y",
        "a<x; b+c1+y*<a");
    row("of two branches the later one adds",
        { conv("x", "a"), conv("a", "b"), conv("a", "d"), binary("Add", "b", "d", "y") }, "y",
        "a<x; b<a; d+y*<a,b");
    row("the input may be added", { conv("x", "a"), binary("Add", "x", "a", "y") }, "y", "a+y*<x");
    row("constants on the way", { conv("x", "a"), binary("Mul", "a", "k", "y") }, "y", "a+y*<x");
    row("renamed before the activation",
        { conv("x", "a"), binary("Reshape", "a", "flat", "b"), unary("Relu", "b", "y") }, "y", "a+y*<x");
    row("renamed at the end", { conv("x", "a"), unary("Flatten", "a", "y") }, "y", "a*<x");
    row("cut and joined parts are read where they lie",
        { conv("x", "a"), conv("a", "b"),
          node("Slice", { "a", "starts", "ends", "axes", "steps" }, {}, { "s" }),
          node("Slice", { "b", "starts", "ends", "axes", "steps" }, {}, { "t" }),
          node("Concat", { "s", "t" }, { { "axis", std::int64_t { 1 } } }, { "j" }),
          unary("GlobalAveragePool", "j", "y") },
        "y", "a<x; b<a; y*<a,b");
    row("a gate is done on the way",
        { conv("x", "a"), unary("Sigmoid", "a", "s"), binary("Mul", "a", "s", "y") }, "y", "a+s+y*<x");
    row("a gate in steps",
        { conv("x", "a"), binary("Add", "a", "k", "p"), unary("Clip", "p", "q"), binary("Mul", "a", "q", "m"),
          binary("Div", "m", "k", "y") },
        "y", "a+p+q+m+y*<x");
    row("a gate whose inner value is wanted elsewhere",
        { conv("x", "a"), unary("Sigmoid", "a", "s"), binary("Mul", "a", "s", "m"),
          binary("Add", "m", "s", "y") },
        "y", "a<x; s+m+y*<a");
    row("a scale for each channel is another map",
        { conv("x", "a"), unary("GlobalAveragePool", "a", "p"), conv("p", "f"), unary("Sigmoid", "f", "s"),
          binary("Mul", "a", "s", "y") },
        "y", "a<x; p<a; f+s<p; y*<a,s");
    row("shapes are no values",
        { conv("x", "a"), unary("Shape", "a", "n"), binary("Reshape", "a", "n", "b"),
          unary("Relu", "b", "y") },
        "y", "a+y*<x");
    row("constants make no map", { unary("Relu", "k", "r"), binary("Mul", "x", "r", "y") }, "y", "y*<x");
    row("the input alone", { unary("Flatten", "x", "y") }, "y", "");
    row("both factors are one value", { conv("x", "a"), binary("Mul", "a", "a", "y") }, "y", "a+y*<x");
    row("an output in the middle", { conv("x", "a"), unary("Relu", "a", "y") }, "a", "a*<x; y<a");
}

void FeatureMapsTest::findsMaps()
{
    QFETCH(Nodes, nodes);
    QFETCH(QString, output);
    QFETCH(QString, maps);
    QCOMPARE(written(graphOf(nodes, qPrintable(output))), maps);
}

void FeatureMapsTest::readersAreTheReadsBackwards()
{
    const Graph graph =
        graphOf({ conv("x", "a"), conv("a", "b"), conv("b", "d"), binary("Add", "d", "a", "e"),
                  binary("Concat", "a", "e", "j"), conv("j", "y") },
                "y");
    const std::vector<FeatureMap> maps = featureMaps(graph);
    QCOMPARE(maps.size(), std::size_t { 4 });
    QCOMPARE(maps[0].readers, (std::vector<std::size_t> { 1, 2, 3 }));
    QCOMPARE(maps[1].readers, std::vector<std::size_t> { 2 });
    QCOMPARE(maps[2].readers, std::vector<std::size_t> { 3 });
    QVERIFY(maps[3].readers.empty());
}

void FeatureMapsTest::realNetworks_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("products"); // maps that begin with a convolution or matrix product
    QTest::addColumn<int>("pools");
    QTest::addColumn<int>("all");
    QTest::newRow("LeNet-5") << "nets/lenet5/lenet5.onnx" << 4 << 2 << 6;
    QTest::newRow("ResNet-20") << "nets/resnet20/resnet20_cifar10.onnx" << 20 << 1 << 21;
    QTest::newRow("SqueezeNet 1.1") << "nets/squeezenet/squeezenet11.onnx" << 26 << 4 << 30;
    QTest::newRow("MobileNetV2") << "nets/mobilenetv2/mobilenet_v2_int8dequant.onnx" << 53 << 1 << 54;
}

void FeatureMapsTest::realNetworks()
{
    QFETCH(QString, file);
    if (!QFile::exists(sharedData(file)))
        QSKIP(qPrintable(QStringLiteral("real data is not here: ") + file));
    const engine::Dataset network = open(sharedData(file));
    const std::vector<FeatureMap> maps = featureMaps(*network.graph);
    const auto begins = [&](std::initializer_list<const char*> ops) {
        return static_cast<int>(std::ranges::count_if(maps, [&](const FeatureMap& map) {
            const std::string& op = network.graph->nodes[map.nodes.front()].op;
            return std::ranges::any_of(ops, [&](const char* each) { return op == each; });
        }));
    };
    QTEST(begins({ "Conv", "Gemm" }), "products");
    QTEST(begins({ "MaxPool", "AveragePool", "GlobalAveragePool", "ReduceMean" }), "pools");
    QTEST(static_cast<int>(maps.size()), "all");
    QVERIFY(maps.front().readsInput);
    for (std::size_t i = 0; i < maps.size(); ++i) {
        QCOMPARE(maps[i].isOutput, i + 1 == maps.size());
        QCOMPARE(maps[i].readers.empty(), maps[i].isOutput);
        QVERIFY(maps[i].reads.empty() || maps[i].reads.back() < i);
    }
}

void FeatureMapsTest::squeezeNetReadsBothBranches()
{
    REQUIRE_SHARED_DATA("nets/squeezenet/squeezenet11.onnx");
    const engine::Dataset network = open(sharedData(QStringLiteral("nets/squeezenet/squeezenet11.onnx")));
    const std::vector<FeatureMap> maps = featureMaps(*network.graph);
    const auto squeeze = std::ranges::find_if(maps, [&](const FeatureMap& map) {
        return network.graph->nodes[map.nodes.front()].name == "fire3/squeeze1x1";
    });
    QVERIFY(squeeze != maps.end());
    QStringList reads;
    for (const std::size_t read : squeeze->reads)
        reads << QString::fromStdString(network.graph->nodes[maps[read].node].name);
    QCOMPARE(reads.join(u' '), QStringLiteral("fire2/relu_expand1x1 fire2/relu_expand3x3"));
}

void FeatureMapsTest::exampleHoldsWhatTheDumpHolds()
{
    const QString folder = QStringLiteral(TESSERA_SOURCE_DIR "/resources/example/");
    const engine::Dataset network = open(folder + QStringLiteral("digits.onnx"));
    const engine::Dataset dump = open(folder + QStringLiteral("digits-activations.h5"));
    QStringList stored;
    for (const FeatureMap& map : featureMaps(*network.graph))
        stored << QString::fromStdString(network.graph->nodes[map.node].name);
    QStringList dumped;
    for (const std::size_t index : dump.withRole(engine::Role::Activation))
        dumped << QString::fromStdString(dump.tensors[index].layer);
    QCOMPARE(stored, dumped);
}

QTEST_GUILESS_MAIN(FeatureMapsTest)
#include "feature_maps_test.moc"
