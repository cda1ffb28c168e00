#include "widgets/chart/figure.h"
#include "widgets/chart/figure_probe.h"
#include "widgets/chart/map_scale.h"
#include "widgets/chart/render.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

namespace widgets {

namespace {

constexpr double closeLightness = 10; ///< of L*: a difference below it is hard to see in grey
constexpr double widthSlackMm = 0.5;

QString tr(const char* text)
{
    return QCoreApplication::translate("widgets::FigureCheck", text);
}

double toPoints(double layoutPixels)
{
    return layoutPixels * 72 / Figure::dpi;
}

FigureCheck textCheck(const FigureFacts& facts, const FigurePreset& preset)
{
    const double smallest = toPoints(facts.smallestPx());
    return { smallest == 0 || smallest >= preset.minimumTextPt - 0.01,
             tr("Smallest text %1 pt; preset asks for %2 pt or more")
                 .arg(formatNumber(smallest, 1), valueText(preset.minimumTextPt)) };
}

FigureCheck lineCheck(const FigureFacts& facts, const FigurePreset& preset)
{
    const double thinnest = toPoints(facts.thinnestPx);
    return { thinnest >= preset.minimumLinePt - 0.005,
             tr("Thinnest line %1 pt; preset asks for %2 pt or more")
                 .arg(formatNumber(thinnest, 2), valueText(preset.minimumLinePt)) };
}

FigureCheck fontCheck(const FigureFacts& facts, const FigureStyle& style, FigureFormat format)
{
    if (!facts.missingFonts.isEmpty())
        return { false,
                 tr("%1 is not installed; another font takes its place").arg(facts.missingFonts.first()) };
    if (format == FigureFormat::Svg && !style.textAsOutlines)
        return { false,
                 tr("SVG holds no fonts: a reader without %1 takes a similar one").arg(style.fontFamily) };
    if (format == FigureFormat::Svg)
        return { true, tr("Text as outlines: no font needed, text cannot be edited") };
    return { true, tr("Fonts embedded: %1, subset").arg(style.fontFamily) };
}

FigureCheck rasterCheck(const FigureStyle& style, const FigurePreset& preset)
{
    return { style.rasterDpi >= preset.rasterDpi,
             tr("Raster %1 dpi; preset asks for %2 dpi or more").arg(style.rasterDpi).arg(preset.rasterDpi) };
}

FigureCheck sizeCheck(const FigureStyle& style, const FigurePreset& preset)
{
    const QString size = formatNumber(style.size.widthMm, 1) + QStringLiteral(" \u00D7 ")
        + formatNumber(style.size.heightMm, 1) + QStringLiteral(" mm");
    if (std::abs(style.size.widthMm - preset.widthMm) > widthSlackMm)
        return { false, tr("Size %1; the preset is %2 mm wide").arg(size, formatNumber(preset.widthMm, 1)) };
    return { style.size.heightMm <= preset.maximumHeightMm,
             tr("Size %1; preset allows %2 mm of height").arg(size, valueText(preset.maximumHeightMm)) };
}

/// The colours that lie beside each other and must be told apart.
struct Neighbours {
    std::vector<QColor> colours;
    const char* help; ///< what tells them apart in grey besides
};

struct NeighboursOf {
    const ChartLook& look;
    const FigureStyle& style;

