#include "engine/base/error.h"
#include "engine/formats/onnx_reader.h"
#include "tests/engine/formats/onnx_model.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using engine::Dataset;
using engine::DType;
using engine::Role;
using engine::Shape;
using engine::Tensor;
using onnx::AttributeProto;
using onnx::ModelProto;
using onnx::TensorProto;

namespace {

using Floats = std::vector<float>;
using Change = std::function<void(ModelProto&)>;
constexpr std::int64_t huge = std::int64_t { 1 } << 61;

Change tensorChange(const std::function<void(TensorProto&)>& change)
{
    return [change](ModelProto& model) { change(*model.mutable_graph()->mutable_initializer(0)); };
}

Change external(const std::vector<std::pair<std::string, std::string>>& entries)
{
    return tensorChange([entries](TensorProto& tensor) {
        tensor.clear_raw_data();
        tensor.set_data_location(TensorProto::EXTERNAL);
        for (const auto& [key, value] : entries) {
            auto* entry = tensor.add_external_data();
            entry->set_key(key);
            entry->set_value(value);
        }
    });
}

/// Two of twelve values, the rest zero.
onnx::SparseTensorProto& addSparse(ModelProto& model, const onnxmodel::Extents& indexExtents,
                                   const std::vector<std::int64_t>& indices)
{
    model.mutable_graph()->clear_initializer();
    onnxmodel::addWeight(model, "b", { 3 });
    onnx::SparseTensorProto& sparse = *model.mutable_graph()->add_sparse_initializer();
    sparse.add_dims(4);
    sparse.add_dims(3);
    onnxmodel::fill(*sparse.mutable_values(), "w", { 2 }, TensorProto::FLOAT);
    sparse.mutable_values()->add_float_data(5);
    sparse.mutable_values()->add_float_data(7);
    onnxmodel::fill(*sparse.mutable_indices(), "i", indexExtents, TensorProto::INT64);
    for (const std::int64_t index : indices)
        sparse.mutable_indices()->add_int64_data(index);
    return sparse;
}

} // namespace

Q_DECLARE_METATYPE(Floats)
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(DType)

class OnnxTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsASmallNetwork();
    void readsEveryEncoding_data();
    void readsEveryEncoding();
    void leavesLargeTensorsInTheFile_data();
    void leavesLargeTensorsInTheFile();
    void readsExternalData();
    void readsSparseInitializers_data();
    void readsSparseInitializers();
    void readsAttributes();
    void foldsConstants_data();
    void foldsConstants();
    void namesNodes();
    void sortsNodes();
    void takesInitializersOffTheInputs();
    void opensWithARemark_data();
    void opensWithARemark();
    void refusesBadInput_data();
    void refusesBadInput();
    void refusesLinksOutOfTheFolder();
    void refusesTruncation();
    void recognises();
    void opensRealNetworks_data();
    void opensRealNetworks();
    void knowsAllShapesOfRealNetworks_data();
    void knowsAllShapesOfRealNetworks();
    void agreesWithTheMobileNetTable();

private:
    std::filesystem::path write(const ModelProto& model, const char* name = "net.onnx")
    {
        return samples::write(m_folder.path(), QString::fromUtf8(name), onnxmodel::bytes(model));
    }
    Dataset open(const ModelProto& model) { return samples::open(write(model)); }
    static void realNetworks();

    QTemporaryDir m_folder;
};

