#include "tests/widgets/chart/sample_charts.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/chart_view.h"
#include "widgets/chart/figure.h"
#include "widgets/chart/figure_probe.h"
#include "widgets/chart/map_scale.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace widgets;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

analysis::Chart barsOf(std::vector<double> values, bool logarithmic = false)
{
    analysis::BarChart bars;
    for (std::size_t i = 0; i < values.size(); ++i)
        bars.categories << QString::number(i);
    bars.value.logarithmic = logarithmic;
    bars.series = { { QStringLiteral("a"), std::move(values), {}, {} } };
    return { QStringLiteral("bars"), {}, bars };
}

/// Boxes have leading above and room for descenders below the letters.
QRectF ink(const FigureFacts::Text& text)
{
    return text.area.adjusted(2, 0.18 * text.heightPx, -2, -0.2 * text.heightPx);
}

analysis::MapChart mapOf(std::vector<float> values, analysis::MapColours colours)
{
    analysis::MapChart map;
    map.rows = 1;
    map.columns = static_cast<int>(values.size());
    map.values = std::move(values);
    map.colours = colours;
    return map;
}

} // namespace

class KindViewTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void sameOnScreenAndPaper_data();
    void sameOnScreenAndPaper();
    void textFitsAndDoesNotOverlap_data();
    void textFitsAndDoesNotOverlap();
    void barsStartAtZero_data();
    void barsStartAtZero();
    void countsStartAtOneHalf();
    void zeroBinApart();
    void zeroWordsAreNamed();
    void nothingButZeros();
    void noZerosHideNoBins();
    void stacksAndOverhead();
    void legendInsideWhereFree();
    void mapScales();
    void sparsityPower();
    void rowZeroOnTop();
    void lookupAgreesWithColour();
    void greyscale();
};

void KindViewTest::sameOnScreenAndPaper_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const analysis::Chart& chart : samples::all())
        QTest::addRow("%d %s", index, qPrintable(chart.id)) << index, ++index;
}

void KindViewTest::sameOnScreenAndPaper()
{
    QFETCH(const int, index);
    const analysis::Chart chart = samples::all()[static_cast<std::size_t>(index)];
    ChartView screen;
    screen.resize(640, 340);
    screen.setChart(chart);
    const Figure paper(chart, {});
    QCOMPARE(paper.view().dump(), screen.view().dump());
    QCOMPARE(paper.view().isEmpty(), screen.view().isEmpty());
    QCOMPARE(paper.view().frame().homeX(), screen.view().frame().homeX());
    QCOMPARE(paper.view().frame().homeY(), screen.view().frame().homeY());
    QVERIFY(!screen.accessibleName().isEmpty());
    if (!paper.view().isEmpty())
        QVERIFY(!paper.view().dump().isEmpty());
}

void KindViewTest::textFitsAndDoesNotOverlap_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QSizeF>("size");
    for (int index = 0; index < static_cast<int>(samples::all().size()); ++index) {
        for (const QSizeF& size : { QSizeF(60, 45), QSizeF(88.9, 60), QSizeF(182, 75), QSizeF(338.7, 190.5) })
            QTest::addRow("%d %s %g", index, qPrintable(samples::all()[static_cast<std::size_t>(index)].id),
                          size.width())
                << index << size;
    }
}

void KindViewTest::textFitsAndDoesNotOverlap()
{
    QFETCH(const int, index);
    QFETCH(const QSizeF, size);
    for (const bool onTop : { true, false }) {
        FigureStyle style;
        style.size.widthMm = size.width();
        style.size.heightMm = size.height();
        style.size.textPt = size.width() > 300 ? 18 : 8;
        style.legendOnTop = onTop;
        const analysis::Chart chart = samples::all()[static_cast<std::size_t>(index)];
        const Figure figure(chart, style);
        FigureProbe probe(figure.size(), Figure::dpi);
        figure.paint(probe);
        const std::vector<FigureFacts::Text>& texts = probe.facts().texts;
        QVERIFY(!texts.empty());
        // narrower than any venue's column a long title cannot fit; checkFigure() says so
        const QStringList cut = probe.facts().cutTexts(figure.size());
        QVERIFY2(cut.isEmpty() || (size.width() < 84 && cut.size() == 1),
                 qPrintable(cut.join(QLatin1Char('|'))));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            for (std::size_t k = i + 1; k < texts.size(); ++k)
                QVERIFY2(!ink(texts[i]).intersects(ink(texts[k])),
                         qPrintable(texts[i].text + QStringLiteral(" over ") + texts[k].text));
        }
    }
}

