#include "tests/widgets/tensor/tensors.h"
#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/tensor/value_map.h"
#include "widgets/theme/theme.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

using widgets::CellRange;
using widgets::MapCell;
using widgets::MapMode;
using widgets::ValueMap;

namespace {

widgets::ColourSpec words(MapMode mode = MapMode::Sparsity)
{
    widgets::ColourSpec spec;
    spec.mode = mode;
    spec.quantiser = engine::Quantiser { 0.014, 0, 8, false, false };
    spec.maximum = 3.57;
    return spec;
}

std::shared_ptr<const engine::Pyramid> build(const engine::Tensor& tensor)
{
    return engine::Pyramid::build(tensor, engine::defaultPlane(tensor), {});
}

void show(ValueMap& map, const engine::Tensor& tensor, const widgets::ColourSpec& spec = words())
{
    map.resize(420, 420);
    map.setColours(spec);
    map.setPyramid(build(tensor));
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
}

/// The middle of a cell in the widget.
QPointF middleOf(const ValueMap& map, const MapCell& cell)
{
    return map.mapArea().topLeft() + QRectF(map.view().rectOf(cell)).center() / map.view().pixelRatio();
}

engine::Tensor ramp(std::int64_t rows, std::int64_t columns)
{
    return tensors::fill({ rows, columns }, engine::Role::Activation, "NF",
                         [](std::size_t i) { return static_cast<double>(i % 256) * 0.014; });
}

} // namespace

class ValueMapTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
    }

    void paintsKnownCells()
    {
        ValueMap map;
        show(map, ramp(16, 16));
        const QImage image = map.grab().toImage();
        for (const MapCell cell : { MapCell { 0, 1 }, MapCell { 7, 9 }, MapCell { 15, 15 } }) {
            const QRectF inked = widgets::inkedRect(map.view(), cell).translated(map.mapArea().topLeft());
            const float value = static_cast<float>(static_cast<double>(cell.row * 16 + cell.column) * 0.014);
            QCOMPARE(image.pixel(inked.topLeft().toPoint() + QPoint(1, 1)), map.colours().at(value));
        }
        const QRectF zero = widgets::inkedRect(map.view(), { 0, 0 }).translated(map.mapArea().topLeft());
        QCOMPARE(image.pixel(zero.topLeft().toPoint() + QPoint(2, 2)), widgets::Theme::light().zero.rgb());
        QCOMPARE(image.pixel(zero.bottomRight().toPoint()), widgets::Theme::light().panel.rgb()); // the gap
    }

    void themeSwitchRepaints()
    {
        ValueMap map;
        show(map, ramp(16, 16));
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Dark);
        QVERIFY(map.colourSpec().dark);
        const QRectF zero = widgets::inkedRect(map.view(), { 0, 0 }).translated(map.mapArea().topLeft());
        const QImage image = map.grab().toImage();
        QCOMPARE(image.pixel(zero.topLeft().toPoint() + QPoint(2, 2)), widgets::Theme::dark().zero.rgb());
        QCOMPARE(image.pixel(map.width() - 1, map.height() - 1), widgets::Theme::dark().panel.rgb());
    }

    void wheelZoomsAtThePointer()
    {
        ValueMap map;
        show(map, ramp(64, 64));
        const QPointF at = middleOf(map, { 40, 20 });
        for (int i = 0; i < 5; ++i) {
            const double before = map.view().scaleX();
            views::wheel(map, at, 1);
            QVERIFY(std::abs(map.view().scaleX() / before - std::sqrt(2.0)) < 1e-9);
        }
        const auto under = map.view().cellAt((at - map.mapArea().topLeft()) * map.view().pixelRatio());
        QCOMPARE(under.value(), (MapCell { 40, 20 }));
        views::wheel(map, at, -30);
        QCOMPARE(map.view().visible(), (CellRange { 0, 0, 64, 64 }));
    }

    void modifiersZoomOneAxis()
    {
        ValueMap map;
        show(map, ramp(64, 64));
        const double scale = map.view().scaleX();
        views::wheel(map, { 200, 200 }, 2, Qt::ControlModifier);
        QCOMPARE(map.view().scaleX(), 2 * scale);
        QCOMPARE(map.view().scaleY(), scale);
        views::wheel(map, { 200, 200 }, 2, Qt::ShiftModifier);
        QCOMPARE(map.view().scaleY(), 2 * scale);
    }

    void smallWheelMovementsAddUp()
    {
        ValueMap map;
        show(map, ramp(64, 64));
        const double scale = map.view().scaleX();
        for (int i = 0; i < 4; ++i) {
            QWheelEvent event({ 200, 200 }, map.mapToGlobal(QPointF(200, 200)), {}, { 0, 30 }, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&map, &event);
        }
        QCOMPARE(map.view().scaleX(), scale * std::sqrt(2.0));
    }

    void dragPansAndSelectsNothing()
    {
        ValueMap map;
        show(map, ramp(64, 64));
        views::wheel(map, { 200, 200 }, 4);
        const QPointF before = map.view().origin();
        QSignalSpy clicked(&map, &ValueMap::cellClicked);
        views::drag(map, { 200, 200 }, { 200 - 48, 200 + 24 });
        const QPointF moved = map.view().origin() - before;
        QVERIFY(std::abs(moved.x() - 48 / map.view().scaleX()) < 1e-9);
        QVERIFY(std::abs(moved.y() + 24 / map.view().scaleY()) < 1e-9);
        QVERIFY(clicked.isEmpty());
    }

    void clickTellsTheCell()
    {
        ValueMap map;
        show(map, ramp(32, 32));
        QSignalSpy clicked(&map, &ValueMap::cellClicked);
        views::click(map, middleOf(map, { 19, 25 }));
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].value<MapCell>(), (MapCell { 19, 25 }));
        QCOMPARE(clicked[0][1].toInt(), -1);
        views::click(map, { 2, 2 });
        QCOMPARE(clicked.size(), 1);
    }

    void numbersAndBitsComeWithSize()
    {
        ValueMap map;
        show(map, ramp(32, 32));
        QVERIFY(!map.view().showsNumbers());
        while (!map.view().showsNumbers())
            views::wheel(map, map.mapArea().center(), 1);
        QVERIFY(map.view().scaleX() >= 28 && map.view().scaleX() < 40);
        // Ink on the cell besides its colour: the number.
        const MapCell cell = map.view().cellAt(QPointF(200, 200)).value();
        const QRect inked = widgets::inkedRect(map.view(), cell).translated(map.mapArea().topLeft()).toRect();
        const QImage image = map.grab().toImage().copy(inked);
        int written = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                written += image.pixel(x, y) != image.pixel(0, 0) ? 1 : 0;
        QVERIFY(written > 10);
        while (!map.view().showsBits())
            views::wheel(map, map.mapArea().center(), 1);
        QVERIFY(map.view().scaleX() >= 72);
    }

    /// At the edges of the map a number is there whole or not at all: "48" is not ".348".
    void numbersAreNeverCut()
    {
        ValueMap map;
        show(map, ramp(32, 32));
        map.setScale(40);
        for (const double offset : { 0.2, 0.45, 0.6, 0.8 }) {
            map.moveTo({ 5 + offset, 5 });
            const QImage image = map.grab().toImage();
            const QPoint corner = map.mapArea().topLeft().toPoint();
            for (int row = 5; row < 9; ++row) {
                const QRect cell = widgets::inkedRect(map.view(), { row, 5 }).toRect().translated(corner);
                const QRect shown = cell.intersected(map.mapArea().toRect()).adjusted(1, 1, -1, -1);
                std::set<QRgb> colours;
                for (int y = shown.top(); y <= shown.bottom(); ++y) {
                    for (int x = shown.left(); x <= shown.right(); ++x)
                        colours.insert(image.pixel(x, y));
                }
                QVERIFY2((colours.size() == 1) == (offset > 0.3),
                         qPrintable(QStringLiteral("row %1, %2 cells cut").arg(row).arg(offset)));
            }
        }
    }

    void clickOnABit()
    {
        ValueMap map;
        show(map, ramp(8, 8));
        while (!map.view().showsBits())
            views::wheel(map, middleOf(map, { 3, 3 }), 1);
        const MapCell cell = map.view().cellAt({ 200, 200 }).value();
        const QRectF inked = widgets::inkedRect(map.view(), cell);
        const widgets::CellWriting writing { MapMode::Sparsity, words().quantiser };
        QSignalSpy clicked(&map, &ValueMap::cellClicked);
        for (const int bit : { 7, 4, 0 }) {
            const QPointF place = writing.layout(map.view()).bitRect(inked, bit).center();
            views::click(map, map.mapArea().topLeft() + place);
            QCOMPARE(clicked.last()[0].value<MapCell>(), cell);
            QCOMPARE(clicked.last()[1].toInt(), bit);
        }
    }

    void keysMoveTheSelection()
    {
        ValueMap map;
        show(map, ramp(32, 32));
        connect(&map, &ValueMap::selectionMoved, &map,
                [&map](const MapCell& cell) { map.setSelected(cell); });
        QSignalSpy moved(&map, &ValueMap::selectionMoved);
        map.setSelected(MapCell { 0, 30 });
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(moved.last()[0].value<MapCell>(), (MapCell { 0, 31 }));
        QTest::keyClick(&map, Qt::Key_Up);
        QTest::keyClick(&map, Qt::Key_Down);
        QTest::keyClick(&map, Qt::Key_Left);
        QCOMPARE(moved.last()[0].value<MapCell>(), (MapCell { 1, 30 }));
        map.setSelected(std::nullopt);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(moved.last()[0].value<MapCell>(), (MapCell { 16, 16 }));
    }

    void keysZoomAndGoHome()
    {
        ValueMap map;
        show(map, ramp(64, 64));
        const double scale = map.view().scaleX();
        QTest::keyClick(&map, Qt::Key_Plus);
        QTest::keyClick(&map, Qt::Key_Plus);
        QCOMPARE(map.view().scaleX(), 2 * scale);
        QTest::keyClick(&map, Qt::Key_Minus);
        QVERIFY(std::abs(map.view().scaleX() - scale * std::sqrt(2.0)) < 1e-9);
        QTest::keyClick(&map, Qt::Key_Home);
        QVERIFY(map.view().isFitted());
        QSignalSpy step(&map, &ValueMap::channelStep);
        QTest::keyClick(&map, Qt::Key_PageDown);
        QTest::keyClick(&map, Qt::Key_PageUp);
        QCOMPARE(step[0][0].toInt(), 1);
        QCOMPARE(step[1][0].toInt(), -1);
    }

    void hoverFollowsThePointer()
    {
        ValueMap map;
        show(map, ramp(32, 32));
        QSignalSpy hovered(&map, &ValueMap::cellHovered);
        QSignalSpy left(&map, &ValueMap::hoverLeft);
        views::hover(map, middleOf(map, { 5, 6 }));
        views::hover(map, middleOf(map, { 5, 6 }) + QPointF(1, 1));
        QCOMPARE(hovered.size(), 1);
        QCOMPARE(hovered[0][0].value<MapCell>(), (MapCell { 5, 6 }));
        QCOMPARE(map.valueAt({ 5, 6 }).value(), static_cast<float>((5 * 32 + 6) * 0.014));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&map, &leave);
        QCOMPARE(left.size(), 1);
    }

    void theSelectionIsBlackInWhite()
    {
        ValueMap map;
        show(map, ramp(16, 16));
        map.setSelected(MapCell { 8, 8 });
        const QImage image = map.grab().toImage();
        const QRect inked =
            widgets::inkedRect(map.view(), { 8, 8 }).translated(map.mapArea().topLeft()).toRect();
        const int y = inked.center().y();
        QCOMPARE(QColor(image.pixel(inked.left() - 1, y)), QColor(Qt::white));
        QCOMPARE(QColor(image.pixel(inked.left(), y)), QColor(Qt::black));
        QCOMPARE(QColor(image.pixel(inked.left() + 1, y)), QColor(Qt::black));
        QCOMPARE(QColor(image.pixel(inked.left() + 2, y)), QColor(Qt::white));
    }

    void valuesThatHaveToBeReadComeLater()
    {
        const engine::Tensor far = tensors::unmapped(ramp(64, 64));
        ValueMap map;
        show(map, far);
        map.grab();
        QTRY_COMPARE(map.drawnLevel(), 0);
        QVERIFY(map.valueAt({ 3, 3 }).has_value());
        map.setPyramid(build(far));
        map.grab();
        QCOMPARE(map.drawnLevel(), 1); // until they arrive
        QTRY_COMPARE(map.drawnLevel(), 0);
    }

    void coarseLevelsFromAfar()
    {
        ValueMap map;
        show(map, ramp(4000, 4000));
        map.grab();
        QCOMPARE(map.drawnLevel(), 2);
        QVERIFY(!map.valueAt({ 3, 3 }));
    }

    void oddSizes_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("one value") << 1 << 1;
        QTest::newRow("a vector") << 1 << 300;
        QTest::newRow("a column") << 300 << 1;
        QTest::newRow("nothing") << 0 << 3;
    }

    void oddSizes()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        ValueMap map;
        show(map, ramp(rows, columns));
        map.grab();
        views::wheel(map, { 200, 100 }, 3);
        views::drag(map, { 200, 100 }, { 100, 200 });
        for (const int key : { Qt::Key_Right, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Home })
            QTest::keyClick(&map, static_cast<Qt::Key>(key));
        map.grab();
        map.setPyramid(nullptr);
        map.grab();
        views::wheel(map, { 200, 100 }, 3);
        QTest::keyClick(&map, Qt::Key_Down);
    }

    void modesPaint_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("bits");
        for (const int mode : { 0, 1, 2 }) {
            for (const int bits : { 0, 1, 8, 16 })
                QTest::addRow("mode %d, %d bits", mode, bits) << mode << bits;
        }
    }

    void modesPaint()
    {
        QFETCH(int, mode);
        QFETCH(int, bits);
        widgets::ColourSpec spec;
        spec.mode = static_cast<MapMode>(mode);
        spec.maximum = 3.57;
        if (bits > 0)
            spec.quantiser = engine::Quantiser { 3.57 / ((1 << bits) - 1), 0, bits, false, false };
        ValueMap map;
        show(map, ramp(16, 16), spec);
        for (int i = 0; i < 10; ++i) {
            map.grab();
            views::wheel(map, { 200, 200 }, 1);
        }
    }
};

QTEST_MAIN(ValueMapTest)
#include "value_map_test.moc"
