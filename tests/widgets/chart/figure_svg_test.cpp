#include "tests/widgets/chart/figure_test.h"
#include "widgets/chart/figure.h"
#include "widgets/chart/figure_probe.h"

#include <QPainter>
#include <QSvgRenderer>
#include <QTest>
#include <QXmlStreamReader>

using namespace widgets;

namespace {

struct Svg {
    QString width, height, title, description;
    QStringList texts;
    int images = 0;
    int paths = 0;
    bool good = false;
};

Svg readSvg(const QByteArray& bytes)
{
    Svg svg;
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        const QString name = reader.name().toString();
        if (name == QLatin1String("svg")) {
            svg.width = reader.attributes().value(QLatin1String("width")).toString();
            svg.height = reader.attributes().value(QLatin1String("height")).toString();
        }
        svg.images += name == QLatin1String("image") ? 1 : 0;
        svg.paths += name == QLatin1String("path") ? 1 : 0;
        if (name == QLatin1String("title"))
            svg.title = reader.readElementText();
        else if (name == QLatin1String("desc"))
            svg.description = reader.readElementText();
        else if (name == QLatin1String("text"))
            svg.texts << reader.readElementText();
    }
    svg.good = !reader.hasError();
    return svg;
}

} // namespace

/// The traps of export.md that concern SVG.
class FigureSvgTest : public QObject {
    Q_OBJECT

private slots:
    void init() { failOnWarnings(); }

    void svgSizeAndText();
    void svgOutlines();
    void svgMap();
    void svgRenders();
    void sameTextInEveryFormat();
};

/// Trap 6.
void FigureSvgTest::svgSizeAndText()
{
    const Svg svg = readSvg(figureSvg(samples::ratios(), {}, made()));
    QVERIFY(svg.good);
    QCOMPARE(svg.width, QStringLiteral("88.9mm"));
    QCOMPARE(svg.height, QStringLiteral("60mm"));
    QCOMPARE(svg.title, QStringLiteral("Compression ratio per layer"));
    QVERIFY(svg.description.contains(QLatin1String("S = 16 <bits> & more")));
    QVERIFY(svg.texts.size() >= 17); // 2 names, 5 values, 9 categories, 2 titles at least
    QVERIFY(svg.texts.contains(QStringLiteral("Compression ratio")));
    const QByteArray bytes = figureSvg(samples::ratios(), {}, made());
    QVERIFY(bytes.contains("font-size=\"80\"") && bytes.contains("viewBox=\"0 0 2520 "));
    QVERIFY(bytes.contains("sans-serif"));
}

void FigureSvgTest::svgOutlines()
{
    FigureStyle style;
    style.textAsOutlines = true;
    const Svg plain = readSvg(figureSvg(samples::ratios(), {}, made()));
    const Svg outlined = readSvg(figureSvg(samples::ratios(), style, made()));
    QVERIFY(outlined.good);
    QCOMPARE(outlined.texts.size(), 0);
    QCOMPARE(outlined.paths - plain.paths, plain.texts.size());
    // and it looks as it is drawn
    const QImage drawn = renderFigure(samples::ratios(), {}, 240);
    QImage read(drawn.size(), QImage::Format_RGB32);
    read.fill(Qt::white);
    QSvgRenderer renderer(figureSvg(samples::ratios(), style, {}));
    QPainter painter(&read);
    renderer.render(&painter);
    painter.end();
    int different = 0;
    for (int y = 0; y < read.height(); ++y) {
        for (int x = 0; x < read.width(); ++x)
            different += std::abs(qGray(read.pixel(x, y)) - qGray(drawn.pixel(x, y))) > 128 ? 1 : 0;
    }
    QVERIFY2(different < read.width() * read.height() / 400, qPrintable(QString::number(different)));
}

void FigureSvgTest::svgMap()
{
    const Svg svg = readSvg(figureSvg(samples::sparsityMap(), {}, made()));
    QVERIFY(svg.good);
    QCOMPARE(svg.images, 2); // cells and colour bar
    QVERIFY(!figureSvg(samples::sparsityMap(), {}, made()).contains("image/jpeg"));
}

void FigureSvgTest::svgRenders()
{
    for (const analysis::Chart& chart : samples::all()) {
        QSvgRenderer renderer(figureSvg(chart, {}, made()));
        QVERIFY2(renderer.isValid(), qPrintable(chart.id));
    }
}

void FigureSvgTest::sameTextInEveryFormat()
{
    const analysis::Chart chart = samples::coded();
    const Figure figure(chart, {});
    FigureProbe probe(figure.size(), Figure::dpi);
    figure.paint(probe);
    QStringList drawn;
    for (const FigureFacts::Text& text : probe.facts().texts)
        drawn << text.text;
    QStringList svg = readSvg(figureSvg(chart, {}, made())).texts;
    drawn.sort();
    svg.sort();
    QCOMPARE(svg, drawn);
    QVERIFY(drawn.contains(QStringLiteral("Size (KiB)"))); // the unit in parentheses
}

QTEST_MAIN(FigureSvgTest)
#include "figure_svg_test.moc"