void KindViewTest::barsStartAtZero_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    QTest::newRow("high values") << QList<double> { 91.2, 91.7, 91.5 } << false << 0.0 << 100.0;
    QTest::newRow("negative") << QList<double> { -3.0, -1.0 } << false << -3.0 << 0.0;
    QTest::newRow("both") << QList<double> { -7.7, 0.4 } << false << -8.0 << 2.0;
    QTest::newRow("missing") << QList<double> { none, 2.0 } << false << 0.0 << 2.0;
    QTest::newRow("log counts") << QList<double> { 1, 500 } << true << 0.5 << 1000.0;
    QTest::newRow("log above a decade") << QList<double> { 30, 500 } << true << 10.0 << 1000.0;
    QTest::newRow("log with zero") << QList<double> { 0, 20, 500 } << true << 10.0 << 1000.0;
}

void KindViewTest::barsStartAtZero()
{
    QFETCH(const QList<double>, values);
    QFETCH(const bool, logarithmic);
    QFETCH(const double, lower);
    QFETCH(const double, upper);
    const analysis::Chart chart = barsOf({ values.begin(), values.end() }, logarithmic);
    const Figure figure(chart, {});
    QCOMPARE(figure.view().frame().homeY().lower, lower);
    QCOMPARE(figure.view().frame().homeY().upper, upper);
}

void KindViewTest::countsStartAtOneHalf()
{
    const analysis::Chart chart = samples::histogram(true);
    const Figure figure(chart, {});
    const PlotFrame& frame = figure.view().frame();
    QCOMPARE(frame.homeY().lower, 0.5);
    // a count of 1 is a bar one can see
    QVERIFY(frame.toY(0.5) - frame.toY(1) > 0.05 * frame.area().height());
}

void KindViewTest::zeroBinApart()
{
    const analysis::Chart chart = samples::histogram(false);
    const Figure figure(chart, {});
    FigureProbe probe(figure.size(), Figure::dpi);
    figure.paint(probe);
    QStringList words;
    for (const FigureFacts::Text& text : probe.facts().texts)
        words << text.text;
    QVERIFY2(words.contains(QStringLiteral("zeros 7\u00A0948 (36.1 %)")),
             qPrintable(words.join(QLatin1Char('|'))));
    QVERIFY(figure.view().dump().first() == QLatin1String("zeros 7948"));
    QVERIFY(figure.view().frame().homeX().lower < 0);
}

void KindViewTest::zeroWordsAreNamed()
{
    analysis::Chart chart = samples::histogram(false);
    std::get<analysis::HistogramChart>(chart.kind).zeroKind = analysis::ZeroKind::Words;
    QVERIFY2(Figure(chart, {}).view().summary().contains(QStringLiteral("zero words 7")),
             qPrintable(Figure(chart, {}).view().summary()));
}

void KindViewTest::nothingButZeros()
{
    analysis::BarChart bars;
    bars.categories = { QStringLiteral("x"), QStringLiteral("y") };
    bars.series = { { QStringLiteral("a"), { 0, 0 }, {}, {} } };
    bars.reference = analysis::Reference { 0, QStringLiteral("mean 0 %") };
    bars.value.unit = QStringLiteral("%");
    QCOMPARE(Figure({ QStringLiteral("share"), {}, bars }, {}).view().frame().homeY().upper, 100.0);
    bars.value.unit.clear();
    QCOMPARE(Figure({ QStringLiteral("count"), {}, bars }, {}).view().frame().homeY().upper, 1.0);
}

/// Without zeros the label floats over the bins, not in front of them.
void KindViewTest::noZerosHideNoBins()
{
    analysis::Chart chart = samples::histogram(true);
    std::get<analysis::HistogramChart>(chart.kind).zeros = 0;
    const Figure figure(chart, {});
    FigureProbe probe(figure.size(), Figure::dpi);
    figure.paint(probe);
    const auto& texts = probe.facts().texts;
    const auto label = std::ranges::find_if(
        texts, [](const FigureFacts::Text& text) { return text.text.startsWith(QStringLiteral("zeros 0")); });
    QVERIFY(label != texts.end());
    QVERIFY(!figure.view().covers(label->area));
}

void KindViewTest::stacksAndOverhead()
{
    analysis::BarChart bars;
    bars.categories = { QStringLiteral("x") };
    bars.series = { { QStringLiteral("a"), { 3 }, { 1 }, {} }, { QStringLiteral("b"), { 2 }, { none }, {} } };
    const analysis::Chart side { QStringLiteral("s"), {}, bars };
    QCOMPARE(Figure(side, {}).view().dump(),
             QStringList({ QStringLiteral("x a value 0..3"), QStringLiteral("x a overhead 3..4"),
                           QStringLiteral("x b value 0..2") }));
    bars.stacked = true;
    const analysis::Chart stack { QStringLiteral("s"), {}, bars };
    QCOMPARE(Figure(stack, {}).view().dump().last(), QStringLiteral("x b value 4..6"));
}