void OnnxTest::readsASmallNetwork()
{
    const Dataset dataset = open(onnxmodel::small());
    QCOMPARE(dataset.title, std::string("net"));
    QCOMPARE(dataset.format, std::string("onnx"));
    QCOMPARE(dataset.facts.at("opset"), std::string("13"));
    QCOMPARE(dataset.facts.at("ir_version"), std::string("7"));
    QCOMPARE(dataset.facts.at("producer"), std::string("test"));
    QVERIFY(dataset.remarks.empty());
    QCOMPARE(dataset.graph->opset, 13);
    QCOMPARE(dataset.graph->inputs.size(), 1U);
    QCOMPARE(dataset.graph->inputs[0].extents, (std::vector<std::int64_t> { -1, 4 }));
    QCOMPARE(dataset.graph->outputs[0].name, std::string("y"));
    QCOMPARE(dataset.layers.size(), 1U);
    QCOMPARE(dataset.layers[0].name, std::string("fc"));
    QCOMPARE(dataset.layers[0].parameters, 15U);
    QCOMPARE(dataset.layers[0].macs, 12U);
    QVERIFY(*dataset.layers[0].output == (Shape { 1, 3 }));
    QCOMPARE(dataset.find("w")->layout, std::string("IO"));
    QVERIFY(dataset.find("w")->role == Role::Weight);
    QCOMPARE(samples::values(dataset, "b"), (Floats { 0, 1, 2 }));
}

void OnnxTest::readsEveryEncoding_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<DType>("type");
    QTest::addColumn<Floats>("values");
    const auto row = [](const char* name, int proto, DType type, const Change& change, const Floats& values) {
        QTest::newRow(name) << tensorChange([proto, change](TensorProto& tensor) {
            tensor.Clear();
            onnxmodel::fill(tensor, "w", { 2 }, proto);
            ModelProto holder;
            *holder.mutable_graph()->add_initializer() = tensor;
            change(holder);
            tensor = holder.graph().initializer(0);
        }) << type << values;
    };
    const auto raw = [](const QByteArray& bytes) {
        return tensorChange([bytes](TensorProto& tensor) { tensor.set_raw_data(bytes.toStdString()); });
    };
    const auto int32 = [](int a, int b) {
        return tensorChange([a, b](TensorProto& tensor) {
            tensor.add_int32_data(a);
            tensor.add_int32_data(b);
        });
    };
    row("float raw", TensorProto::FLOAT, DType::F32, raw(samples::raw<float>({ 1.5F, -2 })), { 1.5F, -2 });
    row("float typed", TensorProto::FLOAT, DType::F32, tensorChange([](TensorProto& tensor) {
            tensor.add_float_data(1.5F);
            tensor.add_float_data(-2);
        }),
        { 1.5F, -2 });
    row("double raw", TensorProto::DOUBLE, DType::F64, raw(samples::raw<double>({ 0.25, 3 })), { 0.25F, 3 });
    row("double typed", TensorProto::DOUBLE, DType::F64, tensorChange([](TensorProto& tensor) {
            tensor.add_double_data(0.25);
            tensor.add_double_data(3);
        }),
        { 0.25F, 3 });
    row("half raw", TensorProto::FLOAT16, DType::F16, raw(samples::raw<quint16>({ 0x3C00, 0xC000 })),
        { 1, -2 });
    row("half typed", TensorProto::FLOAT16, DType::F16, int32(0x3C00, 0xC000), { 1, -2 });
    row("bfloat16 typed", TensorProto::BFLOAT16, DType::BF16, int32(0x3F80, 0xC000), { 1, -2 });
    row("int8 raw", TensorProto::INT8, DType::I8, raw(samples::raw<qint8>({ -7, 8 })), { -7, 8 });
    row("int8 typed", TensorProto::INT8, DType::I8, int32(-7, 8), { -7, 8 });
    row("uint8 typed", TensorProto::UINT8, DType::U8, int32(200, 8), { 200, 8 });
    row("bool typed", TensorProto::BOOL, DType::Bool, int32(1, 0), { 1, 0 });
    row("int16 typed", TensorProto::INT16, DType::I16, int32(-300, 8), { -300, 8 });
    row("uint16 typed", TensorProto::UINT16, DType::U16, int32(60000, 8), { 60000, 8 });
    row("int32 typed", TensorProto::INT32, DType::I32, int32(-70000, 8), { -70000, 8 });
    row("int64 raw", TensorProto::INT64, DType::I64, raw(samples::raw<qint64>({ -5, 9 })), { -5, 9 });
    row("int64 typed", TensorProto::INT64, DType::I64, tensorChange([](TensorProto& tensor) {
            tensor.add_int64_data(-5);
            tensor.add_int64_data(9);
        }),
        { -5, 9 });
    const auto uint64 = tensorChange([](TensorProto& tensor) {
        tensor.add_uint64_data(5);
        tensor.add_uint64_data(9);
    });
    row("uint32 typed", TensorProto::UINT32, DType::U32, uint64, { 5, 9 });
    row("uint64 typed", TensorProto::UINT64, DType::U64, uint64, { 5, 9 });
}

