#include "engine/network/cost.h"
#include "engine/network/shape_inference.h"
#include "tests/engine/network/graph_builder.h"

#include <QRegularExpression>
#include <QTest>

using build::floats;
using build::integers;
using build::node;
using engine::Cost;
using engine::Graph;

namespace {

/// One node, its input "x" and its constants.
struct Case {
    engine::Node node;
    build::Extents input;
    std::vector<engine::Tensor> constants;
};

Graph graphOf(const Case& each)
{
    Graph graph;
    graph.inputs = { build::value("x", each.input) };
    graph.nodes = { each.node };
    for (const engine::Tensor& constant : each.constants)
        graph.constants.emplace(constant.name, constant);
    inferShapes(graph);
    return graph;
}

using Integers = std::vector<std::int64_t>;

} // namespace

Q_DECLARE_METATYPE(Case)

class CostTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void countsOneNode_data();
    void countsOneNode();
    void countsSharedWeightsOnce();
    void countsWeightsBehindOtherOperators();
    void saturates();
    void unknownShapesCostNothing();
};

void CostTest::countsOneNode_data()
{
    QTest::addColumn<Case>("each");
    QTest::addColumn<quint64>("parameters");
    QTest::addColumn<quint64>("macs");
    const auto row = [](const char* name, Case each, quint64 parameters, quint64 macs) {
        QTest::newRow(name) << std::move(each) << parameters << macs;
    };
    const Integers pads = { 1, 1, 1, 1 };
    row("convolution, padded taps counted",
        { node("Conv", { "x", "w", "b" }, { { "pads", pads } }),
          { 1, 3, 8, 8 },
          { floats("w", { 16, 3, 3, 3 }), floats("b", { 16 }) } },
        16 * 27 + 16, 16 * 64 * 27);
    row("strided",
        { node("Conv", { "x", "w" }, { { "pads", pads }, { "strides", Integers { 2, 2 } } }),
          { 1, 3, 8, 8 },
          { floats("w", { 16, 3, 3, 3 }) } },
        432, 16 * 16 * 27);
    row("depthwise",
        { node("Conv", { "x", "w" }, { { "group", std::int64_t { 4 } } }),
          { 1, 4, 6, 6 },
          { floats("w", { 4, 1, 3, 3 }) } },
        36, 4 * 16 * 9);
    row("one-dimensional", { node("Conv", { "x", "w" }), { 1, 2, 10 }, { floats("w", { 3, 2, 4 }) } }, 24,
        3 * 7 * 8);
    row("transposed convolution",
        { node("ConvTranspose", { "x", "w" }, { { "strides", Integers { 2, 2 } } }),
          { 1, 3, 4, 4 },
          { floats("w", { 3, 5, 2, 2 }) } },
        60, 3 * 16 * 5 * 4);
    row("quantised convolution",
        { node("QLinearConv", { "x", "s", "z", "w", "s", "z", "s", "z", "b" }),
          { 1, 2, 5, 5 },
          { floats("w", { 3, 2, 3, 3 }), floats("b", { 3 }), floats("s", {}), floats("z", {}) } },
        57, 3 * 9 * 18);
    row("Gemm",
        { node("Gemm", { "x", "w", "b" }, { { "transB", std::int64_t { 1 } } }),
          { 1, 20 },
          { floats("w", { 10, 20 }), floats("b", { 10 }) } },
        210, 200);
    row("Gemm, transposed input",
        { node("Gemm", { "x", "w" }, { { "transA", std::int64_t { 1 } } }),
          { 20, 3 },
          { floats("w", { 20, 10 }) } },
        200, 3 * 10 * 20);
    row("MatMul of a sequence", { node("MatMul", { "x", "w" }), { 1, 7, 8 }, { floats("w", { 8, 5 }) } }, 40,
        7 * 5 * 8);
    row("MatMul of two values", { node("MatMul", { "x", "x" }), { 2, 6, 6 }, {} }, 0, 2 * 216);
    row("LSTM",
        { node("LSTM", { "x", "w", "r", "b" }),
          { 5, 1, 3 },
          { floats("w", { 1, 16, 3 }), floats("r", { 1, 16, 4 }), floats("b", { 1, 32 }) } },
        48 + 64 + 32, 5 * (48 + 64));
    row("BatchNormalization without its statistics",
        { node("BatchNormalization", { "x", "s", "b", "m", "v" }),
          { 1, 4, 2, 2 },
          { floats("s", { 4 }), floats("b", { 4 }), floats("m", { 4 }), floats("v", { 4 }) } },
        8, 0);
    row("bounds are no parameters",
        { node("Clip", { "x", "lo", "hi" }), { 1, 4 }, { floats("lo", {}), floats("hi", {}) } }, 0, 0);
    row("shapes are no parameters", { node("Reshape", { "x", "s" }), { 1, 4 }, { integers("s", { 2, 2 }) } },
        0, 0);
    row("slope", { node("PRelu", { "x", "a" }), { 1, 4, 2, 2 }, { floats("a", { 4, 1, 1 }) } }, 4, 0);
    row("added bias", { node("Add", { "x", "b" }), { 1, 4 }, { floats("b", { 4 }) } }, 4, 0);
    row("added number", { node("Add", { "x", "b" }), { 1, 4 }, { floats("b", {}) } }, 0, 0);
    row("added integers", { node("Add", { "x", "b" }), { 1, 4 }, { integers("b", { 1, 2, 3, 4 }) } }, 0, 0);
    row("pooling", { node("GlobalAveragePool", { "x" }), { 1, 4, 3, 3 }, {} }, 0, 0);
    engine::Node foreign = node("Conv", { "x", "w" });
    foreign.domain = "com.example";
    row("foreign domain", { foreign, { 1, 3, 8, 8 }, { floats("w", { 16, 3, 3, 3 }) } }, 0, 0);
}

