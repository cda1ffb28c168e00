#include "tests/analysis/sample_data.h"
#include "tests/reference/golden_tensors.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

namespace {

QJsonObject goldenRows()
{
    QFile file(golden(QStringLiteral("codecs/bzvc.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("tensors")].toObject();
}

/// A golden tensor as a data set of 32-bit integers, one stream.
analysis::DatasetPtr integers(const reference::GoldenTensor& golden)
{
    auto words = std::make_shared<std::vector<std::int32_t>>(golden.make());
    engine::Tensor tensor;
    tensor.name = golden.name;
    tensor.type = engine::DType::I32;
    tensor.shape = engine::Shape { static_cast<std::int64_t>(words->size()) };
    tensor.role = engine::Role::Activation;
    tensor.source = engine::memorySource(tensor.shape, tensor.type, std::as_bytes(std::span(*words)), words);
    return sample::dataset({ tensor });
}

std::size_t rowOf(const analysis::Table& table, const QString& codec)
{
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        if (sample::text(table, row, QStringLiteral("codec")) == codec)
            return row;
    return table.rows.size();
}

} // namespace

class CodecAnalysisTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsTheGoldenCounts_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const reference::GoldenTensor& tensor : reference::goldenTensors())
            QTest::newRow(tensor.name.data()) << index++;
    }

    void equalsTheGoldenCounts()
    {
        QFETCH(int, index);
        const reference::GoldenTensor& tensor = reference::goldenTensors()[static_cast<std::size_t>(index)];
        const analysis::DatasetPtr data = integers(tensor);
        const QJsonArray rows = goldenRows()[QString::fromLatin1(tensor.name.data())]
                                    .toObject()[QStringLiteral("rows")]
                                    .toArray();
        QCOMPARE(rows.size(), 20);
        for (const QJsonValue& value : rows)
            compareRow(data, tensor, value.toObject());
    }

    void equalsTheGoldenStreams_data() { equalsTheGoldenCounts_data(); }

