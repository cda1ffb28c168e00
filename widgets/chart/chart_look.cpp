#include "widgets/chart/chart_look.h"

#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double faintContrast = 2.0; ///< an area below it needs an outline on the screen
constexpr double paperContrast = 3.0;
constexpr double pointsPerMm = 72 / 25.4;
constexpr float tint = 0.3F; ///< of a series' colour behind its hatch

using Palette = std::array<QColor, 8>;

Palette paletteOf(FigurePalette palette, const Theme& theme)
{
    switch (palette) {
    case FigurePalette::OkabeIto:
        break;
    case FigurePalette::TolBright:
        return { QColor(0x44, 0x77, 0xAA), QColor(0xEE, 0x66, 0x77), QColor(0x22, 0x88, 0x33),
                 QColor(0xCC, 0xBB, 0x44), QColor(0x66, 0xCC, 0xEE), QColor(0xAA, 0x33, 0x77),
                 QColor(0xBB, 0xBB, 0xBB), QColor(0x00, 0x00, 0x00) };
    case FigurePalette::Grey:
        return { QColor(0x26, 0x26, 0x26), QColor(0x8C, 0x8C, 0x8C), QColor(0x59, 0x59, 0x59),
                 QColor(0xB3, 0xB3, 0xB3), QColor(0x40, 0x40, 0x40), QColor(0xA0, 0xA0, 0xA0),
                 QColor(0x73, 0x73, 0x73), QColor(0xC8, 0xC8, 0xC8) };
    }
    return theme.categories;
}

/// The colour itself, or a step towards the text colour that can be seen on the ground.
QColor visibleOutline(QColor colour, const QColor& ground, double least)
{
    const bool darken = lightness(ground.rgb()) > 50;
    for (int step = 0; step < 12 && contrast(colour, ground) < least; ++step)
        colour = darken ? colour.darker(115) : colour.lighter(115);
    return colour;
}

QColor blended(const QColor& colour, const QColor& ground, float share)
{
    const auto mix = [share](float over, float under) { return share * over + (1 - share) * under; };
    return QColor::fromRgbF(mix(colour.redF(), ground.redF()), mix(colour.greenF(), ground.greenF()),
                            mix(colour.blueF(), ground.blueF()));
}

QFont paperFont(const FigureStyle& style, double pixelsPerPoint)
{
    QFont font;
    font.setFamilies({ style.fontFamily, QStringLiteral("DejaVu Sans") });
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(style.size.textPt * pixelsPerPoint))));
    // Hinted advances depend on the resolution; a figure must not.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

void takeColours(ChartLook& look, const Theme& theme)
{
    look.ground = look.shown(theme.panel);
    look.text = look.shown(theme.text);
    look.quiet = look.shown(theme.text2);
    look.axis = look.shown(theme.ctl);
    look.gridLine = look.shown(theme.grid);
    look.missing = look.shown(theme.border);
    look.zeroBar = look.shown(theme.mut);
    look.darkMaps = theme.isDark;
}

} // namespace

bool FigureStyle::operator==(const FigureStyle& other) const
{
    const auto sizes = [](const FigureStyle& style) {
        return std::array { style.size.widthMm, style.size.heightMm, style.size.textPt, style.size.linePt,
                            style.axisPt };
    };
    const auto flags = [](const FigureStyle& style) {
        return std::array { style.ticksInside, style.legendOnTop, style.hatches,       style.grid,
                            style.greyscale,   style.lightGround, style.textAsOutlines };
    };
    return sizes(*this) == sizes(other) && flags(*this) == flags(other) && fontFamily == other.fontFamily
        && rasterDpi == other.rasterDpi && palette == other.palette;
}

QColor greyOf(const QColor& colour)
{
    const double f = (lightness(colour.rgb()) + 16) / 116;
    const double y = f > 6.0 / 29 ? f * f * f : (f - 4.0 / 29) * 108 / 841;
    const double channel = y <= 0.0031308 ? y * 12.92 : 1.055 * std::pow(y, 1 / 2.4) - 0.055;
    const auto grey = static_cast<float>(std::clamp(channel, 0.0, 1.0));
    return QColor::fromRgbF(grey, grey, grey);
}

QColor ChartLook::shown(const QColor& colour) const
{
    return greyscale ? greyOf(colour) : colour;
}

Fill ChartLook::seriesFill(int index, int place) const
{
    const auto size = static_cast<int>(categories.size());
    const QColor colour = categories[static_cast<std::size_t>((place < 0 ? index : place) % size)];
    const Hatch hatch = hatchOf(hatches ? index : index / size);
    Fill fill { colour, hatch };
    if (paper || hatch != Hatch::None || contrast(colour, ground) < faintContrast)
        fill.outline = visibleOutline(colour, ground, paperContrast);
    return fill;
}

Fill ChartLook::payloadFill(int index) const
{
    Fill fill = seriesFill(index);
    if (fill.hatch != Hatch::None)
        fill.ground = blended(fill.colour, ground, tint);
    return fill;
}

