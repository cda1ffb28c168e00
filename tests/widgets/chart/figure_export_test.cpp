#include "analysis/export/writers.h"
#include "engine/base/error.h"
#include "tests/widgets/chart/pdf_reader.h"
#include "tests/widgets/chart/sample_charts.h"
#include "tests/widgets/widget_test.h"
#include "widgets/chart/chart_look.h"
#include "widgets/chart/figure.h"
#include "widgets/chart/figure_probe.h"
#include "widgets/chart/render.h"
#include "widgets/theme/theme.h"

#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QProcess>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace widgets;

namespace {

analysis::Provenance made()
{
    return { QStringLiteral("Tessera 0.1.0"),
             QStringLiteral("codec, S = 16 <bits> & more"),
             { QStringLiteral("acts-\u00e4.h5 sha256 5e1fc07a") },
             QStringLiteral("0123abcd"),
             false };
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

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

/// The traps of export.md, each on a file that is read back.
class FigureExportTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void pdfPage_data();
    void pdfPage();
    void pdfTextSize_data();
    void pdfTextSize();
    void pdfEmbedsFonts();
    void pdfMapIsLossless();
    void pdfAsPopplerSeesIt();
    void svgSizeAndText();
    void svgOutlines();
    void svgMap();
    void svgRenders();
    void pngSizeAndDpi_data();
    void pngSizeAndDpi();
    void pngMapIsExact();
    void pngHatchAt600Dpi();
    void sameTextInEveryFormat();
    void csvReadsBack();
    void texWithCsv();
    void provenanceInside_data();
    void provenanceInside();
    void provenanceLeftOut();
    void lightGroundWhateverTheTheme();
    void greyscaleHasNoColour();
    void unknownSuffix();
    void readOnlyFolder();
    void missingFolder();
    void fullDisk();
    void unicodePath();
    void tooLarge();
    void everyChartEveryFormat();
    void checks();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void FigureExportTest::pdfPage_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::addColumn<double>("widthPt");
    QTest::addColumn<double>("heightPt");
    QTest::newRow("ieee column") << 88.9 << 60.0 << 252.0 << 170.0;
    QTest::newRow("ieee page") << 182.0 << 75.0 << 516.0 << 213.0;
    QTest::newRow("acm column") << 84.8 << 58.0 << 240.0 << 164.0;
    QTest::newRow("tall") << 88.9 << 220.0 << 252.0 << 624.0;
}

/// Trap 1: pixels are not points. Trap 4: Qt writes whole points.
void FigureExportTest::pdfPage()
{
    QFETCH(const double, width);
    QFETCH(const double, height);
    QFETCH(const double, widthPt);
    QFETCH(const double, heightPt);
    FigureStyle style;
    style.size.widthMm = width;
    style.size.heightMm = height;
    const PdfReader pdf(figurePdf(samples::ratios(), style, made()));
    QCOMPARE(pdf.mediaBox(), QList<double>({ widthPt, heightPt }));
}

void FigureExportTest::pdfTextSize_data()
{
    QTest::addColumn<double>("points");
    for (const double points : { 5.0, 7.0, 7.5, 8.0, 9.3, 10.0, 20.0 })
        QTest::addRow("%g pt", points) << points;
}

/// Trap 3, and the rounding of fonts to whole pixels: every text has exactly the size asked for.
void FigureExportTest::pdfTextSize()
{
    QFETCH(const double, points);
    FigureStyle style;
    style.size.textPt = points;
    for (const analysis::Chart& chart :
         std::vector<analysis::Chart> { samples::ratios(), samples::manyCurves(), samples::accuracyMap() }) {
        const QList<double> sizes = PdfReader(figurePdf(chart, style, made())).textSizes();
        QVERIFY(sizes.size() > 5);
        for (const double size : sizes)
            QVERIFY2(std::abs(size - points) < 0.001, qPrintable(QString::number(size)));
    }
}

void FigureExportTest::pdfEmbedsFonts()
{
    const QByteArray pdf = figurePdf(samples::ratios(), {}, made());
    QVERIFY(pdf.contains("/FontFile2"));
    QVERIFY(pdf.contains("LiberationSans"));
    QVERIFY(!pdf.contains("/Type3"));
}

void FigureExportTest::pdfMapIsLossless()
{
    for (const analysis::Chart& chart : std::vector<analysis::Chart> {
             samples::sparsityMap(), samples::weightMap(), samples::accuracyMap() }) {
        const QByteArray pdf = figurePdf(chart, {}, made());
        QVERIFY(!pdf.contains("/DCTDecode"));
        QVERIFY(pdf.contains("/Subtype /Image"));
    }
}

void FigureExportTest::pdfAsPopplerSeesIt()
{
    if (QStandardPaths::findExecutable(QStringLiteral("pdffonts")).isEmpty())
        QSKIP("poppler-utils is not here: pdffonts, pdfimages and pdftotext were not asked");
    const QString map = path("map.pdf");
    exportChart(samples::sparsityMap(), map, {}, made());
    const QStringList fonts = outputOf(QStringLiteral("pdffonts"), { map }).split(QLatin1Char('\n'));
    QVERIFY2(fonts.value(2).contains(QRegularExpression(QStringLiteral("TrueType +Identity-H +yes"))),
             qPrintable(fonts.value(2)));
    const QString images = outputOf(QStringLiteral("pdfimages"), { QStringLiteral("-list"), map });
    QVERIFY(images.contains(QLatin1String("image ")));
    QVERIFY(!images.contains(QLatin1String("jpeg")));
    const QString words = outputOf(QStringLiteral("pdftotext"), { map, QStringLiteral("-") });
    QVERIFY(words.contains(QLatin1String("Column")));
    // glyph boxes of Liberation Sans are 1.149 em high in poppler's eyes: 8 pt, not 10.7
    static const QRegularExpression box(
        QStringLiteral("yMin=\"([0-9.]+)\" xMax=\"[0-9.]+\" yMax=\"([0-9.]+)\">Column"));
    const auto match = box.match(
        outputOf(QStringLiteral("pdftotext"), { QStringLiteral("-bbox"), map, QStringLiteral("-") }));
    const double height = match.captured(2).toDouble() - match.captured(1).toDouble();
    QVERIFY2(height > 8.5 && height < 9.3, qPrintable(QString::number(height)));
}

/// Trap 6.
void FigureExportTest::svgSizeAndText()
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

void FigureExportTest::svgOutlines()
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

void FigureExportTest::svgMap()
{
    const Svg svg = readSvg(figureSvg(samples::sparsityMap(), {}, made()));
    QVERIFY(svg.good);
    QCOMPARE(svg.images, 2); // cells and colour bar
    QVERIFY(!figureSvg(samples::sparsityMap(), {}, made()).contains("image/jpeg"));
}

void FigureExportTest::svgRenders()
{
    for (const analysis::Chart& chart : samples::all()) {
        QSvgRenderer renderer(figureSvg(chart, {}, made()));
        QVERIFY2(renderer.isValid(), qPrintable(chart.id));
    }
}

void FigureExportTest::pngSizeAndDpi_data()
{
    QTest::addColumn<int>("dpi");
    QTest::addColumn<QSize>("size");
    QTest::newRow("600") << 600 << QSize(2100, 1417);
    QTest::newRow("300") << 300 << QSize(1050, 709);
    QTest::newRow("96") << 96 << QSize(336, 227);
}

void FigureExportTest::pngSizeAndDpi()
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
void FigureExportTest::pngMapIsExact()
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
void FigureExportTest::pngHatchAt600Dpi()
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

void FigureExportTest::sameTextInEveryFormat()
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

void FigureExportTest::csvReadsBack()
{
    exportChart(samples::ratios(), path("r.csv"), {}, made());
    const QStringList lines = QString::fromUtf8(bytesOf(path("r.csv")))
                                  .split(QRegularExpression(QStringLiteral("\r?\n")), Qt::SkipEmptyParts);
    const auto bars = std::get<analysis::BarChart>(samples::ratios().kind);
    QCOMPARE(lines.size(), 1 + bars.categories.size());
    for (qsizetype i = 0; i < bars.categories.size(); ++i) {
        const QStringList cells = lines[i + 1].split(QLatin1Char(','));
        QCOMPARE(cells[0], bars.categories[i]);
        QCOMPARE(cells[1].toDouble(), bars.series[0].values[static_cast<std::size_t>(i)]);
        QCOMPARE(cells[2].toDouble(), bars.series[1].values[static_cast<std::size_t>(i)]);
    }
    QVERIFY(!bytesOf(path("r.csv")).contains('#'));
    QVERIFY(bytesOf(path("r.csv.json")).contains("5e1fc07a"));
}

void FigureExportTest::texWithCsv()
{
    exportChart(samples::coded(), path("r.tex"), {}, made());
    QVERIFY(bytesOf(path("r.tex")).contains("r.csv"));
    QVERIFY(bytesOf(path("r.tex")).contains("88.9"));
    QVERIFY(!bytesOf(path("r.csv")).isEmpty());
}

void FigureExportTest::provenanceInside_data()
{
    QTest::addColumn<QString>("suffix");
    for (const QString& suffix : figureSuffixes())
        QTest::newRow(qPrintable(suffix)) << suffix;
}

void FigureExportTest::provenanceInside()
{
    QFETCH(const QString, suffix);
    const QString file = m_folder->filePath(QStringLiteral("fig.") + suffix);
    exportChart(samples::ratios(), file, {}, made());
    QByteArray where = bytesOf(suffix == QLatin1String("csv") ? file + QStringLiteral(".json") : file);
    if (suffix == QLatin1String("png"))
        where = QImage(file).text().toUtf8();
    for (const char* word : { "Tessera 0.1.0", "5e1fc07a", "0123abcd" })
        QVERIFY2(where.contains(word), word);
}

void FigureExportTest::provenanceLeftOut()
{
    for (const QString& suffix :
         { QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv") }) {
        const QString file = m_folder->filePath(QStringLiteral("bare.") + suffix);
        exportChart(samples::ratios(), file, {}, {});
        QVERIFY(!bytesOf(file).contains("sha256"));
        QVERIFY(!QImage(file).text().contains(QLatin1String("sha256")));
    }
    QVERIFY(!QFileInfo::exists(path("bare.csv.json")));
}

void FigureExportTest::lightGroundWhateverTheTheme()
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

void FigureExportTest::greyscaleHasNoColour()
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

void FigureExportTest::unknownSuffix()
{
    for (const char* name : { "fig.jpg", "fig", "fig.pdf.bak" }) {
        try {
            exportChart(samples::ratios(), path(name), {}, made());
            QFAIL(name);
        } catch (const engine::ParameterError& error) {
            QVERIFY(QByteArray(error.what()).contains("pdf, svg, png, tex, csv"));
        }
    }
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureExportTest::readOnlyFolder()
{
#ifdef Q_OS_UNIX
    if (geteuid() == 0)
        QSKIP("root may write everywhere");
#endif
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
    QVERIFY_THROWS_EXCEPTION(engine::IoError, exportChart(samples::ratios(), path("r.pdf"), {}, made()));
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureExportTest::missingFolder()
{
    for (const QString& suffix : figureSuffixes()) {
        try {
            exportChart(samples::ratios(), m_folder->filePath(QStringLiteral("none/r.") + suffix), {},
                        made());
            QFAIL(qPrintable(suffix));
        } catch (const engine::IoError& error) {
            QVERIFY(QByteArray(error.what()).contains("none"));
            QVERIFY(!QByteArray(error.what()).contains('\n'));
        }
    }
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureExportTest::fullDisk()
{
    // a write to a folder of the kernel fails as a full disk does: nothing is left, one sentence
    if (!QFileInfo::exists(QStringLiteral("/proc/self")))
        QSKIP("no /proc here");
    QVERIFY_THROWS_EXCEPTION(engine::IoError,
                             exportChart(samples::ratios(), QStringLiteral("/proc/self/r.pdf"), {}, made()));
}

void FigureExportTest::unicodePath()
{
    const QString file = m_folder->filePath(QStringLiteral("\u7f51\u7edc \u00e4\u00f6 fig.pdf"));
    exportChart(samples::ratios(), file, {}, made());
    QVERIFY(QFileInfo(file).size() > 1000);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void FigureExportTest::tooLarge()
{
    FigureStyle style;
    style.size.widthMm = style.size.heightMm = 1000;
    style.rasterDpi = 1200;
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError,
                             exportChart(samples::ratios(), path("r.png"), style, made()));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void FigureExportTest::everyChartEveryFormat()
{
    int number = 0;
    FigureStyle style;
    style.rasterDpi = 150;
    for (const analysis::Chart& chart : samples::all()) {
        for (const QString& suffix : figureSuffixes()) {
            const QString file = m_folder->filePath(QStringLiteral("c%1.%2").arg(++number).arg(suffix));
            exportChart(chart, file, style, made());
            QVERIFY2(QFileInfo(file).size() > 20, qPrintable(chart.id));
        }
    }
}

void FigureExportTest::checks()
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

QTEST_MAIN(FigureExportTest)
#include "figure_export_test.moc"