void CostTest::countsOneNode()
{
    QFETCH(Case, each);
    const Cost cost = costs(graphOf(each)).front();
    QTEST(quint64 { cost.parameters }, "parameters");
    QTEST(quint64 { cost.macs }, "macs");
}

void CostTest::countsSharedWeightsOnce()
{
    Graph graph = graphOf({ node("MatMul", { "x", "w" }, {}, { "a" }), { 1, 4 }, { floats("w", { 4, 4 }) } });
    graph.nodes.push_back(node("MatMul", { "a", "w" }, {}, { "b" }));
    inferShapes(graph);
    const std::vector<Cost> result = costs(graph);
    QCOMPARE(result[0].parameters, 16U);
    QCOMPARE(result[0].weights, std::vector<std::string> { "w" });
    QCOMPARE(result[1].parameters, 0U);
    QVERIFY(result[1].weights.empty());
    QCOMPARE(result[1].macs, 16U);
}

void CostTest::countsWeightsBehindOtherOperators()
{
    Graph graph = graphOf({ node("DequantizeLinear", { "w", "s" }, {}, { "q" }),
                            { 1, 4 },
                            { floats("w", { 5, 4 }), floats("s", {}) } });
    graph.nodes.push_back(node("Transpose", { "q" }, {}, { "t" }));
    graph.nodes.push_back(node("MatMul", { "x", "t" }));
    inferShapes(graph);
    const std::vector<Cost> result = costs(graph);
    QCOMPARE(result[0].parameters, 0U);
    QCOMPARE(result[2].parameters, 20U);
    QCOMPARE(result[2].macs, 20U);
}

void CostTest::saturates()
{
    Graph graph;
    graph.nodes = { node("Conv", { "x", "w" }) };
    constexpr std::int64_t huge = std::int64_t { 1 } << 40;
    graph.shapes = { { "w", engine::Shape { 1, huge } }, { "y", engine::Shape { 1, huge } } };
    QCOMPARE(costs(graph).front().macs, std::numeric_limits<std::uint64_t>::max());
}

void CostTest::unknownShapesCostNothing()
{
    Graph graph;
    graph.nodes = { node("Conv", {}), node("Gemm", { "x" }), node("LSTM", { "x", "w" }), node("Identity", {}),
                    node("MatMul", { "x", "y" }) };
    for (const Cost& cost : costs(graph))
        QVERIFY(cost.macs == 0 && cost.parameters == 0);
}

QTEST_GUILESS_MAIN(CostTest)
#include "cost_test.moc"