void OnnxTest::readsEveryEncoding()
{
    QFETCH(Change, change);
    QFETCH(DType, type);
    ModelProto model = onnxmodel::empty();
    model.mutable_graph()->add_initializer();
    change(model);
    const Dataset dataset = open(model);
    QVERIFY(dataset.find("w")->type == type);
    QTEST(samples::values(dataset, "w"), "values");
}

void OnnxTest::leavesLargeTensorsInTheFile_data()
{
    QTest::addColumn<bool>("typed");
    QTest::newRow("raw_data") << false;
    QTest::newRow("float_data") << true;
}

void OnnxTest::leavesLargeTensorsInTheFile()
{
    QFETCH(bool, typed);
    constexpr std::int64_t count = 40'000;
    ModelProto model = onnxmodel::empty();
    TensorProto& tensor = onnxmodel::addWeight(model, "w", { count });
    onnxmodel::addWeight(model, "small", { 3 });
    if (typed) {
        tensor.clear_raw_data();
        for (std::int64_t i = 0; i < count; ++i)
            tensor.add_float_data(static_cast<float>(i));
    }
    onnx::NodeProto& node = onnxmodel::addNode(model, "Constant", {}, { "c" });
    *onnxmodel::addAttribute(node, "value", AttributeProto::TENSOR).mutable_t() = tensor;

    const Dataset dataset = open(model);
    for (const char* name : { "w", "c" }) {
        const std::span<const std::byte> mapped = dataset.find(name)->source->mapped();
        QCOMPARE(mapped.size(), static_cast<std::size_t>(count) * sizeof(float));
        const Floats values = samples::values(dataset, name);
        QCOMPARE(values.front(), 0.0F);
        QCOMPARE(values.back(), 39999.0F);
    }
    const std::byte* first = dataset.find("w")->source->mapped().data();
    const std::byte* second = dataset.find("c")->source->mapped().data();
    const std::ptrdiff_t apart = std::abs(second - first);
    QVERIFY(apart > count * 4 && apart < count * 4 + 1000); // both in one mapping
    QCOMPARE(samples::values(dataset, "small"), (Floats { 0, 1, 2 }));
}

void OnnxTest::readsExternalData()
{
    QDir(m_folder.path()).mkpath(QStringLiteral("data"));
    samples::write(m_folder.path(), QStringLiteral("data/all weights.bin"),
                   QByteArray(8, '\7') + samples::counting(12));
    ModelProto model = onnxmodel::small();
    external({ { "location", "data/all weights.bin" },
               { "offset", "8" },
               { "length", "48" },
               { "checksum", "?" } })(model);
    const Dataset dataset = open(model);
    QCOMPARE(samples::values(dataset, "w"), (Floats { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }));
    QCOMPARE(dataset.parameters(), 15U);

    ModelProto whole = onnxmodel::small();
    samples::write(m_folder.path(), QStringLiteral("w.bin"), samples::counting(12));
    external({ { "location", "./w.bin" } })(whole);
    QCOMPARE(samples::values(open(whole), "w").back(), 11.0F);
}

