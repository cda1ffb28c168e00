#include "engine/network/shape_inference.h"
#include "tests/engine/network/graph_builder.h"

#include <QRegularExpression>
#include <QTest>

using build::Extents;
using build::floats;
using build::integers;
using build::node;
using engine::Attribute;
using engine::Graph;
using engine::Node;
using engine::Shape;

namespace {

using Attributes = std::map<std::string, Attribute>;
using Constants = std::vector<engine::Tensor>;

struct Case {
    Node node;
    Extents input;
    Constants constants;
};

Graph graphOf(const Case& each)
{
    Graph graph;
    graph.inputs = { build::value("x", each.input) };
    graph.nodes = { each.node };
    for (const engine::Tensor& constant : each.constants)
        graph.constants.emplace(constant.name, constant);
    return graph;
}

std::int64_t number(int value)
{
    return value;
}

} // namespace

Q_DECLARE_METATYPE(Case)

class ShapeInferenceTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void infersWindows_data();
    void infersWindows() { infers(); }
    void infersMoves_data();
    void infersMoves() { infers(); }
    void infersProducts_data();
    void infersProducts() { infers(); }
    void remarksOnWhatCannotBe_data();
    void remarksOnWhatCannotBe();
    void takesABatchOfOne_data();
    void takesABatchOfOne();
    void followsShapesThroughIntegers();
    void usesHintsBehindUnknownOperators();
    void tellsEachOperatorOnce();
    void endsOnHugeNumbers_data();
    void endsOnHugeNumbers();

private:
    static void columns()
    {
        QTest::addColumn<Case>("each");
        QTest::addColumn<Extents>("output");
    }
    static void row(const char* name, Case each, Extents output)
    {
        QTest::newRow(name) << std::move(each) << std::move(output);
    }
    static void infers();
};

void ShapeInferenceTest::infers()
{
    QFETCH(Case, each);
    QFETCH(Extents, output);
    Graph graph = graphOf(each);
    const auto remarks = inferShapes(graph);
    QVERIFY2(remarks.empty(), remarks.empty() ? "" : remarks.front().text.c_str());
    QVERIFY(graph.shape("y") != nullptr);
    QCOMPARE(graph.shape("y")->extents(), output);
}

