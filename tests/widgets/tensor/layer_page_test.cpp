#include "tests/widgets/tensor/layer_fixture.h"
#include "widgets/chart/chart_view.h"
#include "widgets/page/layer_header.h"
#include "widgets/page/layer_panels.h"
#include "widgets/parts/segmented.h"
#include "widgets/tensor/axes_selector.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

using namespace layer;
using widgets::CellRange;
using widgets::MapMode;

class LayerPageTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
    }

    void everyRankIsShown_data()
    {
        QTest::addColumn<int>("tensor");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("mosaic");
        QTest::addColumn<bool>("channels");
        QTest::newRow("maps") << int(Maps) << 32 << 32 << true << true;
        QTest::newRow("kernels") << int(Kernels) << 5 << 5 << true << true;
        QTest::newRow("matrix") << int(Matrix) << 10 << 84 << false << true;
        QTest::newRow("bias") << int(Bias) << 1 << 64 << false << false;
        QTest::newRow("scalar") << int(Scalar) << 1 << 1 << false << false;
        QTest::newRow("video") << int(Video) << 5 << 6 << true << true;
        QTest::newRow("signal") << int(Signal) << 16 << 100 << false << true;
        QTest::newRow("holes") << int(Holes) << 4 << 4 << true << true;
        QTest::newRow("integers") << int(Stored) << 1 << 2 << true << true;
        QTest::newRow("all zero") << int(Zeros) << 6 << 6 << true << true;
    }

    void everyRankIsShown()
    {
        QFETCH(int, tensor);
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(bool, mosaic);
        QFETCH(bool, channels);
        Fixture fixture;
        fixture.choose(static_cast<Known>(tensor));
        QVERIFY(fixture.map().pyramid() != nullptr);
        QCOMPARE(fixture.map().pyramid()->rows(), rows);
        QCOMPARE(fixture.map().pyramid()->columns(), columns);
        QCOMPARE(fixture.mosaic().isVisible(), mosaic);
        QCOMPARE(fixture.page.channels().isVisible(), channels);
        QVERIFY(fixture.page.histogram().isVisible());
        for (const MapMode mode : { MapMode::Value, MapMode::Bits, MapMode::Sparsity }) {
            fixture.page.header().setMode(mode);
            emit fixture.page.header().lookChanged();
            fixture.page.grab();
        }
        for (const int bits : { 0, 4, 16 }) {
            fixture.page.setWordBits(bits);
            fixture.settle();
        }
        views::hover(fixture.map(), fixture.middleOf({ 0, 0 }));
        QVERIFY(fixture.hover.has_value());
    }

    void readsOutUnderThePointer()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        views::hover(fixture.map(), fixture.middleOf({ 19, 25 }));
        QVERIFY(fixture.hover.has_value());
        QCOMPARE(fixture.hover->path, QStringLiteral("layer1.1.conv1 › act › b0 › c6 › (r19, c25)"));
        QCOMPARE(fixture.hover->code.value(), (6 * 1024 + 19 * 32 + 25) % 256);
        QCOMPARE(fixture.hover->note, QStringLiteral("block 423, word 9, nz 16/16, e = 7"));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&fixture.map(), &leave);
        QVERIFY(!fixture.hover.has_value());
    }

    void clickSelectsTheElement()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        views::click(fixture.map(), fixture.middleOf({ 19, 25 }));
        const Selection& now = fixture.selection.current();
        QCOMPARE(now.row, 19);
        QCOMPARE(now.column, 25);
        QCOMPARE(now.channel, 6);
        QCOMPARE(fixture.page.view().selected().value(), (MapCell { 19, 25 }));
        QCOMPARE(fixture.hover->path, QStringLiteral("layer1.1.conv1 › act › b0 › c6 › (r19, c25)"));
        // The histogram marks its bin: word 121 of bins of 3 from 0.5 on.
        QCOMPARE(fixture.page.histogram().chart().highlight(), ((6 * 1024 + 19 * 32 + 25) % 256 - 1) / 3);
        QTest::keyClick(&fixture.map(), Qt::Key_Right);
        QCOMPARE(fixture.selection.current().column, 26);
        fixture.selection.clearLevel();
        QVERIFY(!fixture.page.view().selected());
    }

    void channelsChangeEverywhere()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        QTest::mouseClick(fixture.mosaic().viewport(), Qt::LeftButton, {},
                          fixture.mosaic().rectOf(9).center());
        fixture.settle();
        QCOMPARE(fixture.selection.current().channel, 9);
        QCOMPARE(fixture.mosaic().selected(), 9);
        QVERIFY(fixture.page.view().caption().startsWith(QStringLiteral("Channel 9, rows 0–31")));
        QTest::keyClick(&fixture.map(), Qt::Key_PageDown);
        fixture.settle();
        QCOMPARE(fixture.selection.current().channel, 10);
        auto* slider = fixture.page.header().findChild<QSlider*>();
        QCOMPARE(slider->value(), 10);
        slider->setValue(3);
        fixture.settle();
        QCOMPARE(fixture.selection.current().channel, 3);
        QCOMPARE(fixture.mosaic().selected(), 3);
        emit fixture.page.channels().chart().clicked(0);
        fixture.settle();
        QCOMPARE(fixture.page.channels().chart().highlight(), 0);
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(&fixture.map(), Qt::Key_PageUp);
        fixture.settle();
        QCOMPARE(fixture.selection.current().channel, 0);
    }

    void batchesAndOtherAxes()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        const auto spins = fixture.page.header().axes().findChildren<QSpinBox*>();
        QCOMPARE(spins.size(), 2);
        QCOMPARE(spins[0]->accessibleName(), QStringLiteral("Batch"));
        spins[0]->setValue(1);
        fixture.settle();
        QCOMPARE(fixture.selection.current().batch, 1);
        QCOMPARE(fixture.map().pyramid()->plane().fixed[0], 1);
        fixture.choose(Kernels);
        QSpinBox* input = nullptr;
        for (auto* spin : fixture.page.header().axes().findChildren<QSpinBox*>()) {
            if (spin->accessibleName() == QStringLiteral("Input channel"))
                input = spin;
        }
        QVERIFY(input != nullptr);
        input->setValue(2);
        fixture.settle();
        QCOMPARE(fixture.map().pyramid()->plane().fixed[1], 2);
        views::hover(fixture.map(), fixture.middleOf({ 1, 1 }));
        QCOMPARE(fixture.hover->path, QStringLiteral("layer1.1.conv1 › weight › o0 › i2 › (r1, c1)"));
    }

    void otherAxesAsRows()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        emit fixture.page.header().axes().axesChosen(1, 3);
        fixture.settle();
        QCOMPARE(fixture.map().pyramid()->rows(), 16);
        QVERIFY(!fixture.mosaic().isVisible());
        emit fixture.page.channels().chart().clicked(0); // channels are rows now
        fixture.settle();
        QVERIFY(fixture.selection.current().row >= 0);
        fixture.choose(Matrix);
        fixture.choose(Maps, 6);
        QCOMPARE(fixture.map().pyramid()->rows(), 32);
    }

    void theBoxFollowsTheMapAndBack()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        QVERIFY(fixture.mosaic().boxRect().isEmpty());
        views::wheel(fixture.map(), fixture.middleOf({ 20, 20 }), 4);
        const QRectF box = fixture.mosaic().boxRect();
        QVERIFY(!box.isEmpty());
        const QPointF before = fixture.map().view().origin();
        views::drag(*fixture.mosaic().viewport(), box.center(), box.center() - QPointF(12, 9));
        const QPointF moved = fixture.map().view().origin() - before;
        const double scale = fixture.mosaic().layoutOfChannels().pixelsPerValue();
        QVERIFY(std::abs(moved.x() + 12 / scale) < 0.01 && std::abs(moved.y() + 9 / scale) < 0.01);
        QTest::keyClick(&fixture.map(), Qt::Key_Home);
        QVERIFY(fixture.mosaic().boxRect().isEmpty());
    }

    void modesAndClip()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        QCOMPARE(fixture.page.header().title(), QStringLiteral("Sparsity map"));
        auto* modes = fixture.page.header().findChild<widgets::Segmented*>();
        emit modes->chosen(1);
        QCOMPARE(fixture.map().colourSpec().mode, MapMode::Value);
        QCOMPARE(fixture.page.header().title(), QStringLiteral("Value map"));
        for (auto* combo : fixture.page.header().findChildren<QComboBox*>()) {
            if (combo->accessibleName() == QStringLiteral("Clip")) {
                combo->setCurrentIndex(2);
                QVERIFY(std::abs(fixture.map().colourSpec().limit - 0.99 * 3.57) < 0.02);
            }
        }
        emit modes->chosen(2);
        for (auto* combo : fixture.page.header().findChildren<QComboBox*>()) {
            if (combo->accessibleName() == QStringLiteral("Bit plane")) {
                QCOMPARE(combo->count(), 9);
                combo->setCurrentIndex(combo->findData(2));
            }
        }
        QCOMPARE(fixture.selection.current().bit, 2);
        QCOMPARE(fixture.map().colourSpec().bit, 2);
        QCOMPARE(fixture.map().colours().title(), QStringLiteral("Bit 2"));
        fixture.selection.clearLevel();
        QCOMPARE(fixture.map().colourSpec().bit, -1);
    }

    void wordLengths()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        fixture.page.setWordBits(4);
        fixture.settle();
        views::hover(fixture.map(), fixture.middleOf({ 19, 25 }));
        QCOMPARE(fixture.hover->codeBits, 4);
        fixture.page.setWordBits(0);
        fixture.settle();
        views::hover(fixture.map(), fixture.middleOf({ 19, 26 }));
        QVERIFY(!fixture.hover->code);
        fixture.choose(Stored); // integers stay what they are
        views::hover(fixture.map(), fixture.middleOf({ 0, 1 }));
        QCOMPARE(fixture.hover->code.value(), 7);
        QCOMPARE(fixture.hover->codeBits, 8);
    }

    void missingValuesAreHatched()
    {
        Fixture fixture;
        fixture.choose(Holes, 0);
        const QRectF inked =
            widgets::inkedRect(fixture.map().view(), { 1, 1 }).translated(fixture.map().mapArea().topLeft());
        const QImage image = fixture.map().grab().toImage().copy(inked.toRect());
        int lines = 0;
        for (int x = 0; x < image.width(); ++x)
            lines += image.pixel(x, 5) == widgets::Theme::light().border.rgb() ? 1 : 0;
        QVERIFY(lines >= image.width() / 6 - 1 && lines <= image.width() / 6 + 1);
        views::hover(fixture.map(), fixture.middleOf({ 1, 1 }));
        QVERIFY(std::isnan(fixture.hover->value));
    }

    void themesSwitch()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        fixture.page.grab();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Dark);
        QTRY_VERIFY(fixture.mosaic().isComplete());
        const QImage image = fixture.page.grab().toImage();
        QCOMPARE(fixture.map().colours().zero(), widgets::Theme::dark().zero.rgb());
        const QPoint corner =
            fixture.map().mapTo(&fixture.page, QPoint(fixture.map().width() - 1, fixture.map().height() - 1));
        QCOMPARE(image.pixel(corner), widgets::Theme::dark().panel.rgb());
    }

    void chartsForExport()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        auto chart = fixture.page.currentChart();
        QVERIFY(chart.has_value());
        const auto& map = std::get<analysis::MapChart>(chart->chart.kind);
        QCOMPARE(map.rows, 32);
        QCOMPARE(map.values[19 * 32 + 25], static_cast<float>((6 * 1024 + 19 * 32 + 25) % 256));
        QCOMPARE(chart->fileName, QStringLiteral("layer1.1.conv1"));
        QVERIFY(chart->provenance.inputs[0].startsWith(QStringLiteral("acts.h5")));
        QSignalSpy exporting(&fixture.page, &LayerPage::exportRequested);
        emit fixture.page.histogram().chart().exportRequested();
        QCOMPARE(exporting.size(), 1);
        QVERIFY(std::holds_alternative<analysis::HistogramChart>(fixture.page.currentChart()->chart.kind));
        emit fixture.page.channels().chart().exportRequested();
        QVERIFY(std::holds_alternative<analysis::BarChart>(fixture.page.currentChart()->chart.kind));
        emit fixture.page.header().exportRequested();
        QVERIFY(std::holds_alternative<analysis::MapChart>(fixture.page.currentChart()->chart.kind));
    }

    void goingBackShowsWhatWas()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        fixture.choose(Kernels, 2);
        fixture.selection.back();
        fixture.settle();
        QCOMPARE(fixture.map().pyramid()->rows(), 32);
        QCOMPARE(fixture.mosaic().selected(), 6);
    }

    void channelsByIndexOrValue()
    {
        Fixture fixture;
        fixture.choose(Kernels, 2);
        auto* sort = fixture.page.channels().findChild<QPushButton*>();
        QVERIFY(fixture.page.channels().isByValue());
        QTest::mouseClick(sort, Qt::LeftButton);
        QVERIFY(!fixture.page.channels().isByValue());
        QCOMPARE(fixture.page.channels().chart().highlight(), 2);
    }
};

QTEST_MAIN(LayerPageTest)
#include "layer_page_test.moc"
