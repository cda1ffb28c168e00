#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/formats/hdf5_filters.h"
#include "engine/formats/hdf5_reader.h"
#include "engine/formats/hdf5_rehearsal.h"
#include "tests/engine/formats/hdf5_maker.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using engine::Dataset;
using engine::DType;
using engine::Role;
using engine::Shape;
using engine::Tensor;
using hdf5maker::Extents;
using hdf5maker::File;
using hdf5maker::Options;

namespace {

using Floats = std::vector<float>;
using Make = std::function<void(const File&)>;

Floats countingFloats(std::size_t count)
{
    Floats values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(i);
    return values;
}

/// A float of two bytes or one, made from its fields.
hid_t smallFloat(std::size_t size, std::size_t exponentBits, std::size_t mantissaBits)
{
    const hid_t type = H5Tcopy(H5T_IEEE_F32LE);
    H5Tset_fields(type, exponentBits + mantissaBits, mantissaBits, exponentBits, 0, mantissaBits);
    H5Tset_size(type, size);
    H5Tset_ebias(type, (std::size_t { 1 } << (exponentBits - 1)) - 1);
    return type;
}

hid_t boolType()
{
    const hid_t type = H5Tenum_create(H5T_STD_I8LE);
    const qint8 no = 0;
    const qint8 yes = 1;
    H5Tenum_insert(type, "FALSE", &no);
    H5Tenum_insert(type, "TRUE", &yes);
    return type;
}

hid_t colourType()
{
    const hid_t type = H5Tenum_create(H5T_STD_I16BE);
    const qint16 red = 0x0700;
    H5Tenum_insert(type, "RED", &red);
    return type;
}

} // namespace

Q_DECLARE_METATYPE(Floats)
Q_DECLARE_METATYPE(Make)
Q_DECLARE_METATYPE(DType)
Q_DECLARE_METATYPE(Options)

class Hdf5Test : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsAPlainNetwork();
    void readsEveryType_data();
    void readsEveryType();
    void readsEveryLayout_data();
    void readsEveryLayout();
    void readsBoxesOfChunks();
    void fillsWhatWasNeverWritten();
    void readsManyChunksInThreads();
    void readsADump();
    void readsPicturesAndLabels();
    void ordersByNumber();
    void keepsCreationOrder();
    void visitsEveryObjectOnce();
    void readsKeras_data();
    void readsKeras();
    void leavesOut_data();
    void leavesOut();
    void refusesBadInput_data();
    void refusesBadInput();
    void tellsDamagedChunks_data();
    void tellsDamagedChunks();
    void readsBehindAUserBlock();
    void readsReadOnlyFolders();
    void stops();
    void rehearses_data();
    void rehearses();
    void unpacksLzf_data();
    void unpacksLzf();
    void opensRealFiles_data();
    void opensRealFiles();
    void readsRealPictures();

private:
    QString path(const char* name = "a.h5") const { return m_folder.filePath(QString::fromUtf8(name)); }
    Dataset made(const Make& make)
    {
        {
            const File file(path());
            make(file);
        }
        return samples::open(path().toStdString());
    }

    QTemporaryDir m_folder;
};

void Hdf5Test::readsAPlainNetwork()
{
    const Dataset dataset = made([](const File& file) {
        file.counting("fc/weight", { 3, 4 });
        file.counting("fc/bias", { 3 });
        file.counting("conv/weight", { 2, 1, 3, 3 });
        file.text("/", "network", "tiny", true);
        file.text("/", "framework", "none");
    });
    QCOMPARE(dataset.format, std::string("hdf5"));
    QCOMPARE(dataset.title, std::string("a"));
    QCOMPARE(dataset.facts.at("network"), std::string("tiny"));
    QCOMPARE(dataset.facts.at("framework"), std::string("none"));
    QVERIFY(dataset.remarks.empty());
    QCOMPARE(dataset.layers.size(), 2U);
    QCOMPARE(dataset.layers[0].name, std::string("conv"));
    QCOMPARE(dataset.layers[0].parameters, 18U);
    QCOMPARE(dataset.layers[1].parameters, 15U);
    QCOMPARE(dataset.layers[1].macs, 12U);
    QCOMPARE(dataset.find("fc/weight")->layout, std::string("OI"));
    QCOMPARE(samples::values(dataset, "fc/weight"), countingFloats(12));
    QVERIFY(!dataset.find("fc/weight")->source->mapped().empty());
}

