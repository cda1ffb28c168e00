#include "engine/base/error.h"
#include "engine/formats/catalogue.h"
#include "engine/formats/labels.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::Role;
using engine::Shape;
using samples::npy;
using samples::raw;
using samples::swapped;

namespace {

using Floats = std::vector<float>;

} // namespace

Q_DECLARE_METATYPE(Floats)

class NpyTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsEveryType_data();
    void readsEveryType();
    void readsEveryVersion_data();
    void readsEveryVersion();
    void keepsNativeOrderMapped();
    void readsFortranOrder();
    void readsBoxesOfFortranOrder();
    void readsScalarsAndEmptyArrays_data();
    void readsScalarsAndEmptyArrays();
    void readsStructures();
    void readsFieldsThatAreArrays();
    void givesRoleAndLayoutByRank_data();
    void givesRoleAndLayoutByRank();
    void offersImages_data();
    void offersImages();
    void readsLabels();
    void saysWhatFollowsTheArray();
    void refusesBadInput_data();
    void refusesBadInput();
    void readsRealMean();

private:
    std::filesystem::path write(const QByteArray& bytes, const QString& name = QStringLiteral("a.npy"))
    {
        return samples::write(m_folder.path(), name, bytes);
    }

    QTemporaryDir m_folder;
};

void NpyTest::readsEveryType_data()
{
    QTest::addColumn<QByteArray>("descr");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Floats>("expected");
    QTest::newRow("b1") << QByteArray("'|b1'") << raw<quint8>({ 1, 0, 1 }) << Floats { 1, 0, 1 };
    QTest::newRow("?") << QByteArray("'?'") << raw<quint8>({ 0, 1 }) << Floats { 0, 1 };
    QTest::newRow("u1") << QByteArray("'|u1'") << raw<quint8>({ 7, 255 }) << Floats { 7, 255 };
    QTest::newRow("i1") << QByteArray("'|i1'") << raw<qint8>({ -7, 127 }) << Floats { -7, 127 };
    QTest::newRow("u2") << QByteArray("'<u2'") << raw<quint16>({ 1, 60000 }) << Floats { 1, 60000 };
    QTest::newRow("u2 big") << QByteArray("'>u2'") << swapped<quint16>({ 1, 60000 }) << Floats { 1, 60000 };
    QTest::newRow("i2") << QByteArray("'<i2'") << raw<qint16>({ -300, 2 }) << Floats { -300, 2 };
    QTest::newRow("i2 big") << QByteArray("'>i2'") << swapped<qint16>({ -300, 2 }) << Floats { -300, 2 };
    QTest::newRow("u4") << QByteArray("'<u4'") << raw<quint32>({ 1U << 31 }) << Floats { 2147483648.0F };
    QTest::newRow("i4") << QByteArray("'<i4'") << raw<qint32>({ -70000 }) << Floats { -70000 };
    QTest::newRow("i4 big") << QByteArray("'>i4'") << swapped<qint32>({ -70000 }) << Floats { -70000 };
    QTest::newRow("u8") << QByteArray("'<u8'") << raw<quint64>({ 1ULL << 40 }) << Floats { 0x1p40F };
    QTest::newRow("i8") << QByteArray("'<i8'") << raw<qint64>({ -5 }) << Floats { -5 };
    QTest::newRow("i8 big") << QByteArray("'>i8'") << swapped<qint64>({ -5, 6 }) << Floats { -5, 6 };
    QTest::newRow("f2") << QByteArray("'<f2'") << raw<quint16>({ 0x3C00, 0xC100 }) << Floats { 1, -2.5F };
    QTest::newRow("f2 big") << QByteArray("'>f2'") << swapped<quint16>({ 0x3C00, 0xC100 })
                            << Floats { 1, -2.5F };
    QTest::newRow("f4") << QByteArray("'<f4'") << raw<float>({ 0.5F, -3 }) << Floats { 0.5F, -3 };
    QTest::newRow("f4 native") << QByteArray("'=f4'") << raw<float>({ 0.5F }) << Floats { 0.5F };
    QTest::newRow("f4 big") << QByteArray("\">f4\"") << swapped<float>({ 0.5F, -3 }) << Floats { 0.5F, -3 };
    QTest::newRow("f8") << QByteArray("'<f8'") << raw<double>({ 0.25, 1e3 }) << Floats { 0.25F, 1000 };
    QTest::newRow("f8 big") << QByteArray("'>f8'") << swapped<double>({ 0.25, 1e3 })
                            << Floats { 0.25F, 1000 };
}