    /// The sizes of ebpc.json, and the hashes of its two streams.
    void equalsTheGoldenStreams()
    {
        QFETCH(int, index);
        const reference::GoldenTensor& tensor = reference::goldenTensors()[static_cast<std::size_t>(index)];
        QFile file(golden(QStringLiteral("codecs/ebpc.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject expected = QJsonDocument::fromJson(file.readAll())
                                         .object()[QStringLiteral("tensors")]
                                         .toObject()[QString::fromLatin1(tensor.name.data())]
                                         .toObject();
        const analysis::Report report =
            sample::run(QStringLiteral("codec"), integers(tensor),
                        { { QStringLiteral("codecs"), QStringLiteral("zrle16,rlc5,bpc,ebpc") },
                          { QStringLiteral("word"), qint64 { tensor.wordBits } },
                          { QStringLiteral("hash"), true } });
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        const std::pair<const char*, const char*> totals[] = { { "zrle16", "zero_rle16_spec_bits" },
                                                               { "rlc5", "eyeriss_rlc5_bits" },
                                                               { "bpc", "bpc_all_values_bits" },
                                                               { "ebpc", "ebpc_total_bits" } };
        for (const auto& [id, key] : totals)
            QCOMPARE(sample::number(layers, rowOf(layers, QString::fromLatin1(id)), QStringLiteral("total")),
                     expected[QLatin1String(key)].toDouble());
        QCOMPARE(sample::text(layers, rowOf(layers, QStringLiteral("bpc")), QStringLiteral("stream_sha256")),
                 expected[QLatin1String("bpc_all_values_sha256")].toString());
        const std::size_t ebpc = rowOf(layers, QStringLiteral("ebpc"));
        for (const char* name : { "znz_sha256", "bpc_sha256" })
            QCOMPARE(sample::text(layers, ebpc, QString::fromLatin1(name)),
                     expected[QLatin1String(name)].toString());
    }

    void payloadAndHeaderAddUp()
    {
        const analysis::Report report = sample::run(QStringLiteral("codec"), twoLayers());
        for (const analysis::Table& table : report.tables)
            for (std::size_t row = 0; row < table.rows.size(); ++row) {
                QCOMPARE(sample::number(table, row, QStringLiteral("payload"))
                             + sample::number(table, row, QStringLiteral("header")),
                         sample::number(table, row, QStringLiteral("total")));
                QCOMPARE(sample::number(table, row, QStringLiteral("raw"))
                             / sample::number(table, row, QStringLiteral("total")),
                         sample::number(table, row, QStringLiteral("ratio")));
            }
    }

    void wholeNetworkIsTheSumOfItsLayers()
    {
        const analysis::Report report = sample::run(QStringLiteral("codec"), twoLayers());
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        const analysis::Table& codecs = *report.table(QStringLiteral("codecs"));
        for (std::size_t row = 0; row < codecs.rows.size(); ++row) {
            double total = 0;
            for (std::size_t i = 0; i < layers.rows.size(); ++i)
                if (sample::text(layers, i, QStringLiteral("codec"))
                    == sample::text(codecs, row, QStringLiteral("codec")))
                    total += sample::number(layers, i, QStringLiteral("total"));
            QCOMPARE(total, sample::number(codecs, row, QStringLiteral("total")));
        }
    }

    /// Every S with every K, each codec with what it uses.
    void severalSettings()
    {
        const analysis::Report report =
            sample::run(QStringLiteral("codec"), twoLayers(),
                        { { QStringLiteral("codecs"), QStringLiteral("raw,zrle16,bzvc") },
                          { QStringLiteral("block"), QStringLiteral("4,16") },
                          { QStringLiteral("lossy-bits"), QStringLiteral("0,2") } });
        const analysis::Table& codecs = *report.table(QStringLiteral("codecs"));
        QCOMPARE(codecs.rows.size(), std::size_t { 1 + 2 + 4 });
        QVERIFY(report.scalar(QStringLiteral("ratio_raw")) != nullptr);
        QVERIFY(report.scalar(QStringLiteral("ratio_zrle16_k2")) != nullptr);
        const double lossless = report.scalar(QStringLiteral("ratio_bzvc_s16_k0"))->value;
        QVERIFY(report.scalar(QStringLiteral("ratio_bzvc_s16_k2"))->value > lossless);
        QCOMPARE(sample::text(codecs, 6, QStringLiteral("lossless")), QStringLiteral("no"));
        QCOMPARE(sample::text(codecs, 5, QStringLiteral("lossless")), QStringLiteral("yes"));
    }

    void speedsOnDemand()
    {
        const std::map<QString, analysis::Value> zvc { { QStringLiteral("codecs"), QStringLiteral("zvc") } };
        const analysis::Report without = sample::run(QStringLiteral("codec"), twoLayers(), zvc);
        QCOMPARE(without.table(QStringLiteral("codecs"))->column(QStringLiteral("encode_gbps")), -1);
        auto asked = zvc;
        asked[QStringLiteral("speed")] = true;
        const analysis::Report with = sample::run(QStringLiteral("codec"), twoLayers(), asked);
        for (const char* name : { "count_gbps", "encode_gbps", "decode_gbps" })
            QVERIFY(sample::number(*with.table(QStringLiteral("codecs")), 0, QString::fromLatin1(name)) > 0);
        QVERIFY(with.chart(QStringLiteral("speed")) != nullptr);
    }

    /// The spread of the ratios of the images, as a sample's.
    void deviationOverImages()
    {
        const auto data = sample::dataset(
            { sample::tensor("a", { 2, 16 }, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255,
                                               1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4 },
                             engine::Role::Activation) });
        const analysis::Report report = sample::run(QStringLiteral("codec"), data,
                                                    { { QStringLiteral("codecs"), QStringLiteral("zvc") } });
        const double first = 128.0 / 24;
        const double second = 128.0 / 48;
        const double mean = (first + second) / 2;
        const double expected =
            std::sqrt((first - mean) * (first - mean) + (second - mean) * (second - mean));
        QCOMPARE(sample::number(report.tables[0], 0, QStringLiteral("ratio_deviation")), expected);
    }

    /// Half of the values are 1, so the median is: larger ones are clipped to the highest word.
    void floatMapsAreQuantisedByAPercentile()
    {
        const auto data =
            sample::dataset({ sample::tensor("a", { 1, 4 }, { 1, 1, 1, 1000 }, engine::Role::Activation) });
        const auto nonzeros = [&](double percentile) {
            const analysis::Report report = sample::run(QStringLiteral("codec"), data,
                                                        { { QStringLiteral("codecs"), QStringLiteral("zvc") },
                                                          { QStringLiteral("percentile"), percentile } });
            return sample::number(report.tables[0], 0, QStringLiteral("nonzeros"));
        };
        QCOMPARE(nonzeros(100), 1.0);
        QCOMPARE(nonzeros(50), 4.0);
        const auto sparse =
            sample::dataset({ sample::tensor("a", { 1, 4 }, { 0, 0, 0, 1000 }, engine::Role::Activation) });
        const QString said = sample::sentence([&] {
            sample::run(QStringLiteral("codec"), sparse, { { QStringLiteral("percentile"), 60.0 } });
        });
        QVERIFY2(said.contains(QStringLiteral("60 % of a are zero")), qPrintable(said));
    }

    void everyImageIsAStreamOfItsOwn()
    {
        // Three images of 5 words: each is padded to a block of 16, so 3 masks, not 1.
        const auto data = sample::dataset({ sample::tensor(
            "a", { 3, 5 }, { 1, 0, 0, 0, 255, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5 }, engine::Role::Activation) });
        const analysis::Report report = sample::run(QStringLiteral("codec"), data,
                                                    { { QStringLiteral("codecs"), QStringLiteral("zvc") } });
        QCOMPARE(sample::number(report.tables[0], 0, QStringLiteral("header")), 48.0);
        QCOMPARE(sample::number(report.tables[0], 0, QStringLiteral("payload")), 56.0);
        QCOMPARE(sample::number(report.tables[0], 0, QStringLiteral("nonzeros")), 7.0);
    }

    void floatMapsAreQuantisedByTheirMaximum()
    {
        // 2.55 is the maximum, so a step is 0.01; 0.004 becomes zero and 0.006 becomes one.
        const auto data = sample::dataset(
            { sample::tensor("a", { 1, 4 }, { 0, 2.55F, 0.004F, 0.006F }, engine::Role::Activation) });
        const analysis::Report report = sample::run(QStringLiteral("codec"), data,
                                                    { { QStringLiteral("codecs"), QStringLiteral("zvc") } });
        QCOMPARE(sample::number(report.tables[0], 0, QStringLiteral("nonzeros")), 2.0);
    }

    void refusesInOneSentence_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("phrase");
        QTest::newRow("K reaches the word length") << "lossy-bits"
                                                   << "8"
                                                   << "K (lossy): 8 is outside 0..7";
        QTest::newRow("no such codec") << "codecs"
                                       << "zip"
                                       << "zip";
        QTest::newRow("no such block") << "block"
                                       << "12"
                                       << "12";
        QTest::newRow("word") << "word"
                              << "0"
                              << "0 is outside 1..16";
    }

    void refusesInOneSentence()
    {
        QFETCH(QString, id);
        QFETCH(QString, value);
        QFETCH(QString, phrase);
        const QString said = sample::sentence([&] {
            const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("codec"));
            for (const analysis::Parameter& parameter : row.parameters)
                if (parameter.id == id)
                    sample::run(QStringLiteral("codec"), twoLayers(), { { id, parameter.parse(value) } });
        });
        QVERIFY2(said.contains(phrase), qPrintable(said));
    }