void Hdf5Test::readsEveryType_data()
{
    QTest::addColumn<qint64>("stored");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<DType>("type");
    QTest::addColumn<Floats>("values");
    const auto row = [](const char* name, hid_t stored, const QByteArray& bytes, DType type,
                        const Floats& values) {
        QTest::newRow(name) << qint64 { stored } << bytes << type << values;
    };
    using samples::raw;
    using samples::swapped;
    row("u8", H5T_STD_U8LE, raw<quint8>({ 1, 200 }), DType::U8, { 1, 200 });
    row("i8", H5T_STD_I8LE, raw<qint8>({ -1, 7 }), DType::I8, { -1, 7 });
    row("u16", H5T_STD_U16LE, raw<quint16>({ 1, 60000 }), DType::U16, { 1, 60000 });
    row("i16, big-endian", H5T_STD_I16BE, swapped<qint16>({ -2, 300 }), DType::I16, { -2, 300 });
    row("u32, big-endian", H5T_STD_U32BE, swapped<quint32>({ 5, 70000 }), DType::U32, { 5, 70000 });
    row("i32", H5T_STD_I32LE, raw<qint32>({ -5, 70000 }), DType::I32, { -5, 70000 });
    row("u64", H5T_STD_U64LE, raw<quint64>({ 5, 9 }), DType::U64, { 5, 9 });
    row("i64, big-endian", H5T_STD_I64BE, swapped<qint64>({ -5, 9 }), DType::I64, { -5, 9 });
    row("f32", H5T_IEEE_F32LE, raw<float>({ 0.5F, -3 }), DType::F32, { 0.5F, -3 });
    row("f32, big-endian", H5T_IEEE_F32BE, swapped<float>({ 0.5F, -3 }), DType::F32, { 0.5F, -3 });
    row("f64", H5T_IEEE_F64LE, raw<double>({ 0.5, -3 }), DType::F64, { 0.5F, -3 });
    row("f64, big-endian", H5T_IEEE_F64BE, swapped<double>({ 0.5, -3 }), DType::F64, { 0.5F, -3 });
    row("half", smallFloat(2, 5, 10), raw<quint16>({ 0x3C00, 0xC000 }), DType::F16, { 1, -2 });
    row("bfloat16", smallFloat(2, 8, 7), raw<quint16>({ 0x3F80, 0xC000 }), DType::BF16, { 1, -2 });
    row("f8 e5m2", smallFloat(1, 5, 2), raw<quint8>({ 0x3C, 0xC0 }), DType::F8E5M2, { 1, -2 });
    row("f8 e4m3", smallFloat(1, 4, 3), raw<quint8>({ 0x38, 0xC0 }), DType::F8E4M3, { 1, -2 });
    row("bool", boolType(), raw<qint8>({ 0, 1 }), DType::Bool, { 0, 1 });
    row("enumeration, big-endian", colourType(), swapped<qint16>({ 7, 7 }), DType::I16, { 7, 7 });
    row("bits", H5T_STD_B8LE, raw<quint8>({ 1, 255 }), DType::U8, { 1, 255 });
}

void Hdf5Test::readsEveryType()
{
    QFETCH(qint64, stored);
    QFETCH(QByteArray, bytes);
    QFETCH(DType, type);
    QFETCH(Floats, values);
    const Dataset dataset = made([&](const File& file) {
        file.add("run", { 2 }, bytes.constData(), { .type = stored });
        file.add("chunks", { 2 }, bytes.constData(),
                 { .type = stored, .chunk = { 1 }, .shuffle = true, .deflate = 1 });
        file.add("compact", { 2 }, bytes.constData(), { .type = stored, .compact = true });
        file.add("scalar", {}, bytes.constData(), { .type = stored });
    });
    QVERIFY(dataset.remarks.empty());
    for (const char* name : { "run", "chunks", "compact" }) {
        QVERIFY(dataset.find(name)->type == type);
        QCOMPARE(samples::values(dataset, name), values);
    }
    QCOMPARE(samples::values(dataset, "scalar"), Floats { values.front() });
}

