#include "analysis/export/chart_table.h"
#include "analysis/export/writers.h"
#include "tests/widgets/chart/chart_view_input.h"
#include "tests/widgets/chart/sample_charts.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/chart_view.h"
#include "widgets/chart/kind_view.h"
#include "widgets/parts/value_tip.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace widgets;
using namespace input;

class ChartViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_view.reset(); }

    void hoverReads();
    void hoverReadsEveryKind_data();
    void hoverReadsEveryKind();
    void leavingClears();
    void clickSelects();
    void fullBarsAreReadable_data();
    void fullBarsAreReadable();
    void arrowKeysAndEnter();
    void arrowKeysOnMaps();
    void tableKey();
    void contextMenu();
    void copyPicture();
    void copyData();
    void logarithmic();
    void themeRecolours();
    void liveUpdateKeepsZoom();
    void highlightOutside();
    void emptyChart();
    void accessibleName();
    void thinBars();
    void largeChartsAreQuick();

private:
    void show(const analysis::Chart& chart);
    QImage picture() { return m_view->grab().toImage().convertToFormat(QImage::Format_RGB32); }
    bool hasColour(const QColor& colour);

    std::unique_ptr<ChartView> m_view;
};

void ChartViewTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
    m_view = std::make_unique<ChartView>();
    m_view->resize(640, 340);
}

void ChartViewTest::show(const analysis::Chart& chart)
{
    m_view->setChart(chart);
    QVERIFY(showActive(*m_view));
    m_view->setFocus();
    m_view->grab();
}

bool ChartViewTest::hasColour(const QColor& colour)
{
    const QImage image = picture();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == colour.rgb())
                return true;
        }
    }
    return false;
}

void ChartViewTest::hoverReads()
{
    show(samples::ratios());
    QSignalSpy hovered(m_view.get(), &ChartView::hovered);
    hover(*m_view, barAt(*m_view, 5) - QPoint(5, 0));
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(hovered[0][0].toString(), QStringLiteral("2.2, Word ZVC: 3.21"));
    hover(*m_view, barAt(*m_view, 5) + QPoint(5, 0));
    QCOMPARE(hovered.last()[0].toString(), QStringLiteral("2.2, Bit-level ZVC + bypass: 3.32"));
    auto* tip = m_view->findChild<ValueTip*>();
    QVERIFY(tip->isVisible());
    QVERIFY(!tip->geometry().contains(barAt(*m_view, 5) + QPoint(5, 0)));
}

void ChartViewTest::hoverReadsEveryKind_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("element");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* id, int element, const char* text) {
        QTest::newRow(id) << QString::fromLatin1(id) << element << QString::fromUtf8(text);
    };
    row("coded", 0, "conv1, zvc: 9 KiB + 2 overhead");
    row("histogram", 0, "1 to 4 1 LSB = 0.01400: 521 (2.4 %)");
    row("curves", 2, "S = 8, Bits lost, K 2: 2.28");
    row("pareto", 1, "word level, csr: Area 0.15 mm², Compression ratio 1.71");
    row("accuracy-map", 7, "Cell noise 1, ADC 1: 77.5 %");
}

void ChartViewTest::hoverReadsEveryKind()
{
    QFETCH(const QString, id);
    QFETCH(const int, element);
    QFETCH(const QString, text);
    for (const analysis::Chart& chart : samples::all()) {
        if (chart.id == id) {
            show(chart);
            break;
        }
    }
    QSignalSpy hovered(m_view.get(), &ChartView::hovered);
    hover(*m_view, barAt(*m_view, element));
    QVERIFY(!hovered.isEmpty());
    QVERIFY2(hovered.last()[0].toString().startsWith(text.section(QStringLiteral(" ("), 0, 0)),
             qPrintable(hovered.last()[0].toString()));
}

void ChartViewTest::leavingClears()
{
    show(samples::ratios());
    QSignalSpy hovered(m_view.get(), &ChartView::hovered);
    hover(*m_view, barAt(*m_view, 3));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(m_view.get(), &leave);
    QCOMPARE(hovered.last()[0].toString(), QString());
    QVERIFY(!m_view->findChild<ValueTip*>()->isVisible());
}

void ChartViewTest::clickSelects()
{
    show(samples::channels(16));
    QSignalSpy clicked(m_view.get(), &ChartView::clicked);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, barAt(*m_view, 4));
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0][0].toInt(), 4);
    QCOMPARE(m_view->highlight(), 4);
    QTRY_COMPARE(
        m_view->grab().toImage().pixelColor(m_view->view().outline(4).toRect().bottomLeft() - QPoint(0, 20)),
        Theme::light().text);
}

