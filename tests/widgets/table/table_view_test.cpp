#include "tests/widgets/table/table_samples.h"
#include "tests/widgets/widget_test.h"
#include "widgets/table/data_table.h"
#include "widgets/table/table_view.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace widgets;

class TableViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void clickOnAHeaderSorts();
    void typingFilters();
    void copiesSelectedRowsRaw();
    void copiesAllWithoutSelection();
    void copiesCsvAndLatex();
    void choosesColumns();
    void keyboardChoosesAndActivates();
    void focusAloneChoosesNothing();
    void selectsByReportRow();
    void selectionSurvivesNewRows();
    void widthsStayWhenRowsCome();
    void barNeverCoversTheNumber();
    void manyRowsPaintAtOnce();
};

namespace {

struct Fixture {
    explicit Fixture(analysis::Table table = layersTable())
        : view(QStringLiteral("Layers"))
        , grid(view.findChild<DataTable*>())
    {
        view.setTable(shared(std::move(table)));
        view.resize(900, 300);
        shown = showActive(view);
    }

    QPoint cell(int row, int column) const
    {
        return grid->visualRect(grid->model()->index(row, column)).center();
    }

    QPoint header(int column) const
    {
        const QHeaderView* sections = grid->horizontalHeader();
        return { sections->sectionViewportPosition(column) + 20, sections->height() / 2 };
    }

    QString text(int row) const { return grid->model()->index(row, 0).data().toString(); }

    TableView view;
    DataTable* grid;
    bool shown = false;
};

} // namespace

void TableViewTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void TableViewTest::clickOnAHeaderSorts()
{
    Fixture it;
    QVERIFY(it.shown);
    QCOMPARE(it.text(0), QStringLiteral("conv10"));
    QWidget* sections = it.grid->horizontalHeader()->viewport();
    QTest::mouseClick(sections, Qt::LeftButton, {}, it.header(0));
    QCOMPARE(it.text(0), QStringLiteral("conv1"));
    QTest::mouseClick(sections, Qt::LeftButton, {}, it.header(0));
    QCOMPARE(it.text(0), QStringLiteral("late"));
    QTest::mouseClick(sections, Qt::LeftButton, {}, it.header(0));
    QCOMPARE(it.text(0), QStringLiteral("conv10"));
    QCOMPARE(it.view.shownRows(), (QList<int> { 0, 1, 2, 3, 4 }));
}

void TableViewTest::typingFilters()
{
    Fixture it;
    QVERIFY(it.shown);
    QTest::keyClick(it.grid, Qt::Key_F, Qt::ControlModifier);
    auto* field = it.view.findChild<QLineEdit*>();
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("conv"));
    QCOMPARE(it.view.shownRows(), (QList<int> { 0, 1, 2 }));
    QVERIFY(it.view.findChild<QLabel*>()->text() == QStringLiteral("3 of 5 rows"));
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(it.view.shownRows().size(), 5);
    QCOMPARE(it.view.findChild<QLabel*>()->text(), QStringLiteral("5 rows"));
}

void TableViewTest::copiesSelectedRowsRaw()
{
    Fixture it;
    QVERIFY(it.shown);
    QTest::mouseClick(it.grid->horizontalHeader()->viewport(), Qt::LeftButton, {}, it.header(0));
    QTest::mouseClick(it.grid->viewport(), Qt::LeftButton, {}, it.cell(0, 1));
    QTest::mouseClick(it.grid->viewport(), Qt::LeftButton, Qt::ControlModifier, it.cell(2, 1));
    QCOMPARE(it.view.selectedRows(), (QList<int> { 2, 0 }));
    QTest::keyClick(it.grid, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines =
        QGuiApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(QStringLiteral("layer\t")));
    QCOMPARE(lines[1], QStringLiteral("conv1\t0\t2560\t0\t1\t1e-04"));
    QCOMPARE(lines[2], QStringLiteral("conv10\t0.384\t10240\t2048\t1.8\t1.25"));
}

void TableViewTest::copiesAllWithoutSelection()
{
    Fixture it;
    it.view.setFilter(QStringLiteral("conv"));
    it.view.selectRow(-1);
    it.view.copy(CopyFormat::Tsv);
    QCOMPARE(QGuiApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts).size(), 4);
}

void TableViewTest::copiesCsvAndLatex()
{
    Fixture it;
    it.view.selectRow(1);
    it.view.setVisibleColumns({ QStringLiteral("layer"), QStringLiteral("ratio") });
    it.view.copy(CopyFormat::Csv);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("conv2,2.25")));
    it.view.copy(CopyFormat::Latex);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\\begin{tabular}")));
}