void ShapeInferenceTest::infersWindows_data()
{
    columns();
    const Attributes three = { { "kernel_shape", Extents { 3, 3 } }, { "strides", Extents { 2, 2 } } };
    const auto with = [](Attributes base, const std::string& key, Attribute value) {
        base.insert_or_assign(key, std::move(value));
        return base;
    };
    const Constants weight = { floats("w", { 8, 3, 3, 3 }) };
    row("convolution", { node("Conv", { "x", "w" }), { 1, 3, 10, 12 }, weight }, { 1, 8, 8, 10 });
    row("dilated",
        { node("Conv", { "x", "w" }, { { "dilations", Extents { 2, 3 } } }), { 1, 3, 10, 12 }, weight },
        { 1, 8, 6, 6 });
    row("asymmetric padding",
        { node("Conv", { "x", "w" }, { { "pads", Extents { 0, 0, 1, 1 } }, { "strides", Extents { 2, 2 } } }),
          { 1, 3, 10, 12 },
          weight },
        { 1, 8, 5, 6 });
    for (const char* pad : { "SAME_UPPER", "SAME_LOWER" })
        row(pad,
            { node("Conv", { "x", "w" }, with(three, "auto_pad", std::string(pad))),
              { 1, 3, 11, 12 },
              weight },
            { 1, 8, 6, 6 });
    row("VALID ignores pads",
        { node("Conv", { "x", "w" },
               { { "auto_pad", std::string("VALID") }, { "pads", Extents { 5, 5, 5, 5 } } }),
          { 1, 3, 10, 12 },
          weight },
        { 1, 8, 8, 10 });
    row("grouped", { node("Conv", { "x", "w" }, { { "group", number(2) } }), { 1, 6, 5, 5 }, weight },
        { 1, 8, 3, 3 });
    row("quantised",
        { node("QLinearConv", { "x", "s", "s", "w", "s", "s", "s", "s" }),
          { 1, 3, 5, 5 },
          { floats("w", { 8, 3, 3, 3 }), floats("s", {}) } },
        { 1, 8, 3, 3 });
    row("transposed",
        { node("ConvTranspose", { "x", "w" },
               { { "strides", Extents { 2, 2 } },
                 { "output_padding", Extents { 1, 1 } },
                 { "pads", Extents { 1, 1, 1, 1 } } }),
          { 1, 8, 5, 6 },
          weight },
        { 1, 3, 10, 12 });
    row("transposed, size given",
        { node("ConvTranspose", { "x", "w" }, { { "output_shape", Extents { 9, 9 } } }),
          { 1, 8, 5, 6 },
          weight },
        { 1, 3, 9, 9 });
    row("pooling, floor", { node("MaxPool", { "x" }, three), { 1, 3, 10, 12 }, {} }, { 1, 3, 4, 5 });
    row("pooling, ceil",
        { node("MaxPool", { "x" }, with(three, "ceil_mode", number(1))), { 1, 3, 10, 12 }, {} },
        { 1, 3, 5, 6 });
    row("ceil drops a window that begins in the padding",
        { node("AveragePool", { "x" },
               { { "kernel_shape", Extents { 1 } },
                 { "strides", Extents { 2 } },
                 { "ceil_mode", number(1) },
                 { "pads", Extents { 0, 1 } } }),
          { 1, 3, 4 },
          {} },
        { 1, 3, 2 });
    row("global pooling", { node("GlobalAveragePool", { "x" }), { 1, 3, 10, 12 }, {} }, { 1, 3, 1, 1 });
    row("resize by scales", { node("Resize", { "x", "", "w" }), { 1, 3, 5, 6 }, { floats("w", { 4 }, 2) } },
        { 2, 6, 10, 12 });
    row("resize to sizes",
        { node("Resize", { "x", "", "", "w" }), { 1, 3, 5, 6 }, { integers("w", { 1, 3, 7, 9 }) } },
        { 1, 3, 7, 9 });
    row("upsample",
        { node("Upsample", { "x" }, { { "scales", std::vector<double> { 1, 1, 2, 1.5 } } }),
          { 1, 3, 5, 6 },
          {} },
        { 1, 3, 10, 9 });
}

