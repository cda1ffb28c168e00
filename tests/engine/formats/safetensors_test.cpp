#include "engine/formats/catalogue.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::Role;
using engine::Shape;
using samples::counting;
using samples::raw;
using samples::safetensors;

namespace {

using Floats = std::vector<float>;

/// A header with one tensor "t".
QByteArray one(const char* type, const char* shape, const char* offsets)
{
    return QByteArray(R"({"t":{"dtype":")") + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets
        + "}}";
}

} // namespace

Q_DECLARE_METATYPE(Floats)

class SafetensorsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsEveryType_data();
    void readsEveryType();
    void readsScalarsAndEmptyTensors();
    void keepsOrderAndMetadata();
    void leavesOutTypesWithoutFloat();
    void takesUnnamedFloatsForWeights();
    void readsShards();
    void refusesBadShards_data();
    void refusesBadShards();
    void refusesBadInput_data();
    void refusesBadInput();
    void readsRealNetworks_data();
    void readsRealNetworks();

private:
    std::filesystem::path write(const QByteArray& bytes,
                                const QString& name = QStringLiteral("a.safetensors"))
    {
        return samples::write(m_folder.path(), name, bytes);
    }

    QTemporaryDir m_folder;
};

void SafetensorsTest::readsEveryType_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Floats>("expected");
    QTest::newRow("BOOL") << raw<quint8>({ 1, 0 }) << Floats { 1, 0 };
    QTest::newRow("U8") << raw<quint8>({ 200, 1 }) << Floats { 200, 1 };
    QTest::newRow("I8") << raw<qint8>({ -3, 4 }) << Floats { -3, 4 };
    QTest::newRow("U16") << raw<quint16>({ 60000, 1 }) << Floats { 60000, 1 };
    QTest::newRow("I16") << raw<qint16>({ -30000, 1 }) << Floats { -30000, 1 };
    QTest::newRow("U32") << raw<quint32>({ 7, 1U << 31 }) << Floats { 7, 0x1p31F };
    QTest::newRow("I32") << raw<qint32>({ -7, 1 }) << Floats { -7, 1 };
    QTest::newRow("U64") << raw<quint64>({ 1ULL << 50, 1 }) << Floats { 0x1p50F, 1 };
    QTest::newRow("I64") << raw<qint64>({ -9, 1 }) << Floats { -9, 1 };
    QTest::newRow("F16") << raw<quint16>({ 0x3C00, 0xC100 }) << Floats { 1, -2.5F };
    QTest::newRow("BF16") << raw<quint16>({ 0x3F80, 0xC020 }) << Floats { 1, -2.5F };
    QTest::newRow("F32") << raw<float>({ 1, -2.5F }) << Floats { 1, -2.5F };
    QTest::newRow("F64") << raw<double>({ 1, -2.5 }) << Floats { 1, -2.5F };
    QTest::newRow("F8_E4M3") << raw<quint8>({ 0x38, 0xC2 }) << Floats { 1, -2.5F };
    QTest::newRow("F8_E5M2") << raw<quint8>({ 0x3C, 0xC1 }) << Floats { 1, -2.5F };
}

void SafetensorsTest::readsEveryType()
{
    QFETCH(QByteArray, data);
    QFETCH(Floats, expected);
    const QByteArray offsets = "[0," + QByteArray::number(static_cast<int>(data.size())) + ']';
    const Dataset dataset =
        samples::open(write(safetensors(one(QTest::currentDataTag(), "[2]", offsets.constData()), data)));
    QCOMPARE(dataset.format, std::string("safetensors"));
    QCOMPARE(samples::values(dataset, "t"), expected);
    QVERIFY(!dataset.tensors.at(0).source->mapped().empty());
}

void SafetensorsTest::readsScalarsAndEmptyTensors()
{
    const QByteArray header = R"({"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},)"
                              R"("e":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]},)"
                              R"("v":{"dtype":"U8","shape":[1,1],"data_offsets":[4,5]}}    )";
    const Dataset dataset = samples::open(
        write(safetensors(header, raw<float>({ 6 }) + '\x09'), QStringLiteral("größe.safetensors")));
    QCOMPARE(samples::values(dataset, "s"), Floats { 6 });
    QCOMPARE(samples::values(dataset, "e"), Floats());
    QCOMPARE(samples::values(dataset, "v"), Floats { 9 });
    QCOMPARE(samples::open(write(safetensors("{}", {}))).tensors.size(), 0U);
}

void SafetensorsTest::keepsOrderAndMetadata()
{
    const QByteArray header = R"({"__metadata__":{"format":"pt","a":"b"},)"
                              R"("z":{"data_offsets":[4,8],"extra":1,"shape":[1],"dtype":"F32"},)"
                              R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
    const Dataset dataset = samples::open(write(safetensors(header, counting(2))));
    QCOMPARE(dataset.tensors.at(0).name, std::string("z"));
    QCOMPARE(samples::values(dataset, "z"), Floats { 1 });
    QCOMPARE(samples::values(dataset, "a"), Floats { 0 });
    QCOMPARE(dataset.facts.at("format"), std::string("pt"));
}

