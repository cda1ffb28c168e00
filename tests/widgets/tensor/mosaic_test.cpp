#include "tests/widgets/tensor/tensors.h"
#include "tests/widgets/tensor/views.h"
#include "tests/widgets/widget_test.h"
#include "widgets/tensor/mosaic.h"
#include "widgets/theme/theme.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using widgets::Mosaic;
using widgets::MosaicLayout;

namespace {

widgets::ColourScale scaleFor(const engine::Tensor&)
{
    widgets::ColourSpec spec;
    spec.quantiser = engine::Quantiser { 0.014, 0, 8, false, false };
    spec.maximum = 3.57;
    return widgets::ColourScale(spec);
}

void show(Mosaic& mosaic, const engine::Tensor& tensor, const QSize& size)
{
    mosaic.resize(size);
    mosaic.setColours(scaleFor(tensor), widgets::Reduction::Maximum);
    mosaic.setSource(
        { tensor, widgets::planAxes(tensor), std::vector<std::int64_t>(tensor.shape.rank(), 0) });
    mosaic.show();
    QVERIFY(QTest::qWaitForWindowExposed(&mosaic));
    QTRY_VERIFY(mosaic.isComplete());
}

} // namespace

class MosaicTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void layouts_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("factor");
        QTest::addColumn<int>("scale");
        QTest::addColumn<int>("perRow");
        QTest::newRow("look.md: 16 maps of 32 x 32") << 16 << 32 << 32 << 1 << 3 << 4;
        QTest::newRow("64 maps of 8 x 8") << 64 << 8 << 8 << 1 << 5 << 9;
        QTest::newRow("3 x 3 kernels, large enough to hit") << 512 << 3 << 3 << 1 << 8 << 14;
        QTest::newRow("large maps are joined") << 64 << 224 << 224 << 2 << 1 << 3;
        QTest::newRow("one") << 1 << 4 << 4 << 1 << 16 << 5;
    }

    void layouts()
    {
        QFETCH(int, channels);
        QFETCH(int, rows);
        QFETCH(int, columns);
        const MosaicLayout layout(channels, rows, columns, { 400, 400 });
        QTEST(layout.valuesPerPixel(), "factor");
        QTEST(layout.pixelsPerValue(), "scale");
        QTEST(layout.perRow(), "perRow");
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            QCOMPARE(layout.channelAt(layout.rectOf(channel).center()).value_or(-1), channel);
            QVERIFY(layout.rectOf(channel).width() >= MosaicLayout::smallestTarget);
        }
        QVERIFY(!layout.channelAt({ -1, 0 }) && !layout.channelAt({ 0, layout.contentHeight() + 1 }));
    }

    void emptyLayouts()
    {
        QCOMPARE(MosaicLayout(0, 4, 4, { 400, 400 }).contentHeight(), 0);
        QCOMPARE(MosaicLayout(4, 0, 4, { 400, 400 }).channels(), 0);
        QVERIFY(!MosaicLayout().channelAt({ 0, 0 }));
        QVERIFY(MosaicLayout(5000, 2, 3, { 0, 0 }).contentHeight() > 0);
    }

    void paintsEveryValue()
    {
        const engine::Tensor tensor = tensors::relu({ 1, 16, 32, 32 });
        Mosaic mosaic;
        show(mosaic, tensor, { 400, 400 });
        const QImage image = mosaic.viewport()->grab().toImage();
        const auto scale = scaleFor(tensor);
        for (const int channel : { 3, 9 }) {
            const QRect rect = mosaic.rectOf(channel);
            for (int row = 8; row < 32; row += 5) {
                for (int column = 8; column < 32; column += 3) {
                    const double value =
                        engine::readElement(tensor, std::vector<std::int64_t> { 0, channel, row, column });
                    const QPoint pixel = rect.topLeft() + QPoint(3 * column + 1, 3 * row + 1);
                    QCOMPARE(image.pixel(pixel), scale.at(static_cast<float>(value)));
                }
            }
        }
        QCOMPARE(mosaic.caption(), QStringLiteral("All 16 channels"));
        QCOMPARE(mosaic.detail(), QStringLiteral("32 × 32 values each, 3 px per value"));
    }

    void joinsLargePlanes()
    {
        const engine::Tensor tensor =
            tensors::fill({ 1, 2, 5, 7 }, engine::Role::Activation, "NCHW",
                          [](std::size_t i) { return static_cast<double>(i % 35); });
        const widgets::Thumb thumb =
            widgets::makeThumb(tensor, widgets::planeFor(widgets::planAxes(tensor), { 0, 1, 0, 0 }), 3);
        QCOMPARE(thumb.rows, 2);
        QCOMPARE(thumb.columns, 3);
        QCOMPARE(thumb.cells[0].minimum, 0.0F);
        QCOMPARE(thumb.cells[0].maximum, 16.0F);
        QCOMPARE(thumb.cells[0].mean, 8.0F);
        QCOMPARE(thumb.cells[0].nonzero, 8.0F / 9);
        QCOMPARE(thumb.cells[5].minimum, 27.0F); // the last is 2 x 1
        QCOMPARE(thumb.cells[5].maximum, 34.0F);
    }

    void clickOpensTheChannel()
    {
        Mosaic mosaic;
        show(mosaic, tensors::relu({ 1, 16, 32, 32 }), { 400, 400 });
        QSignalSpy clicked(&mosaic, &Mosaic::channelClicked);
        QTest::mouseClick(mosaic.viewport(), Qt::LeftButton, {}, mosaic.rectOf(6).center());
        QCOMPARE(clicked.takeFirst()[0].toLongLong(), 6);
        QTest::mouseClick(mosaic.viewport(), Qt::LeftButton, {},
                          mosaic.rectOf(6).bottomRight() + QPoint(2, 2));
        QVERIFY(clicked.isEmpty());
    }

    void keysWalk()
    {
        Mosaic mosaic;
        show(mosaic, tensors::relu({ 1, 16, 32, 32 }), { 400, 400 });
        connect(&mosaic, &Mosaic::channelClicked, &mosaic,
                [&mosaic](qint64 channel) { mosaic.setSelected(channel); });
        mosaic.setSelected(6);
        QTest::keyClick(&mosaic, Qt::Key_Right);
        QCOMPARE(mosaic.selected(), 7);
        QTest::keyClick(&mosaic, Qt::Key_Down);
        QCOMPARE(mosaic.selected(), 11);
        QTest::keyClick(&mosaic, Qt::Key_End);
        QCOMPARE(mosaic.selected(), 15);
        QTest::keyClick(&mosaic, Qt::Key_Right);
        QCOMPARE(mosaic.selected(), 15);
        QTest::keyClick(&mosaic, Qt::Key_Home);
        QCOMPARE(mosaic.selected(), 0);
    }

    void theBoxCanBeDragged()
    {
        Mosaic mosaic;
        show(mosaic, tensors::relu({ 1, 16, 32, 32 }), { 400, 400 });
        QVERIFY(mosaic.boxRect().isEmpty());
        mosaic.setSelected(5);
        mosaic.setBox({ 0, 0, 32, 32 });
        QVERIFY(mosaic.boxRect().isEmpty()); // all of it is no box
        mosaic.setBox({ 8, 10, 16, 12 });
        const QRectF box = mosaic.boxRect();
        QCOMPARE(box.topLeft(), QPointF(mosaic.rectOf(5).topLeft()) + QPointF(24, 30));
        QCOMPARE(box.size(), QSizeF(48, 36));
        QSignalSpy moved(&mosaic, &Mosaic::boxMoved);
        QSignalSpy clicked(&mosaic, &Mosaic::channelClicked);
        views::drag(*mosaic.viewport(), box.center(), box.center() + QPointF(12, -6));
        QCOMPARE(moved.last()[0].toPointF(), QPointF(12, 8));
        QVERIFY(clicked.isEmpty());
    }

    void thousandsOfChannelsScroll()
    {
        Mosaic mosaic;
        show(mosaic, tensors::relu({ 1, 3000, 6, 6 }), { 400, 400 });
        QVERIFY(mosaic.verticalScrollBar()->maximum() > 0);
        mosaic.setSelected(2999);
        QVERIFY(QRect(QPoint(), mosaic.viewport()->size()).contains(mosaic.rectOf(2999)));
        QTRY_VERIFY(mosaic.isComplete());
        QSignalSpy clicked(&mosaic, &Mosaic::channelClicked);
        QTest::mouseClick(mosaic.viewport(), Qt::LeftButton, {}, mosaic.rectOf(2999).center());
        QCOMPARE(clicked.takeFirst()[0].toLongLong(), 2999);
    }

    void marksTheSelectedChannel()
    {
        Mosaic mosaic;
        show(mosaic, tensors::relu({ 1, 16, 32, 32 }), { 400, 400 });
        mosaic.setSelected(6);
        const QImage image = mosaic.viewport()->grab().toImage();
        const QRect rect = mosaic.rectOf(6);
        QCOMPARE(image.pixel(rect.left(), rect.center().y()), widgets::Theme::current().accent.rgb());
        QCOMPARE(image.pixel(rect.left() - 1, rect.center().y()), widgets::Theme::current().accent.rgb());
        QVERIFY(image.pixel(rect.left() + 1, rect.center().y()) != widgets::Theme::current().accent.rgb());
    }

    void nothingToShow()
    {
        Mosaic mosaic;
        show(mosaic, tensors::relu({ 1, 4, 8, 8 }), { 400, 400 });
        mosaic.clear();
        QCOMPARE(mosaic.layoutOfChannels().channels(), 0);
        mosaic.grab();
        QTest::keyClick(&mosaic, Qt::Key_Right);
    }
};

QTEST_MAIN(MosaicTest)
#include "mosaic_test.moc"
