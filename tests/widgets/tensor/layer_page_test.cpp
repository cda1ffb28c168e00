#include "engine/base/error.h"
#include "tests/widgets/tensor/tensors.h"
#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/chart_view.h"
#include "widgets/page/layer_header.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_panels.h"
#include "widgets/page/layer_view.h"
#include "widgets/page/loading_veil.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/parts/panel_header.h"
#include "widgets/parts/segmented.h"
#include "widgets/tensor/axes_selector.h"
#include "widgets/tensor/mosaic.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/tensor/value_map.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

#include <semaphore>

using engine::Role;
using widgets::CellRange;
using widgets::Hover;
using widgets::LayerPage;
using widgets::MapCell;
using widgets::MapMode;
using widgets::Selection;

namespace {

enum Known { Maps, Kernels, Matrix, Bias, Scalar, Empty, Video, Signal, Holes, Stored, Zeros };

analysis::DatasetPtr example()
{
    auto made = std::make_shared<analysis::Dataset>();
    made->path = QStringLiteral("/example/acts.h5");
    engine::Random random(3);
    const auto noise = [&random](std::size_t) { return random.normal(); };
    auto& content = made->content.tensors;
    content.push_back(tensors::fill({ 2, 16, 32, 32 }, Role::Activation, "NCHW",
                                    [](std::size_t i) { return static_cast<double>(i % 256) * 0.014; }));
    content.push_back(tensors::fill({ 8, 3, 5, 5 }, Role::Weight, "OIHW", noise));
    content.push_back(tensors::fill({ 10, 84 }, Role::Weight, "OI", noise));
    content.push_back(tensors::fill({ 64 }, Role::Weight, "", noise));
    content.push_back(tensors::make({}, Role::Other, "", { 2.5F }));
    content.push_back(tensors::make({ 1, 0, 32 }, Role::Activation, "", {}));
    content.push_back(tensors::fill({ 2, 3, 4, 5, 6 }, Role::Activation, "NCDHW", noise));
    content.push_back(tensors::fill({ 4, 16, 100 }, Role::Activation, "", noise));
    content.push_back(tensors::fill({ 1, 2, 4, 4 }, Role::Activation, "NCHW",
                                    [](std::size_t i) { return i == 5 ? std::nan("") : 1.0; }));
    content.push_back(tensors::integers<std::uint8_t>({ 1, 2, 1, 2 }, engine::DType::U8, { 0, 7, 255, 0 }));
    content.push_back(
        tensors::fill({ 1, 4, 6, 6 }, Role::Activation, "NCHW", [](std::size_t) { return 0.0; }));
    return made;
}

/// A page over the example, with the last hover it reported.
struct Fixture {
    analysis::JobQueue jobs;
    widgets::SelectionModel selection;
    analysis::DatasetPtr data = example();
    LayerPage page { selection, jobs };
    std::optional<Hover> hover;

    Fixture()
    {
        QObject::connect(&selection, &widgets::SelectionModel::hovered, &page,
                         [this](const std::optional<Hover>& now) { hover = now; });
        page.resize(1044, 778);
        page.show();
    }

    void choose(Known tensor, qint64 channel = -1)
    {
        Selection next { .dataset = data, .layer = 0, .tensor = tensor };
        next.channel = channel;
        selection.select(next);
        settle();
    }

    void settle()
    {
        QTRY_VERIFY(!page.isLoading());
        QTest::qWait(10);
        page.grab();
    }

    widgets::ValueMap& map() { return page.view().map(); }
    widgets::Mosaic& mosaic() { return page.view().mosaic(); }

    QPointF middleOf(const MapCell& cell)
    {
        return map().mapArea().topLeft() + QRectF(map().view().rectOf(cell)).center();
    }

    QString sentence() const
    {
        QString text;
        for (const auto* nothing : page.findChildren<widgets::NothingYet*>()) {
            for (const auto* label : nothing->findChildren<QLabel*>())
                text += nothing->isVisible() ? label->text() : QString();
        }
        return text;
    }
};

/// Elements that are not there before the gate opens.
class GatedSource : public engine::TensorSource {
public:
    explicit GatedSource(std::shared_ptr<const engine::TensorSource> source)
        : m_source(std::move(source))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        gate.acquire();
        gate.release();
        m_source->read(start, count, out);
    }

