#include "widgets/dram/timeline_layout.h"

#include <QTest>

using widgets::TimelineDetail;
using widgets::TimelineLayout;

/// Where cycles and banks lie on the screen.
class TimelineLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theWholeRunFits()
    {
        TimelineLayout layout = made(100'000, 8);
        QVERIFY(layout.isFitted());
        QCOMPARE(layout.first(), 0.0);
        QVERIFY(qAbs(layout.last() - 100'000) < 1e-6);
        QCOMPARE(layout.detail(), TimelineDetail::Columns);
    }

    void zoomKeepsTheCycleUnderThePointer()
    {
        TimelineLayout layout = made(100'000, 8);
        const double x = layout.area().left() + 0.3 * layout.area().width();
        const double cycle = layout.cycleAt(x);
        for (int step = 0; step < 18; ++step) {
            layout.zoom(x, 1);
            QVERIFY(qAbs(layout.cycleAt(x) - cycle) < 1e-3);
        }
        QCOMPARE(layout.detail(), TimelineDetail::Marks);
        layout.zoom(x, -40);
        QVERIFY(layout.isFitted());
    }

    void panStaysInsideTheRun()
    {
        TimelineLayout layout = made(100'000, 8);
        layout.zoom(layout.area().center().x(), 6);
        layout.pan(1e9);
        QCOMPARE(layout.first(), 0.0);
        layout.pan(-1e9);
        QVERIFY(qAbs(layout.last() - 100'000) < 1e-6);
    }

    void revealComesCloseEnoughToSeeCommands()
    {
        TimelineLayout layout = made(40'000'000, 8);
        layout.reveal(12'345'678, true);
        QCOMPARE(layout.detail(), TimelineDetail::Marks);
        QVERIFY(layout.x(12'345'678) > layout.area().left() && layout.x(12'345'678) < layout.area().right());
        const double first = layout.first();
        layout.reveal(12'345'680, true); // in view already
        QCOMPARE(layout.first(), first);
    }

    void everyRowHasItsPlace()
    {
        TimelineLayout layout = made(1000, 16);
        for (int row = 0; row <= 16; ++row) {
            QVERIFY(layout.row(row).contains(layout.bar(row)));
            QCOMPARE(layout.rowAt(layout.bar(row).center().y()), row);
        }
        QCOMPARE(layout.rowAt(layout.area().top() - 1), -1);
    }

private:
    static TimelineLayout made(std::uint64_t cycles, int banks)
    {
        TimelineLayout layout;
        layout.setContent(cycles, banks);
        layout.setSize({ 800, 400 }, 70, 1);
        return layout;
    }
};

QTEST_GUILESS_MAIN(TimelineLayoutTest)
#include "timeline_layout_test.moc"