void KindViewTest::legendInsideWhereFree()
{
    FigureStyle style;
    style.legendOnTop = false;
    const auto legendTop = [&](const analysis::Chart& chart, const QString& name) {
        const Figure figure(chart, style);
        FigureProbe probe(figure.size(), Figure::dpi);
        figure.paint(probe);
        for (const FigureFacts::Text& text : probe.facts().texts) {
            if (text.text == name)
                return text.area.top() - figure.view().frame().area().top();
        }
        return none;
    };
    QVERIFY(legendTop(samples::accuracies(), QStringLiteral("mse")) > 0);
    analysis::BarChart full;
    for (int i = 0; i < 20; ++i)
        full.categories << QString::number(i);
    full.series = { { QStringLiteral("mse"), std::vector<double>(20, 1.0), {}, {} },
                    { QStringLiteral("mae"), std::vector<double>(20, 1.0), {}, {} } };
    QVERIFY(legendTop({ QStringLiteral("f"), {}, full }, QStringLiteral("mse")) < 0);
}

void KindViewTest::mapScales()
{
    using analysis::MapColours;
    const MapScale diverging(mapOf({ -1, 0, 4 }, MapColours::Diverging));
    QCOMPARE(diverging.range(), (Interval { -4, 4 }));
    QCOMPARE(diverging.position(0), 0.5);
    QVERIFY(!diverging.hasZero());
    const MapScale magnitude(mapOf({ 2, 3, 6 }, MapColours::Magnitude));
    QCOMPARE(magnitude.position(3), 0.25);
    QVERIFY(MapScale(mapOf({ static_cast<float>(none) }, MapColours::Entropy)).isEmpty());
    QVERIFY(!MapScale(mapOf({ 7 }, MapColours::Entropy)).isEmpty());
    QVERIFY(!MapScale(mapOf({ 0 }, MapColours::Sparsity)).isEmpty());
    analysis::MapChart log = mapOf({ 0, 1, 10, 100 }, MapColours::Magnitude);
    log.value.logarithmic = true;
    QVERIFY(MapScale(log).hasZero());
    QCOMPARE(MapScale(log).position(10), 0.5);
}

void KindViewTest::sparsityPower()
{
    const MapScale codes(mapOf({ 0, 5, 128, 255 }, analysis::MapColours::Sparsity));
    QVERIFY(codes.hasZero());
    QCOMPARE(codes.position(255), 1.0);
    QCOMPARE(codes.position(128), std::pow(127.0 / 254, 0.6));
    for (const double t : { 0.0, 0.25, 0.5, 1.0 })
        QVERIFY(std::abs(codes.position(codes.valueAt(t)) - t) < 1e-12);
    const ColourMap& map = ColourMap::get(ColourMapId::Sparsity, false);
    QCOMPARE(codes.colour(0, map), map.zero);
    QVERIFY(codes.colour(1, map) != map.zero);
}

void KindViewTest::rowZeroOnTop()
{
    const analysis::Chart chart = samples::sparsityMap();
    const Figure figure(chart, {});
    const PlotFrame& frame = figure.view().frame();
    QVERIFY(frame.toY(0) < frame.toY(31));
    QCOMPARE(figure.view().outline(0).topLeft(), frame.toPixel(-0.5, -0.5));
    QCOMPARE(figure.view().hitAt(frame.toPixel(3, 2)).element, 2 * 48 + 3);
}

void KindViewTest::lookupAgreesWithColour()
{
    for (const auto colours : { analysis::MapColours::Magnitude, analysis::MapColours::Sparsity,
                                analysis::MapColours::Diverging }) {
        std::vector<float> values;
        for (int i = -40; i < 400; ++i)
            values.push_back(0.37F * static_cast<float>(i));
        const MapScale scale(mapOf(values, colours));
        const ColourMap& map = ColourMap::get(colourMapOf(colours), true);
        const MapLookup lookup = scale.lookup(map);
        for (const float value : values) {
            const QRgb exact = scale.colour(value, map);
            const QRgb quick = lookup(value);
            const int off = std::abs(qRed(exact) - qRed(quick)) + std::abs(qGreen(exact) - qGreen(quick))
                + std::abs(qBlue(exact) - qBlue(quick));
            QVERIFY2(off <= 8, qPrintable(QString::number(value)));
        }
        QCOMPARE(lookup(std::numeric_limits<float>::quiet_NaN()), QRgb(0));
    }
}

void KindViewTest::greyscale()
{
    for (const char* name : { "#0072B2", "#D55E00", "#FFFFFF", "#000000", "#F0E442" }) {
        const QColor colour(QString::fromLatin1(name));
        const QColor grey = greyOf(colour);
        QCOMPARE(grey.red(), grey.green());
        QCOMPARE(grey.red(), grey.blue());
        QVERIFY(std::abs(lightness(grey.rgb()) - lightness(colour.rgb())) < 0.5);
    }
}

QTEST_MAIN(KindViewTest)
#include "kind_view_test.moc"