void ShapeInferenceTest::infersMoves_data()
{
    columns();
    const auto moved = [](const char* name, Node each, Extents input, Extents output) {
        row(name, { std::move(each), std::move(input), {} }, std::move(output));
    };
    const auto listed = [](const char* name, Node each, Extents input, Extents list, Extents output) {
        row(name, { std::move(each), std::move(input), { integers("w", list) } }, std::move(output));
    };
    const Extents input = { 1, 3, 4, 5 };
    moved("same shape", node("Relu", { "x" }), input, input);
    listed("reshape", node("Reshape", { "x", "w" }), input, { 0, -1, 5 }, { 1, 12, 5 });
    listed("reshape, zero allowed", node("Reshape", { "x", "w" }, { { "allowzero", number(1) } }), { 0, 3 },
           { 3, 0 }, { 3, 0 });
    moved("reshape, first version", node("Reshape", { "x" }, { { "shape", Extents { 3, 20 } } }), input,
          { 3, 20 });
    moved("flatten", node("Flatten", { "x" }), input, { 1, 60 });
    moved("flatten from the end", node("Flatten", { "x" }, { { "axis", number(-1) } }), input, { 12, 5 });
    moved("flatten all", node("Flatten", { "x" }, { { "axis", number(4) } }), input, { 60, 1 });
    moved("squeeze all", node("Squeeze", { "x" }), { 1, 3, 1, 5 }, { 3, 5 });
    listed("squeeze", node("Squeeze", { "x", "w" }), { 1, 3, 1, 5 }, { -2 }, { 1, 3, 5 });
    listed("unsqueeze", node("Unsqueeze", { "x", "w" }), { 3, 5 }, { 0, -1 }, { 1, 3, 5, 1 });
    moved("unsqueeze, older", node("Unsqueeze", { "x" }, { { "axes", Extents { 1 } } }), { 3, 5 },
          { 3, 1, 5 });
    moved("transpose", node("Transpose", { "x" }, { { "perm", Extents { 0, 2, 3, 1 } } }), input,
          { 1, 4, 5, 3 });
    moved("transpose, reversed", node("Transpose", { "x" }), { 2, 3, 7 }, { 7, 3, 2 });
    moved("concatenate", node("Concat", { "x", "x", "x" }, { { "axis", number(1) } }), input, { 1, 9, 4, 5 });
    moved("split evenly", node("Split", { "x" }, { { "axis", number(-1) } }, { "a", "y" }), input,
          { 1, 3, 4, 2 });
    listed("split", node("Split", { "x", "w" }, { { "axis", number(1) } }, { "a", "y" }), input, { 1, 2 },
           { 1, 2, 4, 5 });
    listed("expand", node("Expand", { "x", "w" }), { 3, 1 }, { 2, 1, 6 }, { 2, 3, 6 });
    listed("tile", node("Tile", { "x", "w" }), { 3, 5 }, { 2, 4 }, { 6, 20 });
    moved("depth to space", node("DepthToSpace", { "x" }, { { "blocksize", number(2) } }), { 1, 8, 3, 4 },
          { 1, 2, 6, 8 });
    moved("space to depth", node("SpaceToDepth", { "x" }, { { "blocksize", number(2) } }), { 1, 2, 6, 8 },
          { 1, 8, 3, 4 });
    listed("pad", node("Pad", { "x", "w" }), input, { 0, 1, 0, 0, 0, 2, -1, 3 }, { 1, 6, 3, 8 });
    moved("pad, older", node("Pad", { "x" }, { { "pads", Extents { 1, 0, 0, 2 } } }), { 3, 5 }, { 4, 7 });
    moved("slice",
          node("Slice", { "x" },
               { { "starts", Extents { 1, -3 } },
                 { "ends", Extents { 99, -1 } },
                 { "axes", Extents { 2, 3 } } }),
          input, { 1, 3, 3, 2 });
    row("slice backwards in steps",
        { node("Slice", { "x", "s", "e", "a", "t" }),
          { 10 },
          { integers("s", { -1 }), integers("e", { std::numeric_limits<std::int64_t>::min() }),
            integers("a", { 0 }), integers("t", { -3 }) } },
        { 4 });
    listed("gather", node("Gather", { "x", "w" }, { { "axis", number(1) } }), input, { 0, 2 },
           { 1, 2, 4, 5 });
    moved("reduce", node("ReduceMean", { "x" }, { { "axes", Extents { 2, -1 } } }), input, { 1, 3, 1, 1 });
    moved("reduce and drop",
          node("ReduceMax", { "x" }, { { "axes", Extents { 1 } }, { "keepdims", number(0) } }), input,
          { 1, 4, 5 });
    moved("reduce all", node("ReduceSum", { "x" }, { { "keepdims", number(0) } }), input, {});
    moved("argument", node("ArgMax", { "x" }, { { "axis", number(1) }, { "keepdims", number(0) } }), input,
          { 1, 4, 5 });
    listed("top k", node("TopK", { "x", "w" }), { 1, 9 }, { 5 }, { 1, 5 });
    moved("shape", node("Shape", { "x" }), input, { 4 });
    listed("constant of shape", node("ConstantOfShape", { "w" }), input, { 2, 3 }, { 2, 3 });
    listed("one-hot", node("OneHot", { "x", "w", "w" }), { 4 }, { 6 }, { 4, 6 });
    row("range",
        { node("Range", { "a", "b", "c" }),
          { 1 },
          { integers("a", { 2 }), integers("b", { 11 }), integers("c", { 4 }) } },
        { 3 });
    row("range backwards",
        { node("Range", { "a", "b", "c" }),
          { 1 },
          { integers("a", { 5 }), integers("b", { -2 }), integers("c", { -3 }) } },
        { 3 });
}

