#include "tests/widgets/chart/figure_test.h"
#include "tests/widgets/chart/pdf_reader.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace widgets;

namespace {

QString outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

/// The traps of export.md that concern PDF, each on a file that is read back.
class FigurePdfTest : public QObject {
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

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void FigurePdfTest::pdfPage_data()
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
void FigurePdfTest::pdfPage()
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

void FigurePdfTest::pdfTextSize_data()
{
    QTest::addColumn<double>("points");
    for (const double points : { 5.0, 7.0, 7.5, 8.0, 9.3, 10.0, 20.0 })
        QTest::addRow("%g pt", points) << points;
}

/// Trap 3, and the rounding of fonts to whole pixels: every text has exactly the size asked for.
void FigurePdfTest::pdfTextSize()
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

void FigurePdfTest::pdfEmbedsFonts()
{
    const QByteArray pdf = figurePdf(samples::ratios(), {}, made());
    QVERIFY(pdf.contains("/FontFile2"));
    QVERIFY(pdf.contains("LiberationSans"));
    QVERIFY(!pdf.contains("/Type3"));
}

void FigurePdfTest::pdfMapIsLossless()
{
    for (const analysis::Chart& chart : std::vector<analysis::Chart> {
             samples::sparsityMap(), samples::weightMap(), samples::accuracyMap() }) {
        const QByteArray pdf = figurePdf(chart, {}, made());
        QVERIFY(!pdf.contains("/DCTDecode"));
        QVERIFY(pdf.contains("/Subtype /Image"));
    }
}

void FigurePdfTest::pdfAsPopplerSeesIt()
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

QTEST_MAIN(FigurePdfTest)
#include "figure_pdf_test.moc"
