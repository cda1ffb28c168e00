#include "widgets/chart/hatch.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace widgets;

namespace {

constexpr double mmPerInch = 25.4;

/// `areaMm` hatched on white paper with a margin of 2 mm, at a resolution.
QImage paper(Hatch hatch, const QSizeF& areaMm, double dpi)
{
    const double perMm = dpi / mmPerInch;
    QImage image((areaMm + QSizeF(4, 4)).toSize() * perMm, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(perMm, perMm);
    drawHatch(painter, QRectF(QPointF(2, 2), areaMm), hatch, { 1.1, 0.42, Qt::black });
    return image;
}

double ink(const QImage& image, const QRect& area)
{
    double sum = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x)
            sum += 1 - qGray(image.pixel(x, y)) / 255.0;
    }
    return sum / (static_cast<double>(area.width()) * area.height());
}

QRect inside(const QImage& image, double dpi)
{
    const int margin = static_cast<int>(2.2 * dpi / mmPerInch);
    return image.rect().adjusted(margin, margin, -margin, -margin);
}

} // namespace

class HatchTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sameInkAtEveryResolution_data();
    void sameInkAtEveryResolution();
    void staysInside_data() { sameInkAtEveryResolution_data(); }
    void staysInside();
    void oddAreas();
    void order();
};

void HatchTest::sameInkAtEveryResolution_data()
{
    QTest::addColumn<Hatch>("hatch");
    QTest::newRow("forward") << Hatch::Forward;
    QTest::newRow("backward") << Hatch::Backward;
    QTest::newRow("cross") << Hatch::Cross;
    QTest::newRow("dots") << Hatch::Dots;
    QTest::newRow("horizontal") << Hatch::Horizontal;
    QTest::newRow("vertical") << Hatch::Vertical;
    QTest::newRow("grid") << Hatch::Grid;
}

/// QBrush patterns keep one pixel: at 600 dpi they are grey dust. Ours cover the same share of the paper.
void HatchTest::sameInkAtEveryResolution()
{
    QFETCH(const Hatch, hatch);
    const QImage coarse = paper(hatch, { 22, 22 }, 96);
    const QImage fine = paper(hatch, { 22, 22 }, 600);
    const double share = ink(fine, inside(fine, 600));
    QVERIFY2(share > 0.2 && share < 0.75, qPrintable(QString::number(share)));
    QVERIFY(std::abs(ink(coarse, inside(coarse, 96)) - share) < 0.05);
    if (hatch == Hatch::Forward || hatch == Hatch::Horizontal)
        QVERIFY(std::abs(share - 0.42 / 1.1) < 0.03);
    // and there are whole black and whole white places, not a grey
    const QRect sample = inside(fine, 600);
    bool black = false;
    bool white = false;
    for (int x = sample.left(); x < sample.right(); ++x) {
        for (int y = sample.top(); y < sample.top() + 60; ++y) {
            black = black || qGray(fine.pixel(x, y)) < 20;
            white = white || qGray(fine.pixel(x, y)) > 235;
        }
    }
    QVERIFY(black && white);
}

void HatchTest::staysInside()
{
    QFETCH(const Hatch, hatch);
    const QImage image = paper(hatch, { 7.3, 5.1 }, 300);
    const int edge = static_cast<int>(2 * 300 / mmPerInch) - 1;
    const QRect outer(edge, edge, static_cast<int>(7.3 * 300 / mmPerInch) + 3,
                      static_cast<int>(5.1 * 300 / mmPerInch) + 3);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (!outer.contains(x, y))
                QCOMPARE(qGray(image.pixel(x, y)), 255);
        }
    }
}

void HatchTest::oddAreas()
{
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    for (const QRectF& area :
         { QRectF(), QRectF(5, 5, 0, 10), QRectF(5, 5, -3, 4), QRectF(5, 5, 0.01, 0.01) }) {
        for (int i = 0; i < 8; ++i)
            drawHatch(painter, area, hatchOf(i), { 6, 1.6, Qt::black });
    }
    drawHatch(painter, QRectF(0, 0, 40, 40), Hatch::Cross, { 0, 1, Qt::black });
    painter.end();
    QVERIFY(ink(image, image.rect()) < 0.01);
}

void HatchTest::order()
{
    QCOMPARE(hatchOf(0), Hatch::None);
    QCOMPARE(hatchOf(1), Hatch::Forward);
    QCOMPARE(hatchOf(4), Hatch::Dots);
    QCOMPARE(hatchOf(8), Hatch::None);
}

QTEST_MAIN(HatchTest)
#include "hatch_test.moc"