    Neighbours operator()(const analysis::BarChart& chart) const
    {
        Neighbours found { {},
                           style.hatches ? QT_TRANSLATE_NOOP("widgets::FigureCheck", "the hatch") : nullptr };
        for (int i = 0; i < static_cast<int>(chart.series.size()); ++i)
            found.colours.push_back(
                look.seriesFill(i, chart.series[static_cast<std::size_t>(i)].colour).colour);
        return found;
    }
    Neighbours operator()(const analysis::HistogramChart&) const { return {}; }
    Neighbours operator()(const analysis::LineChart& chart) const
    {
        Neighbours found { {}, QT_TRANSLATE_NOOP("widgets::FigureCheck", "dashes and markers") };
        for (int i = 0; i < static_cast<int>(chart.series.size()); ++i)
            found.colours.push_back(
                look.seriesStroke(i, chart.series[static_cast<std::size_t>(i)].colour).colour);
        return found;
    }
    Neighbours operator()(const analysis::ScatterChart& chart) const
    {
        Neighbours found { {}, QT_TRANSLATE_NOOP("widgets::FigureCheck", "the marker") };
        for (int i = 0; i < static_cast<int>(chart.series.size()); ++i)
            found.colours.push_back(look.seriesStroke(i).colour);
        return found;
    }
    Neighbours operator()(const analysis::MapChart& chart) const
    {
        if (chart.colours != analysis::MapColours::Diverging)
            return {};
        const ColourMap map = look.map(colourMapOf(chart.colours));
        return { { QColor::fromRgb(map.at(0)), QColor::fromRgb(map.at(1)) }, nullptr };
    }
};

FigureCheck greyCheck(const analysis::Chart& chart, const ChartLook& look, const FigureStyle& style)
{
    const Neighbours neighbours = std::visit(NeighboursOf { look, style }, chart.kind);
    for (std::size_t i = 1; i < neighbours.colours.size(); ++i) {
        const double first = lightness(neighbours.colours[i - 1].rgb());
        const double second = lightness(neighbours.colours[i].rgb());
        if (std::abs(first - second) >= closeLightness)
            continue;
        const QString close =
            tr("Greyscale: L* %1 and %2 are close; ").arg(std::lround(first)).arg(std::lround(second));
        return { false,
                 neighbours.help ? close + tr("only %1 tells them apart").arg(tr(neighbours.help))
                                 : close + tr("nothing tells them apart") };
    }
    return { true,
             neighbours.colours.size() < 2 ? tr("Greyscale: nothing to mistake")
                                           : tr("Greyscale: neighbours differ by L* 10 or more") };
}

/// A sentence for the names below the axis that are not to be read; none when all are.
std::vector<FigureCheck> labelChecks(const CategoryLabels& labels)
{
    std::vector<FigureCheck> checks;
    if (labels.leftOut > 0)
        checks.push_back(
            { false,
              tr("%1 of %2 labels are not drawn at this width").arg(labels.leftOut).arg(labels.wanted()) });
    if (labels.cut > 0)
        checks.push_back(
            { false,
              tr("%1 of %2 labels are cut short at this width").arg(labels.cut).arg(labels.wanted()) });
    return checks;
}

std::optional<FigureCheck> cutCheck(const FigureFacts& facts, const QSizeF& page)
{
    const QStringList cut = facts.cutTexts(page);
    if (cut.isEmpty())
        return std::nullopt;
    return FigureCheck { false, tr("\u201C%1\u201D does not fit on the page").arg(cut.first()) };
}

} // namespace

std::vector<FigureCheck> checkFigure(const analysis::Chart& chart, const FigureStyle& style,
                                     const FigurePreset& preset, FigureFormat format)
{
    if (format == FigureFormat::Csv)
        return { { true, tr("Numbers in full precision, unit in the header") } };
    const Figure figure(chart, style);
    FigureProbe probe(figure.size(), Figure::dpi);
    figure.paint(probe);
    const FigureFacts& facts = probe.facts();
    std::vector<FigureCheck> checks { textCheck(facts, preset), lineCheck(facts, preset) };
    if (format == FigureFormat::Png)
        checks.push_back(rasterCheck(style, preset));
    else if (format == FigureFormat::Tex)
        checks.push_back({ true, tr("Fonts: those of the document") });
    else
        checks.push_back(fontCheck(facts, style, format));
    checks.push_back(sizeCheck(style, preset));
    checks.push_back(greyCheck(chart, figure.view().frame().look(), style));
    if (format != FigureFormat::Tex) // pgfplots sets labels of its own
        std::ranges::move(labelChecks(figure.view().labels()), std::back_inserter(checks));
    if (const std::optional<FigureCheck> cut = cutCheck(facts, figure.size()))
        checks.push_back(*cut);
    return checks;
}

} // namespace widgets