void OnnxTest::readsSparseInitializers_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("flat") << Change([](ModelProto& model) { addSparse(model, { 2 }, { 1, 8 }); });
    QTest::newRow("coordinates") << Change([](ModelProto& model) {
        addSparse(model, { 2, 2 }, { 0, 1, 2, 2 });
    });
}

void OnnxTest::readsSparseInitializers()
{
    QFETCH(Change, change);
    ModelProto model = onnxmodel::small();
    change(model);
    const Dataset dataset = open(model);
    QCOMPARE(samples::values(dataset, "w"), (Floats { 0, 5, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0 }));
    QCOMPARE(dataset.parameters(), 15U);
    const std::vector<std::int64_t> start = { 1, 1 };
    const std::vector<std::int64_t> count = { 2, 2 };
    QCOMPARE(readBox(*dataset.find("w"), start, count), (Floats { 0, 0, 0, 7 }));
}

void OnnxTest::readsAttributes()
{
    ModelProto model = onnxmodel::small();
    onnx::NodeProto& node = *model.mutable_graph()->mutable_node(0);
    onnxmodel::addAttribute(node, "f", AttributeProto::FLOAT).set_f(0.5F);
    onnxmodel::addAttribute(node, "i", AttributeProto::INT).set_i(-3);
    onnxmodel::addAttribute(node, "s", AttributeProto::STRING).set_s("text");
    onnxmodel::addAttribute(node, "fs", AttributeProto::FLOATS).add_floats(2.5F);
    onnxmodel::addAttribute(node, "is", AttributeProto::INTS).add_ints(7);
    onnxmodel::addAttribute(node, "none", AttributeProto::INTS);
    onnxmodel::addAttribute(node, "ss", AttributeProto::STRINGS).add_strings("alpha");
    onnxmodel::addAttribute(node, "untyped", AttributeProto::UNDEFINED).add_ints(9);
    const Dataset dataset = open(model);
    const engine::Node& read = dataset.graph->nodes.front();
    QCOMPARE(read.real("f", 0), 0.5);
    QCOMPARE(read.integer("i", 0), -3);
    QCOMPARE(read.text("s", ""), std::string("text"));
    QCOMPARE(std::get<std::vector<double>>(read.attributes.at("fs")), std::vector<double> { 2.5 });
    QCOMPARE(read.integers("is"), std::vector<std::int64_t> { 7 });
    QCOMPARE(read.integers("none", { 1 }), std::vector<std::int64_t> {});
    QCOMPARE(std::get<std::vector<std::string>>(read.attributes.at("ss")),
             std::vector<std::string> { "alpha" });
    QCOMPARE(read.integers("untyped"), std::vector<std::int64_t> { 9 });
}

void OnnxTest::foldsConstants_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Floats>("values");
    QTest::addColumn<int>("rank");
    const auto row = [](const char* key, AttributeProto::AttributeType type,
                        const std::function<void(AttributeProto&)>& fill, const Floats& values, int rank) {
        QTest::newRow(key) << Change([key, type, fill](ModelProto& model) {
            onnx::NodeProto& node = onnxmodel::addNode(model, "Constant", {}, { "c" });
            fill(onnxmodel::addAttribute(node, key, type));
        }) << values << rank;
    };
    row(
        "value", AttributeProto::TENSOR,
        [](AttributeProto& attribute) {
            onnxmodel::fill(*attribute.mutable_t(), "", { 1, 2 }, TensorProto::FLOAT);
            attribute.mutable_t()->add_float_data(3);
            attribute.mutable_t()->add_float_data(4);
        },
        { 3, 4 }, 2);
    row(
        "value_float", AttributeProto::FLOAT, [](AttributeProto& attribute) { attribute.set_f(0.5F); },
        { 0.5F }, 0);
    row(
        "value_floats", AttributeProto::FLOATS, [](AttributeProto& attribute) { attribute.add_floats(2); },
        { 2 }, 1);
    row(
        "value_int", AttributeProto::INT, [](AttributeProto& attribute) { attribute.set_i(-6); }, { -6 }, 0);
    row(
        "value_ints", AttributeProto::INTS,
        [](AttributeProto& attribute) {
            attribute.add_ints(1);
            attribute.add_ints(2);
        },
        { 1, 2 }, 1);
}

