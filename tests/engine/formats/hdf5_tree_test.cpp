#include "tests/engine/formats/hdf5_maker.h"
#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using engine::Dataset;
using engine::Role;
using engine::Shape;
using engine::Tensor;
using hdf5maker::File;

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

} // namespace

Q_DECLARE_METATYPE(Make)

class Hdf5TreeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsAPlainNetwork();
    void readsADump();
    void readsPicturesAndLabels();
    void ordersByNumber();
    void keepsCreationOrder();
    void visitsEveryObjectOnce();
    void readsKeras_data();
    void readsKeras();
    void readsReadOnlyFolders();
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

void Hdf5TreeTest::readsAPlainNetwork()
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

void Hdf5TreeTest::readsADump()
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

void Hdf5TreeTest::readsPicturesAndLabels()
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

void Hdf5TreeTest::ordersByNumber()
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

void Hdf5TreeTest::keepsCreationOrder()
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

void Hdf5TreeTest::visitsEveryObjectOnce()
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

void Hdf5TreeTest::readsKeras_data()
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

void Hdf5TreeTest::readsKeras()
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

void Hdf5TreeTest::readsReadOnlyFolders()
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

void Hdf5TreeTest::opensRealFiles_data()
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

void Hdf5TreeTest::opensRealFiles()
{
    REQUIRE_SHARED_DATA("nets");
    QFETCH(QString, file);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    QTEST(quint64 { dataset.parameters() }, "parameters");
    QTEST(quint64 { dataset.layers.size() }, "layers");
    for (const Tensor& tensor : dataset.tensors)
        QCOMPARE(readFloats(tensor).size(), tensor.shape.elements());
}

void Hdf5TreeTest::readsRealPictures()
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

QTEST_GUILESS_MAIN(Hdf5TreeTest)
#include "hdf5_tree_test.moc"
