#include "tests/analysis/sample_data.h"

#include <QTest>

#include <cmath>

class EntropyTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void bitsPerWord_data()
    {
        QTest::addColumn<QList<float>>("values");
        QTest::addColumn<double>("expected");
        QTest::newRow("all zero") << QList<float> { 0, 0, 0, 0 } << 0.0;
        QTest::newRow("two halves") << QList<float> { 0, 1, 0, 1 } << 1.0;
        QTest::newRow("four apart") << QList<float> { 0, 85, 170, 255 } << 2.0;
        QTest::newRow("signed") << QList<float> { -127, 0, 64, 127 } << 2.0;
        QTest::newRow("skewed") << QList<float> { 0, 0, 0, 8 }
                                << -(0.75 * std::log2(0.75) + 0.25 * std::log2(0.25));
    }

    void bitsPerWord()
    {
        QFETCH(QList<float>, values);
        QFETCH(double, expected);
        const auto data = sample::dataset(
            { sample::tensor("a", { 1, values.size() }, std::vector<float>(values.begin(), values.end()),
                             engine::Role::Activation) });
        const analysis::Report report = sample::run(QStringLiteral("entropy"), data);
        QVERIFY(std::abs(report.scalar(QStringLiteral("entropy"))->value - expected) < 1e-12);
        QVERIFY(std::abs(sample::number(report.tables[0], 0, QStringLiteral("entropy")) - expected) < 1e-12);
    }

    void overallIsTheMeanOverElements()
    {
        const auto data = sample::dataset({
            sample::tensor("a", { 1, 2 }, { 0, 1 }, engine::Role::Activation),
            sample::tensor("b", { 1, 6 }, { 0, 0, 0, 0, 0, 0 }, engine::Role::Activation),
        });
        const analysis::Report report = sample::run(QStringLiteral("entropy"), data);
        QCOMPARE(report.scalar(QStringLiteral("entropy"))->value, 0.25);
    }

    void fewerBitsNeverRaiseIt()
    {
        std::vector<float> values;
        for (int i = 0; i < 4096; ++i)
            values.push_back(static_cast<float>((i * 7919) % 1009));
        const auto data =
            sample::dataset({ sample::tensor("a", { 1, 4096 }, values, engine::Role::Activation) });
        double before = 100;
        for (const qint64 word : { 12, 8, 4, 2, 1 }) {
            const double bits =
                sample::run(QStringLiteral("entropy"), data, { { QStringLiteral("word"), word } })
                    .scalar(QStringLiteral("entropy"))
                    ->value;
            QVERIFY(bits <= before + 1e-9);
            QVERIFY(bits <= static_cast<double>(word));
            before = bits;
        }
    }

    void refusesWhatCannotBeWords()
    {
        const auto data = sample::dataset(
            { sample::tensor("conv7", { 1, 2 }, { 1, std::nanf("") }, engine::Role::Activation) });
        QCOMPARE(sample::sentence([&] { sample::run(QStringLiteral("entropy"), data); }),
                 QStringLiteral("conv7[0, 1] is not a finite number; only finite values can be quantised"));
        QVERIFY(
            sample::sentence([&] {
                sample::run(QStringLiteral("entropy"), data, { { QStringLiteral("word"), qint64 { 17 } } });
            }).contains(QStringLiteral("17 is outside 1..16")));
    }
};

QTEST_GUILESS_MAIN(EntropyTest)
#include "entropy_test.moc"