void OnnxTest::foldsConstants()
{
    QFETCH(Change, change);
    QFETCH(int, rank);
    ModelProto model = onnxmodel::small();
    change(model);
    const Dataset dataset = open(model);
    QCOMPARE(dataset.graph->nodes.size(), 1U);
    QTEST(samples::values(dataset, "c"), "values");
    QCOMPARE(dataset.graph->constant("c")->shape.rank(), static_cast<std::size_t>(rank));
}

void OnnxTest::namesNodes()
{
    ModelProto model = onnxmodel::empty();
    onnxmodel::describe(*model.mutable_graph()->add_input(), "x", { 1 });
    onnxmodel::addNode(model, "Relu", { "x" }, { "a" }, "act");
    onnxmodel::addNode(model, "Relu", { "x" }, { "b" }, "act");
    onnxmodel::addNode(model, "Relu", { "x" }, { "c" }, "act_2");
    onnxmodel::addNode(model, "Relu", { "x" }, { "d" });
    onnxmodel::addNode(model, "Relu", { "x" }, { "e" }, "act");
    const Dataset dataset = open(model);
    std::vector<std::string> names;
    for (const engine::Node& node : dataset.graph->nodes)
        names.push_back(node.name);
    QCOMPARE(names, (std::vector<std::string> { "act", "act_2", "act_2_2", "d", "act_3" }));
}

void OnnxTest::sortsNodes()
{
    ModelProto model = onnxmodel::empty();
    onnxmodel::describe(*model.mutable_graph()->add_input(), "x", { 1 });
    onnxmodel::addNode(model, "Relu", { "a" }, { "b" });
    onnxmodel::addNode(model, "Relu", { "x" }, { "a" });
    const Dataset dataset = open(model);
    QCOMPARE(dataset.layers.front().name, std::string("a"));
    QVERIFY(dataset.graph->shape("b") != nullptr);
}

void OnnxTest::takesInitializersOffTheInputs()
{
    ModelProto model = onnxmodel::small();
    onnxmodel::describe(*model.mutable_graph()->add_input(), "w", { 4, 3 });
    QCOMPARE(open(model).graph->inputs.size(), 1U);
}

void OnnxTest::opensWithARemark_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("phrase");
    QTest::newRow("unknown operator")
        << Change([](ModelProto& model) { onnxmodel::addNode(model, "Frobnicate", { "y" }, { "z" }, "odd"); })
        << "the operator Frobnicate is not known";
    QTest::newRow("unknown domain") << Change([](ModelProto& model) {
        onnxmodel::addNode(model, "Gelu", { "y" }, { "z" }).set_domain("com.example");
    }) << "the operator Gelu of com.example";
    QTest::newRow("sub-network") << Change([](ModelProto& model) {
        onnx::NodeProto& node = onnxmodel::addNode(model, "If", { "y" }, { "z" });
        auto* branch = onnxmodel::addAttribute(node, "then_branch", AttributeProto::GRAPH).mutable_g();
        branch->add_node()->set_op_type("Relu");
    }) << "If holds a network of its own";
    QTest::newRow("texts") << Change([](ModelProto& model) {
        TensorProto& tensor = *model.mutable_graph()->add_initializer();
        onnxmodel::fill(tensor, "words", { 1 }, TensorProto::STRING);
        tensor.add_string_data("alpha");
        onnxmodel::addNode(model, "Identity", { "words" }, { "z" });
    }) << "the tensor words holds texts";
    QTest::newRow("free height") << Change([](ModelProto& model) {
        onnxmodel::describe(*model.mutable_graph()->add_input(), "image", { -1, 3, -1, -1 });
    }) << "the input image has free extents";
    QTest::newRow("broken shape") << Change([](ModelProto& model) {
        onnxmodel::addNode(model, "Add", { "y", "wrong" }, { "z" });
        onnxmodel::addWeight(model, "wrong", { 7 });
    }) << "do not go together";
    QTest::newRow("input without shape")
        << Change([](ModelProto& model) { model.mutable_graph()->add_input()->set_name("anything"); })
        << "the value anything has no shape";
}

