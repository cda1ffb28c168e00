#include "tests/analysis/sample_data.h"

#include <QTest>

class SparsityTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void countsZerosPerLayerAndChannel()
    {
        const auto data = sample::dataset({ sample::tensor(
            "relu1", { 2, 2, 1, 2 }, { 0, 1, 2, 3, 0, -0.0F, 4, 5 }, engine::Role::Activation) });
        const analysis::Report report = sample::run(QStringLiteral("sparsity"), data);
        QCOMPARE(report.scalar(QStringLiteral("zero_fraction"))->value, 3.0 / 8.0);
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        QCOMPARE(layers.rows.size(), std::size_t { 1 });
        QCOMPARE(sample::number(layers, 0, QStringLiteral("zeros")), 3.0);
        QCOMPARE(sample::number(layers, 0, QStringLiteral("max")), 5.0);
        QCOMPARE(sample::number(layers, 0, QStringLiteral("mean")), 15.0 / 8.0);
        const analysis::Table& channels = *report.table(QStringLiteral("channels"));
        QCOMPARE(channels.rows.size(), std::size_t { 2 });
        QCOMPARE(sample::number(channels, 0, QStringLiteral("zero_fraction")), 0.75);
        QCOMPARE(sample::number(channels, 1, QStringLiteral("zero_fraction")), 0.0);
    }

    void histogramHoldsEveryNonZeroValue()
    {
        std::vector<float> values;
        for (int i = 0; i < 1000; ++i)
            values.push_back(i % 3 == 0 ? 0.0F : static_cast<float>(i) * 0.01F);
        const auto data =
            sample::dataset({ sample::tensor("a", { 1, 1000 }, values, engine::Role::Activation) });
        const analysis::Report report =
            sample::run(QStringLiteral("sparsity"), data, { { QStringLiteral("bins"), qint64 { 17 } } });
        const analysis::Table& histogram = *report.table(QStringLiteral("histogram"));
        QCOMPARE(histogram.rows.size(), std::size_t { 17 });
        double sum = 0;
        for (std::size_t row = 0; row < histogram.rows.size(); ++row)
            sum += sample::number(histogram, row, QStringLiteral("count"));
        QCOMPARE(sum, 666.0);
        const auto& chart =
            std::get<analysis::HistogramChart>(report.chart(QStringLiteral("histogram:a"))->kind);
        QCOMPARE(*chart.zeros, 334.0);
    }

    void choosesTensors_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QString>("glob");
        QTest::addColumn<QStringList>("expected");
        const QString all = QStringLiteral("*");
        QTest::newRow("automatic") << "auto" << all
                                   << QStringList { QStringLiteral("relu1"), QStringLiteral("relu2") };
        QTest::newRow("weights") << "weights" << all << QStringList { QStringLiteral("conv1.weight") };
        QTest::newRow("one") << "auto"
                             << "*2" << QStringList { QStringLiteral("relu2") };
        QTest::newRow("list") << "auto"
                              << "relu2, relu1"
                              << QStringList { QStringLiteral("relu1"), QStringLiteral("relu2") };
        QTest::newRow("question") << "activations"
                                  << "relu?"
                                  << QStringList { QStringLiteral("relu1"), QStringLiteral("relu2") };
    }

    void choosesTensors()
    {
        QFETCH(QString, which);
        QFETCH(QString, glob);
        QFETCH(QStringList, expected);
        const analysis::Report report =
            sample::run(QStringLiteral("sparsity"), mixed(),
                        { { QStringLiteral("tensor"), which }, { QStringLiteral("layers"), glob } });
        QStringList found;
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        for (std::size_t row = 0; row < layers.rows.size(); ++row)
            found << sample::text(layers, row, QStringLiteral("layer"));
        QCOMPARE(found, expected);
    }

    void refusesInOneSentence()
    {
        const auto onlyWeights =
            sample::dataset({ sample::tensor("fc.weight", { 2, 2 }, { 1, 2, 3, 4 }, engine::Role::Weight) });
        QCOMPARE(sample::sentence([&] {
                     sample::run(QStringLiteral("sparsity"), onlyWeights,
                                 { { QStringLiteral("tensor"), QStringLiteral("activations") } });
                 }),
                 QStringLiteral("sample: holds no activations; capture them first"));
        QCOMPARE(sample::sentence([&] {
                     sample::run(QStringLiteral("sparsity"), mixed(),
                                 { { QStringLiteral("layers"), QStringLiteral("conv9") } });
                 }),
                 QStringLiteral("layers: \"conv9\" names no layer of sample"));
        QCOMPARE(sample::sentence([&] { sample::run(QStringLiteral("sparsity"), sample::dataset({})); }),
                 QStringLiteral("sparsity: sample holds no tensors"));
    }

    void nonFiniteValuesAreSaidAndLeftOut()
    {
        const float infinity = std::numeric_limits<float>::infinity();
        const auto data = sample::dataset(
            { sample::tensor("a", { 1, 4 }, { 0, 1, infinity, std::nanf("") }, engine::Role::Activation) });
        const analysis::Report report = sample::run(QStringLiteral("sparsity"), data);
        QCOMPARE(report.remarks.size(), std::size_t { 1 });
        QCOMPARE(report.remarks[0].layer, QStringLiteral("a"));
        QCOMPARE(sample::number(report.tables[0], 0, QStringLiteral("max")), 1.0);
    }

    void stoppedWorkKeepsFinishedRows()
    {
        std::stop_source source;
        engine::Control control { source.get_token(), [&](double fraction, const std::string&) {
                                     if (fraction > 0.5)
                                         source.request_stop();
                                 } };
        const analysis::Report report = sample::run(QStringLiteral("sparsity"), mixed(), {}, control);
        QVERIFY(report.partial);
        QCOMPARE(report.table(QStringLiteral("layers"))->rows.size(), std::size_t { 1 });
    }

private:
    static analysis::DatasetPtr mixed()
    {
        return sample::dataset({
            sample::tensor("conv1.weight", { 1, 1, 2, 2 }, { 0, 1, 0, 1 }, engine::Role::Weight),
            sample::tensor("relu1", { 1, 1, 2, 2 }, { 0, 1, 0, 1 }, engine::Role::Activation),
            sample::tensor("relu2", { 1, 1, 2, 2 }, { 0, 0, 0, 1 }, engine::Role::Activation),
        });
    }
};

QTEST_GUILESS_MAIN(SparsityTest)
#include "sparsity_test.moc"
