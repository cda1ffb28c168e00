#include "tests/widgets/chart/figure_test.h"
#include "widgets/chart/figure.h"
#include "widgets/theme/theme.h"

#include <QSet>
#include <QTest>

using namespace widgets;

/// The traps of export.md that concern pictures: size, dpi, hatches, colours.
class FigurePngTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void pngSizeAndDpi_data();
    void pngSizeAndDpi();
    void pngMapIsExact();
    void pngHatchAt600Dpi();
    void payloadIsABodyBelowItsOverhead();
    void lightGroundWhateverTheTheme();
    void greyscaleHasNoColour();
};

void FigurePngTest::pngSizeAndDpi_data()
{
    QTest::addColumn<int>("dpi");
    QTest::addColumn<QSize>("size");
    QTest::newRow("600") << 600 << QSize(2100, 1417);
    QTest::newRow("300") << 300 << QSize(1050, 709);
    QTest::newRow("96") << 96 << QSize(336, 227);
}

void FigurePngTest::pngSizeAndDpi()
{
    QFETCH(const int, dpi);
    QFETCH(const QSize, size);
    FigureStyle style;
    style.rasterDpi = dpi;
    const QImage image = QImage::fromData(figurePng(samples::ratios(), style, made()), "png");
    QCOMPARE(image.size(), size);
    QVERIFY(std::abs(image.dotsPerMeterX() - dpi / 0.0254) < 1);
    QCOMPARE(image.dotsPerMeterX(), image.dotsPerMeterY());
}

/// Trap 7: cells are crisp and have exactly the colour of the scale.
void FigurePngTest::pngMapIsExact()
{
    analysis::MapChart map;
    map.rows = 2;
    map.columns = 2;
    map.values = { 0, 1, 2, 3 };
    const analysis::Chart chart { QStringLiteral("m"), {}, map };
    FigureStyle style;
    style.size.textPt = 5;
    const Figure figure(chart, style);
    const QImage image = QImage::fromData(figurePng(chart, style, made()), "png");
    const double scale = 600.0 / Figure::dpi;
    QSet<QRgb> colours;
    for (const double dx : { -0.48, 0.2, 0.48 }) { // beside the printed number, up to the very edge
        const QPointF pixel = figure.view().frame().toPixel(dx, -0.4) * scale;
        colours << image.pixel(pixel.toPoint());
    }
    QCOMPARE(colours.size(), 1);
    const QPointF left = figure.view().frame().toPixel(0.495, 0.2) * scale;
    const QPointF right = figure.view().frame().toPixel(0.505, 0.2) * scale;
    QVERIFY(image.pixel(left.toPoint()) != image.pixel(right.toPoint()));
}

/// Trap 5.
void FigurePngTest::pngHatchAt600Dpi()
{
    const analysis::Chart chart = samples::ratios();
    const Figure figure(chart, {});
    const QImage image = QImage::fromData(figurePng(chart, {}, made()), "png");
    const QRectF bars = figure.view().outline(5);
    const double scale = 600.0 / Figure::dpi;
    const auto x = static_cast<int>((bars.left() + bars.width() * 0.75) * scale);
    int changes = 0;
    bool paperShows = false;
    for (auto y = static_cast<int>((bars.top() + 20) * scale); y < (bars.bottom() - 20) * scale; ++y) {
        changes += (qGray(image.pixel(x, y)) > 200) != (qGray(image.pixel(x, y + 1)) > 200) ? 1 : 0;
        paperShows = paperShows || image.pixel(x, y) == qRgb(255, 255, 255);
    }
    QVERIFY(paperShows);
    // lines 1.1 mm apart across the hatch are 1.56 mm apart down the bar: two changes each
    const double expected = 2 * bars.height() / Figure::dpi * 25.4 / (1.1 * std::sqrt(2.0));
    QVERIFY2(std::abs(changes - expected) <= 4,
             qPrintable(QStringLiteral("%1 for %2").arg(changes).arg(expected)));
}

/// Stripes and dots alone would look alike: between the stripes of a payload no paper shows.
void FigurePngTest::payloadIsABodyBelowItsOverhead()
{
    analysis::BarChart bars { .categories = { QStringLiteral("conv1") } };
    bars.series.push_back({ .name = QStringLiteral("zvc"), .values = { 8 }, .overhead = { 8 } });
    bars.series.push_back({ .name = QStringLiteral("bzvc"), .values = { 8 }, .overhead = { 8 } });
    const analysis::Chart chart { QStringLiteral("size"), QStringLiteral("Size"), bars };
    const Figure figure(chart, {});
    const QImage image = QImage::fromData(figurePng(chart, {}, made()), "png");
    const QRectF area = figure.view().outline(0);
    const double scale = 600.0 / Figure::dpi;
    const auto white = [&](double across, double from, double to) {
        int count = 0;
        const auto x = static_cast<int>((area.left() + area.width() * across) * scale);
        for (double y = area.top() + area.height() * from; y < area.top() + area.height() * to; y += 0.2)
            count += image.pixel(x, static_cast<int>(y * scale)) == qRgb(255, 255, 255) ? 1 : 0;
        return count;
    };
    for (const double across : { 0.25, 0.75 }) {
        QVERIFY(white(across, 0.05, 0.45) > 0);
        QCOMPARE(white(across, 0.55, 0.95), 0);
    }
}

void FigurePngTest::lightGroundWhateverTheTheme()
{
    ThemeManager::instance().apply(ThemeChoice::Dark);
    const QImage paper = renderFigure(samples::ratios(), {}, 96);
    ThemeManager::instance().apply(ThemeChoice::Light);
    QCOMPARE(paper, renderFigure(samples::ratios(), {}, 96));
    QCOMPARE(paper.pixel(1, 1), qRgb(255, 255, 255));
    FigureStyle dark;
    dark.lightGround = false;
    QVERIFY(qGray(renderFigure(samples::ratios(), dark, 96).pixel(1, 1)) < 60);
}

void FigurePngTest::greyscaleHasNoColour()
{
    FigureStyle style;
    style.greyscale = true;
    for (const analysis::Chart& chart : std::vector<analysis::Chart> {
             samples::energy(), samples::sparsityMap(), samples::curves(), samples::histogram(true) }) {
        const QImage image = renderFigure(chart, style, 96);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QRgb pixel = image.pixel(x, y);
                QVERIFY(qRed(pixel) == qGreen(pixel) && qGreen(pixel) == qBlue(pixel));
            }
        }
    }
}

QTEST_MAIN(FigurePngTest)
#include "figure_png_test.moc"