void ChartViewTest::fullBarsAreReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("bar");
    for (const bool dark : { false, true }) {
        for (const int bar : { 0, 7, 15 })
            QTest::addRow("%s, bar %d", dark ? "dark" : "light", bar) << dark << bar;
    }
}

/// The value of a bar as high as the axis stands on ground of its own, not on the bars.
void ChartViewTest::fullBarsAreReadable()
{
    QFETCH(bool, dark);
    QFETCH(int, bar);
    ThemeManager::instance().apply(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    analysis::Chart chart = samples::channels(16);
    auto& bars = std::get<analysis::BarChart>(chart.kind);
    bars.reference.reset();
    bars.series[0].values.assign(16, 100);
    show(chart);
    m_view->setHighlight(bar);
    const QRectF area = m_view->view().frame().area();
    const QRectF column = m_view->view().outline(bar);
    const double label = QFontMetricsF(m_view->view().frame().look().strongFont).height();
    const QRect strip = QRectF(column.left(), area.top() + 2, column.width(), label - 4).toAlignedRect();
    const auto onBar = [&] {
        const QImage image = m_view->grab().toImage();
        int count = 0;
        for (int y = strip.top(); y <= strip.bottom(); ++y) {
            for (int x = strip.left() + 3; x < strip.right() - 3; ++x)
                count += image.pixelColor(x, y) == m_view->view().frame().look().categories[0] ? 1 : 0;
        }
        return count;
    };
    QTRY_COMPARE(onBar(), 0);
}

void ChartViewTest::arrowKeysAndEnter()
{
    show(samples::channels(16));
    QSignalSpy clicked(m_view.get(), &ChartView::clicked);
    QSignalSpy hovered(m_view.get(), &ChartView::hovered);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(clicked.size(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->highlight(), 1);
    QCOMPARE(hovered.last()[0].toString(), m_view->view().hit(1).text());
    QCOMPARE(m_view->accessibleDescription(), m_view->view().hit(1).text());
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QCOMPARE(m_view->highlight(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0][0].toInt(), 0);
}

void ChartViewTest::arrowKeysOnMaps()
{
    show(samples::accuracyMap());
    m_view->setHighlight(0);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->highlight(), 6);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->highlight(), 7);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->highlight(), 1);
}

void ChartViewTest::tableKey()
{
    show(samples::ratios());
    QSignalSpy table(m_view.get(), &ChartView::tableRequested);
    QTest::keyClick(m_view.get(), Qt::Key_T);
    QCOMPARE(table.size(), 1);
}

void ChartViewTest::contextMenu()
{
    show(samples::ratios());
    QSignalSpy exported(m_view.get(), &ChartView::exportRequested);
    QContextMenuEvent event(QContextMenuEvent::Mouse, { 100, 100 }, m_view->mapToGlobal(QPoint(100, 100)));
    QCoreApplication::sendEvent(m_view.get(), &event);
    auto* menu = m_view->findChild<QMenu*>();
    QVERIFY(menu != nullptr);
    QTRY_VERIFY(menu->isVisible());
    QStringList texts;
    for (QAction* action : menu->actions())
        texts << action->text().remove(QLatin1Char('&'));
    QCOMPARE(
        texts,
        QStringList({ QStringLiteral("Copy"), QStringLiteral("Copy data"), QStringLiteral("Export\u2026"),
                      QStringLiteral("Show as table"), QStringLiteral("Show the whole") }));
    menu->actions().at(2)->trigger();
    QCOMPARE(exported.size(), 1);
    menu->close();
    QTRY_VERIFY(m_view->findChild<QMenu*>() == nullptr);
}

void ChartViewTest::copyPicture()
{
    ThemeManager::instance().apply(ThemeChoice::Dark);
    show(samples::ratios());
    m_view->copyPicture();
    const QImage copied = QGuiApplication::clipboard()->image();
    QCOMPARE(copied.size(), m_view->size() * 2);
    QCOMPARE(copied.pixelColor(3, 3), Theme::light().panel);
}

void ChartViewTest::copyData()
{
    show(samples::ratios());
    m_view->copyData();
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->text(), analysis::toClipboardText(analysis::toTable(samples::ratios())));
    QVERIFY(data->text().contains(QLatin1Char('\t')));
    QCOMPARE(data->data(QStringLiteral("text/csv")), analysis::toCsv(samples::ratios()));
}