void ShapeInferenceTest::infersProducts_data()
{
    columns();
    row("Gemm", { node("Gemm", { "x", "w" }), { 2, 5 }, { floats("w", { 5, 7 }) } }, { 2, 7 });
    row("Gemm transposed",
        { node("Gemm", { "x", "w" }, { { "transA", number(1) }, { "transB", number(1) } }),
          { 5, 2 },
          { floats("w", { 7, 5 }) } },
        { 2, 7 });
    row("MatMul", { node("MatMul", { "x", "w" }), { 2, 1, 4, 5 }, { floats("w", { 3, 5, 7 }) } },
        { 1, 3, 4, 7 });
    row("row times matrix", { node("MatMul", { "x", "w" }), { 5 }, { floats("w", { 5, 7 }) } }, { 7 });
    row("matrix times column", { node("MatMul", { "x", "w" }), { 4, 5 }, { floats("w", { 5 }) } }, { 4 });
    row("row times column", { node("MatMul", { "x", "w" }), { 5 }, { floats("w", { 5 }) } }, {});
    row("broadcast", { node("Add", { "x", "w" }), { 1, 3, 1, 5 }, { floats("w", { 4, 1 }) } },
        { 1, 3, 4, 5 });
    row("three together",
        { node("Where", { "x", "w", "v" }), { 3, 1 }, { floats("w", { 1, 4 }), floats("v", {}) } }, { 3, 4 });
    row("LSTM",
        { node("LSTM", { "x", "w", "r" }),
          { 6, 1, 3 },
          { floats("w", { 2, 16, 3 }), floats("r", { 2, 16, 4 }) } },
        { 6, 2, 1, 4 });
    row("GRU, batch first",
        { node("GRU", { "x", "w", "r" }, { { "layout", number(1) } }),
          { 1, 6, 3 },
          { floats("w", { 1, 12, 3 }), floats("r", { 1, 12, 4 }) } },
        { 1, 6, 1, 4 });
}

void ShapeInferenceTest::remarksOnWhatCannotBe_data()
{
    QTest::addColumn<Case>("each");
    QTest::addColumn<QString>("phrase");
    const auto bad = [](const char* name, Case each, const char* phrase) {
        QTest::newRow(name) << std::move(each) << QString::fromUtf8(phrase);
    };
    const Constants weight = { floats("w", { 8, 3, 3, 3 }) };
    const Extents picture = { 1, 3, 8, 8 };
    bad("channels", { node("Conv", { "x", "w" }), { 1, 4, 8, 8 }, weight },
        "wants 3 input channels, there are 4");
    bad("window too large", { node("Conv", { "x", "w" }), { 1, 3, 2, 8 }, weight },
        "a window of 3 does not fit");
    bad("stride 0", { node("Conv", { "x", "w" }, { { "strides", Extents { 0, 1 } } }), picture, weight },
        "strides: 0 is less than 1");
    bad("short list", { node("Conv", { "x", "w" }, { { "pads", Extents { 1, 1 } } }), picture, weight },
        "pads has 2 values where 4");
    bad("no height", { node("MaxPool", { "x" }, { { "kernel_shape", Extents { 2 } } }), { 1, 3 }, {} },
        "no height or width");
    bad("no kernel", { node("MaxPool", { "x" }), picture, {} }, "kernel_shape: 0 is less than 1");
    bad("missing input", { node("Conv", { "x" }), picture, {} }, "lacks its input 1");
    bad("product", { node("Gemm", { "x", "w" }), { 2, 5 }, { floats("w", { 4, 7 }) } },
        "cannot be multiplied");
    bad("broadcast", { node("Add", { "x", "w" }), { 2, 5 }, { floats("w", { 4 }) } }, "do not go together");
    bad("reshape", { node("Reshape", { "x", "w" }), { 2, 5 }, { integers("w", { 3, -1 }) } },
        "10 values cannot be put in rows of 3");
    bad("two free axes", { node("Reshape", { "x", "w" }), { 2, 5 }, { integers("w", { -1, -1 }) } },
        "more than one axis free");
    bad("reshape to another size", { node("Reshape", { "x", "w" }), { 2, 5 }, { integers("w", { 3, 3 }) } },
        "10 values cannot be given");
    bad("axis", { node("Concat", { "x", "x" }, { { "axis", number(7) } }), { 2, 5 }, {} },
        "axis 7 is outside the 2 axes");
    bad("perm", { node("Transpose", { "x" }, { { "perm", Extents { 0, 0 } } }), { 2, 5 }, {} },
        "perm does not name");
    bad("concatenate",
        { node("Concat", { "x", "w" }, { { "axis", number(0) } }), { 2, 5 }, { floats("w", { 2, 4 }) } },
        "cannot be joined along axis 0");
    bad("split", { node("Split", { "x", "w" }), { 4, 2 }, { integers("w", { 3 }) } }, "do not make up the 4");
    bad("pad below nothing", { node("Pad", { "x", "w" }), { 2 }, { integers("w", { -2, -1 }) } }, "negative");
    bad("steps of 0", { node("Slice", { "x", "w", "w", "w", "w" }), { 2 }, { integers("w", { 0 }) } },
        "steps: 0");
    bad("attribute of another type", { node("Flatten", { "x" }, { { "axis", 1.0 } }), { 2 }, {} },
        "attribute axis is not an integer");
    bad("too many axes", { node("Unsqueeze", { "x", "w" }), Extents(16, 1), { integers("w", { 0 }) } },
        "17 axes are more than the 16");
    bad("unknown operator", { node("Frobnicate", { "x" }), { 2 }, {} },
        "the operator Frobnicate is not known");
    bad("value of a run", { node("Reshape", { "x", "x" }), { 2 }, {} }, "known only in a run");
}

