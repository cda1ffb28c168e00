#include "widgets/tensor/map_viewport.h"

#include <QRegularExpression>
#include <QTest>

using widgets::CellRange;
using widgets::MapCell;
using widgets::MapViewport;

namespace {

MapViewport viewport(std::int64_t rows, std::int64_t columns, const QSize& area, double ratio = 1)
{
    MapViewport view;
    view.setContent(rows, columns);
    view.setArea(area, ratio);
    return view;
}

} // namespace

class MapViewportTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void fits_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<double>("scaleX");
        QTest::addColumn<double>("scaleY");
        QTest::newRow("whole pixels a value") << 32 << 32 << 12.0 << 12.0;
        QTest::newRow("tall") << 4000 << 1000 << 0.1 << 0.1;
        QTest::newRow("wide") << 10 << 8000 << 0.05 << 4.8;
        QTest::newRow("a kernel does not fill the window") << 3 << 3 << 96.0 << 96.0;
        QTest::newRow("a vector is a band") << 1 << 64 << 6.0 << 48.0;
        QTest::newRow("one value") << 1 << 1 << 96.0 << 96.0;
    }

    void fits()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        const MapViewport view = viewport(rows, columns, { 400, 400 });
        QVERIFY(view.isFitted());
        QTEST(view.scaleX(), "scaleX");
        QTEST(view.scaleY(), "scaleY");
        QCOMPARE(view.visible(), (CellRange { 0, 0, rows, columns }));
    }

    void matricesFill_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<double>("scaleX");
        QTest::addColumn<double>("scaleY");
        QTest::newRow("logits of 64 images") << 64 << 10 << 28.0 << 3.5;
        QTest::newRow("few tall columns are not endless") << 10 << 4 << 48.0 << 22.0;
        QTest::newRow("a layer's weights") << 500 << 800 << 0.75 << 0.448;
        QTest::newRow("ten outputs") << 10 << 500 << 1.2 << 9.0;
        QTest::newRow("fills already") << 224 << 600 << 1.0 << 1.0;
    }

    void matricesFill()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(double, scaleX);
        QFETCH(double, scaleY);
        MapViewport view = viewport(rows, columns, { 600, 224 });
        QCOMPARE(view.isFitted(), true);
        const MapViewport square = view;
        view.setStretchable(true);
        QCOMPARE(view.scaleX(), scaleX);
        QCOMPARE(view.scaleY(), scaleY);
        QCOMPARE(view.visible(), square.visible());
        view.setStretchable(false);
        QCOMPARE(view.scaleX(), square.scaleX());
        QCOMPARE(view.scaleY(), square.scaleY());
    }

    void zoomKeepsWhatIsUnderThePointer()
    {
        MapViewport view = viewport(1000, 1000, { 500, 400 });
        const QPointF pointer(130, 260);
        view.zoom(pointer, 6, 6);
        const QPointF before =
            view.origin() + QPointF(pointer.x() / view.scaleX(), pointer.y() / view.scaleY());
        const double scale = view.scaleX();
        view.zoom(pointer, 1, 1);
        QCOMPARE(view.scaleX(), scale * std::sqrt(2.0));
        const QPointF after =
            view.origin() + QPointF(pointer.x() / view.scaleX(), pointer.y() / view.scaleY());
        QVERIFY(std::abs(before.x() - after.x()) < 1e-9 && std::abs(before.y() - after.y()) < 1e-9);
        view.zoom(pointer, -1, -1);
        QVERIFY(std::abs(view.scaleX() - scale) < 1e-12);
    }

    void zoomsOneAxisAlone()
    {
        MapViewport view = viewport(100, 100, { 400, 400 });
        view.zoom({ 0, 0 }, 2, 0);
        QCOMPARE(view.scaleX(), 8.0);
        QCOMPARE(view.scaleY(), 4.0);
    }

    void staysInside()
    {
        MapViewport view = viewport(100, 200, { 400, 400 });
        view.zoom({ 200, 200 }, 6, 6);
        view.pan({ 1e6, 1e6 });
        QCOMPARE(view.origin(), QPointF(0, 0));
        view.pan({ -1e6, -1e6 });
        QCOMPARE(view.origin(), QPointF(200 - 400 / view.scaleX(), 100 - 400 / view.scaleY()));
        view.zoom({ 200, 200 }, -50, -50);
        QCOMPARE(view.visible(), (CellRange { 0, 0, 100, 200 }));
        view.zoom({ 200, 200 }, 500, 500);
        QCOMPARE(view.scaleX(), 256.0);
    }

    void panMovesWithThePointer()
    {
        MapViewport view = viewport(100, 100, { 400, 400 });
        view.zoom({ 0, 0 }, 6, 6);
        QCOMPARE(view.scaleX(), 32.0);
        view.pan({ -64, -32 });
        QCOMPARE(view.origin(), QPointF(2, 1));
        QVERIFY(!view.isFitted());
    }

    void everyPixelBelongsToTheCellThatPaintsIt_data()
    {
        QTest::addColumn<double>("steps");
        for (const double steps : { 1.0, 2.3, 5.0, 7.7 })
            QTest::addRow("%.1f steps", steps) << steps;
    }

    void everyPixelBelongsToTheCellThatPaintsIt()
    {
        QFETCH(double, steps);
        MapViewport view = viewport(97, 211, { 503, 301 });
        view.zoom({ 211, 97 }, steps, steps);
        for (int x = 0; x < 503; ++x) {
            const auto cell = view.cellAt({ x + 0.5, 10.0 });
            QVERIFY(cell.has_value());
            QVERIFY(view.left(cell->column) <= x && x < view.left(cell->column + 1));
            QVERIFY(view.visible().contains(*cell));
        }
    }

    void nothingOutside()
    {
        const MapViewport view = viewport(10, 10, { 400, 200 });
        QVERIFY(!view.cellAt({ -1, 5 }));
        QVERIFY(!view.cellAt({ 250, 5 })); // right of the matrix
        QVERIFY(!view.cellAt({ 5, 200 }));
        QVERIFY(view.cellAt({ 199, 199 }).has_value());
        const MapViewport empty = viewport(0, 0, { 400, 200 });
        QVERIFY(empty.isEmpty() && !empty.cellAt({ 1, 1 }) && empty.visible().isEmpty());
    }

    void numbersBitsAndGapsBySize_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("150 %") << 1.5;
        QTest::newRow("200 %") << 2.0;
    }

    void numbersBitsAndGapsBySize()
    {
        QFETCH(double, ratio);
        MapViewport view = viewport(1000, 1000, { 400, 400 }, ratio);
        const auto setSize = [&view, ratio](double logical) {
            view.fit();
            const double steps = 2 * std::log2(logical * ratio / view.scaleX());
            view.zoom({ 0, 0 }, steps, steps);
        };
        setSize(11.9);
        QVERIFY(!view.hasGaps());
        setSize(12.01);
        QVERIFY(view.hasGaps() && !view.showsNumbers());
        setSize(27.9);
        QVERIFY(!view.showsNumbers());
        setSize(28.01);
        QVERIFY(view.showsNumbers() && !view.showsBits());
        setSize(72.01);
        QVERIFY(view.showsBits());
    }

    void drawsTheRightLevel_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<int>("level");
        QTest::newRow("28 px a value") << 28.0 << 0;
        QTest::newRow("1 px a value") << 1.0 << 0;
        QTest::newRow("half a pixel") << 0.5 << 0;
        QTest::newRow("less") << 0.49 << 1;
        QTest::newRow("an eighth") << 0.125 << 1;
        QTest::newRow("a ninth") << 0.11 << 2;
        QTest::newRow("as far as levels go") << 1e-5 << 7;
    }

    void drawsTheRightLevel()
    {
        QFETCH(double, scale);
        const auto extent = static_cast<std::int64_t>(std::llround(400 / scale));
        const MapViewport view = viewport(extent, extent, { 400, 400 });
        QTEST(view.level(7), "level");
    }

    void showsACellByTheShortestWay()
    {
        MapViewport view = viewport(100, 100, { 320, 320 });
        view.zoom({ 0, 0 }, 7, 7);
        const QPointF before = view.origin();
        view.show({ 2, 2, 1, 1 });
        QCOMPARE(view.origin(), before);
        view.show({ 50, 60, 1, 1 });
        const CellRange seen = view.visible();
        QCOMPARE(seen.row + seen.rows, 51);
        QCOMPARE(seen.column + seen.columns, 61);
    }

    void resizeKeepsTheViewUnlessFitted()
    {
        MapViewport view = viewport(100, 100, { 400, 400 });
        view.setArea({ 800, 800 }, 1);
        QCOMPARE(view.scaleX(), 8.0);
        view.zoom({ 0, 0 }, 2, 2);
        view.setArea({ 600, 600 }, 1);
        QCOMPARE(view.scaleX(), 16.0);
        view.setArea({ 1200, 1200 }, 2);
        QCOMPARE(view.scaleX(), 32.0);
        view.setContent(100, 100);
        QCOMPARE(view.scaleX(), 32.0);
        view.setContent(50, 100);
        QVERIFY(view.isFitted());
    }
};

QTEST_GUILESS_MAIN(MapViewportTest)
#include "map_viewport_test.moc"
