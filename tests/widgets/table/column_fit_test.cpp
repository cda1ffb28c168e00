#include "tests/widgets/table/table_samples.h"
#include "tests/widgets/widget_test.h"
#include "widgets/table/bar_delegate.h"
#include "widgets/table/column_fit.h"
#include "widgets/table/data_table.h"
#include "widgets/table/table_view.h"
#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <QScrollBar>

#include <numeric>

using namespace widgets;

/// Columns give way in a fixed order, and come back when there is room again.
class ColumnFitTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void loosensInOrder_data();
    void loosensInOrder();
    void figuresAreNeverCut();
    void brokenHeaders_data();
    void brokenHeaders();
    void followsTheWidth();
    void aWidthSetByHandStays();
};

namespace {

std::vector<ColumnNeed> needs()
{
    return { { .text = 120, .title = 30, .brokenTitle = 30, .elastic = true },
             { .text = 90, .title = 80, .brokenTitle = 40 },
             { .text = 40, .title = 100, .brokenTitle = 60, .bar = true },
             { .text = 60, .title = 60, .brokenTitle = 60, .bar = true } };
}

int total(const ColumnFit& fit)
{
    return std::accumulate(fit.widths.begin(), fit.widths.end(), 0);
}

TablePtr wideTable()
{
    analysis::Table table { .id = QStringLiteral("wide"), .title = QStringLiteral("Wide") };
    table.columns.push_back({ .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") });
    table.columns.push_back({ .name = QStringLiteral("shape"), .title = QStringLiteral("Output shape") });
    for (int i = 0; i < 5; ++i)
        table.columns.push_back({ .name = QStringLiteral("c%1").arg(i),
                                  .title = QStringLiteral("Activation zeros"),
                                  .kind = analysis::ColumnKind::Fraction,
                                  .bar = true,
                                  .decimals = 1 });
    std::vector<analysis::Cell> row { QStringLiteral("features.17.conv.depthwise"),
                                      QStringLiteral("1 × 96 × 112 × 112") };
    row.resize(table.columns.size(), 0.5);
    table.rows.assign(3, row);
    return shared(std::move(table));
}

} // namespace

void ColumnFitTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void ColumnFitTest::loosensInOrder_data()
{
    QTest::addColumn<int>("available");
    QTest::addColumn<int>("barWidth");
    QTest::addColumn<bool>("broken");
    QTest::addColumn<bool>("whole"); ///< the names
    QTest::newRow("room for all") << 2000 << BarDelegate::barWidth << false << true;
    QTest::newRow("shorter bars") << 520 << 40 << false << true;
    QTest::newRow("titles on two lines") << 500 << 40 << true << true;
    QTest::newRow("short bars") << 450 << 24 << true << true;
    QTest::newRow("shortest bars") << 435 << 16 << true << true;
    QTest::newRow("elided names") << 400 << 16 << true << false;
}

void ColumnFitTest::loosensInOrder()
{
    QFETCH(const int, available);
    QFETCH(const bool, whole);
    const ColumnFit fit = widgets::fitColumns(needs(), available);
    QTEST(fit.barWidth, "barWidth");
    QTEST(fit.brokenTitles, "broken");
    QVERIFY(total(fit) <= available);
    QCOMPARE(fit.widths[0] >= 120 + 2 * BarDelegate::margin, whole);
}

void ColumnFitTest::figuresAreNeverCut()
{
    const ColumnFit fit = widgets::fitColumns(needs(), 100);
    QVERIFY(total(fit) > 100); // left to the scroll bar
    QVERIFY(fit.widths[0] >= 120 + 2 * BarDelegate::margin);
    QVERIFY(fit.widths[1] >= 90 + 2 * BarDelegate::margin);
    QVERIFY(fit.widths[3] >= 60 + fit.barWidth + 3 * BarDelegate::margin);
}

void ColumnFitTest::brokenHeaders_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("broken");
    QTest::newRow("one word") << QStringLiteral("Parameters") << QStringLiteral("Parameters");
    QTest::newRow("two") << QStringLiteral("Output shape") << QStringLiteral("Output\nshape");
    QTest::newRow("three") << QStringLiteral("Zeros of weights") << QStringLiteral("Zeros of\nweights");
    QTest::newRow("none") << QString() << QStringLiteral("x");
}

void ColumnFitTest::brokenHeaders()
{
    QFETCH(const QString, title);
    analysis::Table table;
    table.columns.push_back({ .name = QStringLiteral("x"), .title = title });
    QTEST(ColumnFormat(table, 0).brokenHeader(), "broken");
}

void ColumnFitTest::followsTheWidth()
{
    TableView view(QStringLiteral("Wide"));
    view.setTable(wideTable());
    view.resize(1400, 300);
    QVERIFY(showActive(view));
    auto* grid = view.findChild<DataTable*>();
    const int loose = grid->columnWidth(2);
    const int oneLine = grid->horizontalHeader()->height();
    QCOMPARE(grid->horizontalScrollBar()->maximum(), 0);
    view.resize(680, 300);
    QTRY_VERIFY(grid->columnWidth(2) < loose);
    QTRY_COMPARE(grid->horizontalScrollBar()->maximum(), 0);
    QTRY_VERIFY(grid->horizontalHeader()->height() > oneLine);
    view.resize(300, 300);
    QTRY_VERIFY(grid->horizontalScrollBar()->maximum() > 0);
    view.resize(1400, 300);
    QTRY_COMPARE(grid->columnWidth(2), loose);
    QTRY_COMPARE(grid->horizontalHeader()->height(), oneLine);
}

void ColumnFitTest::aWidthSetByHandStays()
{
    TableView view(QStringLiteral("Wide"));
    view.setTable(wideTable());
    view.resize(1400, 300);
    QVERIFY(showActive(view));
    auto* grid = view.findChild<DataTable*>();
    grid->setColumnWidth(0, 210);
    view.resize(700, 300);
    QCoreApplication::processEvents();
    QCOMPARE(grid->columnWidth(0), 210);
}

QTEST_MAIN(ColumnFitTest)
#include "column_fit_test.moc"
