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
using samples::npy;
using samples::ZipItem;

class NpzTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsStoredAndDeflated();
    void unpacksLazilyAndAgain();
    void buildsLayersFromWeights();
    void namesActivations();
    void takesPlainNamesForActivations();
    void findsImagesWithLabels();
    void saysWhenLabelsAreNoClasses();
    void leavesOutWhatIsNoArray();
    void findsDamageWhenRead_data();
    void findsDamageWhenRead();
    void refusesBadInput_data();
    void refusesBadInput();
    void readsRealNetworks_data();
    void readsRealNetworks();

private:
    std::filesystem::path write(const QList<ZipItem>& items, const QString& name = QStringLiteral("a.npz"))
    {
        return samples::write(m_folder.path(), name, samples::zip(items));
    }

    QTemporaryDir m_folder;
};

void NpzTest::readsStoredAndDeflated()
{
    const Dataset dataset = samples::open(
        write({ { "s.npy", npy("'<f4'", "(2, 3)", counting(6)) },
                { "größe.npy", npy("'>i2'", "(3,)", samples::swapped<qint16>({ 5, -6, 7 })), true },
                { "f.npy", npy("'<f4'", "(2, 2)", counting(4), { true, 1 }), true },
                { "e.npy", npy("'<f4'", "(0, 4)", {}), true },
                { "scalar.npy", npy("'<f8'", "()", samples::raw<double>({ 3 })) } }));
    QCOMPARE(dataset.format, std::string("npz"));
    QCOMPARE(dataset.tensors.size(), 5U);
    QCOMPARE(samples::values(dataset, "s"), (std::vector<float> { 0, 1, 2, 3, 4, 5 }));
    QCOMPARE(samples::values(dataset, "f"), (std::vector<float> { 0, 2, 1, 3 }));
    QCOMPARE(samples::values(dataset, "e"), std::vector<float>());
    QCOMPARE(samples::values(dataset, "scalar"), std::vector<float> { 3 });
    QVERIFY(!dataset.find("s")->source->mapped().empty());
    QVERIFY(dataset.find("f")->source->mapped().empty());
    QCOMPARE(engine::readFloats(dataset.tensors[1]), (std::vector<float> { 5, -6, 7 }));
}

void NpzTest::unpacksLazilyAndAgain()
{
    const Dataset dataset =
        samples::open(write({ { "a.npy", npy("'<f4'", "(100, 100)", counting(10000)), true },
                              { "b.npy", npy("'<f4'", "(100, 100)", counting(10000)), true } }));
    for (int round = 0; round < 3; ++round) {
        for (const engine::Tensor& tensor : dataset.tensors)
            QCOMPARE(engine::readElement(tensor, std::vector<std::int64_t> { 37, 5 }), 3705.0);
    }
}

void NpzTest::buildsLayersFromWeights()
{
    const Dataset dataset = samples::open(
        write({ { "conv1.weight.npy", npy("'<f4'", "(2, 1, 3, 3)", counting(18)) },
                { "conv1.bias.npy", npy("'<f4'", "(2,)", counting(2)) },
                { "bn1.weight.npy", npy("'<f4'", "(2,)", counting(2)) },
                { "bn1.running_mean.npy", npy("'<f4'", "(2,)", counting(2)) },
                { "bn1.num_batches_tracked.npy", npy("'<i8'", "()", samples::raw<qint64>({ 7 })) },
                { "block/0/fc/kernel.npy", npy("'<f4'", "(3, 4)", counting(12)) } }));
    QCOMPARE(dataset.parameters(), std::uint64_t { 18 + 2 + 2 + 12 });
    QCOMPARE(dataset.layers.size(), 3U);
    QCOMPARE(dataset.layers[0].name, std::string("conv1"));
    QCOMPARE(dataset.layers[2].name, std::string("block/0/fc"));
    QCOMPARE(dataset.find("conv1.weight")->layout, std::string("OIHW"));
    QCOMPARE(dataset.find("block/0/fc/kernel")->layout, std::string("IO"));
    QCOMPARE(dataset.find("bn1.running_mean")->role, Role::Other);
    QCOMPARE(dataset.find("bn1.running_mean")->layer, std::string("bn1"));
}