void NpyTest::readsEveryType()
{
    QFETCH(QByteArray, descr);
    QFETCH(QByteArray, data);
    QFETCH(Floats, expected);
    const QByteArray shape = '(' + QByteArray::number(static_cast<int>(expected.size())) + ",)";
    const Dataset dataset = samples::open(write(npy(descr, shape, data)));
    QCOMPARE(dataset.format, std::string("npy"));
    QCOMPARE(dataset.tensors.size(), 1U);
    QVERIFY(dataset.tensors[0].shape == Shape({ static_cast<std::int64_t>(expected.size()) }));
    QCOMPARE(samples::values(dataset, "a"), expected);
}

void NpyTest::readsEveryVersion_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("name");
    QTest::newRow("1") << 1 << QStringLiteral("v1.npy");
    QTest::newRow("2") << 2 << QStringLiteral("v2.npy");
    QTest::newRow("3, Unicode path") << 3 << QStringLiteral("Ordner mit Leerzeichen/größe 図.npy");
}

void NpyTest::readsEveryVersion()
{
    QFETCH(int, version);
    QFETCH(QString, name);
    const auto path = write(npy("'<f4'", "(2, 2)", samples::counting(4), { false, version }), name);
    const Dataset dataset = samples::open(path);
    QCOMPARE(engine::readFloats(dataset.tensors.at(0)), (Floats { 0, 1, 2, 3 }));
    QCOMPARE(QString::fromStdString(dataset.title), name.section(QLatin1Char('/'), -1).chopped(4));
}

void NpyTest::keepsNativeOrderMapped()
{
    const Dataset dataset = samples::open(write(npy("'<f4'", "(2, 3)", samples::counting(6))));
    QCOMPARE(dataset.tensors.at(0).source->mapped().size(), 24U);
    const Dataset swappedOrder = samples::open(write(npy("'>f4'", "(6,)", samples::counting(6))));
    QVERIFY(swappedOrder.tensors.at(0).source->mapped().empty());
}

void NpyTest::readsFortranOrder()
{
    // Element (i, j) of a 2 x 3 matrix lies at i + 2 j.
    const Dataset dataset = samples::open(write(npy("'<f4'", "(2, 3)", samples::counting(6), { true, 1 })));
    QCOMPARE(samples::values(dataset, "a"), (Floats { 0, 2, 4, 1, 3, 5 }));
}

void NpyTest::readsBoxesOfFortranOrder()
{
    for (const QByteArray& descr : { QByteArray("'<f4'"), QByteArray("'>f4'") }) {
        QByteArray data;
        for (int i = 0; i < 3 * 4 * 5; ++i)
            data += descr.contains('>') ? swapped({ static_cast<float>(i) }) : raw({ static_cast<float>(i) });
        const Dataset dataset = samples::open(write(npy(descr, "(3, 4, 5)", data, { true, 1 })));
        const std::vector<std::int64_t> start { 1, 0, 2 };
        const std::vector<std::int64_t> count { 2, 3, 1 };
        Floats expected;
        for (int i = 1; i < 3; ++i) {
            for (int j = 0; j < 3; ++j)
                expected.push_back(static_cast<float>(i + 3 * j + 12 * 2));
        }
        QCOMPARE(engine::readBox(dataset.tensors.at(0), start, count), expected);
        QCOMPARE(engine::readBox(dataset.tensors[0], start, std::vector<std::int64_t> { 0, 3, 1 }), Floats());
    }
}

void NpyTest::readsScalarsAndEmptyArrays_data()
{
    QTest::addColumn<QByteArray>("shape");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Floats>("expected");
    QTest::newRow("scalar") << QByteArray("()") << raw<float>({ 4 }) << Floats { 4 };
    QTest::newRow("empty") << QByteArray("(0,)") << QByteArray() << Floats {};
    QTest::newRow("empty batch") << QByteArray("(0, 3, 224, 224)") << QByteArray() << Floats {};
    QTest::newRow("zero inside") << QByteArray("(5, 0, 2)") << QByteArray() << Floats {};
    QTest::newRow("ones") << QByteArray("(1, 1, 1, 1, 1, 1)") << raw<float>({ 9 }) << Floats { 9 };
    QTest::newRow("Python 2") << QByteArray("(2L,)") << raw<float>({ 1, 2 }) << Floats { 1, 2 };
}

