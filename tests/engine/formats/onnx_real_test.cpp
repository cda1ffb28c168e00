#include "tests/engine/formats/sample_files.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using engine::Dataset;

class OnnxRealTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void opensRealNetworks_data();
    void opensRealNetworks();
    void knowsAllShapesOfRealNetworks_data();
    void knowsAllShapesOfRealNetworks();
    void agreesWithTheMobileNetTable();

private:
    static void realNetworks();
};

void OnnxRealTest::opensRealNetworks_data()
{
    realNetworks();
}

void OnnxRealTest::opensRealNetworks()
{
    REQUIRE_SHARED_DATA("nets");
    QFETCH(QString, file);
    const Dataset dataset = samples::open(sharedData(file).toStdString());
    QCOMPARE(dataset.format, std::string("onnx"));
    QVERIFY(dataset.remarks.empty());
    QTEST(quint64 { dataset.parameters() }, "parameters");
    QTEST(quint64 { dataset.macs() }, "macs");
}

void OnnxRealTest::knowsAllShapesOfRealNetworks_data()
{
    realNetworks();
}

/// Against what an independent program measured, where it lists the node.
void OnnxRealTest::knowsAllShapesOfRealNetworks()
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

void OnnxRealTest::agreesWithTheMobileNetTable()
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

void OnnxRealTest::realNetworks()
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

QTEST_GUILESS_MAIN(OnnxRealTest)
#include "onnx_real_test.moc"