    void integersThatDoNotFitAreNamed()
    {
        const reference::GoldenTensor* wide = nullptr;
        for (const reference::GoldenTensor& tensor : reference::goldenTensors())
            if (tensor.wordBits == 16 && !tensor.isSigned)
                wide = &tensor;
        QVERIFY(wide != nullptr);
        const QString said = sample::sentence([&] { sample::run(QStringLiteral("codec"), integers(*wide)); });
        QVERIFY2(said.contains(QStringLiteral("outside 0..255 of 8-bit unsigned words")), qPrintable(said));
    }

    void realActivationsCompress()
    {
        REQUIRE_SHARED_DATA("nets/resnet20/resnet20_cifar10.onnx");
        const auto network =
            analysis::openDataset(sharedData(QStringLiteral("nets/resnet20/resnet20_cifar10.onnx")), {});
        const analysis::Report captured = sample::run(
            QStringLiteral("capture"), network,
            { { QStringLiteral("images"), sharedData(QStringLiteral("expected/resnet20_cifar10.h5")) },
              { QStringLiteral("preset"), QStringLiteral("cifar-torch") },
              { QStringLiteral("layers"), QStringLiteral("*relu*") },
              { QStringLiteral("limit"), qint64 { 8 } },
              { QStringLiteral("keep"), true } });
        const analysis::Report report = sample::run(QStringLiteral("codec"), captured.derived);
        const double zvc = report.scalar(QStringLiteral("ratio_zvc"))->value;
        const double bzvc = report.scalar(QStringLiteral("ratio_bzvc-bypass"))->value;
        QVERIFY2(zvc > 1.2 && bzvc > zvc, qPrintable(QStringLiteral("%1 %2").arg(zvc).arg(bzvc)));
    }

private:
    static analysis::DatasetPtr twoLayers()
    {
        std::vector<float> values;
        for (int i = 0; i < 2 * 3 * 7 * 5; ++i)
            values.push_back(i % 3 == 0 ? 0.0F : static_cast<float>((i * 37) % 101));
        return sample::dataset({ sample::tensor("a", { 2, 3, 7, 5 }, values, engine::Role::Activation),
                                 sample::tensor("b", { 2, 105 }, values, engine::Role::Activation) });
    }

