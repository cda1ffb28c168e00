#include "tests/widgets/table/table_samples.h"
#include "tests/widgets/widget_test.h"
#include "widgets/table/table_proxy.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace widgets;

class ReportModelTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void obeysTheModelRules();
    void formats_data();
    void formats();
    void headersCarryTheUnit();
    void bytesTakeOneUnitPerColumn_data();
    void bytesTakeOneUnitPerColumn();
    void barsShareOneScale();
    void partialRow();
    void rowsAppend();
    void otherColumnsReplace();
    void keepsTheReportAlive();
    void naturalOrder_data();
    void naturalOrder();
    void missingStaysLast();
    void filters_data();
    void filters();
    void hiddenColumnsAreNotSearched();
    void largeTable();
};

namespace {

QStringList names(const QAbstractItemModel& model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, 0).data().toString());
    return result;
}

} // namespace

void ReportModelTest::init()
{
    failOnWarnings();
}

void ReportModelTest::obeysTheModelRules()
{
    ReportModel model;
    TableProxy proxy(&model);
    const QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxyRules(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    analysis::Table table = layersTable();
    model.setTable(shared(table));
    proxy.sort(1, Qt::DescendingOrder);
    table.rows.push_back(table.rows.front());
    model.setTable(shared(table));
    QCOMPARE(model.rowCount(), 6);
    proxy.setNeedle(QStringLiteral("conv"));
    QCOMPARE(proxy.rowCount(), 4);
    proxy.setNeedle({});
    model.setTable(nullptr);
    QCOMPARE(proxy.rowCount(), 0);
}

void ReportModelTest::formats_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << 0 << 0 << QStringLiteral("conv10");
    QTest::newRow("fraction") << 0 << 1 << QStringLiteral("38.4");
    QTest::newRow("fraction 0") << 2 << 1 << QStringLiteral("0.0");
    QTest::newRow("bytes") << 3 << 2 << QStringLiteral("1.25");
    QTest::newRow("bits") << 0 << 3 << QStringLiteral("2\u2009048");
    QTest::newRow("ratio") << 1 << 4 << QStringLiteral("2.25 \u00D7");
    QTest::newRow("real") << 3 << 5 << QStringLiteral("1\u2009234.500");
    QTest::newRow("minus") << 1 << 5 << QStringLiteral("\u22120.500");
    QTest::newRow("not shown as zero") << 2 << 5 << QStringLiteral("0.0001");
    QTest::newRow("missing") << 4 << 4 << QStringLiteral("\u2013");
}

void ReportModelTest::formats()
{
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(QString, text);
    ReportModel model;
    model.setTable(shared(layersTable()));
    QCOMPARE(model.index(row, column).data().toString(), text);
    const auto alignment = model.index(row, column).data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    QCOMPARE(alignment.testFlag(Qt::AlignRight), column > 0);
}

void ReportModelTest::headersCarryTheUnit()
{
    ReportModel model;
    model.setTable(shared(layersTable()));
    const QStringList wanted { QStringLiteral("Layer"),         QStringLiteral("Zeros (%)"),
                               QStringLiteral("Payload (KiB)"), QStringLiteral("Header (bit)"),
                               QStringLiteral("Ratio"),         QStringLiteral("Energy (mJ)") };
    for (int column = 0; column < model.columnCount(); ++column)
        QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), wanted[column]);
    QVERIFY(model.headerData(2, Qt::Horizontal, Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("payload [B]")));
}

void ReportModelTest::bytesTakeOneUnitPerColumn_data()
{
    QTest::addColumn<qint64>("largest");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    QTest::newRow("bytes") << qint64(1000) << QStringLiteral("(B)") << QStringLiteral("1\u2009000");
    QTest::newRow("KiB") << qint64(10240) << QStringLiteral("(KiB)") << QStringLiteral("10.00");
    QTest::newRow("still KiB") << qint64(2) * 1024 * 1024 << QStringLiteral("(KiB)")
                               << QStringLiteral("2\u2009048.00");
    QTest::newRow("MiB") << qint64(392) * 1024 * 1024 << QStringLiteral("(MiB)") << QStringLiteral("392.00");
}

