#include "engine/formats/onnx_reader.h"
#include "tests/engine/formats/onnx_model.h"
#include "tests/engine/formats/sample_files.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::Shape;
using onnx::AttributeProto;
using onnx::ModelProto;
using onnx::TensorProto;
using onnxmodel::addSparse;
using onnxmodel::Change;
using onnxmodel::external;
using onnxmodel::tensorChange;

namespace {

constexpr std::int64_t huge = std::int64_t { 1 } << 61;

} // namespace

Q_DECLARE_METATYPE(Change)

class OnnxBadTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void opensWithARemark_data();
    void opensWithARemark();
    void refusesBadInput_data();
    void refusesBadInput();
    void refusesLinksOutOfTheFolder();
    void refusesTruncation();

private:
    std::filesystem::path write(const ModelProto& model, const char* name = "net.onnx")
    {
        return samples::write(m_folder.path(), QString::fromUtf8(name), onnxmodel::bytes(model));
    }
    Dataset open(const ModelProto& model) { return samples::open(write(model)); }

    QTemporaryDir m_folder;
};

void OnnxBadTest::opensWithARemark_data()
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

void OnnxBadTest::opensWithARemark()
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

void OnnxBadTest::refusesBadInput_data()
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

void OnnxBadTest::refusesBadInput()
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

void OnnxBadTest::refusesLinksOutOfTheFolder()
{
    QTemporaryDir elsewhere;
    samples::write(elsewhere.path(), QStringLiteral("w.bin"), samples::counting(12));
    QVERIFY(QFile::link(elsewhere.filePath(QStringLiteral("w.bin")),
                        m_folder.filePath(QStringLiteral("link.bin"))));
    ModelProto model = onnxmodel::small();
    external({ { "location", "link.bin" } })(model);
    QVERIFY(samples::failureOfOpening(write(model)).contains(QStringLiteral("outside the network's folder")));
}

void OnnxBadTest::refusesTruncation()
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

QTEST_GUILESS_MAIN(OnnxBadTest)
#include "onnx_bad_test.moc"