Fill ChartLook::overheadFill(int index) const
{
    Fill fill = seriesFill(index);
    // on paper the stripes tell the series
    fill.hatch = hatches || fill.hatch != Hatch::None ? Hatch::Dots : Hatch::Forward;
    fill.outline = visibleOutline(fill.colour, ground, paperContrast);
    return fill;
}

Stroke ChartLook::seriesStroke(int index, int place) const
{
    static const std::array<QList<qreal>, 4> dashes {
        QList<qreal> {}, { 5, 2.5 }, { 1.5, 2 }, { 7, 2.5, 1.5, 2.5 }
    };
    const auto at = static_cast<std::size_t>(index);
    const auto colour = static_cast<std::size_t>(place < 0 ? index : place);
    return { visibleOutline(categories[colour % categories.size()], ground, faintContrast),
             dashes[at % dashes.size()], static_cast<Marker>(at % 5) };
}

ColourMap ChartLook::map(ColourMapId id) const
{
    ColourMap colours = ColourMap::get(id, darkMaps);
    if (greyscale) {
        for (QRgb& entry : colours.entries)
            entry = greyOf(QColor::fromRgb(entry)).rgb();
        colours.zero = greyOf(QColor::fromRgb(colours.zero)).rgb();
    }
    return colours;
}

ChartLook screenLook(const Theme& theme)
{
    ChartLook look;
    look.font = uiFont(11);
    look.titleFont = uiFont(12);
    look.strongFont = uiFont(11, true);
    look.categories = theme.categories;
    takeColours(look, theme);
    return look;
}

ChartLook paperLook(const FigureStyle& style, int dpi)
{
    const double point = dpi / 72.0;
    const double mm = point * pointsPerMm;
    const Theme& theme = style.lightGround ? Theme::light() : Theme::dark();
    ChartLook look;
    look.greyscale = style.greyscale;
    takeColours(look, theme);
    look.font = look.titleFont = look.strongFont = paperFont(style, point);
    look.em = look.font.pixelSize();
    look.text = look.quiet = look.axis = style.lightGround ? QColor(Qt::black) : look.text;
    look.ground = style.lightGround ? QColor(Qt::white) : look.ground;
    look.categories = paletteOf(style.palette, theme);
    for (QColor& colour : look.categories)
        colour = look.shown(colour);
    look.axisWidth = look.borderWidth = style.axisPt * point;
    look.lineWidth = style.size.linePt * point;
    look.markerSize = 3 * style.size.linePt * point;
    look.hatchPitch = 1.1 * mm;
    look.hatchLine = 0.42 * mm;
    look.tickInside = style.ticksInside ? 0.3 * look.em : 0;
    look.tickOutside = style.ticksInside ? 0 : 0.3 * look.em;
    look.box = true;
    look.grid = style.grid;
    look.hatches = style.hatches;
    look.endLabels = false;
    look.legendOnTop = style.legendOnTop;
    look.paper = true;
    look.separator = QChar(0x00A0); // Liberation Sans has no thin space
    return look;
}

void drawFill(QPainter& painter, const QRectF& area, const Fill& fill, const ChartLook& look)
{
    if (fill.hatch == Hatch::None) {
        painter.fillRect(area, fill.colour);
    } else {
        painter.fillRect(area, fill.ground.isValid() ? fill.ground : look.ground);
        drawHatch(painter, area, fill.hatch, { look.hatchPitch, look.hatchLine, fill.colour });
    }
    const double inset = look.borderWidth / 2;
    const QRectF edge = area.adjusted(inset, inset, -inset, -inset);
    if (!fill.outline.isValid() || !edge.isValid())
        return;
    painter.save();
    painter.setPen(QPen(fill.outline, look.borderWidth, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(edge);
    painter.restore();
}

void drawMarker(QPainter& painter, const QPointF& centre, const Stroke& stroke, double size)
{
    const double r = size / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(stroke.colour);
    switch (stroke.marker) {
    case Marker::Disc:
        painter.drawEllipse(centre, r, r);
        break;
    case Marker::Square:
        painter.drawRect(QRectF(centre.x() - 0.9 * r, centre.y() - 0.9 * r, 1.8 * r, 1.8 * r));
        break;
    case Marker::Triangle:
        painter.drawConvexPolygon(
            QPolygonF({ centre + QPointF(-1.1 * r, 0.8 * r), centre + QPointF(1.1 * r, 0.8 * r),
                        centre + QPointF(0, -1.1 * r) }));
        break;
    case Marker::Diamond:
        painter.drawConvexPolygon(QPolygonF({ centre + QPointF(-1.2 * r, 0), centre + QPointF(0, -1.2 * r),
                                              centre + QPointF(1.2 * r, 0), centre + QPointF(0, 1.2 * r) }));
        break;
    case Marker::Plus:
        painter.setPen(QPen(stroke.colour, std::max(1.0, size / 3.5), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(centre - QPointF(1.1 * r, 0), centre + QPointF(1.1 * r, 0));
        painter.drawLine(centre - QPointF(0, 1.1 * r), centre + QPointF(0, 1.1 * r));
        break;
    }
    painter.restore();
}

} // namespace widgets