void ShapeInferenceTest::remarksOnWhatCannotBe()
{
    QFETCH(Case, each);
    QFETCH(QString, phrase);
    Graph graph = graphOf(each);
    graph.nodes.push_back(node("Relu", { "y" }, {}, { "z" }));
    const auto remarks = inferShapes(graph);
    QCOMPARE(remarks.size(), 1U);
    QVERIFY2(QString::fromStdString(remarks.front().text).contains(phrase), remarks.front().text.c_str());
    QCOMPARE(remarks.front().layer, each.node.name);
    QVERIFY(graph.shape("y") == nullptr);
    QVERIFY(graph.shape("z") == nullptr);
}

void ShapeInferenceTest::takesABatchOfOne_data()
{
    QTest::addColumn<Extents>("input");
    QTest::addColumn<Extents>("output");
    QTest::newRow("free") << Extents { -1, 3, 4, 4 } << Extents { 1, 3, 4, 4 };
    QTest::newRow("fixed pictures") << Extents { 8, 3, 4, 4 } << Extents { 1, 3, 4, 4 };
    QTest::newRow("free features") << Extents { -1, 7 } << Extents { 1, 7 };
    QTest::newRow("fixed features stay") << Extents { 5, 7 } << Extents { 5, 7 };
    QTest::newRow("free height") << Extents { -1, 3, -1, -1 } << Extents {};
}

void ShapeInferenceTest::takesABatchOfOne()
{
    QFETCH(Extents, input);
    QFETCH(Extents, output);
    Graph graph = graphOf({ node("Relu", { "x" }), input, {} });
    const auto remarks = inferShapes(graph);
    QCOMPARE(graph.shape("y") != nullptr, !output.empty());
    QCOMPARE(remarks.empty(), !output.empty());
    if (!output.empty())
        QCOMPARE(graph.shape("y")->extents(), output);
}

/// What torch.onnx.export writes for x.view(x.size(0), -1).
void ShapeInferenceTest::followsShapesThroughIntegers()
{
    Graph graph;
    graph.inputs = { build::value("x", { -1, 3, 4, 4 }) };
    graph.constants.emplace("zero", integers("zero", { 0 }));
    graph.constants.emplace("rest", integers("rest", { -1 }));
    graph.nodes = { node("Shape", { "x" }, {}, { "shape" }),
                    node("Gather", { "shape", "zero" }, {}, { "batch" }),
                    node("Mul", { "batch", "batch" }, {}, { "squared" }),
                    node("Concat", { "squared", "rest" }, { { "axis", number(0) } }, { "target" }),
                    node("Reshape", { "x", "target" }) };
    QVERIFY(inferShapes(graph).empty());
    QVERIFY(*graph.shape("y") == (Shape { 1, 48 }));
}