void ReportModelTest::bytesTakeOneUnitPerColumn()
{
    QFETCH(qint64, largest);
    QFETCH(QString, unit);
    QFETCH(QString, text);
    analysis::Table table;
    table.columns = {
        { .name = QStringLiteral("raw"), .title = QStringLiteral("Raw"), .kind = analysis::ColumnKind::Bytes }
    };
    table.rows = { { largest } };
    ReportModel model;
    model.setTable(shared(table));
    QVERIFY(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString().endsWith(unit));
    QCOMPARE(model.index(0, 0).data().toString(), text);
}

void ReportModelTest::barsShareOneScale()
{
    ReportModel model;
    model.setTable(shared(layersTable()));
    const auto first = model.index(0, 2).data(ReportModel::BarRole).value<BarValue>();
    const auto second = model.index(1, 2).data(ReportModel::BarRole).value<BarValue>();
    QCOMPARE(first.value, 10240.0);
    QCOMPARE(first.overhead, 2048.0);
    QCOMPARE(first.maximum, 12288.0);
    QCOMPARE(second.maximum, 12288.0);
    QVERIFY(!model.index(0, 1).data(ReportModel::BarRole).isValid());
    QVERIFY(!model.index(4, 2).data(ReportModel::BarRole).isValid());
}

void ReportModelTest::partialRow()
{
    ReportModel model;
    analysis::Table table = layersTable();
    model.setTable(shared(table));
    QVERIFY(model.isPartial(4));
    QVERIFY(!model.isPartial(0));
    QCOMPARE(model.index(4, 0).data(Qt::ForegroundRole).value<QColor>(), Theme::current().text2);
    QVERIFY(model.index(4, 1).data(ReportModel::PartialRole).toBool());
    QVERIFY(!model.index(4, 2).data(ReportModel::PartialRole).toBool());
    table.partial = false;
    model.setTable(shared(table));
    QVERIFY(!model.isPartial(4));
}

void ReportModelTest::rowsAppend()
{
    ReportModel model;
    analysis::Table table = layersTable();
    table.rows.resize(2);
    model.setTable(shared(table));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setTable(shared(layersTable()));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted[0][1].toInt(), 2);
    QCOMPARE(inserted[0][2].toInt(), 4);
    QCOMPARE(reset.count(), 0);
}

void ReportModelTest::otherColumnsReplace()
{
    ReportModel model;
    model.setTable(shared(layersTable()));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    analysis::Table other = layersTable();
    other.columns.pop_back();
    for (auto& row : other.rows)
        row.pop_back();
    model.setTable(shared(other));
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.columnCount(), 5);
}

void ReportModelTest::keepsTheReportAlive()
{
    auto report = std::make_shared<analysis::Report>();
    report->tables.push_back(layersTable());
    const std::weak_ptr<const analysis::Report> watched = report;
    ReportModel model;
    model.setTable(tableOf(report, QStringLiteral("layers")));
    QVERIFY(tableOf(report, QStringLiteral("none")) == nullptr);
    report.reset();
    QVERIFY(!watched.expired());
    QCOMPARE(model.rowCount(), 5);
    model.setTable(nullptr);
    QVERIFY(watched.expired());
}

void ReportModelTest::naturalOrder_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("numbers") << QStringLiteral("conv2") << QStringLiteral("conv10");
    QTest::newRow("inside") << QStringLiteral("layer1.9.add") << QStringLiteral("layer1.10.add");
    QTest::newRow("letters") << QStringLiteral("add") << QStringLiteral("Conv");
    QTest::newRow("prefix") << QStringLiteral("conv") << QStringLiteral("conv1");
    QTest::newRow("case of one letter") << QStringLiteral("Conv1.a") << QStringLiteral("conv1.B");
    QTest::newRow("number before letter") << QStringLiteral("a1") << QStringLiteral("ab");
    QTest::newRow("zeros in front") << QStringLiteral("x007y") << QStringLiteral("x10y");
    QTest::newRow("longer than 64 bit")
        << QStringLiteral("x99999999999999999999") << QStringLiteral("x100000000000000000000");
}

