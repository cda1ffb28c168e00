#include "tests/widgets/tensor/layer_fixture.h"
#include "widgets/form/parameter_form.h"
#include "widgets/packing/packing_view.h"
#include "widgets/packing/stream_place.h"
#include "widgets/page/packing_header.h"
#include "widgets/page/packing_page.h"
#include "widgets/page/packing_panel.h"
#include "widgets/parts/stepper_bar.h"
#include "widgets/theme/theme.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using widgets::Hover;
using widgets::PackingPage;
using widgets::Selection;

namespace {

/// A packing page over the tensors of the layer page's tests.
struct Fixture {
    widgets::SelectionModel selection;
    analysis::DatasetPtr data = layer::example();
    PackingPage page { selection };

    Fixture()
    {
        page.resize(1044, 778);
        page.show();
    }

    bool settled() const { return !page.isBusy() && page.stream() != nullptr; }

    void choose(int tensor, qint64 batch = 0)
    {
        selection.select({ .dataset = data, .layer = 0, .tensor = tensor, .batch = batch });
        QTRY_VERIFY(settled());
    }

    void set(const QString& id, const analysis::Value& value)
    {
        analysis::Values values = page.panel().form().values();
        values.set(page.panel().form().parameters(), id, value);
        page.panel().form().setValues(values);
        emit page.panel().changed();
        QTRY_VERIFY(!page.isBusy());
    }

    std::uint64_t block() const { return page.view().scene().block().number; }
};

} // namespace

class PackingPageTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
    }

    void everyTensorIsPackedOrRefused()
    {
        Fixture fixture;
        for (const int tensor : { layer::Maps, layer::Kernels, layer::Matrix, layer::Bias, layer::Scalar,
                                  layer::Video, layer::Signal, layer::Stored, layer::Zeros }) {
            fixture.choose(tensor);
            QVERIFY(fixture.page.stream()->index.blocks() > 0);
            fixture.page.grab();
            fixture.page.panel().grab();
        }
        for (const int tensor : { layer::Empty, layer::Holes }) {
            fixture.selection.select({ .dataset = fixture.data, .layer = 0, .tensor = tensor });
            QTRY_VERIFY(!fixture.page.isBusy());
            QVERIFY(fixture.page.stream() == nullptr);
            QVERIFY(!fixture.page.hasFigure());
        }
    }

    void imagesAreStreamsOfTheirOwn()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        QCOMPARE(fixture.page.stream()->source->image, std::int64_t { 0 });
        QCOMPARE(fixture.page.stream()->source->values.size(), std::size_t { 16 * 32 * 32 });
        Selection next = fixture.selection.current();
        next.batch = 1;
        fixture.selection.select(next);
        QTRY_VERIFY(fixture.settled() && fixture.page.stream()->source->image == 1);
    }

    void selectedElementIsSelectedWord()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        Selection next = fixture.selection.current();
        next.channel = 2;
        next.row = 31;
        next.column = 17;
        fixture.selection.select(next);
        QCOMPARE(fixture.block(), std::uint64_t { (2 * 1024 + 31 * 32 + 17) / 16 });
        QCOMPARE(fixture.page.view().selectedWord(), 1);
        QTest::keyClick(&fixture.page.view(), Qt::Key_Down);
        QCOMPARE(fixture.selection.current().column, qint64 { 18 });
        QCOMPARE(fixture.selection.current().row, qint64 { 31 });
        QTest::keyClick(&fixture.page.view(), Qt::Key_PageDown);
        QCOMPARE(fixture.selection.current().channel, qint64 { 3 });
        QCOMPARE(fixture.selection.current().row, qint64 { 0 });
        QCOMPARE(fixture.selection.current().column, qint64 { 2 });
    }

    void hoverIsSharedBothWays()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        std::optional<Hover> seen;
        connect(&fixture.selection, &widgets::SelectionModel::hovered, &fixture.page,
                [&seen](const std::optional<Hover>& hover) { seen = hover; });
        auto& view = fixture.page.view();
        fixture.page.showBlock(3);
        views::hover(view, view.layoutOfScene().bitRect(1, 7).center());
        QVERIFY(seen.has_value());
        QCOMPARE(seen->path, QStringLiteral("layer1.1.conv1 \u203A act \u203A block 3 \u203A word 1"));
        QCOMPARE(seen->code.value(), qint64 { 49 });
        QCOMPARE(seen->element, qint64 { 49 });
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&view, &leave);
        QVERIFY(!seen.has_value());
        QCOMPARE(view.look().hover.word, -1);
        Hover elsewhere;
        elsewhere.element = 3 * 16 + 5;
        fixture.selection.hover(elsewhere);
        QCOMPARE(view.look().hover.word, 5);
        elsewhere.element = 4 * 16;
        fixture.selection.hover(elsewhere);
        QCOMPARE(view.look().hover.word, -1);
    }

    void stepperWalksThroughTheCycles()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        auto& stepper = fixture.page.stepper();
        QCOMPARE(stepper.count(), fixture.page.view().scene().steps());
        QCOMPARE(stepper.position(), stepper.count() - 1);
        stepper.setPosition(2);
        QCOMPARE(fixture.page.view().scene().step(), 2);
        fixture.page.showBlock(5);
        QCOMPARE(fixture.page.view().scene().step(), 2); // stays where the user is
        stepper.setPosition(stepper.count() - 1);
        fixture.page.showBlock(6);
        QCOMPARE(stepper.position(), stepper.count() - 1);
    }

    void blocksAreWalkedThrough()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        auto* spin = fixture.page.findChild<QSpinBox*>();
        spin->setValue(7);
        QCOMPARE(fixture.block(), std::uint64_t { 7 });
        QTest::keyClick(&fixture.page.view(), Qt::Key_PageUp);
        QCOMPARE(fixture.block(), std::uint64_t { 6 });
        QCOMPARE(spin->value(), 6);
        emit fixture.page.header().nextRawRequested();
        QCOMPARE(fixture.page.view().scene().block().form, engine::codec::BlockForm::Raw);
        QVERIFY(fixture.block() > 6);
    }

    void changesPackAgain()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        const auto lossless = fixture.page.stream()->bits();
        fixture.page.showBlock(10);
        fixture.set(QStringLiteral("lossy-bits"), qint64 { 3 });
        QVERIFY(fixture.page.stream()->bits() < lossless);
        QCOMPARE(fixture.block(), std::uint64_t { 10 });
        fixture.set(QStringLiteral("block"), QStringLiteral("32"));
        QCOMPARE(fixture.block(), std::uint64_t { 5 }); // the same words
        QCOMPARE(fixture.page.view().scene().block().words.size(), std::size_t { 32 });
        fixture.set(QStringLiteral("codec"), QStringLiteral("zvc"));
        QCOMPARE(fixture.page.stream()->format.flagBits, 0U);
        const auto stream = fixture.page.stream();
        fixture.set(QStringLiteral("port"), QStringLiteral("32"));
        QCOMPARE(fixture.page.stream(), stream); // no bit of it is another
        QCOMPARE(fixture.page.view().scene().port().portBits, 32U);
        fixture.set(QStringLiteral("word"), qint64 { 12 });
        QTRY_VERIFY(fixture.settled() && fixture.page.stream()->source->quantiser.bits == 12);
    }

    void kThatIsTooLargeIsRefusedInItsRow()
    {
        Fixture fixture;
        fixture.choose(layer::Maps);
        const auto stream = fixture.page.stream();
        fixture.set(QStringLiteral("lossy-bits"), qint64 { 8 });
        QCOMPARE(fixture.page.stream(), stream);
        QCOMPARE(fixture.page.panel().form().errors(),
                 QStringList { QStringLiteral("K: 8 is outside 0..7") });
    }

    void hiddenPageDoesNothing()
    {
        Fixture fixture;
        fixture.page.hide();
        fixture.selection.select({ .dataset = fixture.data, .layer = 0, .tensor = layer::Maps });
        QTest::qWait(20);
        QVERIFY(!fixture.page.isBusy() && fixture.page.stream() == nullptr);
        fixture.page.show();
        QTRY_VERIFY(fixture.settled());
    }

    /// From a change of K to the new picture and ratio.
    void largeMapFollowsAtOnce()
    {
        auto made = std::make_shared<analysis::Dataset>();
        made->content.tensors.push_back(tensors::relu({ 1, 96, 112, 112 }));
        Fixture fixture;
        fixture.data = made;
        fixture.choose(0);
        double slowest = 0;
        double busiest = 0;
        CpuTime processor;
        for (const qint64 lossy : { 1, 2, 3, 4, 5, 0 }) {
            analysis::Values values = fixture.page.panel().form().values();
            values.set(fixture.page.panel().form().parameters(), QStringLiteral("lossy-bits"), lossy);
            fixture.page.panel().form().setValues(values);
            const auto before = fixture.page.stream();
            QElapsedTimer clock;
            clock.start();
            processor.restart();
            emit fixture.page.panel().changed();
            while (fixture.page.stream() == before)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            fixture.page.view().grab();
            slowest = std::max(slowest, static_cast<double>(clock.nsecsElapsed()) / 1e6);
            busiest = std::max(busiest, processor.restart());
        }
        qInfo("K to picture and ratio, 112 x 112 x 96: %.1f ms at most, %.1f ms of the processor", slowest,
              busiest);
        QVERIFY(busiest < 100);
    }

    void placesOfWords()
    {
        const analysis::DatasetPtr data = layer::example();
        const engine::Tensor& maps = data->content.tensors[layer::Maps];
        QCOMPARE(widgets::wordsPlaceText(maps, { 0, 2 * 1024 + 31 * 32 }, 16),
                 QStringLiteral("Channel 2, row 31, columns 0–15"));
        QCOMPARE(widgets::wordsPlaceText(maps, { 0, 1024 - 16 }, 32),
                 QStringLiteral("Channel 0, row 31, column 16 – channel 1, row 0, column 15"));
        QCOMPARE(widgets::placeOfElement(maps, 16 * 1024 + 7), (widgets::StreamPlace { 1, 7 }));
    }
};

QTEST_MAIN(PackingPageTest)
#include "packing_page_test.moc"
