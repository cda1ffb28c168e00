#include "engine/formats/onnx_reader.h"
#include "tests/engine/formats/onnx_model.h"
#include "tests/engine/formats/sample_files.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::DType;
using engine::Role;
using engine::Shape;
using onnx::AttributeProto;
using onnx::ModelProto;
using onnx::TensorProto;
using onnxmodel::addSparse;
using onnxmodel::Change;
using onnxmodel::external;
using onnxmodel::tensorChange;

namespace {

using Floats = std::vector<float>;

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
    void recognises();

private:
    std::filesystem::path write(const ModelProto& model, const char* name = "net.onnx")
    {
        return samples::write(m_folder.path(), QString::fromUtf8(name), onnxmodel::bytes(model));
    }
    Dataset open(const ModelProto& model) { return samples::open(write(model)); }

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

void OnnxTest::recognises()
{
    const auto path = write(onnxmodel::small(), "without suffix");
    QCOMPARE(samples::open(path).format, std::string("onnx"));
    QVERIFY(!engine::formats::recogniseOnnx("", {}));
    QVERIFY(!engine::formats::recogniseOnnx("\x08\x07", {}));
    QVERIFY(!engine::formats::recogniseOnnx("\x08\x07\x00\x00", {}));
}

QTEST_GUILESS_MAIN(OnnxTest)
#include "onnx_test.moc"
