#include "tests/widgets/chart/chart_view_input.h"
#include "tests/widgets/chart/sample_charts.h"
#include "tests/widgets/widget_test.h"

#include <QSignalSpy>

#include <numbers>

using namespace widgets;
using namespace input;

/// Zoom and pan.
class ChartMotionTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_view.reset(); }

    void wheelZoomsAtThePointer();
    void wheelZoomsOneAxis();
    void barsKeepTheirBase();
    void zoomHasLimits();
    void dragPans();
    void sidewaysWheelPans();
    void homeResets();
    void dragDoesNotClick();

private:
    void show(const analysis::Chart& chart);

    std::unique_ptr<ChartView> m_view;
};

void ChartMotionTest::init()
{
    failOnWarnings();
    m_view = std::make_unique<ChartView>();
    m_view->resize(640, 340);
}

void ChartMotionTest::show(const analysis::Chart& chart)
{
    m_view->setChart(chart);
    QVERIFY(showActive(*m_view));
    m_view->setFocus();
    m_view->grab();
}

void ChartMotionTest::wheelZoomsAtThePointer()
{
    show(samples::cloud(100));
    const QPointF at = frameOf(*m_view).area().center() + QPointF(60, 40);
    const double x = frameOf(*m_view).fromX(at.x());
    const double y = frameOf(*m_view).fromY(at.y());
    const double width = frameOf(*m_view).rangeX().size();
    wheel(*m_view, at, { 0, 120 });
    QVERIFY(std::abs(frameOf(*m_view).rangeX().size() - width / std::numbers::sqrt2) < 1e-9 * width);
    QVERIFY(std::abs(frameOf(*m_view).fromX(at.x()) - x) < 1e-6 * width);
    QVERIFY(std::abs(frameOf(*m_view).fromY(at.y()) - y) < 1e-6 * width);
    wheel(*m_view, at, { 0, -120 });
    QVERIFY(std::abs(frameOf(*m_view).rangeX().size() - width) < 1e-9 * width);
}

void ChartMotionTest::wheelZoomsOneAxis()
{
    show(samples::cloud(100));
    const QPointF at = frameOf(*m_view).area().center();
    const Interval x = frameOf(*m_view).rangeX();
    const Interval y = frameOf(*m_view).rangeY();
    wheel(*m_view, at, { 0, 120 }, Qt::ControlModifier);
    QVERIFY(frameOf(*m_view).rangeX().size() < x.size());
    QCOMPARE(frameOf(*m_view).rangeY(), y);
    m_view->resetView();
    wheel(*m_view, at, { 0, 120 }, Qt::ShiftModifier);
    QCOMPARE(frameOf(*m_view).rangeX(), x);
    QVERIFY(frameOf(*m_view).rangeY().size() < y.size());
    // some platforms turn the wheel sideways under Shift
    m_view->resetView();
    wheel(*m_view, at, { 120, 0 }, Qt::ShiftModifier);
    QVERIFY(frameOf(*m_view).rangeY().size() < y.size());
}

void ChartMotionTest::barsKeepTheirBase()
{
    for (const analysis::Chart& chart :
         std::vector<analysis::Chart> { samples::ratios(), samples::histogram(true) }) {
        show(chart);
        const double base = frameOf(*m_view).rangeY().lower;
        const double top = frameOf(*m_view).rangeY().upper;
        wheel(*m_view, frameOf(*m_view).area().center(), { 0, 240 });
        QVERIFY(std::abs(frameOf(*m_view).rangeY().lower - base) < 1e-9);
        QVERIFY(frameOf(*m_view).rangeY().upper < top);
    }
}

void ChartMotionTest::zoomHasLimits()
{
    show(samples::sparsityMap());
    const QPointF at = frameOf(*m_view).area().center();
    for (int i = 0; i < 60; ++i)
        wheel(*m_view, at, { 0, 120 });
    QVERIFY(frameOf(*m_view).rangeX().size() >= 1 - 1e-9);
    for (int i = 0; i < 80; ++i)
        wheel(*m_view, at, { 0, -120 });
    QVERIFY(std::abs(frameOf(*m_view).rangeX().size() - 48) < 1e-6);
    QVERIFY(std::abs(frameOf(*m_view).rangeX().lower + 0.5) < 1e-6);
}

void ChartMotionTest::dragPans()
{
    show(samples::cloud(100));
    const QPointF at = frameOf(*m_view).area().center();
    wheel(*m_view, at, { 0, 480 });
    const double x = frameOf(*m_view).fromX(at.x());
    drag(*m_view, at, at + QPointF(50, -30));
    QVERIFY(std::abs(frameOf(*m_view).fromX(at.x() + 50) - x)
            < 1e-6 * std::abs(frameOf(*m_view).rangeX().size()));
    // never beyond the data
    drag(*m_view, at, at + QPointF(100000, 0));
    QVERIFY(std::abs(frameOf(*m_view).rangeX().lower - frameOf(*m_view).homeX().lower) < 1e-9);
}

void ChartMotionTest::sidewaysWheelPans()
{
    show(samples::channels(512));
    const QPointF at = frameOf(*m_view).area().center();
    wheel(*m_view, at, { 0, 480 }, Qt::ControlModifier);
    const Interval before = frameOf(*m_view).rangeX();
    wheel(*m_view, at, { -120, 0 });
    QVERIFY(frameOf(*m_view).rangeX().lower > before.lower);
    QVERIFY(std::abs(frameOf(*m_view).rangeX().size() - before.size()) < 1e-9);
}

void ChartMotionTest::homeResets()
{
    show(samples::manyCurves());
    wheel(*m_view, frameOf(*m_view).area().center(), { 0, 360 });
    QVERIFY(frameOf(*m_view).rangeX() != frameOf(*m_view).homeX());
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(frameOf(*m_view).rangeX(), frameOf(*m_view).homeX());
    QCOMPARE(frameOf(*m_view).rangeY(), frameOf(*m_view).homeY());
}

void ChartMotionTest::dragDoesNotClick()
{
    show(samples::ratios());
    QSignalSpy clicked(m_view.get(), &ChartView::clicked);
    drag(*m_view, barAt(*m_view, 2), barAt(*m_view, 6));
    QCOMPARE(clicked.size(), 0);
}

QTEST_MAIN(ChartMotionTest)
#include "chart_motion_test.moc"