void ChartViewTest::logarithmic()
{
    show(samples::histogram(false));
    QCOMPARE(frameOf(*m_view).homeY().lower, 0.0);
    m_view->setLogarithmic(true);
    QCOMPARE(frameOf(*m_view).homeY().lower, 0.5);
    m_view->setLogarithmic(false);
    QCOMPARE(frameOf(*m_view).homeY().lower, 0.0);
}

void ChartViewTest::themeRecolours()
{
    show(samples::ratios());
    wheel(*m_view, frameOf(*m_view).area().center(), { 0, 120 }, Qt::ControlModifier);
    const Interval zoomed = frameOf(*m_view).rangeX();
    QTRY_VERIFY(hasColour(Theme::light().categories[0]));
    ThemeManager::instance().apply(ThemeChoice::Dark);
    QTRY_VERIFY(hasColour(Theme::dark().categories[0]));
    QVERIFY(hasColour(Theme::dark().panel));
    QVERIFY(!hasColour(Theme::light().panel));
    QCOMPARE(frameOf(*m_view).rangeX(), zoomed);
}

void ChartViewTest::liveUpdateKeepsZoom()
{
    show(samples::ratios());
    m_view->setHighlight(2);
    wheel(*m_view, frameOf(*m_view).area().center(), { 0, 240 });
    const Interval zoomed = frameOf(*m_view).rangeX();
    m_view->setChart(samples::ratios());
    QCOMPARE(frameOf(*m_view).rangeX(), zoomed);
    QCOMPARE(m_view->highlight(), 2);
    m_view->setChart(samples::energy());
    QCOMPARE(frameOf(*m_view).rangeX(), frameOf(*m_view).homeX());
    QCOMPARE(m_view->highlight(), -1);
}

void ChartViewTest::highlightOutside()
{
    show(samples::ratios());
    m_view->setHighlight(99);
    QCOMPARE(m_view->highlight(), -1);
    m_view->setHighlight(-7);
    QCOMPARE(m_view->highlight(), -1);
}

void ChartViewTest::emptyChart()
{
    QSignalSpy hovered(m_view.get(), &ChartView::hovered);
    for (const analysis::ChartKind& kind : std::vector<analysis::ChartKind> {
             analysis::BarChart {}, analysis::HistogramChart {}, analysis::LineChart {},
             analysis::ScatterChart {}, analysis::MapChart {} }) {
        show({ QStringLiteral("none"), {}, kind });
        QVERIFY(m_view->view().isEmpty());
        QVERIFY(hasColour(Theme::light().panel));
        hover(*m_view, { 300, 150 });
        wheel(*m_view, { 300, 150 }, { 0, 120 });
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, { 300, 150 });
        m_view->setLogarithmic(true);
        m_view->grab();
    }
    QCOMPARE(hovered.size(), 0);
}

void ChartViewTest::accessibleName()
{
    show(samples::ratios());
    QCOMPARE(m_view->accessibleName(),
             QStringLiteral("Compression ratio per layer. Bar chart, 2 series over 9 categories, Compression "
                            "ratio from 0 to 4"));
}

void ChartViewTest::thinBars()
{
    show(samples::channels(512));
    QTRY_VERIFY(hasColour(Theme::light().categories[0]));
    hover(*m_view, frameOf(*m_view).toPixel(300, 5).toPoint());
    QVERIFY(m_view->findChild<ValueTip*>()->isVisible());
}

/// The GUI thread must stay free: generous here, measured in the benchmarks.
void ChartViewTest::largeChartsAreQuick()
{
    analysis::MapChart map;
    map.rows = map.columns = 2048;
    map.values.assign(2048 * 2048, 0.5F);
    for (std::size_t i = 0; i < map.values.size(); i += 3)
        map.values[i] = static_cast<float>(i % 251);
    analysis::HistogramChart histogram;
    histogram.counts.assign(65536, 3);
    for (const analysis::Chart& chart :
         std::vector<analysis::Chart> { samples::longCurve(1000000),
                                        samples::cloud(200000),
                                        { QStringLiteral("m"), {}, map },
                                        { QStringLiteral("h"), {}, histogram } }) {
        show(chart);
        QElapsedTimer timer;
        timer.start();
        m_view->resetView();
        QCoreApplication::processEvents();
        m_view->grab();
        const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        qInfo("%s: redrawn in %.1f ms", qPrintable(chart.id), milliseconds);
        QVERIFY(milliseconds < 1000);
    }
}

QTEST_MAIN(ChartViewTest)
#include "chart_view_test.moc"
