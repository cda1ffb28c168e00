#include "widgets/packing/packing_figure.h"

#include "engine/base/error.h"
#include "widgets/chart/svg_finish.h"
#include "widgets/theme/theme.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QMarginsF>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <cmath>

namespace widgets {
namespace {

constexpr int figureWidth = 1080; ///< of the drawing, in the pixels it is laid out in
constexpr double widthMm = 180;
constexpr double mmPerInch = 25.4;
constexpr double rasterDpi = 300;
constexpr int layoutDpi = 96; ///< fonts are measured at it

QSize figureSize(const PackingScene& scene)
{
    return { figureWidth, PackingLayout::fullHeight(scene) };
}

QSizeF sizeMm(const QSize& size)
{
    return { widthMm, widthMm * size.height() / size.width() };
}

QString title(const PackingScene& scene)
{
    return QStringLiteral("%1, block %2").arg(scene.stream().choice.codec).arg(scene.block().number);
}

/// `scale` from the layout's pixels to the device's.
void paintFigure(QPaintDevice& device, const PackingScene& scene, const PackingLook& look, double scale)
{
    const QSize size = figureSize(scene);
    const std::uint64_t row = scene.block().start / std::min(64U, scene.port().portBits);
    const PackingLayout layout(scene, size, 0, row == 0 ? 0 : row - 1);
    QPainter painter(&device);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(scale, scale);
    painter.fillRect(QRect({ 0, 0 }, size), Theme::light().panel);
    PackingLook still = look;
    still.hover = {};
    PackingPaint(painter, scene, layout, still, Theme::light()).paint(false);
}

QByteArray pdf(const PackingScene& scene, const PackingLook& look, const analysis::Provenance& provenance)
{
    const QSize size = figureSize(scene);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(sizeMm(size), QPageSize::Millimeter, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(layoutDpi);
    writer.setTitle(title(scene));
    writer.setCreator(provenance.oneLine());
    paintFigure(writer, scene, look, writer.width() / static_cast<double>(size.width()));
    return buffer.data();
}

QByteArray svg(const PackingScene& scene, const PackingLook& look, const analysis::Provenance& provenance)
{
    const QSize size = figureSize(scene);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect({ 0, 0 }, size));
    generator.setResolution(layoutDpi);
    paintFigure(generator, scene, look, 1);
    return finishSvg(buffer.data(), sizeMm(size), { title(scene), provenance.oneLine(), false });
}

QByteArray png(const PackingScene& scene, const PackingLook& look, const analysis::Provenance& provenance)
{
    const double scale = widthMm / mmPerInch * rasterDpi / figureWidth;
    const QSize size = figureSize(scene);
    QImage image(static_cast<int>(std::lround(size.width() * scale)),
                 static_cast<int>(std::lround(size.height() * scale)), QImage::Format_RGB32);
    paintFigure(image, scene, look, scale);
    image.setText(QStringLiteral("Title"), title(scene));
    image.setText(QStringLiteral("Description"), provenance.oneLine());
    const int dotsPerMetre = static_cast<int>(std::lround(rasterDpi / mmPerInch * 1000));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return buffer.data();
}

} // namespace

QStringList packingFigureSuffixes()
{
    return { QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png") };
}

void exportPackingFigure(const PackingScene& scene, const PackingLook& look, const QString& path,
                         const analysis::Provenance& provenance)
{
    using Writer = QByteArray (*)(const PackingScene&, const PackingLook&, const analysis::Provenance&);
    constexpr Writer writers[] = { pdf, svg, png };
    const qsizetype at = packingFigureSuffixes().indexOf(QFileInfo(path).suffix().toLower());
    if (at < 0)
        throw engine::ParameterError(QStringLiteral("%1: the figure is written as %2.")
                                         .arg(path, packingFigureSuffixes().join(QStringLiteral(", ")))
                                         .toStdString());
    analysis::writeFile(path, writers[at](scene, look, provenance));
}

} // namespace widgets