void Hdf5Test::readsEveryLayout_data()
{
    QTest::addColumn<Options>("options");
    QTest::addColumn<bool>("mapped");
    QTest::newRow("one run") << Options {} << true;
    QTest::newRow("compact") << Options { .compact = true } << true;
    const Extents whole = { 5, 7, 9 };
    const Extents odd = { 2, 3, 4 };
    QTest::newRow("one chunk") << Options { .chunk = whole } << false;
    QTest::newRow("chunks") << Options { .chunk = odd } << false;
    QTest::newRow("chunks of one") << Options { .chunk = { 1, 1, 1 } } << false;
    QTest::newRow("deflate") << Options { .chunk = odd, .deflate = 4 } << false;
    QTest::newRow("shuffle") << Options { .chunk = odd, .shuffle = true } << false;
    QTest::newRow("shuffle and deflate") << Options { .chunk = odd, .shuffle = true, .deflate = 1 } << false;
    QTest::newRow("checksum") << Options { .chunk = odd, .sum = true } << false;
    QTest::newRow("all") << Options { .chunk = odd, .shuffle = true, .deflate = 9, .sum = true } << false;
    QTest::newRow("extensible") << Options { .chunk = odd, .largest = { H5S_UNLIMITED, 7, 20 } } << false;
}

void Hdf5Test::readsEveryLayout()
{
    QFETCH(Options, options);
    QFETCH(bool, mapped);
    const Dataset dataset = made([&](const File& file) {
        file.counting("activations/x", { 5, 7, 9 }, options);
    });
    QCOMPARE(samples::values(dataset, "activations/x"), countingFloats(315));
    QCOMPARE(!dataset.tensors.front().source->mapped().empty(), mapped);
}

void Hdf5Test::readsBoxesOfChunks()
{
    const Extents extents = { 4, 5, 6, 7 };
    const Dataset dataset = made([&](const File& file) {
        file.counting("run", extents);
        file.counting("chunks", extents, { .chunk = { 3, 2, 6, 4 }, .shuffle = true, .deflate = 1 });
    });
    engine::Random random(5);
    for (int i = 0; i < 200; ++i) {
        std::vector<std::int64_t> start;
        std::vector<std::int64_t> count;
        for (const hsize_t extent : extents) {
            start.push_back(static_cast<std::int64_t>(random.below(extent)));
            count.push_back(
                1 + static_cast<std::int64_t>(random.below(extent - static_cast<hsize_t>(start.back()))));
        }
        QCOMPARE(readBox(*dataset.find("chunks"), start, count), readBox(*dataset.find("run"), start, count));
    }
}

void Hdf5Test::fillsWhatWasNeverWritten()
{
    const float fill = 2.5F;
    const Dataset dataset = made([&](const File& file) {
        file.counting("zeros", { 3 }, { .written = false });
        file.counting("filled", { 3 }, { .written = false, .fill = &fill });
        file.counting("chunks", { 3 }, { .chunk = { 2 }, .written = false, .fill = &fill });
        file.addChunk("first only", { 2 }, samples::counting(2), {});
    });
    QCOMPARE(samples::values(dataset, "zeros"), (Floats { 0, 0, 0 }));
    QCOMPARE(samples::values(dataset, "filled"), (Floats { fill, fill, fill }));
    QCOMPARE(samples::values(dataset, "chunks"), (Floats { fill, fill, fill }));
    QCOMPARE(samples::values(dataset, "first only"), (Floats { 0, 1 }));
}

/// More bytes than the cache holds, from several threads at once.
void Hdf5Test::readsManyChunksInThreads()
{
    const Extents extents = { 48, 64, 64, 64 };
    const Dataset dataset = made([&](const File& file) {
        file.counting("activations/x", extents,
                      { .chunk = { 1, 64, 64, 64 }, .shuffle = true, .deflate = 1 });
    });
    const Tensor& tensor = dataset.tensors.front();
    constexpr std::size_t perImage = 64 * 64 * 64;
    std::vector<int> wrong(2 * extents[0]);
    engine::parallelFor(wrong.size(), {}, [&](std::size_t i, unsigned) {
        const std::size_t image = i % extents[0];
        const Floats values = readFloats(tensor, static_cast<std::int64_t>(image), 1);
        for (std::size_t k = 0; k < perImage; ++k)
            wrong[i] += values[k] != static_cast<float>(image * perImage + k);
    });
    QCOMPARE(std::ranges::count(wrong, 0), static_cast<std::ptrdiff_t>(wrong.size()));
}

