#include "engine/base/error.h"
#include "tests/widgets/tensor/layer_fixture.h"
#include "widgets/page/layer_header.h"
#include "widgets/page/loading_veil.h"
#include "widgets/page/pictures_pane.h"
#include "widgets/parts/message_bar.h"
#include "widgets/tensor/picture_grid.h"
#include "widgets/theme/theme.h"

#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <semaphore>

using namespace layer;

namespace {

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

class LayerStatesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
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
};

QTEST_MAIN(LayerStatesTest)
#include "layer_states_test.moc"
