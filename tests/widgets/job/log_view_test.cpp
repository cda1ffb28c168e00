#include "tests/widgets/widget_test.h"
#include "widgets/job/log_view.h"
#include "widgets/table/data_table.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace widgets;
using analysis::Level;

class LogViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void obeysTheModelRules();
    void countsWarnings();
    void forgetsTheOldest();
    void filtersByLevelAndText();
    void copiesSelectedLines();
    void takesRemarksOfAReport();
};

namespace {

void fill(LogModel& log)
{
    log.add(Level::Note, QStringLiteral("open"), QStringLiteral("lenet5.onnx opened"));
    log.add(Level::Warning, QStringLiteral("conv1"), QStringLiteral("kept dense"));
    log.add(Level::Problem, QStringLiteral("acts.h5"), QStringLiteral("not HDF5 at byte 0"));
}

} // namespace

void LogViewTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void LogViewTest::obeysTheModelRules()
{
    LogModel log;
    const QAbstractItemModelTester rules(&log, QAbstractItemModelTester::FailureReportingMode::QtTest);
    fill(log);
    QCOMPARE(log.rowCount(), 3);
    QCOMPARE(log.index(1, LogModel::LevelColumn).data().toString(), QStringLiteral("warning"));
    QVERIFY(!log.index(1, LogModel::LevelColumn).data(Qt::DecorationRole).value<QIcon>().isNull());
    log.clear();
    QCOMPARE(log.rowCount(), 0);
}

void LogViewTest::countsWarnings()
{
    LogModel log;
    QSignalSpy changed(&log, &LogModel::warningsChanged);
    fill(log);
    QCOMPARE(log.warnings(), 1);
    QCOMPARE(log.errors(), 1);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed.back(), QVariantList({ 1, 1 }));
    log.clear();
    QCOMPARE(log.warnings(), 0);
    QCOMPARE(log.errors(), 0);
    QCOMPARE(changed.back(), QVariantList({ 0, 0 }));
}

void LogViewTest::forgetsTheOldest()
{
    LogModel log;
    log.add(Level::Warning, {}, QStringLiteral("first"));
    for (std::size_t i = 0; i < LogModel::keptAtMost; ++i)
        log.add(Level::Note, {}, QStringLiteral("later"));
    QCOMPARE(log.rowCount(), int(LogModel::keptAtMost));
    QCOMPARE(log.warnings(), 0);
    QCOMPARE(log.entry(0).text, QStringLiteral("later"));
}

void LogViewTest::filtersByLevelAndText()
{
    LogModel log;
    LogView view(&log);
    fill(log);
    view.resize(700, 300);
    QVERIFY(showActive(view));
    QCOMPARE(view.shownCount(), 3);
    const auto segment = [&](const QString& word) {
        for (auto* button : view.findChildren<QToolButton*>()) {
            if (button->text() == word)
                return button;
        }
        return static_cast<QToolButton*>(nullptr);
    };
    QTest::mouseClick(segment(QStringLiteral("Warnings")), Qt::LeftButton);
    QCOMPARE(view.shownCount(), 2);
    QTest::mouseClick(segment(QStringLiteral("Errors")), Qt::LeftButton);
    QCOMPARE(view.shownCount(), 1);
    QTest::mouseClick(segment(QStringLiteral("All")), Qt::LeftButton);
    QTest::keyClicks(view.findChild<QLineEdit*>(), QStringLiteral("CONV1"));
    QCOMPARE(view.shownCount(), 1);
}

void LogViewTest::copiesSelectedLines()
{
    LogModel log;
    LogView view(&log);
    fill(log);
    QVERIFY(showActive(view));
    view.copy();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 3);
    auto* table = view.findChild<DataTable*>();
    table->setFocus();
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList fields = QGuiApplication::clipboard()->text().trimmed().split(QLatin1Char('\t'));
    QCOMPARE(
        fields.mid(1),
        (QStringList { QStringLiteral("warning"), QStringLiteral("conv1"), QStringLiteral("kept dense") }));
}

void LogViewTest::takesRemarksOfAReport()
{
    LogModel log;
    analysis::Report report { .title = QStringLiteral("Codecs") };
    report.remarks = { { Level::Warning, QStringLiteral("fc"), QStringLiteral("one") },
                       { Level::Note, {}, QStringLiteral("two") } };
    log.addRemarks(report);
    QCOMPARE(log.entry(0).where, QStringLiteral("fc"));
    QCOMPARE(log.entry(1).where, QStringLiteral("Codecs"));
}

QTEST_MAIN(LogViewTest)
#include "log_view_test.moc"