void Hdf5Test::readsADump()
{
    const Dataset dataset = made([](const File& file) {
        file.text("/", "schema", "actdump/1");
        const quint8 bytes[6] = { 1, 2, 3, 4, 5, 6 };
        file.counting("activations/block/relu", { 2, 3, 2, 2 });
        file.add("activations/conv", { 2, 3 }, bytes, { .type = H5T_STD_U8LE });
        file.counting("weights/conv/weight", { 3, 2 });
        file.counting("weights/conv/bias", { 3 });
        file.number("activations/block/relu", "index", 2);
        file.number("activations/conv", "index", 1);
        file.text("activations/block/relu", "op", "ReLU", true);
        file.text("activations/block/relu", "layout", "NCHW", true);
        file.number("activations/conv", "scale", 0.25);
        file.number("activations/conv", "zero_point", 3);
        file.number("activations/conv", "bits", 8);
        file.group("accuracy");
        file.number("accuracy", "top1", 91.5);
        const qint32 labels[2] = { 4, 2 };
        file.add("labels", { 2 }, labels, { .type = H5T_STD_I32LE });
    });
    QCOMPARE(dataset.facts.at("schema"), std::string("actdump/1"));
    QVERIFY(QString::fromStdString(dataset.facts.at("top1")).startsWith(QStringLiteral("91.5")));
    QCOMPARE(dataset.layers.size(), 2U);
    QCOMPARE(dataset.layers[0].name, std::string("conv"));
    QCOMPARE(dataset.layers[0].parameters, 9U);
    QCOMPARE(dataset.layers[1].name, std::string("block/relu"));
    QCOMPARE(dataset.layers[1].op, std::string("Relu"));
    QVERIFY(*dataset.layers[1].output == (Shape { 1, 3, 2, 2 }));
    const Tensor& conv = dataset.tensors[*dataset.layers[0].activation];
    QCOMPARE(conv.quantisation->scale, 0.25);
    QCOMPARE(conv.quantisation->zeroPoint, 3);
    QCOMPARE(conv.quantisation->bits, 8);
    const Tensor& relu = dataset.tensors[*dataset.layers[1].activation];
    QCOMPARE(relu.layout, std::string("NCHW"));
    QVERIFY(!relu.quantisation);
    QVERIFY(dataset.find("labels")->role == Role::Label);
}

void Hdf5Test::readsPicturesAndLabels()
{
    const Dataset dataset = made([](const File& file) {
        const QByteArray pixels = samples::raw<quint8>({ 9, 8, 7, 6, 5, 4, 3, 2 });
        const qint64 labels[2] = { 3, 1 };
        file.add("images_u8", { 2, 1, 2, 2 }, pixels.constData(),
                 { .type = H5T_STD_U8LE, .chunk = { 2, 1, 1, 1 }, .deflate = 4 });
        file.add("labels", { 2 }, labels, { .type = H5T_STD_I64LE });
    });
    QVERIFY(dataset.images != nullptr);
    QCOMPARE(dataset.images->size(), 2U);
    QCOMPARE(dataset.images->label(0), std::optional(3));
    QCOMPARE(dataset.images->read(1).values, (Floats { 5, 4, 3, 2 }));
}

void Hdf5Test::ordersByNumber()
{
    const Dataset dataset = made([](const File& file) {
        for (const char* name :
             { "conv10/weight", "conv2/weight", "conv1/weight", "a/weight", "conv1b/weight" })
            file.counting(name, { 2, 2 });
    });
    std::vector<std::string> names;
    for (const engine::Layer& layer : dataset.layers)
        names.push_back(layer.name);
    QCOMPARE(names, (std::vector<std::string> { "a", "conv1", "conv1b", "conv2", "conv10" }));
}