void ShapeInferenceTest::usesHintsBehindUnknownOperators()
{
    Graph graph = graphOf({ node("Custom", { "x" }, {}, { "a" }), { -1, 3, 4, 4 }, {} });
    graph.nodes.push_back(node("Relu", { "a" }));
    const auto remarks = inferShapes(graph, { { "a", Shape { 1, 5 } } });
    QVERIFY(*graph.shape("y") == (Shape { 1, 5 }));
    QCOMPARE(remarks.size(), 1U);

    Graph fixed = graphOf({ node("Custom", { "x" }), { 8, 3, 4, 4 }, {} });
    inferShapes(fixed, { { "y", Shape { 8, 5 } } });
    QVERIFY(fixed.shape("y") == nullptr); // the hint is for eight images
}

void ShapeInferenceTest::tellsEachOperatorOnce()
{
    Graph graph = graphOf({ node("Custom", { "x" }, {}, { "a" }), { 1 }, {} });
    graph.nodes.push_back(node("Custom", { "x" }, {}, { "b" }));
    graph.nodes.push_back(node("Other", { "b" }, {}, { "c" }));
    QCOMPARE(inferShapes(graph).size(), 2U);
}

void ShapeInferenceTest::endsOnHugeNumbers_data()
{
    QTest::addColumn<Case>("each");
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const Extents list = { most, least, most, least };
    for (const char* key :
         { "pads", "strides", "dilations", "kernel_shape", "output_padding", "output_shape" }) {
        for (const char* op : { "Conv", "ConvTranspose", "MaxPool" })
            QTest::addRow("%s %s", op, key) << Case { node(op, { "x", "w" }, { { key, list } }),
                                                      { 1, 3, 8 },
                                                      { floats("w", { 3, 3, 1 }) } };
        QTest::addRow("pool %s", key)
            << Case { node("MaxPool", { "x" },
                           { { "kernel_shape", Extents { 2 } }, { key, Extents { most } } }),
                      { 1, 3, 8 },
                      {} };
    }
    for (const char* op : { "Reshape", "Expand", "Tile", "Pad", "Slice", "Split", "ConstantOfShape", "Gather",
                            "TopK", "Unsqueeze", "Squeeze", "ReduceSum", "OneHot", "Range", "Resize" }) {
        for (const std::int64_t value : { most, least, std::int64_t { -1 } })
            QTest::addRow("%s %lld", op, static_cast<long long>(value))
                << Case { node(op, { "x", "w", "w", "w", "w" }),
                          { 1, 2, 3, 4 },
                          { integers("w", { value, value, value, value }) } };
    }
    QTest::newRow("group") << Case { node("Conv", { "x", "w" }, { { "group", most } }),
                                     { 1, 3, 8 },
                                     { floats("w", { 3, 3, 1 }) } };
    QTest::newRow("axis") << Case { node("Flatten", { "x" }, { { "axis", least } }), { 1, 3, 8 }, {} };
    QTest::newRow("blocks") << Case { node("SpaceToDepth", { "x" }, { { "blocksize", most } }),
                                      { 1, 3, 8, 8 },
                                      {} };
    QTest::newRow("scales") << Case { node("Upsample", { "x" },
                                           { { "scales", std::vector<double> { 1e300, -1, 1, 1 } } }),
                                      { 1, 3, 8, 8 },
                                      {} };
}

/// The sanitizers watch for overflow; here it must only end, with or without a shape.
void ShapeInferenceTest::endsOnHugeNumbers()
{
    QFETCH(Case, each);
    Graph graph = graphOf(each);
    graph.nodes.push_back(node("Reshape", { "x", "y" }, {}, { "z" }));
    inferShapes(graph);
    QVERIFY(graph.shape("x") != nullptr);
}

QTEST_GUILESS_MAIN(ShapeInferenceTest)
#include "shape_inference_test.moc"