void OnnxTest::opensWithARemark()
{
    QFETCH(Change, change);
    QFETCH(QString, phrase);
    ModelProto model = onnxmodel::small();
    change(model);
    const Dataset dataset = open(model);
    QVERIFY(!dataset.remarks.empty());
    const QString text = QString::fromStdString(dataset.remarks.front().text);
    QVERIFY2(text.contains(phrase), qPrintable(text));
    const auto layer = std::ranges::find(dataset.layers, "fc", &engine::Layer::name);
    QVERIFY(*layer->output == (Shape { 1, 3 }));
}

void OnnxTest::refusesBadInput_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("phrase");
    const auto row = [](const char* name, const Change& change, const char* phrase) {
        QTest::newRow(name) << change << QString::fromUtf8(phrase);
    };
    const auto dims = [](std::initializer_list<std::int64_t> values) {
        return tensorChange([extents = std::vector(values)](TensorProto& tensor) {
            tensor.clear_dims();
            for (const std::int64_t extent : extents)
                tensor.add_dims(extent);
        });
    };
    row("negative extent", dims({ -4, 3 }), "tensor w: shape: extent -4 is negative");
    row("overflowing shape", dims({ huge, huge }), "more than 2^62 elements");
    row("shape whose bytes overflow", dims({ huge, 2 }), "tensor w");
    row("shape beyond the data", dims({ 4, 300 }), "holds 48 bytes where its shape");
    row("empty with a huge extent", tensorChange([](TensorProto& tensor) {
            tensor.clear_raw_data();
            tensor.set_dims(0, 0);
            tensor.set_dims(1, huge);
        }),
        "is empty, yet has extents");
    row("too many axes", tensorChange([](TensorProto& tensor) {
            for (int i = 0; i < 40; ++i)
                tensor.add_dims(1);
        }),
        "axes");
    row("segments", tensorChange([](TensorProto& tensor) { tensor.mutable_segment()->set_begin(1); }),
        "segments");
    row(
        "cycle",
        [](ModelProto& model) {
            onnxmodel::addNode(model, "Add", { "y", "later" }, { "one" }, "first");
            onnxmodel::addNode(model, "Relu", { "one" }, { "later" }, "second");
        },
        "has a cycle");
    row(
        "missing value", [](ModelProto& model) { onnxmodel::addNode(model, "Relu", { "ghost" }, { "z" }); },
        "\"ghost\"");
    row(
        "made twice", [](ModelProto& model) { onnxmodel::addNode(model, "Relu", { "x" }, { "y" }, "again"); },
        "node again makes the value \"y\"");
    row(
        "two constants", [](ModelProto& model) { onnxmodel::addWeight(model, "w", { 1 }); },
        "two constants called w");
    row("initializer without a name", tensorChange([](TensorProto& tensor) { tensor.clear_name(); }),
        "has no name");
    row(
        "node without operator",
        [](ModelProto& model) { onnxmodel::addNode(model, "", { "x" }, { "z" }, "odd"); },
        "node odd has no operator");
    row(
        "no graph", [](ModelProto& model) { model.clear_graph(); }, "holds no network");
    row("external file missing", external({ { "location", "gone.bin" } }), "gone.bin is missing");
    row("external without location", external({}), "has no location");
    row("external, absolute", external({ { "location", "/etc/hostname" } }), "outside the network's folder");
    row("external, climbing", external({ { "location", "a/../../b.bin" } }), "outside the network's folder");
    row("external, offset outside", external({ { "location", "short.bin" }, { "offset", "8" } }),
        "lies outside short.bin");
    row("external, huge offset",
        external({ { "location", "short.bin" }, { "offset", "18446744073709551615" } }),
        "lies outside short.bin");
    row("external, offset no number", external({ { "location", "short.bin" }, { "offset", "-1" } }),
        "the offset \"-1\"");
    row("external, another length", external({ { "location", "short.bin" }, { "length", "40" } }),
        "holds 40 bytes");
    row("external is a folder", external({ { "location", "." } }), "is missing");
    row(
        "sparse, index outside",
        [](ModelProto& model) {
            addSparse(model, { 2 }, { 1, 12 });
        },
        "index 12 is outside 0..11");
    row(
        "sparse, negative index",
        [](ModelProto& model) {
            addSparse(model, { 2 }, { -1, 2 });
        },
        "index -1");
    row(
        "sparse, named twice",
        [](ModelProto& model) {
            addSparse(model, { 2 }, { 3, 3 });
        },
        "named twice");
    row(
        "sparse, too few indices", [](ModelProto& model) { addSparse(model, { 1 }, { 1 }); },
        "do not fit its 2 values");
    row(
        "sparse, huge",
        [](ModelProto& model) {
            addSparse(model, { 2 }, { 1, 2 }).set_dims(0, 1LL << 40);
        },
        "unpack");
}

