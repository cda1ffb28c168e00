#include "widgets/chart/render.h"

#include "engine/base/error.h"
#include "widgets/chart/figure.h"
#include "widgets/chart/svg_finish.h"

#include <QBuffer>
#include <QFileInfo>
#include <QMarginsF>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double mmPerInch = 25.4;
constexpr double maximumPixels = 1e8;

QString titleOf(const analysis::Chart& chart)
{
    return chart.title.isEmpty() ? chart.id : chart.title;
}

/// An XMP packet with title, maker and provenance, as readers of metadata look for them.
QByteArray xmpPacket(const analysis::Chart& chart, const analysis::Provenance& provenance)
{
    const QString text = QStringLiteral(
        "<?xpacket begin='\uFEFF' id='W5M0MpCehiHzreSzNTczkc9d'?>\n"
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:xmp='http://ns.adobe.com/xap/1.0/'>\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>%1</rdf:li></rdf:Alt></dc:title>\n"
        "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>%2</rdf:li></rdf:Alt></dc:description>\n"
        "<xmp:CreatorTool>%3</xmp:CreatorTool>\n"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end='w'?>\n");
    return text
        .arg(titleOf(chart).toHtmlEscaped(), provenance.oneLine().toHtmlEscaped(),
             provenance.program.toHtmlEscaped())
        .toUtf8();
}

void writeCsv(const analysis::Chart& chart, const QString& path, const analysis::Provenance& provenance)
{
    if (provenance.program.isEmpty())
        analysis::writeFile(path, analysis::toCsv(chart));
    else
        analysis::writeCsvFile(path, analysis::toCsv(chart), provenance);
}

} // namespace

FigureStyle withPreset(FigureStyle style, const FigurePreset& preset)
{
    style.size = preset.size();
    style.axisPt = std::max(0.5, preset.minimumLinePt);
    style.rasterDpi = preset.rasterDpi;
    return style;
}

const QStringList& figureSuffixes()
{
    static const QStringList suffixes { QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"),
                                        QStringLiteral("tex"), QStringLiteral("csv") };
    return suffixes;
}

FigureFormat figureFormat(const QString& path)
{
    const qsizetype at = figureSuffixes().indexOf(QFileInfo(path).suffix().toLower());
    if (at < 0)
        throw engine::ParameterError(QStringLiteral("%1: charts are written as %2.")
                                         .arg(path, figureSuffixes().join(QStringLiteral(", ")))
                                         .toStdString());
    return static_cast<FigureFormat>(at);
}

QByteArray figurePdf(const analysis::Chart& chart, const FigureStyle& style,
                     const analysis::Provenance& provenance)
{
    const Figure figure(chart, style);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QSizeF(style.size.widthMm, style.size.heightMm), QPageSize::Millimeter, {},
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(Figure::dpi);
    writer.setTitle(titleOf(chart));
    if (!provenance.program.isEmpty()) {
        writer.setCreator(provenance.oneLine());
        writer.setDocumentXmpMetadata(xmpPacket(chart, provenance));
    }
    figure.paint(writer);
    return buffer.data();
}

QByteArray figureSvg(const analysis::Chart& chart, const FigureStyle& style,
                     const analysis::Provenance& provenance)
{
    const Figure figure(chart, style);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(figure.size());
    generator.setViewBox(QRect(QPoint(), figure.size()));
    generator.setResolution(Figure::dpi);
    figure.paint(generator);
    return finishSvg(buffer.data(), { style.size.widthMm, style.size.heightMm },
                     { titleOf(chart), provenance.program.isEmpty() ? QString() : provenance.oneLine(),
                       style.textAsOutlines });
}

QByteArray figurePng(const analysis::Chart& chart, const FigureStyle& style,
                     const analysis::Provenance& provenance)
{
    QImage image = renderFigure(chart, style, style.rasterDpi);
    image.setText(QStringLiteral("Title"), titleOf(chart));
    if (!provenance.program.isEmpty()) {
        image.setText(QStringLiteral("Software"), provenance.program);
        image.setText(QStringLiteral("Description"), provenance.oneLine());
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return buffer.data();
}

QImage renderFigure(const analysis::Chart& chart, const FigureStyle& style, double dpi)
{
    const double perMm = dpi / mmPerInch;
    const QSizeF wanted(std::round(style.size.widthMm * perMm), std::round(style.size.heightMm * perMm));
    if (!(wanted.width() >= 1 && wanted.height() >= 1) || wanted.width() * wanted.height() > maximumPixels)
        throw engine::ParameterError(
            QStringLiteral("Picture: %1 x %2 pixels at %3 dpi is outside 1..100 million pixels.")
                .arg(wanted.width())
                .arg(wanted.height())
                .arg(dpi)
                .toStdString());
    const Figure figure(chart, style);
    QImage image(wanted.toSize(), QImage::Format_RGB32);
    image.fill(figure.view().frame().look().ground);
    figure.paint(image, dpi / Figure::dpi);
    const int dotsPerMetre = static_cast<int>(std::lround(dpi / mmPerInch * 1000));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    return image;
}

void exportChart(const analysis::Chart& chart, const QString& path, const FigureStyle& style,
                 const analysis::Provenance& provenance)
{
    switch (figureFormat(path)) {
    case FigureFormat::Pdf:
        return analysis::writeFile(path, figurePdf(chart, style, provenance));
    case FigureFormat::Svg:
        return analysis::writeFile(path, figureSvg(chart, style, provenance));
    case FigureFormat::Png:
        return analysis::writeFile(path, figurePng(chart, style, provenance));
    case FigureFormat::Tex:
        return analysis::writePgfplots(chart, path, style.size, provenance);
    case FigureFormat::Csv:
        return writeCsv(chart, path, provenance);
    }
}

} // namespace widgets