void NpzTest::namesActivations()
{
    const Dataset dataset =
        samples::open(write({ { "activations/conv1.npy", npy("'<f4'", "(2, 3, 2, 2)", counting(24)) },
                              { "weights/conv1/weight.npy", npy("'<f4'", "(3, 1, 1, 1)", counting(3)) } }));
    const engine::Tensor* activation = dataset.find("activations/conv1");
    QCOMPARE(activation->role, Role::Activation);
    QCOMPARE(activation->layer, std::string("conv1"));
    QCOMPARE(dataset.layers.size(), 1U);
    QCOMPARE(dataset.layers[0].weights.size(), 1U);
    QVERIFY(dataset.layers[0].activation.has_value());
}

void NpzTest::takesPlainNamesForActivations()
{
    const Dataset dataset =
        samples::open(write({ { "layer1.0.relu.npy", npy("'<f4'", "(2, 3)", counting(6)) },
                              { "layer1.1.relu.npy", npy("'<f4'", "(2, 5)", counting(10)) } }));
    QCOMPARE(dataset.withRole(Role::Activation).size(), 2U);
    QCOMPARE(dataset.tensors[0].layer, std::string("layer1.0.relu"));
    const Dataset mixed = samples::open(write({ { "p.npy", npy("'<f4'", "(2, 3)", counting(6)) },
                                                { "q.npy", npy("'<f4'", "(3, 5)", counting(15)) } }));
    QVERIFY(mixed.withRole(Role::Activation).empty());
}

void NpzTest::findsImagesWithLabels()
{
    const QByteArray pictures(2 * 3 * 4 * 5, '\7');
    for (const auto& [images, labels] :
         { std::pair("images/x.npy", "labels/y.npy"), std::pair("x_test.npy", "y_test.npy") }) {
        const Dataset dataset =
            samples::open(write({ { images, npy("'|u1'", "(2, 4, 5, 3)", pictures) },
                                  { labels, npy("'<i8'", "(2,)", samples::raw<qint64>({ 4, 2 })) } }));
        QVERIFY(dataset.images != nullptr);
        QCOMPARE(dataset.images->size(), 2U);
        QCOMPARE(dataset.images->read(0).channels, 3);
        QCOMPARE(dataset.images->label(1).value_or(-1), 2);
    }
}

void NpzTest::saysWhenLabelsAreNoClasses()
{
    const Dataset dataset =
        samples::open(write({ { "images.npy", npy("'|u1'", "(2, 2, 2)", QByteArray(8, '\1')) },
                              { "labels.npy", npy("'<i8'", "(2,)", samples::raw<qint64>({ 4, -2 })) } }));
    QVERIFY(dataset.images != nullptr);
    QVERIFY(!dataset.images->label(0).has_value());
    QCOMPARE(dataset.remarks.size(), 1U);
}

void NpzTest::leavesOutWhatIsNoArray()
{
    const Dataset dataset =
        samples::open(write({ { "a.npy", npy("'<f4'", "(2,)", counting(2)) },
                              { "readme.txt", "hello" },
                              { "secret.npy", npy("'<f4'", "(2,)", counting(2)), false, -1, -1, 1 },
                              { "odd.npy", npy("'<f4'", "(2,)", counting(2)), false, -1, 12 },
                              { "objects.npy", npy("'|O'", "(2,)", QByteArray(16, '\0')) } }));
    QCOMPARE(dataset.tensors.size(), 1U);
    QStringList remarks;
    for (const engine::Remark& remark : dataset.remarks)
        remarks << QString::fromStdString(remark.text);
    const QString all = remarks.join(QLatin1Char('\n'));
    QCOMPARE(remarks.size(), 4);
    QVERIFY(all.contains(QStringLiteral("readme.txt: is left out, for it is no array")));
    QVERIFY(all.contains(QStringLiteral("is encrypted")));
    QVERIFY(all.contains(QStringLiteral("packed by method 12")));
    QVERIFY(all.contains(QStringLiteral("holds Python objects")));
}

void NpzTest::findsDamageWhenRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray array = npy("'<f4'", "(1000,)", counting(1000));
    QByteArray damaged = samples::zip({ { "a.npy", array, true } });
    const qsizetype middle = damaged.size() / 2;
    damaged[middle] = static_cast<char>(damaged[middle] ^ 0x55);
    QTest::newRow("flipped") << damaged;
    // The shape agrees with the directory, but less and more than that comes out of the stream.
    const QByteArray longer = npy("'<f4'", "(1000,)", counting(1001));
    QTest::newRow("longer") << samples::zip({ { "a.npy", longer, true, longer.size() - 4 } });
    const QByteArray shorter = npy("'<f4'", "(1000,)", counting(999));
    QTest::newRow("shorter") << samples::zip({ { "a.npy", shorter, true, shorter.size() + 4 } });
}