void OnnxTest::refusesBadInput()
{
    QFETCH(Change, change);
    QFETCH(QString, phrase);
    samples::write(m_folder.path(), QStringLiteral("short.bin"), samples::counting(12));
    ModelProto model = onnxmodel::small();
    change(model);
    const QString sentence = samples::failureOfOpening(write(model));
    QVERIFY2(sentence.contains(phrase), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("net.onnx")), qPrintable(sentence));
}

void OnnxTest::refusesLinksOutOfTheFolder()
{
    QTemporaryDir elsewhere;
    samples::write(elsewhere.path(), QStringLiteral("w.bin"), samples::counting(12));
    QVERIFY(QFile::link(elsewhere.filePath(QStringLiteral("w.bin")),
                        m_folder.filePath(QStringLiteral("link.bin"))));
    ModelProto model = onnxmodel::small();
    external({ { "location", "link.bin" } })(model);
    QVERIFY(samples::failureOfOpening(write(model)).contains(QStringLiteral("outside the network's folder")));
}

void OnnxTest::refusesTruncation()
{
    const QByteArray whole = onnxmodel::bytes(onnxmodel::small());
    for (qsizetype length = 1; length < whole.size(); ++length) {
        const auto path = samples::write(m_folder.path(), QStringLiteral("cut.onnx"), whole.left(length));
        const QString sentence = samples::failure([&] { engine::formats::readOnnx(path, {}); });
        // What follows the graph can be missing: the versions of the operators.
        if (length < whole.size() - 4)
            QVERIFY2(sentence.contains(QStringLiteral("cut.onnx")), qPrintable(QString::number(length)));
    }
}

void OnnxTest::recognises()
{
    const auto path = write(onnxmodel::small(), "without suffix");
    QCOMPARE(samples::open(path).format, std::string("onnx"));
    QVERIFY(!engine::formats::recogniseOnnx("", {}));
    QVERIFY(!engine::formats::recogniseOnnx("\x08\x07", {}));
    QVERIFY(!engine::formats::recogniseOnnx("\x08\x07\x00\x00", {}));
}

