#include "tests/widgets/chart/figure_test.h"

#include <QTest>

using namespace widgets;

/// The sentences about a venue's rules.
class FigureCheckTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void checks();
    void labelsThatHaveNoRoom();
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

void FigureCheckTest::labelsThatHaveNoRoom()
{
    analysis::BarChart bars { .value = { QStringLiteral("Ratio"), {} } };
    bars.series.push_back({ .name = QStringLiteral("zvc") });
    for (int i = 0; i < 20; ++i) {
        bars.categories << QStringLiteral("convolution%1").arg(i);
        bars.series.front().values.push_back(i);
    }
    const analysis::Chart chart { QStringLiteral("ratio"), {}, bars };
    const auto said = [&](double width, FigureFormat format) {
        FigureStyle style;
        style.size.widthMm = width;
        QStringList sentences;
        for (const FigureCheck& check : checkFigure(chart, style, figurePreset({}), format)) {
            if (!check.kept && check.text.contains(QLatin1String("labels")))
                sentences << check.text;
        }
        return sentences.join(QLatin1Char('|'));
    };
    QCOMPARE(said(88.9, FigureFormat::Pdf), QStringLiteral("18 of 20 labels are not drawn at this width"));
    QVERIFY(said(300, FigureFormat::Pdf).contains(QLatin1String("of 20 labels are cut short at this width")));
    QCOMPARE(said(500, FigureFormat::Pdf), QString());
    QCOMPARE(said(88.9, FigureFormat::Tex), QString());
}

QTEST_MAIN(FigureCheckTest)
#include "figure_check_test.moc"
