#include "analysis/report.h"
#include "tests/analysis/sample_charts.h"

#include <QRegularExpression>
#include <QTest>

using namespace analysis;

namespace {

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void microIsShownAsItsLetter()
    {
        QCOMPARE(analysis::shownUnit(QStringLiteral("uJ per image")), QStringLiteral("\u00b5J per image"));
        QCOMPARE(analysis::shownUnit(QStringLiteral("bit/us")), QStringLiteral("bit/\u00b5s"));
        for (const char* same : { "", "u", "bit", "used", "bus", "GB/s", "uint8" })
            QCOMPARE(analysis::shownUnit(QString::fromLatin1(same)), QString::fromLatin1(same));
    }

    void findsByName()
    {
        const Report report = sampleReport();
        QCOMPARE(report.table(QStringLiteral("layers")), &report.tables[0]);
        QCOMPARE(report.table(QStringLiteral("Layers")), nullptr);
        QCOMPARE(report.chart(QStringLiteral("stacked")), &report.charts[1]);
        QCOMPARE(report.chart(QStringLiteral("none")), nullptr);
        QCOMPARE(report.scalar(QStringLiteral("bits")), &report.scalars[1]);
        QCOMPARE(report.scalar(QString()), nullptr);
        QCOMPARE(report.tables[0].column(QStringLiteral("ratio")), 3);
        QCOMPARE(report.tables[0].column(QStringLiteral("Ratio")), -1);
        QCOMPARE(Report {}.table(QStringLiteral("layers")), nullptr);
    }

    void axisLabels()
    {
        const Axis axis { .title = QStringLiteral("Energy"), .unit = QStringLiteral("pJ") };
        QCOMPARE(axis.label(), QStringLiteral("Energy (pJ)"));
        const Axis plain { .title = QStringLiteral("Layer"), .unit = {} };
        QCOMPARE(plain.label(), QStringLiteral("Layer"));
    }
};

} // namespace

QTEST_GUILESS_MAIN(ReportTest)
#include "report_test.moc"