void OnnxTest::realNetworks()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<quint64>("parameters");
    QTest::addColumn<quint64>("macs");
    const auto row = [](const char* file, quint64 parameters, quint64 macs) {
        QTest::newRow(file) << QStringLiteral("nets/") + QString::fromUtf8(file) << parameters << macs;
    };
    row("lenet300/lenet300_100.onnx", 266'610, 266'200);
    row("lenet300/lenet300_100_sparse.onnx", 266'610, 266'200);
    row("lenet5/lenet5.onnx", 431'080, 2'293'000);
    row("lenet5/lenet5_sparse.onnx", 431'080, 2'293'000);
    row("mobilenetv2/mobilenet_v2_int8dequant.onnx", 3'487'816, 300'774'272);
    row("resnet20/resnet20_cifar10.onnx", 269'722, 40'551'040);
    row("squeezenet/squeezenet10_deepcompressed_decoded.onnx", 1'248'424, 861'339'936);
    row("squeezenet/squeezenet11.onnx", 1'235'496, 387'747'520);
}

void OnnxTest::opensRealNetworks_data()
{
    realNetworks();
}

void OnnxTest::opensRealNetworks()
{
    REQUIRE_SHARED_DATA("nets");
    QFETCH(QString, file);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    QCOMPARE(dataset.format, std::string("onnx"));
    QVERIFY(dataset.remarks.empty());
    QTEST(quint64 { dataset.parameters() }, "parameters");
    QTEST(quint64 { dataset.macs() }, "macs");
}

void OnnxTest::knowsAllShapesOfRealNetworks_data()
{
    realNetworks();
}

/// Against what an independent program measured, where it lists the node.
void OnnxTest::knowsAllShapesOfRealNetworks()
{
    REQUIRE_SHARED_DATA("expected");
    QFETCH(QString, file);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    for (const engine::Node& node : dataset.graph->nodes) {
        for (const std::string& output : node.outputs)
            QVERIFY2(dataset.graph->shape(output) != nullptr, output.c_str());
    }
    QString name = QFileInfo(file).completeBaseName();
    name.remove(QStringLiteral("_int8dequant")).remove(QStringLiteral("_decoded"));
    QFile answers(sharedData(QStringLiteral("expected/") + name + QStringLiteral("_activations.json")));
    QVERIFY2(answers.open(QIODevice::ReadOnly), qPrintable(answers.fileName()));
    const QJsonArray nodes = QJsonDocument::fromJson(answers.readAll()).object()[u"nodes"].toArray();
    QVERIFY(!nodes.isEmpty());
    for (const auto& each : nodes) {
        const QJsonObject expected = each.toObject();
        const auto layer = std::ranges::find(dataset.layers, expected[u"node"].toString().toStdString(),
                                             &engine::Layer::name);
        QVERIFY(layer != dataset.layers.end());
        std::vector<std::int64_t> extents = { 1 };
        for (const auto& extent : expected[u"shape_per_image"].toArray())
            extents.push_back(extent.toInt());
        QCOMPARE(layer->output->extents(), extents);
    }
}

void OnnxTest::agreesWithTheMobileNetTable()
{
    REQUIRE_SHARED_DATA("../golden/networks/mobilenet_v2.json");
    REQUIRE_SHARED_DATA("nets");
    QFile file(sharedData(QStringLiteral("../golden/networks/mobilenet_v2.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::vector<quint64> expected;
    for (const auto& each : QJsonDocument::fromJson(file.readAll()).object()[u"layers"].toArray()) {
        if (const auto macs = each.toObject()[u"macs"].toInteger(); macs > 0)
            expected.push_back(static_cast<quint64>(macs));
    }
    std::vector<quint64> found;
    const Dataset dataset = samples::open(
        sharedData(QStringLiteral("nets/mobilenetv2/mobilenet_v2_int8dequant.onnx")).toStdString());
    for (const engine::Layer& layer : dataset.layers) {
        if (layer.macs > 0)
            found.push_back(layer.macs);
    }
    QCOMPARE(found, expected);
}

QTEST_GUILESS_MAIN(OnnxTest)
#include "onnx_test.moc"