void NpyTest::readsScalarsAndEmptyArrays()
{
    QFETCH(QByteArray, shape);
    QFETCH(QByteArray, data);
    QFETCH(Floats, expected);
    for (const bool fortran : { false, true }) {
        const Dataset dataset = samples::open(write(npy("'<f4'", shape, data, { fortran, 1 })));
        QCOMPARE(samples::values(dataset, "a"), expected);
        QVERIFY(dataset.images == nullptr || dataset.images->size() == 0);
    }
}

void NpyTest::readsStructures()
{
    const QByteArray item1 = raw<float>({ 1.5F }) + raw<qint16>({ -2 }) + "pad" + raw<quint8>({ 8 });
    const QByteArray item2 = raw<float>({ 2.5F }) + raw<qint16>({ -3 }) + "pad" + raw<quint8>({ 9 });
    const QByteArray descr = "[('x', '<f4'), ('y', '<i2'), ('', '|V3'), (('title', 'in'), [('z', '|u1')])]";
    const Dataset dataset = samples::open(write(npy(descr, "(2,)", item1 + item2)));
    QCOMPARE(dataset.tensors.size(), 3U);
    QCOMPARE(samples::values(dataset, "a.x"), (Floats { 1.5F, 2.5F }));
    QCOMPARE(samples::values(dataset, "a.y"), (Floats { -2, -3 }));
    QCOMPARE(samples::values(dataset, "a.in.z"), (Floats { 8, 9 }));
}

void NpyTest::readsFieldsThatAreArrays()
{
    const QByteArray descr = "[('m', '<i2', (2, 2)), ('o', '|S0')]";
    const QByteArray data = raw<qint16>({ 1, 2, 3, 4 }) + raw<qint16>({ 5, 6, 7, 8 });
    const Dataset dataset = samples::open(write(npy(descr, "(2,)", data)));
    QCOMPARE(dataset.tensors.size(), 1U);
    QVERIFY(dataset.tensors[0].shape == (Shape { 2, 2, 2 }));
    QCOMPARE(samples::values(dataset, "a.m"), (Floats { 1, 2, 3, 4, 5, 6, 7, 8 }));
    QCOMPARE(dataset.remarks.size(), 1U);
    QVERIFY(QString::fromStdString(dataset.remarks[0].text).contains(QStringLiteral("field o")));
}

void NpyTest::givesRoleAndLayoutByRank_data()
{
    QTest::addColumn<QByteArray>("shape");
    QTest::addColumn<QString>("layout");
    QTest::newRow("stream") << QByteArray("(24,)") << QStringLiteral("F");
    QTest::newRow("batch of vectors") << QByteArray("(4, 6)") << QStringLiteral("NF");
    QTest::newRow("one map") << QByteArray("(2, 3, 4)") << QStringLiteral("CHW");
    QTest::newRow("batch of maps") << QByteArray("(1, 2, 3, 4)") << QStringLiteral("NCHW");
}

void NpyTest::givesRoleAndLayoutByRank()
{
    QFETCH(QByteArray, shape);
    QFETCH(QString, layout);
    const Dataset dataset = samples::open(write(npy("'<f4'", shape, samples::counting(24))));
    const engine::Tensor& tensor = dataset.tensors.at(0);
    QCOMPARE(tensor.role, Role::Activation);
    QCOMPARE(QString::fromStdString(tensor.layout), layout);
    QCOMPARE(tensor.layer, std::string("a"));
    QCOMPARE(dataset.layers.size(), 1U);
    QCOMPARE(dataset.layers[0].activation.value_or(99), 0U);
    QVERIFY(dataset.images == nullptr);
}

