#include "engine/network/shape_inference.h"
#include "tests/analysis/sample_data.h"
#include "tests/engine/network/graph_builder.h"
#include "tests/shared_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

using analysis::Report;
using Changed = std::map<QString, analysis::Value>;

/// Pictures of 16 x 64 -> 1x1 convolution by -1 -> relu -> average: 1024 words, 1024 words, 1 word.
analysis::DatasetPtr network()
{
    auto graph = std::make_shared<engine::Graph>();
    graph->inputs = { build::value("input", { -1, 1, 16, 64 }) };
    graph->outputs = { build::value("p", {}) };
    graph->nodes = { build::node("Conv", { "input", "w", "b" }, {}, { "c" }),
                     build::node("Relu", { "c" }, {}, { "r" }),
                     build::node("GlobalAveragePool", { "r" }, {}, { "p" }) };
    graph->nodes[0].name = "conv";
    graph->nodes[1].name = "relu";
    graph->nodes[2].name = "pool";
    graph->constants.emplace("w", build::floats("w", { 1, 1, 1, 1 }, -1));
    graph->constants.emplace("b", build::floats("b", { 1 }, 0));
    inferShapes(*graph);
    auto made = std::make_shared<analysis::Dataset>();
    made->content.title = "tiny";
    made->content.graph = graph;
    engine::buildLayers(made->content);
    return made;
}

/// `count` pictures of one value: above 0 the map is all zero after the ReLU.
analysis::DatasetPtr pictures(std::int64_t count, float value)
{
    auto made = std::make_shared<analysis::Dataset>();
    made->content.title = "pictures";
    made->content.images =
        engine::tensorImages(sample::tensor("pictures", { count, 1, 16, 64 },
                                            std::vector<float>(static_cast<std::size_t>(count) * 1024, value),
                                            engine::Role::Image),
                             {});
    return made;
}

Report traffic(Changed changed, std::int64_t count = 1, float value = 1, const engine::Control& control = {})
{
    changed.try_emplace(QStringLiteral("images"), QStringLiteral("pictures"));
    changed.try_emplace(QStringLiteral("codecs"), QStringLiteral("zvc"));
    changed.try_emplace(QStringLiteral("tile"), qint64 { 4 });
    analysis::Inputs inputs;
    inputs.datasets = { network() };
    inputs.open = [=](const QString&, const engine::Control&) { return pictures(count, value); };
    return analysis::runAnalysis(analysis::findAnalysis(QStringLiteral("traffic")), inputs,
                                 sample::values(QStringLiteral("traffic"), changed), control);
}

double scalar(const Report& report, const char* name)
{
    return report.scalar(QString::fromLatin1(name))->value;
}

/// A cell of the row with these texts in its first columns.
double cell(const Report& report, const QString& table, const QStringList& row, const QString& column)
{
    const analysis::Table& found = *report.table(table);
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        bool matches = true;
        for (qsizetype c = 0; c < row.size(); ++c)
            matches = matches && std::get<QString>(found.rows[i][static_cast<std::size_t>(c)]) == row[c];
        if (matches)
            return sample::number(found, i, column);
    }
    return -1;
}

double layer(const Report& report, const char* name, const char* kind, const char* codec, const char* column)
{
    return cell(report, QStringLiteral("layers"),
                { QString::fromLatin1(name), QString::fromLatin1(kind), QString::fromLatin1(codec) },
                QString::fromLatin1(column));
}

double energy(const Report& report, const char* codec, const char* column)
{
    return cell(report, QStringLiteral("energy"), { QString::fromLatin1(codec) },
                QString::fromLatin1(column));
}

/// Whether a remark on that layer begins so.
bool tells(const Report& report, const char* start, const char* layer = "")
{
    return std::ranges::any_of(report.remarks, [&](const analysis::Remark& remark) {
        return remark.layer == QLatin1String(layer) && remark.text.startsWith(QLatin1String(start));
    });
}

bool isNear(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

} // namespace

Q_DECLARE_METATYPE(Changed)

class TrafficTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void requestsAreAsCountedByHand()
    {
        const Report report = traffic({});
        // Raw: 1024 words of 8 bit are 16 lines of 64 byte; the pooled word takes a line.
        QCOMPARE(layer(report, "input", "picture", "raw", "read"), 1024.0);
        QCOMPARE(layer(report, "input", "picture", "raw", "written"), 0.0);
        QCOMPARE(layer(report, "relu", "map", "raw", "written"), 1024.0);
        QCOMPARE(layer(report, "relu", "map", "raw", "read"), 1024.0);
        QCOMPARE(layer(report, "pool", "map", "raw", "written"), 64.0);
        QCOMPARE(layer(report, "pool", "map", "raw", "read"), 0.0);
        // All zero: a mask of 16 bits for 16 words; 1024 bits of masks and 4 offsets of 11 bits: 2 + 1 lines.
        QCOMPARE(layer(report, "relu", "map", "zvc", "written"), 192.0);
        QCOMPARE(layer(report, "relu", "map", "zvc", "read"), 192.0);
        QCOMPARE(layer(report, "relu", "map", "zvc", "size"), (1024 + 44) / 8.0);
        QCOMPARE(layer(report, "input", "picture", "zvc", "read"), 1024.0);
        QCOMPARE(energy(report, "raw", "read_bytes"), 2048.0);
        QCOMPARE(energy(report, "raw", "written_bytes"), 1088.0);
        QCOMPARE(energy(report, "zvc", "read_bytes"), 1024.0 + 192);
    }

    void savingsAreOfTheEnergies()
    {
        const Report report = traffic({});
        const double raw = scalar(report, "energy_raw");
        const double coded = scalar(report, "energy_zvc");
        QVERIFY(isNear(scalar(report, "saving"), 100 * (1 - coded / raw)));
        // Bursts: 32 lines read and 17 written become 19 and 4.
        QVERIFY(isNear(scalar(report, "saving_read"), 100 * (1 - 19.0 / 32)));
        QVERIFY(isNear(scalar(report, "saving_write"), 100 * (1 - 4.0 / 17)));
        QVERIFY(isNear(scalar(report, "net_saving"), raw - coded - scalar(report, "engine_energy")));
        QCOMPARE(report.scalar(QStringLiteral("best"))->text, QStringLiteral("zvc"));
        double sum = 0;
        for (const char* part : { "background", "act_pre", "read", "write", "refresh" })
            sum += energy(report, "zvc", part);
        QVERIFY(isNear(sum, coded));
        double regions = 0;
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        for (std::size_t row = 0; row < layers.rows.size(); ++row)
            if (sample::text(layers, row, QStringLiteral("codec")) == QLatin1String("zvc"))
                regions += sample::number(layers, row, QStringLiteral("energy"));
        QVERIFY(isNear(regions, coded));
    }

    void theEngineTakesGatesTimesCycles()
    {
        const Report report = traffic({});
        const analysis::Table& table = *report.table(QStringLiteral("engine"));
        QCOMPARE(table.rows.size(), std::size_t { 2 });
        double all = 0;
        for (std::size_t row = 0; row < 2; ++row) {
            const auto at = [&](const char* column) {
                return sample::number(table, row, QString::fromLatin1(column));
            };
            QVERIFY(at("gates") > 0);
            QVERIFY(
                isNear(at("energy"), at("gates") * at("activity") * at("cycles") * at("gate_energy") * 1e-6));
            all += at("energy");
        }
        QVERIFY(isNear(scalar(report, "engine_energy"), all));
        // P = S = 16: fill 3 + 4 for each tile; 4 tiles of 16 blocks, and one of one block.
        QCOMPARE(sample::number(table, 0, QStringLiteral("cycles")), 5.0 * 7 + 64 + 1);
        QCOMPARE(sample::number(table, 1, QStringLiteral("cycles")), 4.0 * 7 + 64);
    }

    void rawSavesNothing()
    {
        const Report report = traffic({ { QStringLiteral("codecs"), QStringLiteral("raw") } });
        for (const char* name : { "saving", "saving_read", "saving_write", "net_saving", "engine_energy" })
            QCOMPARE(scalar(report, name), 0.0);
        QCOMPARE(report.table(QStringLiteral("energy"))->rows.size(), std::size_t { 1 });
    }

    void picturesAreAveraged()
    {
        const Report one = traffic({});
        const Report three = traffic({ { QStringLiteral("limit"), qint64 { 3 } } }, 5);
        QCOMPARE(scalar(three, "images"), 3.0);
        QCOMPARE(energy(three, "raw", "read"), energy(one, "raw", "read"));
        QCOMPARE(layer(three, "relu", "map", "zvc", "written"), 192.0);
    }

    void weightsAreReadOnce()
    {
        const Report report = traffic({ { QStringLiteral("weights"), true } });
        QCOMPARE(layer(report, "relu", "weights", "raw", "words"), 2.0);
        QCOMPARE(layer(report, "relu", "weights", "zvc", "read"), 64.0);
        QCOMPARE(layer(traffic({}), "relu", "weights", "raw", "words"), -1.0);
    }

    void layersNotNamedStayRaw()
    {
        const Report report = traffic({ { QStringLiteral("layers"), QStringLiteral("pool") } });
        QCOMPARE(layer(report, "relu", "map", "zvc", "written"), 1024.0);
        QVERIFY(tells(report, "no activations", "relu"));
    }

    void theMissingRecipeIsTold()
    {
        QVERIFY(tells(traffic({}), "no recipe"));
        QVERIFY(!tells(traffic({ { QStringLiteral("preset"), QStringLiteral("unit") } }), "no recipe"));
    }

    void savedTracesTakeTheSameEnergy()
    {
        const QTemporaryDir folder;
        for (const char* device : { "DDR3_micron_32M_8B_x8_sg15", "DDR4_8Gb_x8_2400" }) {
            const Changed memory { { QStringLiteral("device"), QString::fromLatin1(device) } };
            Changed changed = memory;
            changed[QStringLiteral("save-trace")] = folder.filePath(QStringLiteral("t\u00e4st.trc"));
            const Report report = traffic(changed, 2);
            for (const char* codec : { "raw", "zvc" }) {
                const QString path =
                    folder.filePath(QStringLiteral("t\u00e4st_%1.trc").arg(QString::fromLatin1(codec)));
                const Report alone =
                    sample::run(QStringLiteral("dram"), analysis::openDataset(path, {}), memory);
                for (const char* what : { "total", "cycles", "act_pre" })
                    QVERIFY(isNear(scalar(alone, what), 2 * energy(report, codec, what)));
            }
        }
    }

    void stoppedIsPartial()
    {
        std::stop_source source;
        source.request_stop();
        const QTemporaryDir folder;
        const Report report =
            traffic({ { QStringLiteral("save-trace"), folder.filePath(QStringLiteral("a.trc")) } }, 1, 1,
                    { source.get_token(), {} });
        QVERIFY(report.partial);
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void refusesInOneSentence_data()
    {
        QTest::addColumn<Changed>("changed");
        QTest::addColumn<QString>("phrase");
        QTest::newRow("K") << Changed { { QStringLiteral("lossy-bits"), qint64 { 8 } } }
                           << "K (lossy): 8 is outside 0..7 for words of 8 bit";
        QTest::newRow("none") << Changed { { QStringLiteral("codecs"), QString() } }
                              << "Codecs: nothing is chosen of raw, zvc";
        QTest::newRow("layer") << Changed { { QStringLiteral("layers"), QStringLiteral("conv9") } }
                               << "\"conv9\" names no layer";
        QTest::newRow("pictures") << Changed { { QStringLiteral("images"), QString() } }
                                  << "images: a file or folder with pictures is wanted";
        QTest::newRow("device") << Changed { { QStringLiteral("device"), QStringLiteral("no") } } << "no";
    }

    void refusesInOneSentence()
    {
        QFETCH(Changed, changed);
        QFETCH(QString, phrase);
        const QString said = sample::sentence([&] { traffic(changed); });
        QVERIFY2(said.contains(phrase), qPrintable(said));
    }

    void aDumpWantsItsNetwork()
    {
        const analysis::DatasetPtr dump =
            sample::dataset({ sample::tensor("relu", { 1, 4 }, { 1, 2, 3, 4 }, engine::Role::Activation) });
        QVERIFY(sample::sentence([&] {
                    sample::run(QStringLiteral("traffic"), dump);
                }).contains(QStringLiteral("name it with network")));
    }

    void resNet20()
    {
        REQUIRE_SHARED_DATA("nets/resnet20/resnet20_cifar10.onnx");
        const Report report = sample::run(
            QStringLiteral("traffic"),
            analysis::openDataset(sharedData(QStringLiteral("nets/resnet20/resnet20_cifar10.onnx")), {}),
            { { QStringLiteral("images"), sharedData(QStringLiteral("expected/resnet20_cifar10.h5")) },
              { QStringLiteral("preset"), QStringLiteral("cifar-torch") },
              { QStringLiteral("limit"), qint64 { 2 } },
              { QStringLiteral("codecs"), QStringLiteral("zvc,bzvc-bypass") } });
        QCOMPARE(report.table(QStringLiteral("layers"))->rows.size(), std::size_t { 22 * 3 });
        QCOMPARE(layer(report, "relu1", "map", "raw", "written"), 16384.0);
        QCOMPARE(layer(report, "relu1", "map", "raw", "read"), 2 * 16384.0); // by the convolution and the sum
        QVERIFY(scalar(report, "saving") > 10 && scalar(report, "net_saving") > 0);
    }
};

QTEST_GUILESS_MAIN(TrafficTest)
#include "traffic_test.moc"