void Hdf5Test::keepsCreationOrder()
{
    const hid_t creation = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    const hid_t file = H5Fcreate(path().toUtf8().constData(), H5F_ACC_TRUNC, creation, H5P_DEFAULT);
    const hid_t space = H5Screate(H5S_SCALAR);
    for (const char* name : { "z", "a", "m" })
        H5Dclose(H5Dcreate2(file, name, H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
    H5Pclose(creation);
    H5Fclose(file);
    const Dataset dataset = samples::open(path().toStdString());
    QCOMPARE(dataset.tensors[0].name + dataset.tensors[1].name + dataset.tensors[2].name, std::string("zam"));
}

void Hdf5Test::visitsEveryObjectOnce()
{
    const Dataset dataset = made([](const File& file) {
        file.counting("a/weight", { 2, 2 });
        H5Lcreate_hard(file.id(), "/", file.id(), "a/circle", H5P_DEFAULT, H5P_DEFAULT);
        H5Lcreate_hard(file.id(), "a/weight", file.id(), "b", H5P_DEFAULT, H5P_DEFAULT);
        H5Lcreate_soft("/a/weight", file.id(), "soft", H5P_DEFAULT, H5P_DEFAULT);
        H5Lcreate_soft("/nowhere", file.id(), "dangling", H5P_DEFAULT, H5P_DEFAULT);
    });
    QCOMPARE(dataset.tensors.size(), 1U);
    QCOMPARE(dataset.parameters(), 4U);
}

void Hdf5Test::readsKeras_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QStringList>("layers");
    QTest::addColumn<quint64>("parameters");
    QTest::newRow("whole model, Keras 2") << Make([](const File& file) {
        file.text("/", "model_config", "{}");
        file.counting("model_weights/dense/dense/kernel:0", { 4, 3 });
        file.counting("model_weights/dense/dense/bias:0", { 3 });
        file.counting("model_weights/bn/bn/gamma:0", { 3 });
        file.counting("model_weights/bn/bn/moving_mean:0", { 3 });
        file.counting("model_weights/outer/inner/kernel:0", { 3, 3, 1, 2 });
        file.counting("optimizer_weights/Adam/dense/kernel:0", { 4, 3 });
    }) << QStringList { QStringLiteral("bn"), QStringLiteral("dense"), QStringLiteral("outer/inner") }
                                          << quint64 { 36 };
    QTest::newRow("weights only, order kept") << Make([](const File& file) {
        file.counting("b/b/kernel:0", { 2, 2 });
        file.counting("a/a/kernel:0", { 2, 2 });
        const char names[] = { 'b', 'a' };
        const hid_t type = H5Tcopy(H5T_C_S1);
        const hsize_t count = 2;
        const hid_t space = H5Screate_simple(1, &count, nullptr);
        const hid_t attribute = H5Acreate2(file.id(), "layer_names", type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, type, names);
        H5Aclose(attribute);
        H5Sclose(space);
        H5Tclose(type);
    }) << QStringList { QStringLiteral("b"), QStringLiteral("a") }
                                              << quint64 { 8 };
    QTest::newRow("Keras 3") << Make([](const File& file) {
        file.counting("layers/dense/vars/0", { 4, 3 });
        file.counting("layers/dense/vars/1", { 3 });
        for (const char* name : { "0", "1", "2", "3" })
            file.counting(("layers/batch_normalization_1/vars/" + std::string(name)).c_str(), { 5 });
        file.counting("optimizer/vars/0", { 9 });
    }) << QStringList { QStringLiteral("batch_normalization_1"), QStringLiteral("dense") }
                             << quint64 { 25 };
}

void Hdf5Test::readsKeras()
{
    QFETCH(Make, make);
    const Dataset dataset = made(make);
    QStringList layers;
    for (const engine::Layer& layer : dataset.layers)
        layers.append(QString::fromStdString(layer.name));
    QTEST(layers, "layers");
    QTEST(quint64 { dataset.parameters() }, "parameters");
    QCOMPARE(dataset.remarks.size(), 1U);
    QVERIFY(dataset.remarks[0].text.find("graph is not read") != std::string::npos);
}

void Hdf5Test::leavesOut_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Make& make, const char* sentence) {
        QTest::newRow(name) << make << QString::fromUtf8(sentence);
    };
    row(
        "texts", [](const File& file) { file.add("x", { 2 }, "ab", { .type = H5T_C_S1 }); },
        "x holds texts, which are not read");
    row(
        "compound",
        [](const File& file) {
            const hid_t type = H5Tcreate(H5T_COMPOUND, 8);
            H5Tinsert(type, "r", 0, H5T_IEEE_F32LE);
            H5Tinsert(type, "i", 4, H5T_IEEE_F32LE);
            const float values[2] = { 1, 2 };
            file.add("x", { 1 }, values, { .type = type });
        },
        "x holds compound values, which are not read");
    row(
        "references",
        [](const File& file) {
            const hobj_ref_t none = 0;
            file.add("x", { 1 }, &none, { .type = H5T_STD_REF_OBJ });
        },
        "x holds references, which are not read");
    row(
        "odd numbers",
        [](const File& file) {
            const hid_t type = H5Tcopy(H5T_STD_I32LE);
            H5Tset_precision(type, 24);
            const qint32 value = 1;
            file.add("x", { 1 }, &value, { .type = type });
        },
        "x holds numbers of an unusual layout, which are not read");
    row(
        "another filter",
        [](const File& file) {
            const qint32 values[2] = { 1, 2 };
            file.add("x", { 2 }, values,
                     { .type = H5T_STD_I32LE, .chunk = { 2 }, .filter = H5Z_FILTER_SCALEOFFSET });
        },
        "x is packed with the filter scaleoffset");
    row(
        "missing filter", [](const File& file) { file.addChunk("x", { 2 }, "packed", { .filter = 32015 }); },
        "x is packed with the filter 32015");
    row(
        "external link",
        [](const File& file) {
            H5Lcreate_external("other.h5", "/y", file.id(), "x", H5P_DEFAULT, H5P_DEFAULT);
        },
        "x is in another file");
    row(
        "external elements",
        [](const File& file) {
            const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
            H5Pset_external(properties, "elements.bin", 0, 8);
            const hsize_t extent = 2;
            const hid_t space = H5Screate_simple(1, &extent, nullptr);
            H5Dclose(H5Dcreate2(file.id(), "x", H5T_IEEE_F32LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
        },
        "x has its elements in other files");
    row(
        "no elements at all",
        [](const File& file) {
            const hid_t space = H5Screate(H5S_NULL);
            H5Dclose(
                H5Dcreate2(file.id(), "x", H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        },
        "x is empty");
    row(
        "too large to be true",
        [](const File& file) {
            file.counting("x", { 1 << 20, 1 << 20 }, { .written = false });
        },
        "x claims 4398046511104 bytes of elements");
    row(
        "too many chunks",
        [](const File& file) { file.counting("x", { 1 << 20 }, { .chunk = { 1 }, .written = false }); },
        "x claims 1048576 chunks");
}

void Hdf5Test::leavesOut()
{
    QFETCH(Make, make);
    QFETCH(QString, sentence);
    const Dataset dataset = made([&](const File& file) {
        file.counting("a/weight", { 2, 2 });
        make(file);
    });
    QCOMPARE(dataset.tensors.size(), 1U);
    QCOMPARE(dataset.remarks.size(), 1U);
    QVERIFY2(dataset.remarks[0].text.starts_with(sentence.toStdString()), dataset.remarks[0].text.c_str());
}

void Hdf5Test::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("phrase");
    {
        const File file(path());
        file.counting("weights/a/weight", { 30, 20 });
        file.group("deep");
    }
    QFile whole(path());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    QTest::newRow("no signature") << QByteArray(600, 'x') << "is not an HDF5 file";
    QTest::newRow("empty") << QByteArray() << "is not an HDF5 file";
    QTest::newRow("signature only") << bytes.left(8) << "is a damaged HDF5 file";
    QTest::newRow("cut off") << bytes.left(bytes.size() - 1) << "is cut off: it has";
    QTest::newRow("half") << bytes.left(bytes.size() / 2) << "is cut off: it has";
    QByteArray version = bytes;
    version[8] = 9;
    QTest::newRow("unknown version") << version << "is a damaged HDF5 file";
    const qsizetype name = bytes.indexOf("weight\0");
    QByteArray heap = bytes;
    heap.replace(bytes.indexOf("HEAP"), 4, "LEAP");
    QVERIFY(name > 0);
    QTest::newRow("damaged structure") << heap << "is damaged (";
}

void Hdf5Test::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, phrase);
    const auto file = samples::write(m_folder.path(), QStringLiteral("bad.h5"), bytes);
    const QString sentence = samples::failure([&] { engine::formats::readHdf5(file, {}); });
    QVERIFY2(sentence.contains(phrase), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("bad.h5")), qPrintable(sentence));
    {
        const File empty(path("empty.h5"));
        empty.group("nothing");
    }
    QVERIFY(samples::failureOfOpening(path("empty.h5").toStdString())
                .contains(QStringLiteral("holds no numbers")));
}