void NpyTest::offersImages_data()
{
    QTest::addColumn<QByteArray>("descr");
    QTest::addColumn<QByteArray>("shape");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QList<int>>("expected"); // number, channels, height, width; empty = no images
    QTest::newRow("one, planes") << QByteArray("'|u1'") << QByteArray("(3, 4, 5)") << 60
                                 << QList<int> { 1, 3, 4, 5 };
    QTest::newRow("one, interleaved")
        << QByteArray("'|u1'") << QByteArray("(4, 5, 3)") << 60 << QList<int> { 1, 3, 4, 5 };
    QTest::newRow("many, grey") << QByteArray("'|u1'") << QByteArray("(2, 6, 5)") << 60
                                << QList<int> { 2, 1, 6, 5 };
    QTest::newRow("many, planes") << QByteArray("'|u1'") << QByteArray("(2, 3, 2, 5)") << 60
                                  << QList<int> { 2, 3, 2, 5 };
    QTest::newRow("many, interleaved")
        << QByteArray("'|u1'") << QByteArray("(2, 2, 5, 3)") << 60 << QList<int> { 2, 3, 2, 5 };
    QTest::newRow("float") << QByteArray("'<f4'") << QByteArray("(2, 1, 2, 5)") << 80
                           << QList<int> { 2, 1, 2, 5 };
    QTest::newRow("float map") << QByteArray("'<f4'") << QByteArray("(3, 4, 5)") << 240 << QList<int> {};
    QTest::newRow("16 channels") << QByteArray("'|u1'") << QByteArray("(1, 16, 2, 2)") << 64 << QList<int> {};
}

void NpyTest::offersImages()
{
    QFETCH(QByteArray, descr);
    QFETCH(QByteArray, shape);
    QFETCH(int, bytes);
    QFETCH(QList<int>, expected);
    const Dataset dataset = samples::open(write(npy(descr, shape, QByteArray(bytes, '\0'))));
    QCOMPARE(dataset.images == nullptr, expected.isEmpty());
    if (expected.isEmpty())
        return;
    const engine::Image image = dataset.images->read(dataset.images->size() - 1);
    const QList<int> got { static_cast<int>(dataset.images->size()), image.channels, image.height,
                           image.width };
    QCOMPARE(got, expected);
    QCOMPARE(image.values.size(), static_cast<std::size_t>(expected[1] * expected[2] * expected[3]));
}

void NpyTest::readsLabels()
{
    const auto path = write(npy("'<i8'", "(3, 1)", raw<qint64>({ 2, 0, 9 })), QStringLiteral("labels.npy"));
    QCOMPARE(engine::formats::readLabels(path), (std::vector<int> { 2, 0, 9 }));
    QCOMPARE(samples::open(path).tensors.at(0).role, Role::Label);
    const auto negative = write(npy("'<i4'", "(2,)", raw<qint32>({ 1, -1 })));
    QVERIFY(samples::failure([&] {
                engine::formats::readLabels(negative);
            }).contains(QStringLiteral("label 1 is -1")));
    const auto floating = write(npy("'<f4'", "(2,)", samples::counting(2)));
    QVERIFY(samples::failure([&] {
                engine::formats::readLabels(floating);
            }).contains(QStringLiteral("whole numbers")));
}

void NpyTest::saysWhatFollowsTheArray()
{
    const Dataset dataset = samples::open(write(npy("'<f4'", "(2,)", samples::counting(5))));
    QCOMPARE(dataset.remarks.size(), 1U);
    QVERIFY(QString::fromStdString(dataset.remarks[0].text).startsWith(QStringLiteral("12 bytes after")));
}

void NpyTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("phrase");
    const auto row = [](const char* name, const QByteArray& bytes, const char* phrase) {
        QTest::newRow(name) << bytes << QString::fromLatin1(phrase);
    };
    const auto typed = [](const char* descr) { return npy(descr, "(1,)", QByteArray(64, '\0')); };
    const auto text = [](const char* header) { return samples::npyWithText(header, QByteArray(64, '\0')); };
    row("wrong magic", "\x93NUMPX\x01\x00v", "is not a NumPy array");
    row("short", "\x93NUMPY\x01", "ends within the NumPy header");
    row("version", samples::npyWithText("{}", {}, 9) + QByteArray(16, ' '), "version 9");
    row("header beyond the file", npy("'<f4'", "(1,)", {}).left(40), "the NumPy header claims");
    row("huge header", QByteArray("\x93NUMPY\x02\x00\xff\xff\xff\x7f", 12), "more than 1048576");
    row("data missing", npy("'<f4'", "(10,)", samples::counting(9)), "needs more than the 36 bytes");
    row("huge shape", npy("'<f4'", "(4611686018427387904,)", {}), "needs more than");
    row("overflowing shape", npy("'<f4'", "(4611686018427387904, 4)", {}), "more than 2^62 elements");
    row("bytes overflow", npy("'<f8'", "(2305843009213693952,)", {}), "needs more than");
    row("beyond 64 bits", npy("'<f4'", "(99999999999999999999,)", {}), "beyond 64 bits");
    row("negative", npy("'<f4'", "(-1,)", {}), "is negative");
    row("empty yet huge", npy("'<f4'", "(0, 4611686018427387904)", {}), "is empty, yet has extents");
    row("too many axes", npy("'<f4'", '(' + QByteArray("1,").repeated(33) + ')', samples::counting(1)),
        "33 axes");
    row("objects", typed("'|O'"), "numpy.save(name, numpy.stack");
    row("complex", typed("'<c8'"), "save array.real and array.imag apart");
    row("text", typed("'<U5'"), "holds text");
    row("bytes", typed("'|S5'"), "holds text");
    row("void", typed("'|V2'"), "perhaps bfloat16");
    row("dates", typed("'<M8[ns]'"), "holds dates");
    row("long double", typed("'<f16'"), "more than 64 bits");
    row("objects among numbers", typed("[('n', '<f4'), ('p', '|O')]"), "field p holds Python objects");
    row("only objects in fields", typed("[('p', '|O'), ('q', '<c16')]"), "field p holds Python objects");
    row("unknown type", typed("'<q4'"), "type \"<q4\" is not known");
    row("no type", typed("''"), "is not known");
    row("huge text", typed("'|S99999999999'"), "is not known");
    row("huge item", typed("[('a', '<f8', (999999999,))]"), "takes more than");
    row("field shape", typed("[('a', '<f8', (-2,))]"), "the shape of a field holds -2");
    row("array of structures", typed("[('a', [('b', '|u1')], (3,))]"), "array of structures");
    row("field", typed("[('a',)]"), "a field is not (name, type)");
    row("no fields", typed("[]"), "neither a type nor a list");
    row("no dict", text("[1, 2]\n"), "it is not a dict");
    row("no shape", text("{'descr': '<f4', 'fortran_order': False}"), "'shape' is missing");
    row("no descr", text("{'shape': (), 'fortran_order': False}"), "'descr' is missing");
    row("no order", text("{'shape': (), 'descr': '<f4'}"), "'fortran_order' is missing");
    row("order", text("{'shape': (), 'descr': '<f4', 'fortran_order': 1}"), "not True or False");
    row("shape type", text("{'shape': 3, 'descr': '<f4', 'fortran_order': False}"), "shape is not a tuple");
    row("shape text", text("{'shape': ('3',), 'descr': '<f4', 'fortran_order': False}"),
        "other than whole numbers");
    row("twice", text("{'shape': (), 'shape': ()}"), "'shape' stands twice");
    row("code", text("__import__('os')"), "a value is missing at character 0");
    row("open string", text("{'shape"), "a string does not end");
    row("escape", text("{'sh\\x61pe': 1}"), "an escape that is not known");
    row("more text", text("{} {}"), "more text after the end");
    row("deep", text(QByteArray(100, '[').constData()), "brackets deeper than 16");
    row("no comma", text("{'a': 1 'b': 2}"), "',' or '}' is missing");
    row("no colon", text("{'a' 1}"), "':' is missing");
}

void NpyTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, phrase);
    const QString said = samples::failureOfOpening(write(bytes));
    QVERIFY2(said.contains(phrase), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("a.npy")), qPrintable(said));
}

void NpyTest::readsRealMean()
{
    REQUIRE_SHARED_DATA("cifar10/train_pixel_mean_chw_f32.npy");
    const Dataset dataset =
        samples::open(sharedData(QStringLiteral("cifar10/train_pixel_mean_chw_f32.npy")).toStdString());
    const engine::Tensor& tensor = dataset.tensors.at(0);
    QVERIFY(tensor.shape == (Shape { 3, 32, 32 }));
    QVERIFY(!tensor.source->mapped().empty());
    for (const float value : engine::readFloats(tensor))
        QVERIFY(value > 80 && value < 150);
}

QTEST_GUILESS_MAIN(NpyTest)
#include "npy_test.moc"