    mutable std::counting_semaphore<> gate { 0 };

private:
    std::shared_ptr<const engine::TensorSource> m_source;
};

} // namespace

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

    void tellsWhatIsMissing()
    {
        Fixture fixture;
        QVERIFY2(fixture.sentence().contains(QStringLiteral("Choose a layer")),
                 qPrintable(fixture.sentence()));
        fixture.choose(Empty);
        QVERIFY2(fixture.sentence().contains(QStringLiteral("1 × 0 × 32")), qPrintable(fixture.sentence()));
        QVERIFY(!fixture.page.currentChart());
        auto network = std::make_shared<analysis::Dataset>();
        network->content.graph = std::make_shared<engine::Graph>();
        fixture.selection.select({ .dataset = network, .layer = 0 });
        QVERIFY2(fixture.sentence().contains(QStringLiteral("No activations captured yet")),
                 qPrintable(fixture.sentence()));
        QSignalSpy capture(&fixture.page, &LayerPage::captureRequested);
        for (auto* button : fixture.page.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text().contains(QStringLiteral("Capture")))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(capture.size(), 1);
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

    void closedDatasetsLeaveNothing()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        fixture.selection.forget(fixture.data);
        fixture.page.grab();
        QVERIFY(fixture.sentence().contains(QStringLiteral("Choose a layer")));
        QTRY_COMPARE(fixture.data.use_count(), 1L);
    }

    void letsGoOfTheElements()
    {
        Fixture fixture;
        const std::weak_ptr<const engine::TensorSource> source = fixture.data->content.tensors[Maps].source;
        fixture.choose(Maps, 6);
        fixture.selection.forget(fixture.data);
        fixture.data.reset();
        QTRY_VERIFY(source.expired());
    }

    void saysWhatCannotBeRead()
    {
        class FailingSource : public engine::TensorSource {
            void read(std::span<const std::int64_t>, std::span<const std::int64_t>,
                      std::span<std::byte>) const override
            {
                throw engine::IoError("acts.h5: cannot be read any more");
            }
        };
        Fixture fixture;
        fixture.choose(Maps, 6);
        auto broken = std::make_shared<analysis::Dataset>(*fixture.data);
        broken->content.tensors[Maps].source = std::make_shared<FailingSource>();
        fixture.selection.select({ .dataset = broken, .layer = 0, .tensor = Maps });
        QTRY_VERIFY(fixture.sentence().contains(QStringLiteral("could not be read")));
        QVERIFY(fixture.page.findChild<widgets::MessageBar*>()->messages()[0].sentence.contains(
            QStringLiteral("cannot be read any more")));
        QVERIFY(!fixture.page.hasChart());
        fixture.choose(Matrix);
        QCOMPARE(fixture.map().pyramid()->columns(), 84);
        QVERIFY(fixture.page.findChild<widgets::MessageBar*>()->messages().isEmpty());
    }

    /// While another tensor is read, nothing of the old one is shown, told, marked or exported under its
    /// name.
    void anotherTensorIsNotShownUnderItsName()
    {
        Fixture fixture;
        auto slow = std::make_shared<analysis::Dataset>(*fixture.data);
        auto source = std::make_shared<GatedSource>(slow->content.tensors[Matrix].source);
        slow->content.tensors[Matrix].source = source;
        slow->content.tensors[Matrix].name = "fc1.weight";
        const auto open = qScopeGuard([source] { source->gate.release(); });
        fixture.choose(Maps, 6);
        auto* veil = fixture.page.findChild<widgets::LoadingVeil*>();
        QVERIFY(veil != nullptr && !veil->isVisible());
        QVERIFY(fixture.page.hasChart());
        const QImage before = fixture.map().grab().toImage();
        QSignalSpy changed(&fixture.page, &LayerPage::contentChanged);

        fixture.selection.select({ .dataset = slow, .layer = 0, .tensor = Matrix });
        QVERIFY(veil->isVisible());
        QCOMPARE(veil->geometry(), veil->parentWidget()->rect());
        QVERIFY(changed.size() > 0);
        QVERIFY(!fixture.page.hasChart() && !fixture.page.currentChart());
        QVERIFY(fixture.page.facts() == nullptr);
        QCOMPARE(fixture.page.selectionPath(), QString());
        QVERIFY(!fixture.hover);
        QTRY_COMPARE(veil->sentence(), QStringLiteral("Reading fc1.weight…"));
        const QPoint corner = fixture.middleOf({ 19, 25 }).toPoint() - QPoint(3, 3);
        const QColor plain = before.pixelColor(corner);
        const QColor dimmed =
            fixture.page.grab().toImage().pixelColor(fixture.map().mapTo(&fixture.page, corner));
        QVERIFY2(dimmed.lightness() > plain.lightness() + 50, "the old map is not dimmed");
        const Selection held = fixture.selection.current();
        QTest::keyClick(&fixture.map(), Qt::Key_PageDown);
        QTest::keyClick(&fixture.map(), Qt::Key_Right);
        fixture.page.setBlockWords(8);
        QVERIFY(fixture.selection.current() == held);

        source->gate.release();
        fixture.settle();
        QVERIFY(!veil->isVisible());
        QVERIFY(fixture.page.hasChart());
        QCOMPARE(fixture.map().pyramid()->columns(), 84);
    }

    /// Another plane of the same tensor keeps the old picture, with a badge.
    void anotherPlaneKeepsThePicture()
    {
        Fixture fixture;
        fixture.choose(Maps, 6);
        auto* veil = fixture.page.findChild<widgets::LoadingVeil*>();
        Selection next = fixture.selection.current();
        next.channel = 9;
        fixture.selection.select(next);
        QVERIFY(!veil->isVisible());
        QVERIFY(fixture.page.hasChart());
        fixture.settle();
    }

    void opensOnContent()
    {
        Fixture fixture;
        auto sparse = std::make_shared<analysis::Dataset>(*fixture.data);
        sparse->content.tensors[Maps] =
            tensors::fill({ 1, 4, 6, 6 }, Role::Activation, "NCHW",
                          [](std::size_t i) { return i >= 2 * 36 && i < 3 * 36 ? 1.0 : 0.0; });
        fixture.data = sparse;
        fixture.choose(Maps);
        QCOMPARE(fixture.page.selectionPath(), QStringLiteral("layer1.1.conv1 › act › c2"));
        QCOMPARE(fixture.mosaic().selected(), 2);
        fixture.choose(Maps, 0); // a channel that was asked for is shown, empty or not
        QCOMPARE(fixture.page.selectionPath(), QStringLiteral("layer1.1.conv1 › act › c0"));
    }

    /// A folder has nothing but pictures; they are the page.
    void foldersShowTheirPictures()
    {
        Fixture fixture;
        auto folder = std::make_shared<analysis::Dataset>();
        folder->content.images =
            engine::tensorImages(tensors::fill({ 5, 3, 8, 8 }, Role::Image, "NCHW",
                                               [](std::size_t i) { return static_cast<double>(i % 256); }),
                                 { 0, 1, 2, 3, 4 });
        fixture.selection.select({ .dataset = folder });
        auto* pane = fixture.page.findChildren<widgets::PicturesPane*>().last();
        for (auto* one : fixture.page.findChildren<widgets::PicturesPane*>())
            pane = one->isVisible() ? one : pane;
        QVERIFY(pane->isVisible());
        QCOMPARE(pane->grid().count(), 5);
        QCOMPARE(fixture.page.header().title(), QStringLiteral("Pictures"));
        views::click(*pane->grid().viewport(), pane->grid().rectOf(3).center());
        QCOMPARE(fixture.selection.current().batch, 3);
        QCOMPARE(pane->grid().selected(), 3);
        fixture.choose(Maps);
        QVERIFY(!pane->isVisible());
        QCOMPARE(fixture.page.header().title(), QStringLiteral("Sparsity map"));
        QCOMPARE(pane->grid().count(), 0);
    }

    /// A tensor of pictures shows them beside the values of one.
    void imageTensorsShowTheirPictures()
    {
        Fixture fixture;
        auto made = std::make_shared<analysis::Dataset>(*fixture.data);
        made->content.tensors[Maps] = tensors::fill(
            { 5, 3, 8, 8 }, Role::Image, "NCHW", [](std::size_t i) { return static_cast<double>(i % 256); });
        made->content.images = engine::tensorImages(made->content.tensors[Maps], { 0, 1, 2, 3, 4 });
        fixture.data = made;
        fixture.choose(Maps);
        widgets::PictureGrid& grid = fixture.page.view().pictures();
        QVERIFY(grid.isVisible());
        QVERIFY(!fixture.mosaic().isVisible());
        QCOMPARE(grid.count(), 5);
        QCOMPARE(grid.selected(), 0);
        views::click(*grid.viewport(), grid.rectOf(2).center());
        fixture.settle();
        QCOMPARE(fixture.selection.current().batch, 2);
        QCOMPARE(grid.selected(), 2);
        QVERIFY(fixture.page.selectionPath().contains(QStringLiteral("b2")));
        fixture.choose(Kernels);
        QVERIFY(!grid.isVisible());
        QVERIFY(fixture.mosaic().isVisible());
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