void Hdf5Test::tellsDamagedChunks_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<Options>("options");
    QTest::addColumn<QString>("phrase");
    const QByteArray zipped = qCompress(samples::counting(100)).mid(4);
    QTest::newRow("no stream") << QByteArray(50, 'x') << Options { .deflate = 1 } << "is damaged";
    QTest::newRow("cut off") << zipped.left(zipped.size() / 2) << Options { .deflate = 1 }
                             << "is damaged or cut off";
    QTest::newRow("too long") << qCompress(QByteArray(500, 'x')).mid(4) << Options { .deflate = 1 }
                              << "longer than it may be";
    QTest::newRow("too short") << qCompress(QByteArray(50, 'x')).mid(4) << Options { .deflate = 1 }
                               << "has 50 bytes of 400";
    QTest::newRow("wrong checksum") << samples::counting(100) + QByteArray(4, 'x') << Options { .sum = true }
                                    << "does not agree with its checksum";
    QTest::newRow("no checksum") << QByteArray("ab") << Options { .sum = true } << "is cut off";
}

void Hdf5Test::tellsDamagedChunks()
{
    QFETCH(QByteArray, packed);
    QFETCH(Options, options);
    QFETCH(QString, phrase);
    const Dataset dataset = made([&](const File& file) { file.addChunk("x", { 100 }, packed, options); });
    const QString sentence = samples::failure([&] { readFloats(dataset.tensors.front()); });
    QVERIFY2(sentence.contains(phrase), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("a.h5: x: chunk 0 ")), qPrintable(sentence));
}