void SafetensorsTest::leavesOutTypesWithoutFloat()
{
    const QByteArray header = R"({"q":{"dtype":"F4","shape":[8],"data_offsets":[0,4]},)"
                              R"("s":{"dtype":"F8_E8M0","shape":[4],"data_offsets":[4,8]},)"
                              R"("fc.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]}})";
    const Dataset dataset = samples::open(write(safetensors(header, counting(3))));
    QCOMPARE(dataset.tensors.size(), 1U);
    QCOMPARE(samples::values(dataset, "fc.weight"), Floats { 2 });
    QCOMPARE(dataset.remarks.size(), 2U);
    QVERIFY(QString::fromStdString(dataset.remarks[1].text).contains(QStringLiteral("\"F8_E8M0\"")));
}

void SafetensorsTest::takesUnnamedFloatsForWeights()
{
    const QByteArray header = R"({"cls_token":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                              R"("fc.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]}})";
    const Dataset dataset = samples::open(write(safetensors(header, counting(3))));
    QCOMPARE(dataset.find("cls_token")->role, Role::Weight);
    QCOMPARE(dataset.parameters(), std::uint64_t { 3 });
}

void SafetensorsTest::readsShards()
{
    const QString folder = QStringLiteral("shards/");
    write(safetensors(R"({"a.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                      R"("unlisted":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})",
                      counting(3)),
          folder + QStringLiteral("m-1-of-2.safetensors"));
    write(safetensors(R"({"b.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", counting(1)),
          folder + QStringLiteral("m-2-of-2.safetensors"));
    const auto index = write(R"({"metadata":{"total_size":12,"deep":[[1]]},"weight_map":)"
                             R"({"b.weight":"m-2-of-2.safetensors","a.weight":"m-1-of-2.safetensors"}})",
                             folder + QStringLiteral("m.safetensors.index.json"));
    const Dataset dataset = samples::open(index);
    QCOMPARE(dataset.title, std::string("m"));
    QCOMPARE(dataset.tensors.size(), 2U);
    QCOMPARE(samples::values(dataset, "a.weight"), (Floats { 0, 1 }));
    QCOMPARE(dataset.parameters(), std::uint64_t { 3 });
}

void SafetensorsTest::refusesBadShards_data()
{
    QTest::addColumn<QByteArray>("index");
    QTest::addColumn<QString>("phrase");
    const auto row = [](const char* name, const char* index, const char* phrase) {
        QTest::newRow(name) << QByteArray(index) << QString::fromLatin1(phrase);
    };
    row("outside", R"({"weight_map":{"t":"../x.safetensors"}})", "outside its own folder");
    row("absolute", R"({"weight_map":{"t":"/etc/x.safetensors"}})", "outside its own folder");
    row("hidden NUL", R"({"weight_map":{"t":"x\u0000.safetensors"}})", "outside its own folder");
    row("missing", R"({"weight_map":{"t":"none.safetensors"}})", "which is not beside it");
    row("pickle", R"({"weight_map":{"t":"pytorch_model.bin"}})", "safe_serialization=True");
    row("lacks", R"({"weight_map":{"u":"here.safetensors"}})", "lacks the tensor \"u\"");
    row("no map", R"({"metadata":{}})", "names no tensors");
    row("number", R"({"weight_map":{"t":1}})", "one file per tensor");
    row("list", R"({"weight_map":["here.safetensors"]})", "one file per tensor");
    row("twice", R"({"weight_map":{"t":"here.safetensors","t":"here.safetensors"}})", "stands twice");
    row("no JSON", R"({"weight_map":)", "is not valid JSON at byte");
    row("deep", "[[[[[[[[[[[[[[[[[[[[[[", "deeper than 16");
}

void SafetensorsTest::refusesBadShards()
{
    QFETCH(QByteArray, index);
    QFETCH(QString, phrase);
    write(safetensors(one("F32", "[1]", "[0,4]"), counting(1)), QStringLiteral("here.safetensors"));
    const auto path = write(index, QStringLiteral("x.safetensors.index.json"));
    const engine::formats::Reader* reader = nullptr;
    for (const engine::formats::Reader& row : engine::formats::catalogue())
        reader = row.id == "safetensors" ? &row : reader;
    const QString said = samples::failure([&] { reader->read(path, {}); });
    QVERIFY2(said.contains(phrase), qPrintable(said));
}

void SafetensorsTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("phrase");
    const auto row = [](const char* name, const QByteArray& bytes, const char* phrase) {
        QTest::newRow(name) << bytes << QString::fromLatin1(phrase);
    };
    const QByteArray four = counting(1);
    const auto bad = [&](const char* name, const QByteArray& header, const char* phrase) {
        row(name, safetensors(header, four), phrase);
    };
    row("short", "abc", "is too short");
    row("header beyond the file", raw<quint64>({ 5000 }) + "{}", "claims a header of 5000 bytes");
    row("header beyond the cap", raw<quint64>({ ~0ULL }) + "{}", "claims a header of 18446744073709551615");
    row("no header", raw<quint64>({ 0 }) + "{}", "does not begin with {");
    bad("space first", " " + one("F32", "[1]", "[0,4]"), "does not begin with {");
    bad("cut JSON", one("F32", "[1]", "[0,4]").chopped(3), "is not valid JSON at byte");
    bad("bad UTF-8", "{\"\xff\":1}", "is not valid JSON at byte");
    bad("deep", R"({"t":{"shape":[[[[1]]]]}})", "deeper than 3");
    bad("very deep", R"({"t":{"x":)" + QByteArray(100000, '['), "deeper than 3");
    bad("twice",
        R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        "\"t\" stands twice");
    bad("key twice", R"({"t":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        "\"dtype\" stands twice");
    bad("no object", R"({"t":1})", "not a tensor");
    bad("list", R"({"t":[]})", "\"t\" is not an object");
    bad("metadata", R"({"__metadata__":{"a":1}})", "__metadata__ holds more than text");
    bad("nested metadata", R"({"__metadata__":{"a":{}}})", "__metadata__ holds more than text");
    bad("no dtype", R"({"t":{"shape":[1],"data_offsets":[0,4]}})", "lacks dtype, shape or data_offsets");
    bad("no shape", R"({"t":{"dtype":"F32","data_offsets":[0,4]}})", "lacks dtype");
    bad("no offsets", R"({"t":{"dtype":"F32","shape":[1]}})", "lacks dtype");
    bad("empty", R"({"t":{}})", "lacks dtype");
    bad("dtype number", R"({"t":{"dtype":1}})", "dtype that is no text");
    bad("shape number", R"({"t":{"dtype":"F32","shape":1,"data_offsets":[0,4]}})", "lacks dtype");
    bad("negative", one("F32", "[-1]", "[0,4]"), "whole numbers from 0");
    bad("fraction", one("F32", "[1.0]", "[0,4]"), "whole numbers from 0");
    bad("beyond 64 bits", one("F32", "[18446744073709551615]", "[0,4]"), "whole numbers from 0");
    bad("overflow", one("F32", "[4611686018427387904,4]", "[0,4]"), "more than 2^62");
    bad("bytes overflow", one("F32", "[4611686018427387904]", "[0,4]"), "needs more than the 4 bytes");
    bad("empty yet huge", one("F32", "[0,4611686018427387904]", "[0,0]"), "is empty, yet");
    bad("three offsets", one("F32", "[1]", "[0,4,4]"), "not [begin, end]");
    bad("backwards", one("F32", "[1]", "[4,0]"), "not [begin, end]");
    bad("outside", one("F32", "[2]", "[0,8]"), "ends at byte 8 of the data, which has 4");
    bad("shape smaller", one("F32", "[0]", "[0,4]"), "takes 4 bytes");
    bad("type smaller", one("F16", "[1]", "[0,4]"), "takes 4 bytes");
    row("hole at the end", safetensors(one("F32", "[1]", "[0,4]"), counting(2)), "tensors end at byte 4");
    row("hole at the start", safetensors(one("F32", "[1]", "[4,8]"), counting(2)), "a hole or an overlap");
    bad("overlap",
        R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        "a hole or an overlap");
}

void SafetensorsTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, phrase);
    const QString said = samples::failureOfOpening(write(bytes));
    QVERIFY2(said.contains(phrase), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("a.safetensors")), qPrintable(said));
}

void SafetensorsTest::readsRealNetworks_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("parameters");
    QTest::newRow("LeNet-300-100") << QStringLiteral("nets/lenet300/lenet300_100.safetensors") << 266610;
    QTest::newRow("LeNet-5") << QStringLiteral("nets/lenet5/lenet5.safetensors") << 431080;
    QTest::newRow("ResNet-20") << QStringLiteral("nets/resnet20/resnet20_cifar10.safetensors") << 269722;
}

void SafetensorsTest::readsRealNetworks()
{
    REQUIRE_SHARED_DATA("nets");
    QFETCH(QString, file);
    QFETCH(int, parameters);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    QCOMPARE(dataset.parameters(), static_cast<std::uint64_t>(parameters));
    const QString twin = QString(file).replace(QStringLiteral(".safetensors"), QStringLiteral(".onnx"));
    QCOMPARE(samples::open(sharedData(twin).toStdString()).parameters(), dataset.parameters());
    for (const engine::Tensor& tensor : dataset.tensors)
        QVERIFY(tensor.shape.elements() == 0 || !tensor.source->mapped().empty());
}

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