void ReportModelTest::naturalOrder()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QVERIFY(naturalLess(first, second));
    QVERIFY(!naturalLess(second, first));
    QVERIFY(!naturalLess(first, first));
}

void ReportModelTest::missingStaysLast()
{
    ReportModel model;
    TableProxy proxy(&model);
    model.setTable(shared(layersTable()));
    const auto conv = [](const char* a, const char* b, const char* c, const char* d, const char* e) {
        return QStringList { QLatin1String(a), QLatin1String(b), QLatin1String(c), QLatin1String(d),
                             QLatin1String(e) };
    };
    proxy.sort(1, Qt::AscendingOrder);
    QCOMPARE(names(proxy), conv("conv1", "conv10", "conv2", "fc", "late"));
    proxy.sort(1, Qt::DescendingOrder);
    QCOMPARE(names(proxy), conv("fc", "conv2", "conv10", "conv1", "late"));
    proxy.sort(0, Qt::AscendingOrder);
    QCOMPARE(names(proxy), conv("conv1", "conv2", "conv10", "fc", "late"));
    proxy.sort(-1);
    QCOMPARE(names(proxy), conv("conv10", "conv2", "conv1", "fc", "late"));
}

void ReportModelTest::filters_data()
{
    QTest::addColumn<QString>("needle");
    QTest::addColumn<int>("rows");
    QTest::newRow("nothing") << QString() << 5;
    QTest::newRow("text, any case") << QStringLiteral("CONV") << 3;
    QTest::newRow("in a number as shown") << QStringLiteral("38.4") << 1;
    QTest::newRow("thousands as typed") << QStringLiteral("2048") << 1;
    QTest::newRow("minus as typed") << QStringLiteral("-0.5") << 1;
    QTest::newRow("nowhere") << QStringLiteral("pool") << 0;
    QTest::newRow("spaces around") << QStringLiteral("  fc ") << 1;
}

void ReportModelTest::filters()
{
    QFETCH(QString, needle);
    QFETCH(int, rows);
    ReportModel model;
    TableProxy proxy(&model);
    model.setTable(shared(layersTable()));
    proxy.setNeedle(needle);
    QCOMPARE(proxy.rowCount(), rows);
}

void ReportModelTest::hiddenColumnsAreNotSearched()
{
    ReportModel model;
    TableProxy proxy(&model);
    model.setTable(shared(layersTable()));
    proxy.setNeedle(QStringLiteral("38.4"));
    QCOMPARE(proxy.rowCount(), 1);
    proxy.setHidden(1, true);
    QCOMPARE(proxy.rowCount(), 0);
    proxy.setHidden(1, false);
    QCOMPARE(proxy.rowCount(), 1);
}

void ReportModelTest::largeTable()
{
    constexpr int count = 100000;
    analysis::Table table = layersTable();
    const std::vector<analysis::Cell> sample = table.rows.front();
    table.rows.clear();
    for (int i = 0; i < count; ++i) {
        table.rows.push_back(sample);
        table.rows.back()[0] = QStringLiteral("channel%1").arg((i * 7919) % count);
        table.rows.back()[1] = double((qint64(i) * 104729) % count) / count;
    }
    ReportModel model;
    TableProxy proxy(&model);
    CpuTime clock;
    model.setTable(shared(std::move(table)));
    const double set = clock.restart();
    proxy.sort(0, Qt::AscendingOrder);
    const double sorted = clock.restart();
    QCOMPARE(proxy.index(count - 1, 0).data().toString(), QStringLiteral("channel99999"));
    clock.restart();
    proxy.setNeedle(QStringLiteral("channel9"));
    QCOMPARE(proxy.rowCount(), 11111);
    const double filtered = clock.restart();
    proxy.setNeedle({});
    QCOMPARE(proxy.rowCount(), count);
    const double cleared = clock.restart();
    qInfo("100 000 rows: set %.0f ms, sort %.0f ms, filter %.0f ms, clear %.0f ms", set, sorted, filtered,
          cleared);
    QVERIFY(std::max({ set, sorted, filtered, cleared }) < 1000);
}

QTEST_MAIN(ReportModelTest)
#include "report_model_test.moc"
