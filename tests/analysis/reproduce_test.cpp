#include "analysis/dataset/example.h"
#include "tests/analysis/sample_data.h"

#include <QRegularExpression>
#include <QTest>

/// Figures of a work: those that the single analyses give.
class ReproduceTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theExampleGoesThroughEveryAnalysis()
    {
        const analysis::Report report = reproduce({ { QStringLiteral("limit"), qint64 { 8 } } });
        for (const char* name :
             { "lossless_ratio_example", "lossy_ratio_example", "accuracy_loss_example",
               "throughput_gain_example", "gate_overhead_example", "energy_saving_example" })
            QVERIFY2(report.scalar(QString::fromLatin1(name)) != nullptr, name);
        const auto network = analysis::openDataset(analysis::exampleFile(QStringLiteral("digits.onnx")), {});
        const analysis::Report lossy = sample::run(
            QStringLiteral("k-lossy"), network,
            { { QStringLiteral("images"), analysis::exampleFile(QStringLiteral("digits-images.idx3-ubyte")) },
              { QStringLiteral("preset"), QStringLiteral("unit") },
              { QStringLiteral("limit"), qint64 { 8 } } });
        QCOMPARE(report.scalar(QStringLiteral("lossless_ratio_example"))->value,
                 lossy.scalar(QStringLiteral("ratio_lossless"))->value);
        QCOMPARE(report.scalar(QStringLiteral("lossy_ratio_example"))->value,
                 lossy.scalar(QStringLiteral("ratio"))->value);
        const analysis::Table& ratios = *report.table(QStringLiteral("ratios"));
        QCOMPARE(sample::number(ratios, 0, QStringLiteral("bzvc-bypass")),
                 lossy.scalar(QStringLiteral("ratio_lossless"))->value);
    }

    void publishedFiguresStandBeside()
    {
        const analysis::Report report = reproduce({ { QStringLiteral("limit"), qint64 { 2 } } });
        const analysis::Table& table = *report.table(QStringLiteral("comparison"));
        const double published[] = { 2.39, 3.73, 0.4, 19, 8, 56 };
        for (std::size_t row = 0; row < std::size(published); ++row)
            QCOMPARE(sample::number(table, row, QStringLiteral("published")), published[row]);
        const analysis::Table& ratios = *report.table(QStringLiteral("ratios"));
        QCOMPARE(sample::text(ratios, 1, QStringLiteral("network")), QStringLiteral("AlexNet"));
        QCOMPARE(sample::number(ratios, 1, QStringLiteral("ebpc")), 5.1);
    }

    void refusesInOneSentence()
    {
        const QString lonelyNetwork = sample::sentence([&] {
            reproduce({ { QStringLiteral("resnet20"), QStringLiteral("x.onnx") } });
        });
        QVERIFY2(lonelyNetwork.contains(QStringLiteral("cifar: ResNet-20 is named")),
                 qPrintable(lonelyNetwork));
        const QString lonelyPictures = sample::sentence([&] {
            reproduce({ { QStringLiteral("photos"), QStringLiteral("x") } });
        });
        QVERIFY2(lonelyPictures.contains(QStringLiteral("no network that is run on them")),
                 qPrintable(lonelyPictures));
    }

private:
    static analysis::Report reproduce(const std::map<QString, analysis::Value>& changed)
    {
        return analysis::runAnalysis(analysis::findAnalysis(QStringLiteral("reproduce")), {},
                                     sample::values(QStringLiteral("reproduce"), changed), {});
    }
};

QTEST_GUILESS_MAIN(ReproduceTest)
#include "reproduce_test.moc"
