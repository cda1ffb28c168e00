#include "analysis/network/overview.h"
#include "tests/analysis/sample_data.h"

#include <QTest>

#include <cmath>

class InspectTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void countsWhatTheLayersHold()
    {
        const auto data = sample::dataset({ weights("fc.weight", { 3, 4 }), weights("fc.bias", { 3 }) });
        const analysis::Report report = sample::run(QStringLiteral("inspect"), data);
        QCOMPARE(report.scalar(QStringLiteral("parameters"))->value, 15.0);
        QCOMPARE(report.scalar(QStringLiteral("macs"))->value, 12.0);
        const analysis::Table& layers = *report.table(QStringLiteral("layers"));
        QCOMPARE(layers.rows.size(), std::size_t { 1 });
        QCOMPARE(sample::number(layers, 0, QStringLiteral("parameters")), 15.0);
    }

    void convolutionsWithoutAGraphHaveUnknownMacs()
    {
        const auto data = sample::dataset({ weights("conv1.weight", { 2, 1, 3, 3 }) });
        const analysis::Report report = sample::run(QStringLiteral("inspect"), data);
        QCOMPARE(report.scalar(QStringLiteral("parameters"))->value, 18.0);
        QVERIFY(std::isnan(report.scalar(QStringLiteral("macs"))->value));
        QCOMPARE(report.remarks.size(), std::size_t { 1 });
    }

    void overviewJoinsZerosAndRatio()
    {
        std::vector<float> values(64, 0.0F);
        values[5] = 1;
        const auto data =
            sample::dataset({ sample::tensor("relu1", { 1, 1, 8, 8 }, values, engine::Role::Activation) });
        const analysis::Table table = analysis::overviewTable(data->content, {});
        QCOMPARE(sample::number(table, 0, QStringLiteral("zero_fraction")), 63.0 / 64);
        // Four blocks of 1 + 3 + 16 bits and one word of 8.
        QCOMPARE(sample::number(table, 0, QStringLiteral("ratio")), 512.0 / (4 * 20 + 8));
    }

    void overviewOfWeightsHasNoActivationColumns()
    {
        const auto data = sample::dataset({ weights("fc.weight", { 3, 4 }) });
        const analysis::Table table = analysis::overviewTable(data->content, {});
        QCOMPARE(table.column(QStringLiteral("ratio")), -1);
        QCOMPARE(sample::number(table, 0, QStringLiteral("weight_zeros")), 1.0 / 12);
    }

private:
    static engine::Tensor weights(const std::string& name, const engine::Shape& shape)
    {
        std::vector<float> values(shape.elements());
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i);
        engine::Tensor made = sample::tensor(name, shape, std::move(values), engine::Role::Weight);
        made.layer = name.substr(0, name.find('.'));
        return made;
    }
};

QTEST_GUILESS_MAIN(InspectTest)
#include "inspect_test.moc"
