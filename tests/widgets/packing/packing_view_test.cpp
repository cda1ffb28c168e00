#include "engine/base/error.h"
#include "tests/widgets/packing/packing_samples.h"
#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/packing/packing_figure.h"
#include "widgets/packing/packing_text.h"
#include "widgets/packing/packing_view.h"
#include "widgets/theme/theme.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using widgets::PackingDirection;
using widgets::PackingLayout;
using widgets::PackingSpot;
using widgets::PackingView;
using widgets::Phase;

class PackingViewTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Light);
    }

    /// Every bit of the stream that carries a word is found under the pointer, and so is the word's own bit.
    void everyBitIsFoundUnderThePointer_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("port");
        for (const QSize size : { QSize(1044, 778), QSize(740, 560) })
            for (const int port : { 16, 64, 128 })
                QTest::addRow("%d wide, W %d", size.width(), port) << size << port;
    }

    void everyBitIsFoundUnderThePointer()
    {
        QFETCH(QSize, size);
        QFETCH(int, port);
        const auto scene = packing::scene(0, {}, { 16, static_cast<unsigned>(port) });
        const PackingLayout layout(scene, size, 0, 0);
        for (std::uint64_t bit = scene.block().start; bit < scene.block().end(); ++bit) {
            QVERIFY(layout.showsBit(bit));
            const PackingSpot spot = layout.spotAt(layout.streamBitRect(bit).center());
            QCOMPARE(spot.streamBit.value(), bit);
            const auto source = scene.block().wordBitAt(bit);
            if (!source)
                continue;
            const QRectF cell = layout.bitRect(source->word, 7 - source->bit);
            const PackingSpot back = layout.spotAt(cell.center());
            QCOMPARE(back.word, source->word);
            QCOMPARE(back.bit, source->bit);
        }
        for (const PackingLayout::Segment& segment : layout.segments())
            QCOMPARE(layout.spotAt(segment.rect.center()).word, segment.word);
    }

    void hoverGoesFromBitToWordAndBack()
    {
        PackingView view;
        view.resize(1044, 778);
        view.setScene(packing::scene(0));
        view.show();
        QSignalSpy hovered(&view, &PackingView::hovered);
        const PackingLayout& layout = view.layoutOfScene();
        views::hover(view, layout.streamBitRect(26).center());
        QCOMPARE(hovered.size(), 1);
        const auto spot = hovered.last()[0].value<PackingSpot>();
        QCOMPARE(spot.streamBit.value(), std::uint64_t { 26 });
        QCOMPARE(view.scene().block().wordBitAt(26).value(), (engine::codec::WordBit { 1, 1 }));
        QCOMPARE(widgets::spotTip(view.scene(), spot).value, QStringLiteral("word 1 = 7"));
        QCOMPARE(widgets::spotTip(view.scene(), spot).place,
                 QStringLiteral("W0 bit 26 is bit 1 of the word"));
        views::hover(view, layout.bitRect(1, 6).center());
        QCOMPARE(hovered.last()[0].value<PackingSpot>(), (PackingSpot { 1, 1, {} }));
        QCOMPARE(widgets::spotTip(view.scene(), { 1, -1, {} }).place, QStringLiteral("W0 bits 25–29"));
        QCOMPARE(widgets::spotTip(view.scene(), { -1, -1, 2 }).value, QStringLiteral("width e−1 = 4"));
        QVERIFY(widgets::spotTip(view.scene(), { 3, -1, {} }).place.contains(QStringLiteral("zero")));
    }

    /// The link is drawn: the outline's colour is there only while a word is pointed at.
    void linkIsDrawn()
    {
        PackingView view;
        view.resize(1044, 778);
        view.setScene(packing::scene(0));
        view.show();
        const QPoint edge = view.layoutOfScene().rowRect(1).topLeft().toPoint() + QPoint(60, -1);
        const QRgb before = view.grab().toImage().pixel(edge);
        views::hover(view, view.layoutOfScene().streamBitRect(26).center());
        const QRgb after = view.grab().toImage().pixel(edge);
        QVERIFY(before != after);
        QCOMPARE(QColor(after), widgets::Theme::current().text);
    }

    void keysMoveTheWordAndTheBlock()
    {
        PackingView view;
        view.resize(1044, 778);
        view.setScene(packing::scene(0));
        QVERIFY(showActive(view));
        view.setFocus();
        QSignalSpy chosen(&view, &PackingView::wordChosen);
        QSignalSpy stepped(&view, &PackingView::blockStepped);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.selectedWord(), 1);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(chosen.last()[0].toInt(), 0);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.selectedWord(), 0);
        QTest::keyClick(&view, Qt::Key_PageDown);
        QTest::keyClick(&view, Qt::Key_PageUp);
        QCOMPARE(stepped[0][0].toInt(), 1);
        QCOMPARE(stepped[1][0].toInt(), -1);
        QVERIFY(view.accessibleDescription().startsWith(QStringLiteral("word 0 = 29")));
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(view.selectedWord(), -1);
    }

    void clickOnAnotherBlockShowsIt()
    {
        PackingView view;
        view.resize(1044, 778);
        view.setScene(packing::scene(0));
        view.show();
        QSignalSpy block(&view, &PackingView::blockChosen);
        QTest::mouseClick(&view, Qt::LeftButton, {},
                          view.layoutOfScene().streamBitRect(80).center().toPoint());
        QCOMPARE(block.size(), 1);
        QCOMPARE(block[0][0].toULongLong(), view.scene().stream().index.blockAt(80));
    }

    void stepsUncoverTheBlock()
    {
        auto scene = packing::scene(0);
        QCOMPARE(scene.steps(), 7);
        scene.setStep(0);
        QCOMPARE(scene.wordPhase(0), Phase::Now);
        QCOMPARE(scene.maskPhase(0), Phase::ToCome);
        QCOMPARE(widgets::stepSentence(scene),
                 QStringLiteral("Zeros and leading ones of words 0–15 are found"));
        scene.setStep(1);
        QCOMPARE(scene.maskPhase(15), Phase::Now);
        QCOMPARE(scene.stringPhase(1, 0), Phase::ToCome);
        QCOMPARE(widgets::stepSentence(scene), QStringLiteral("Mask with 6 of 16 words, width e = 5"));
        scene.setStep(2);
        QCOMPARE(scene.stringPhase(1, 0), Phase::Now);
        QVERIFY(widgets::stepSentence(scene).startsWith(QStringLiteral("Level 1")));
        QCOMPARE(scene.bitPhase(0), Phase::ToCome);
        scene.setStep(99);
        QCOMPARE(scene.bitPhase(0), Phase::Now);
        QCOMPARE(widgets::stepSentence(scene), QStringLiteral("50 bit enter the wrapper, W0 holds 50 of 64"));
        scene = packing::scene(2);
        QCOMPARE(widgets::stepSentence(scene), QStringLiteral("W2 is full and leaves the port"));
    }

    void decompressorGoesTheOtherWay()
    {
        auto scene = packing::scene(0, {}, {}, PackingDirection::Decompress);
        scene.setStep(0);
        QCOMPARE(scene.bitPhase(0), Phase::Now);
        QCOMPARE(scene.maskPhase(0), Phase::ToCome);
        QCOMPARE(scene.wordPhase(0), Phase::ToCome);
        scene.setStep(1);
        QCOMPARE(scene.maskPhase(0), Phase::Now);
        QCOMPARE(scene.stringPhase(4, 0), Phase::Now);
        QCOMPARE(scene.stringPhase(3, 0), Phase::ToCome);
        scene.setStep(scene.steps() - 1);
        QCOMPARE(scene.wordPhase(15), Phase::Now);
    }

    /// Every kind of block, in both themes, small and large, at every step: nothing asserts or warns.
    void everySceneIsPainted_data()
    {
        QTest::addColumn<int>("blockWords");
        QTest::addColumn<QString>("codec");
        for (const int words : { 4, 16, 64 })
            for (const char* codec : { "zvc", "bzvc", "bzvc-bypass", "bzvc-x" })
                if (engine::codec::packsBlocks(codec))
                    QTest::addRow("%s S %d", codec, words) << words << QString::fromLatin1(codec);
    }

    void everySceneIsPainted()
    {
        QFETCH(int, blockWords);
        QFETCH(QString, codec);
        PackingView view;
        view.resize(740, 520);
        view.show();
        for (const int lossy : { 0, 3 })
            for (const auto direction : { PackingDirection::Compress, PackingDirection::Decompress }) {
                const packing::PackingChoice choice { codec, { blockWords, lossy } };
                const auto last = packing::stream(choice)->index.blocks() - 1;
                for (const std::uint64_t block : { std::uint64_t { 0 }, last / 2, last }) {
                    auto scene = packing::scene(block, choice, { 4, 128 }, direction);
                    const int steps = scene.steps();
                    view.setScene(std::move(scene));
                    view.setSelectedWord(blockWords - 1);
                    for (int step = 0; step < steps; step += 1 + steps / 4) {
                        view.setStep(step);
                        view.grab();
                    }
                }
            }
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Dark);
        view.grab();
    }

    /// Words beyond the lower edge are brought into sight.
    void largeBlocksScroll()
    {
        PackingView view;
        view.resize(740, 520);
        view.show();
        view.setScene(packing::scene(0, { QStringLiteral("bzvc-bypass"), { 64, 0 } }));
        QVERIFY(view.layoutOfScene().scrollRange() > 0);
        view.setSelectedWord(63);
        const PackingLayout& layout = view.layoutOfScene();
        QVERIFY(layout.rowTop(63) + layout.rowHeight() <= layout.upperHeight());
        view.setSelectedWord(0);
        QVERIFY(view.layoutOfScene().rowTop(0) >= PackingLayout::rowsTop - 0.5);
    }

    void figureIsWritten_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("pdf") << QStringLiteral("pdf") << QByteArray("%PDF");
        QTest::newRow("svg") << QStringLiteral("svg") << QByteArray("<?xml");
        QTest::newRow("png") << QStringLiteral("png") << QByteArray("\x89PNG");
    }

    void figureIsWritten()
    {
        QFETCH(QString, suffix);
        QFETCH(QByteArray, start);
        widgets::ThemeManager::instance().apply(widgets::ThemeChoice::Dark);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("block.") + suffix);
        analysis::Provenance provenance;
        provenance.program = QStringLiteral("Tessera");
        widgets::exportPackingFigure(packing::scene(0), {}, path, provenance);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith(start));
        if (suffix == QLatin1String("svg"))
            QVERIFY(bytes.contains("Leading-one detection"));
        if (suffix == QLatin1String("png"))
            QCOMPARE(QImage::fromData(bytes).pixelColor(2, 2), widgets::Theme::light().panel);
        QVERIFY_THROWS_EXCEPTION(
            engine::ParameterError,
            widgets::exportPackingFigure(packing::scene(0), {}, path + QStringLiteral(".bmp"), {}));
    }
};

QTEST_MAIN(PackingViewTest)
#include "packing_view_test.moc"