void Hdf5Test::readsBehindAUserBlock()
{
    {
        const File file(path(), 1024);
        file.counting("weight", { 2, 3 });
        file.counting("chunks", { 4 }, { .chunk = { 2 }, .deflate = 1 });
    }
    const Dataset dataset = samples::open(path().toStdString());
    QCOMPARE(samples::values(dataset, "weight"), countingFloats(6));
    QCOMPARE(samples::values(dataset, "chunks"), countingFloats(4));
}

void Hdf5Test::readsReadOnlyFolders()
{
    const QString folder = m_folder.filePath(QStringLiteral("schreibgeschützt"));
    const QString name = folder + QStringLiteral("/netz.h5");
    QVERIFY(QDir().mkpath(folder));
    {
        const File file(name);
        file.counting("weight", { 2, 3 });
    }
    QFile::setPermissions(name, QFile::ReadOwner);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner);
    const Dataset dataset = samples::open(name.toStdString());
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QCOMPARE(dataset.parameters(), 6U);
}

void Hdf5Test::stops()
{
    made([](const File& file) { file.counting("weight", { 2, 3 }); });
    std::stop_source source;
    source.request_stop();
    QVERIFY(engine::formats::readHdf5(path().toStdString(), { source.get_token(), {} }).tensors.empty());
}

void Hdf5Test::rehearses_data()
{
    QTest::addColumn<std::function<void()>>("work");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("sound") << std::function<void()>([] {}) << QString();
    QTest::newRow("throws") << std::function<void()>([] { throw engine::FormatError("no"); }) << QString();
    QTest::newRow("crashes") << std::function<void()>([] { std::abort(); })
                             << "the HDF5 library crashes on it";
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // They are slow at filling memory.
    QTest::newRow("fills the memory") << std::function<void()>([] {
        std::vector<std::vector<char>> all;
        for (int i = 0; i < 160; ++i)
            all.emplace_back(8U << 20, 'x');
    }) << "the HDF5 library needs more than 1 GB for its structure alone";
#endif
}

