#include "tests/widgets/chart/chart_view_input.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/aligned_charts.h"
#include "widgets/chart/chart_grip.h"
#include "widgets/theme/theme.h"

#include <QSignalSpy>

using namespace widgets;
using namespace input;

namespace {

analysis::Chart lineOf(const QString& id, double height)
{
    analysis::LineChart line { .x = { QStringLiteral("K"), QStringLiteral("bit") },
                               .y = { QStringLiteral("Size"), QStringLiteral("bit") } };
    line.series.push_back({ .name = QStringLiteral("a"), .x = { 0, 1, 2, 3, 4 }, .y = {} });
    for (int i = 0; i < 5; ++i)
        line.series.front().y.push_back(height * i);
    return { id, id, std::move(line) };
}

} // namespace

/// Charts in line with one another, and the handle that is dragged on one.
class ChartPartsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void axesStandInLine()
    {
        AlignedCharts pair;
        pair.resize(500, 500);
        pair.setCharts(lineOf(QStringLiteral("small"), 1), lineOf(QStringLiteral("large"), 12345678));
        QVERIFY(showActive(pair));
        QTRY_COMPARE(pair.upper().leftMargin(), pair.lower().leftMargin());
        QTRY_COMPARE(frameOf(pair.upper()).area().left(), frameOf(pair.lower()).area().left());
        QCOMPARE(frameOf(pair.upper()).area().right(), frameOf(pair.lower()).area().right());
    }

    void zoomIsShared()
    {
        AlignedCharts pair;
        pair.resize(500, 500);
        pair.setCharts(lineOf(QStringLiteral("one"), 1), lineOf(QStringLiteral("two"), 2));
        QVERIFY(showActive(pair));
        pair.grab();
        const Interval whole = frameOf(pair.lower()).rangeX();
        wheel(pair.upper(), frameOf(pair.upper()).area().center(), { 0, 240 });
        QVERIFY(frameOf(pair.upper()).rangeX() != whole);
        QCOMPARE(frameOf(pair.lower()).rangeX(), frameOf(pair.upper()).rangeX());
        pair.lower().resetView();
        QCOMPARE(frameOf(pair.upper()).rangeX(), whole);
    }

    /// One line among many: no name, and the loud one is drawn over it.
    void quietLinesStayBehind()
    {
        analysis::Chart chart = lineOf(QStringLiteral("many"), 1);
        auto& line = std::get<analysis::LineChart>(chart.kind);
        for (int i = 0; i < 9; ++i)
            line.series.push_back(line.series.front());
        for (std::size_t i = 1; i < line.series.size(); ++i)
            line.series[i].quiet = true;
        ChartView view;
        view.resize(400, 300);
        view.setChart(chart);
        const QColor loud = Theme::current().categories[0];
        const QImage picture = view.grab().toImage();
        const QPoint middle = frameOf(view).toPixel(2.5, 2.5).toPoint();
        bool found = false;
        for (int y = -2; y <= 2; ++y)
            found = found || picture.pixelColor(middle + QPoint(0, y)) == loud;
        QVERIFY(found);
        line.series.front().quiet = true;
        view.setChart(chart);
        QVERIFY(!picture.isNull() && view.grab().toImage() != picture);
    }

    /// Squeezed to nothing, as a splitter does with what is hidden.
    void chartWithoutRoomIsQuiet()
    {
        QWidget window;
        window.resize(300, 300);
        ChartView chart(&window);
        QVERIFY(showActive(window));
        for (const QSize& size : { QSize(0, 0), QSize(200, 0), QSize(0, 200), QSize(200, 150) }) {
            chart.resize(size);
            chart.setChart(lineOf(QStringLiteral("one"), size.width()));
            QCoreApplication::processEvents();
        }
        QVERIFY(!chart.grab().isNull());
    }

    void gripIsDragged()
    {
        ChartView chart;
        chart.resize(400, 300);
        chart.setChart(lineOf(QStringLiteral("one"), 1));
        ChartGrip grip(chart, QStringLiteral("Chosen"));
        QVERIFY(showActive(chart));
        chart.grab();
        grip.setPlace({ 2, 2 });
        QVERIFY(grip.isVisible());
        const QPointF pixel = frameOf(chart).toPixel(2, 2);
        QVERIFY((QPointF(grip.geometry().center()) - pixel).manhattanLength() < 4);
        QSignalSpy dragged(&grip, &ChartGrip::dragged);
        QTest::mousePress(&grip, Qt::LeftButton, {}, grip.rect().center());
        const QPointF wanted = frameOf(chart).toPixel(3, 1);
        const QPointF local = grip.mapFromParent(wanted.toPoint());
        QMouseEvent move(QEvent::MouseMove, local, grip.mapToGlobal(local), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&grip, &move);
        QTest::mouseRelease(&grip, Qt::LeftButton);
        QCOMPARE(dragged.size(), 1);
        const QPointF place = dragged.front().front().toPointF();
        QVERIFY(std::abs(place.x() - 3) < 0.05 && std::abs(place.y() - 1) < 0.05);
    }

    void gripStepsAndHides()
    {
        ChartView chart;
        chart.resize(400, 300);
        chart.setChart(lineOf(QStringLiteral("one"), 1));
        ChartGrip grip(chart, QStringLiteral("Chosen"));
        QVERIFY(showActive(chart));
        chart.grab();
        QVERIFY(!grip.isVisible());
        grip.setPlace({ 4, 4 });
        QSignalSpy stepped(&grip, &ChartGrip::stepped);
        QTest::keyClick(&grip, Qt::Key_Left);
        QTest::keyClick(&grip, Qt::Key_Up);
        QCOMPARE(stepped.size(), 2);
        QCOMPARE(stepped[0], (QList<QVariant> { -1, 0 }));
        QCOMPARE(stepped[1], (QList<QVariant> { 0, 1 }));
        wheel(chart, frameOf(chart).toPixel(0, 0), { 0, 480 });
        QTRY_VERIFY(!grip.isVisible());
        chart.resetView();
        QTRY_VERIFY(grip.isVisible());
    }
};

QTEST_MAIN(ChartPartsTest)

#include "chart_parts_test.moc"
