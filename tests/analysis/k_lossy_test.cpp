#include "analysis/activation/accuracy.h"
#include "analysis/activation/feature_maps.h"
#include "analysis/activation/words.h"
#include "engine/codec/lossy.h"
#include "tests/analysis/example_data.h"

#include <QTest>

#include <cmath>

namespace {

using analysis::Report;
using analysis::Table;
using Changed = std::map<QString, analysis::Value>;

const QString id = QStringLiteral("k-lossy");

/// 8-bit words of two pictures, for errors that can be checked by hand.
analysis::DatasetPtr words()
{
    static const auto values =
        std::make_shared<std::vector<std::uint8_t>>(std::vector<std::uint8_t> { 0, 1, 2, 3, 4, 7, 8, 255 });
    engine::Tensor tensor;
    tensor.name = tensor.layer = "map";
    tensor.type = engine::DType::U8;
    tensor.shape = engine::Shape { 2, 4 };
    tensor.role = engine::Role::Activation;
    tensor.source =
        engine::memorySource(tensor.shape, tensor.type, std::as_bytes(std::span(*values)), values);
    return sample::dataset({ tensor });
}

std::size_t rowOf(const Table& table, const QString& layer, int k)
{
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        if (sample::text(table, row, QStringLiteral("layer")) == layer
            && sample::number(table, row, QStringLiteral("lossy_bits")) == k)
            return row;
    throw std::logic_error("no such row");
}

/// Accuracy with K by map, by plain whole runs of the network.
double accuracyOf(const analysis::MapSet& set, const std::vector<int>& lossyBits)
{
    std::map<std::size_t, engine::codec::LossyStep> steps;
    engine::nn::RunOptions options;
    for (std::size_t i = 0; i < set.data.size(); ++i) {
        const std::size_t node = set.maps[*set.data[i].map].node;
        const auto quantiser = analysis::wordSource(*set.data[i].tensor, 8, {}).quantiser;
        steps.emplace(node, engine::codec::LossyStep(quantiser, lossyBits[i], false));
        options.edited.insert(node);
    }
    options.edit = [&](unsigned, const engine::nn::NodeOutput& output, std::span<float> values) {
        steps.at(output.node).values(values);
    };
    const engine::nn::Runner runner(set.network->content.graph);
    const auto result = runner.run(*set.run->images, set.run->recipe, options, {});
    return analysis::accuracy(result, *set.run->images, {}).top1;
}

Report onExample(const Changed& changed = {}, const engine::Control& control = {})
{
    return sample::run(id, example::open(QStringLiteral("digits.onnx")), example::onPictures(changed),
                       control);
}

} // namespace

class KLossyTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void errorsByHand()
    {
        const Report report = sample::run(id, words());
        const Table& table = *report.table(QStringLiteral("layers"));
        QCOMPARE(table.rows.size(), std::size_t { 8 });
        // K = 1 takes 1 from 1, 3, 7 and 255; K = 2 takes 1, 2, 3, 3 and 3.
        QCOMPARE(sample::number(table, 1, QStringLiteral("mean_error")), 4.0 / 8);
        QCOMPARE(sample::number(table, 1, QStringLiteral("max_error")), 1.0);
        QCOMPARE(sample::number(table, 1, QStringLiteral("zero_fraction")), 2.0 / 8);
        QCOMPARE(sample::number(table, 2, QStringLiteral("mean_error")), 12.0 / 8);
        QCOMPARE(sample::number(table, 2, QStringLiteral("max_error")), 3.0);
        QCOMPARE(sample::number(table, 2, QStringLiteral("zero_fraction")), 4.0 / 8);
        const double signal = 1 + 4 + 9 + 16 + 49 + 64 + 255 * 255;
        QCOMPARE(sample::number(table, 1, QStringLiteral("sqnr")), 10 * std::log10(signal / 4));
        QVERIFY(std::holds_alternative<std::monostate>(
            table.rows[0][static_cast<std::size_t>(table.column(QStringLiteral("sqnr")))]));
    }

    void midpointPutsHalfBack()
    {
        const Report report = sample::run(id, words(), { { QStringLiteral("midpoint"), true } });
        const Table& table = *report.table(QStringLiteral("layers"));
        // K = 2: 4, 7, 8, 255 become 6, 6, 10, 254; 1, 2, 3 become 0.
        QCOMPARE(sample::number(table, 2, QStringLiteral("mean_error")), (1 + 2 + 3 + 2 + 1 + 2 + 1) / 8.0);
    }

    void sizesEqualTheCodecs()
    {
        const auto dump = example::open(QStringLiteral("digits-activations.h5"));
        const Report mine = sample::run(id, dump, { { QStringLiteral("block"), QStringLiteral("8") } });
        const Report theirs =
            sample::run(QStringLiteral("codec"), dump,
                        { { QStringLiteral("codecs"), QStringLiteral("bzvc-bypass") },
                          { QStringLiteral("block"), QStringLiteral("8") },
                          { QStringLiteral("lossy-bits"), QStringLiteral("0,1,2,3,4,5,6,7") } });
        const Table& layers = *mine.table(QStringLiteral("layers"));
        const Table& wanted = *theirs.table(QStringLiteral("layers"));
        QCOMPARE(layers.rows.size(), wanted.rows.size());
        for (std::size_t row = 0; row < wanted.rows.size(); ++row)
            QCOMPARE(sample::number(
                         layers,
                         rowOf(layers, sample::text(wanted, row, QStringLiteral("layer")),
                               static_cast<int>(sample::number(wanted, row, QStringLiteral("lossy_bits")))),
                         QStringLiteral("bits")),
                     sample::number(wanted, row, QStringLiteral("total")));
    }

    void accuraciesEqualWholeRuns()
    {
        const Report report = onExample();
        const Table& layers = *report.table(QStringLiteral("layers"));
        analysis::Inputs inputs;
        inputs.datasets = { example::open(QStringLiteral("digits.onnx")) };
        const analysis::MapSet set = analysis::mapSet(inputs, sample::values(id, example::onPictures()), {});
        std::vector<int> lossyBits(set.data.size(), 0);
        QCOMPARE(report.scalar(QStringLiteral("accuracy_before"))->value, accuracyOf(set, lossyBits));
        for (const std::size_t map : { std::size_t { 0 }, set.data.size() / 2, set.data.size() - 1 })
            for (const int k : { 3, 5, 7 }) {
                lossyBits[map] = k;
                QCOMPARE(
                    sample::number(layers, rowOf(layers, set.data[map].layer, k), QStringLiteral("accuracy")),
                    accuracyOf(set, lossyBits));
                lossyBits[map] = 0;
            }
        const Table& chosen = *report.table(QStringLiteral("chosen"));
        for (std::size_t map = 0; map < set.data.size(); ++map)
            lossyBits[map] = static_cast<int>(sample::number(chosen, map, QStringLiteral("lossy_bits")));
        QCOMPARE(report.scalar(QStringLiteral("accuracy_after"))->value, accuracyOf(set, lossyBits));
    }

    void theAllowedLossIsKept_data()
    {
        QTest::addColumn<double>("loss");
        QTest::addColumn<QString>("order");
        for (const double loss : { 0.0, 2.0, 20.0 })
            for (const char* order : { "noise", "accuracy" })
                QTest::addRow("%g %s", loss, order) << loss << QString::fromLatin1(order);
    }

    void theAllowedLossIsKept()
    {
        QFETCH(double, loss);
        QFETCH(QString, order);
        const Report report =
            onExample({ { QStringLiteral("loss"), loss }, { QStringLiteral("order"), order } });
        QVERIFY(!report.partial);
        QVERIFY(report.scalar(QStringLiteral("loss"))->value <= loss);
        QVERIFY(report.scalar(QStringLiteral("ratio"))->value
                > report.scalar(QStringLiteral("ratio_lossless"))->value);
        const Table& chosen = *report.table(QStringLiteral("chosen"));
        double raw = 0;
        double coded = 0;
        for (std::size_t row = 0; row < chosen.rows.size(); ++row) {
            raw += sample::number(chosen, row, QStringLiteral("raw"));
            coded += sample::number(chosen, row, QStringLiteral("bits"));
        }
        QCOMPARE(report.scalar(QStringLiteral("ratio"))->value, raw / coded);
    }

    void aDumpKeepsItsSqnr()
    {
        const Report report = sample::run(id, example::open(QStringLiteral("digits-activations.h5")),
                                          { { QStringLiteral("sqnr"), 25.0 } });
        QVERIFY(report.scalar(QStringLiteral("sqnr_after"))->value >= 25);
        QVERIFY(report.scalar(QStringLiteral("sqnr_after"))->value < 26);
        QVERIFY(report.scalar(QStringLiteral("accuracy_before")) == nullptr);
        QCOMPARE(report.remarks.size(), std::size_t { 1 });
        const Report beyond = sample::run(id, example::open(QStringLiteral("digits-activations.h5")),
                                          { { QStringLiteral("sqnr"), 90.0 } });
        QCOMPARE(beyond.scalar(QStringLiteral("ratio"))->value,
                 beyond.scalar(QStringLiteral("ratio_lossless"))->value);
        QCOMPARE(beyond.remarks.back().level, analysis::Level::Warning);
    }

    void stoppedKeepsWhatIsDone_data()
    {
        QTest::addColumn<double>("fraction");
        QTest::newRow("maps") << 0.02;
        QTest::newRow("sizes") << 0.1;
        QTest::newRow("sensitivities") << 0.4;
        QTest::newRow("search") << 0.65;
    }

    void stoppedKeepsWhatIsDone()
    {
        QFETCH(double, fraction);
        const example::StopAt stop(fraction);
        const Report report = onExample({}, stop.control());
        QVERIFY(report.partial);
        const Table& layers = *report.table(QStringLiteral("layers"));
        QVERIFY(layers.partial);
        QCOMPARE(layers.rows.empty(), fraction < 0.05);
        QCOMPARE(report.table(QStringLiteral("chosen")) != nullptr, fraction > 0.6);
    }

    void sentences_data()
    {
        QTest::addColumn<Changed>("changed");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no pictures") << Changed { { QStringLiteral("images"), QString() } }
                                     << QStringLiteral("images: a file or folder with pictures is wanted");
        QTest::newRow("no such layer")
            << Changed { { QStringLiteral("layers"), QStringLiteral("nix") } }
            << QStringLiteral("layers: \"nix\" names no layer of the network that makes a feature map");
    }

    void sentences()
    {
        QFETCH(Changed, changed);
        QFETCH(QString, sentence);
        QCOMPARE(sample::sentence([&] { onExample(changed); }), sentence);
    }

    void oneBitIsTooFewForSigns()
    {
        const auto data =
            sample::dataset({ sample::tensor("a", { 1, 2 }, { -1, 1 }, engine::Role::Activation) });
        const Changed oneBit = { { QStringLiteral("word"), qint64 { 1 } } };
        QCOMPARE(
            sample::sentence([&] { sample::run(id, data, oneBit); }),
            QStringLiteral("word length: 1 is too short for a, which has negative values; take 2 or more"));
    }

    void notANumberIsNamed()
    {
        const auto data = sample::dataset(
            { sample::tensor("a", { 1, 2 }, { std::nanf(""), 1 }, engine::Role::Activation) });
        QCOMPARE(sample::sentence([&] { sample::run(id, data); }),
                 QStringLiteral("a[0, 0] is not a finite number; only finite values can be quantised"));
    }
};

QTEST_GUILESS_MAIN(KLossyTest)
#include "k_lossy_test.moc"