void Hdf5Test::rehearses()
{
    QFETCH(std::function<void()>, work);
    QTEST(QString::fromStdString(engine::formats::rehearse(work, {})), "verdict");
}

void Hdf5Test::unpacksLzf_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QByteArray>("bytes"); // empty: an error
    const auto of = [](std::initializer_list<int> values) {
        QByteArray result;
        for (const int value : values)
            result.append(static_cast<char>(value));
        return result;
    };
    QTest::newRow("literal") << of({ 2, 'a', 'b', 'c' }) << QByteArray("abc");
    QTest::newRow("repeat") << of({ 0, 'a', 0x60, 0 }) << QByteArray("aaaaaa");
    QTest::newRow("pattern") << of({ 1, 'a', 'b', 0x40, 1 }) << QByteArray("ababab");
    QTest::newRow("long repeat") << of({ 0, 'a', 0xE0, 10, 0 }) << QByteArray(20, 'a');
    QTest::newRow("cut literal") << of({ 5, 'a' }) << QByteArray();
    QTest::newRow("cut distance") << of({ 0, 'a', 0x60 }) << QByteArray();
    QTest::newRow("distance before the beginning") << of({ 0, 'a', 0x60, 1 }) << QByteArray();
    QTest::newRow("too long") << of({ 0, 'a', 0xE0, 255, 0 }) << QByteArray();
}

void Hdf5Test::unpacksLzf()
{
    QFETCH(QByteArray, packed);
    QFETCH(QByteArray, bytes);
    const auto span = std::as_bytes(std::span(packed.constData(), static_cast<std::size_t>(packed.size())));
    if (bytes.isEmpty()) {
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, engine::formats::unpackLzf(span, 100));
        return;
    }
    const auto result = engine::formats::unpackLzf(span, 100);
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(result.data()), static_cast<qsizetype>(result.size())),
             bytes);
    const auto size = static_cast<hsize_t>(bytes.size());
    const Dataset dataset = made([&](const File& file) {
        file.addChunk("x", { size }, packed, { .type = H5T_STD_U8LE, .filter = engine::formats::hdf5Lzf });
    });
    QCOMPARE(samples::values(dataset, "x").back(), static_cast<float>(bytes.back()));
}

void Hdf5Test::opensRealFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<quint64>("parameters");
    QTest::addColumn<quint64>("layers");
    const auto row = [](const char* file, quint64 parameters, quint64 layers) {
        QTest::newRow(file) << QStringLiteral("nets/") + QString::fromUtf8(file) << parameters << layers;
    };
    row("lenet300/lenet300_100.h5", 266'610, 3);
    row("lenet300/lenet300_100_sparse.h5", 266'610, 3);
    row("lenet5/lenet5.h5", 431'080, 4);
    row("lenet5/lenet5_sparse.h5", 431'080, 4);
    // Trainable parameters as Keras counts them: without the moving statistics.
    row("keras/resnet8_cifar10_keras.h5", 78'186, 17);
    row("keras/resnet20v1_cifar10_keras.h5", 273'066, 41);
    row("keras/mobilenetv1_025_vww96_keras.h5", 216'322, 55);
}

void Hdf5Test::opensRealFiles()
{
    REQUIRE_SHARED_DATA("nets");
    QFETCH(QString, file);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    QTEST(quint64 { dataset.parameters() }, "parameters");
    QTEST(quint64 { dataset.layers.size() }, "layers");
    for (const Tensor& tensor : dataset.tensors)
        QCOMPARE(readFloats(tensor).size(), tensor.shape.elements());
}

void Hdf5Test::readsRealPictures()
{
    REQUIRE_SHARED_DATA("expected");
    const Dataset dataset = samples::open(sharedData(QStringLiteral("expected/lenet5.h5")).toStdString());
    QCOMPARE(dataset.images->size(), 64U);
    // The first input after preprocessing is pixel / 256.
    const Floats expected = samples::values(dataset, "input_f32_first");
    Floats pixels = dataset.images->read(0).values;
    for (float& pixel : pixels)
        pixel /= 256;
    QCOMPARE(pixels, expected);
    QVERIFY(dataset.images->label(63).has_value());
}

QTEST_GUILESS_MAIN(Hdf5Test)
#include "hdf5_test.moc"