    static void compareRow(const analysis::DatasetPtr& data, const reference::GoldenTensor& tensor,
                           const QJsonObject& expected)
    {
        const QString block = QString::number(expected[QStringLiteral("s")].toInt());
        const analysis::Report report = sample::run(
            QStringLiteral("codec"), data,
            { { QStringLiteral("codecs"), QStringLiteral("zvc,bzvc,bzvc-bypass") },
              { QStringLiteral("word"), qint64 { tensor.wordBits } },
              { QStringLiteral("block"), block },
              { QStringLiteral("lossy-bits"), QString::number(expected[QStringLiteral("k")].toInt()) },
              { QStringLiteral("hash"), true } });
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        const std::pair<const char*, const char*> codecs[] = { { "zvc", "zvc" },
                                                               { "bzvc", "bzvc" },
                                                               { "bzvc-bypass", "bzvc_bypass" } };
        for (const auto& [id, key] : codecs) {
            const std::size_t row = rowOf(layers, QString::fromLatin1(id));
            const QString prefix = QString::fromLatin1(key);
            QCOMPARE(sample::number(layers, row, QStringLiteral("total")),
                     expected[prefix + QStringLiteral("_bits")].toDouble());
            QCOMPARE(sample::number(layers, row, QStringLiteral("nonzeros")),
                     expected[QStringLiteral("nonzeros")].toDouble());
            if (expected.contains(prefix + QStringLiteral("_sha256")))
                QCOMPARE(sample::text(layers, row, QStringLiteral("stream_sha256")),
                         expected[prefix + QStringLiteral("_sha256")].toString());
        }
    }
};

QTEST_GUILESS_MAIN(CodecAnalysisTest)
#include "codec_test.moc"