void TableViewTest::choosesColumns()
{
    Fixture it;
    QVERIFY(it.shown);
    const QPoint place = it.header(1);
    emit it.grid->horizontalHeader()->customContextMenuRequested(place);
    auto* menu = it.view.findChild<QMenu*>();
    QVERIFY(menu != nullptr && menu->isVisible());
    QCOMPARE(menu->actions()[1]->text(), QStringLiteral("Zeros (%)"));
    QVERIFY(menu->actions()[1]->isChecked());
    menu->actions()[1]->trigger();
    menu->close();
    QVERIFY(!it.view.visibleColumns().contains(QStringLiteral("zero_fraction")));
    QCOMPARE(it.view.excerpt().columns.size(), std::size_t(5));
    it.view.setVisibleColumns({});
    QCOMPARE(it.view.visibleColumns().size(), 6);
}

void TableViewTest::keyboardChoosesAndActivates()
{
    Fixture it;
    QVERIFY(it.shown);
    QSignalSpy chosen(&it.view, &TableView::rowChosen);
    QSignalSpy activated(&it.view, &TableView::rowActivated);
    it.view.setFocus(Qt::TabFocusReason);
    QTest::mouseClick(it.grid->horizontalHeader()->viewport(), Qt::LeftButton, {}, it.header(0));
    QTest::mouseClick(it.grid->viewport(), Qt::LeftButton, {}, it.cell(0, 0));
    QTest::keyClick(it.grid, Qt::Key_Down);
    QCOMPARE(chosen.last()[0].toInt(), 1);
    QTest::keyClick(it.grid, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toInt(), 1);
    QTest::mouseDClick(it.grid->viewport(), Qt::LeftButton, {}, it.cell(2, 0));
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated[1][0].toInt(), 0);
}

void TableViewTest::focusAloneChoosesNothing()
{
    const Fixture it;
    QSignalSpy chosen(&it.view, &TableView::rowChosen);
    it.grid->setFocus(Qt::TabFocusReason);
    QVERIFY(it.grid->currentIndex().isValid());
    QCOMPARE(chosen.count(), 0);
    QTest::mouseClick(it.grid->viewport(), Qt::LeftButton, {}, it.cell(0, 0));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 0);
    QTest::keyClick(it.grid, Qt::Key_Down);
    QCOMPARE(chosen.count(), 2);
}

void TableViewTest::selectsByReportRow()
{
    Fixture it;
    QSignalSpy chosen(&it.view, &TableView::rowChosen);
    QTest::mouseClick(it.grid->horizontalHeader()->viewport(), Qt::LeftButton, {}, it.header(0));
    it.view.selectRow(0);
    QCOMPARE(it.view.selectedRows(), QList<int> { 0 });
    QCOMPARE(it.grid->currentIndex().data().toString(), QStringLiteral("conv10"));
    QCOMPARE(chosen.count(), 0);
}

void TableViewTest::selectionSurvivesNewRows()
{
    analysis::Table table = layersTable();
    table.rows.resize(3);
    Fixture it(table);
    it.view.selectRow(1);
    it.view.setTable(shared(layersTable()));
    QCOMPARE(it.view.selectedRows(), QList<int> { 1 });
    QCOMPARE(it.view.shownRows().size(), 5);
}

void TableViewTest::widthsStayWhenRowsCome()
{
    analysis::Table table = layersTable();
    table.rows.resize(2);
    Fixture it(table);
    const int before = it.grid->columnWidth(0);
    table = layersTable();
    table.rows[4][0] = QStringLiteral("a name that is far longer than all the ones before it");
    it.view.setTable(shared(table));
    QCOMPARE(it.grid->columnWidth(0), before);
}

void TableViewTest::barNeverCoversTheNumber()
{
    Fixture it;
    QVERIFY(it.shown);
    const QImage image = it.grid->viewport()->grab().toImage();
    const QRect cell = it.grid->visualRect(it.grid->model()->index(0, 2));
    const Theme& theme = Theme::current();
    const auto at = [&](int fromRight) {
        return image.pixelColor(cell.right() - fromRight, cell.center().y());
    };
    // From the right: 8 px margin, 56 px of bar (hatched at its end, plain at its start), 8 px of ground.
    QCOMPARE(at(8 + 50), theme.a);
    QCOMPARE(at(8 + 56 + 4), theme.panel);
    const QRect small = it.grid->visualRect(it.grid->model()->index(3, 2));
    QCOMPARE(image.pixelColor(small.right() - 12, small.center().y()), theme.selin);
    QCOMPARE(image.pixelColor(small.center().x(), small.bottom()), theme.grid);
}

void TableViewTest::manyRowsPaintAtOnce()
{
    analysis::Table table = layersTable();
    const std::vector<analysis::Cell> sample = table.rows.front();
    table.rows.assign(100000, sample);
    CpuTime clock;
    Fixture it(std::move(table));
    QVERIFY(it.shown);
    it.grid->scrollToBottom();
    it.grid->viewport()->grab();
    const double spent = clock.restart();
    qInfo("100 000 rows shown and scrolled to the end in %.0f ms", spent);
    QVERIFY(spent < 1000);
}

QTEST_MAIN(TableViewTest)
#include "table_view_test.moc"
