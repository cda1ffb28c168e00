#include "tests/widgets/chart/figure_test.h"

#include <QTest>

using namespace widgets;

/// The sentences about a venue's rules.
class FigureCheckTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void checks();
};

void FigureCheckTest::checks()
{
    const FigurePreset& ieee = figurePreset(QStringLiteral("ieee-column"));
    const auto broken = [&](const analysis::Chart& chart, const FigureStyle& style, FigureFormat format) {
        QStringList sentences;
        for (const FigureCheck& check : checkFigure(chart, style, ieee, format)) {
            if (!check.kept)
                sentences << check.text;
        }
        return sentences.join(QLatin1Char('|'));
    };
    QCOMPARE(broken(samples::histogram(true), {}, FigureFormat::Pdf), QString());
    FigureStyle style;
    style.size.textPt = 5.5;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf)
                .contains(QLatin1String("Smallest text 5.5 pt; preset asks for 8 pt")));
    style = {};
    style.axisPt = 0.25;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf)
                .contains(QLatin1String("Thinnest line 0.25 pt; preset asks for 0.5 pt")));
    style = {};
    style.size.heightMm = 230;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf).contains(QLatin1String("allows 220 mm")));
    style.size.widthMm = 70;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf)
                .contains(QLatin1String("the preset is 88.9 mm wide")));
    style = {};
    style.rasterDpi = 300;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Png)
                .contains(QLatin1String("Raster 300 dpi; preset asks for 600")));
    QVERIFY(!broken(samples::ratios(), style, FigureFormat::Pdf).contains(QLatin1String("Raster")));
    QCOMPARE(broken(samples::ratios(), {}, FigureFormat::Pdf),
             QStringLiteral("Greyscale: L* 46 and 54 are close; only the hatch tells them apart"));
    style = {};
    style.hatches = false;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf)
                .contains(QLatin1String("nothing tells them apart")));
    QVERIFY(broken(samples::weightMap(), {}, FigureFormat::Pdf).contains(QLatin1String("Greyscale")));
    QVERIFY(broken(samples::ratios(), {}, FigureFormat::Svg).contains(QLatin1String("SVG holds no fonts")));
    style = {};
    style.fontFamily = QStringLiteral("No Such Font");
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf)
                .contains(QLatin1String("No Such Font is not installed")));
    style = {};
    style.size.widthMm = 40;
    QVERIFY(broken(samples::ratios(), style, FigureFormat::Pdf).contains(QLatin1String("does not fit")));
}

QTEST_MAIN(FigureCheckTest)
#include "figure_check_test.moc"