void NpzTest::findsDamageWhenRead()
{
    QFETCH(QByteArray, bytes);
    const Dataset dataset = samples::open(samples::write(m_folder.path(), QStringLiteral("d.npz"), bytes));
    const QString said = samples::failure([&dataset] { samples::values(dataset, "a"); });
    QVERIFY2(said.contains(QStringLiteral("entry a.npy")), qPrintable(said));
}

void NpzTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("phrase");
    const auto row = [](const char* name, const QByteArray& bytes, const char* phrase) {
        QTest::newRow(name) << bytes << QString::fromLatin1(phrase);
    };
    const QByteArray array = npy("'<f4'", "(4,)", counting(4));
    const QByteArray good = samples::zip({ { "a.npy", array } });
    row("truncated", good.left(good.size() / 2), "is not a readable zip file");
    row("no directory", good.left(good.size() - 10), "is not a readable zip file");
    row("empty archive", samples::zip({}), "holds no arrays");
    row("nothing but text", samples::zip({ { "t.txt", "x" } }), "is left out, for it is no array");
    row("nothing but objects", samples::zip({ { "o.npy", npy("'|O'", "(1,)", "12345678") } }),
        "holds Python objects");
    row("twice", samples::zip({ { "a.npy", array }, { "a.npy", array } }), "stands twice");
    row("not an array", samples::zip({ { "a.npy", "nothing to see here" } }), "is not a NumPy array");
    row("bomb",
        samples::zip(
            { { "a.npy", npy("'|u1'", "(4000000000,)", QByteArray(1000, '\0')), true, 4000000128 } }),
        "claims to unpack to 4000000128 bytes");
    row("shape larger", samples::zip({ { "a.npy", npy("'<f4'", "(1000000,)", counting(4)), true } }),
        "needs more than the 16 bytes");
    row("shape smaller", samples::zip({ { "a.npy", npy("'<f4'", "(2,)", counting(4)), true } }),
        "its shape needs 136");
    row("stored beyond the end",
        samples::zip({ { "a.npy", npy("'|u1'", "(4000,)", QByteArray(100, '\0')), false, 4128 } }),
        "two different sizes");
}

void NpzTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, phrase);
    const QString said =
        samples::failureOfOpening(samples::write(m_folder.path(), QStringLiteral("b.npz"), bytes));
    QVERIFY2(said.contains(phrase), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("b.npz")), qPrintable(said));
}

void NpzTest::readsRealNetworks_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("parameters");
    QTest::addColumn<int>("nonzeros");
    // Weights left: README of the data; biases are counted apart there.
    QTest::newRow("LeNet-300-100") << QStringLiteral("nets/lenet300/lenet300_100_sparse.npz") << 266200 + 410
                                   << 4952;
    QTest::newRow("LeNet-5") << QStringLiteral("nets/lenet5/lenet5_sparse.npz") << 430500 + 580 << 3977;
}

void NpzTest::readsRealNetworks()
{
    REQUIRE_SHARED_DATA("nets");
    QFETCH(QString, file);
    QFETCH(int, parameters);
    QFETCH(int, nonzeros);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    QCOMPARE(dataset.parameters(), static_cast<std::uint64_t>(parameters));
    const QString twin = QString(file).replace(QStringLiteral(".npz"), QStringLiteral(".onnx"));
    QCOMPARE(samples::open(sharedData(twin).toStdString()).parameters(), dataset.parameters());
    int left = 0;
    for (const engine::Tensor& tensor : dataset.tensors) {
        if (QString::fromStdString(tensor.name).endsWith(QStringLiteral(".weight"))) {
            for (const float value : engine::readFloats(tensor))
                left += value != 0 ? 1 : 0;
        }
        QVERIFY(!tensor.source->mapped().empty());
    }
    QCOMPARE(left, nonzeros);
}

QTEST_GUILESS_MAIN(NpzTest)
#include "npz_test.moc"
