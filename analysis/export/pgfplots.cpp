#include "analysis/export/pgfplots.h"

#include "analysis/export/chart_table.h"
#include "analysis/export/latex.h"
#include "analysis/number.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace analysis {

namespace pgfplots {

namespace {

constexpr std::array colours = { "0072B2", "D55E00", "009E73", "E69F00",
                                 "56B4E9", "CC79A7", "4D5561", "F0E442" };
constexpr std::array hatches = { "",
                                 "north east lines",
                                 "north west lines",
                                 "crosshatch",
                                 "crosshatch dots",
                                 "horizontal lines",
                                 "vertical lines",
                                 "grid" };
constexpr std::array dashes = { "solid", "dashed", "dotted", "dash dot", "densely dashed", "densely dotted" };
constexpr std::array marks = {
    "*", "square*", "triangle*", "diamond*", "o", "square", "triangle", "diamond"
};

template <std::size_t N>
QString pick(const std::array<const char*, N>& names, std::size_t index)
{
    return QString::fromLatin1(names[index % N]);
}

QString coordinates(const Points& points)
{
    QString text = QStringLiteral("coordinates {");
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        text += (i % 8 == 0 ? QStringLiteral("\n") : QStringLiteral(" ")) + u'(' + number(points.x[i]) + u','
            + number(points.y[i]) + u')';
        if (!points.deviation.empty())
            text += QStringLiteral(" +- (0,") + number(points.deviation[i]) + u')';
    }
    return text + QStringLiteral("}");
}

bool isReadable(const Table& table)
{
    const bool header = std::ranges::none_of(
        table.columns, [](const Column& c) { return isHostileToTex(c.name) || isHostileToTex(c.unit); });
    return header && std::ranges::none_of(table.rows, [](const std::vector<Cell>& row) {
               return std::ranges::any_of(row, [](const Cell& cell) {
                   const auto* text = std::get_if<QString>(&cell);
                   return text != nullptr && isHostileToTex(*text);
               });
           });
}

/// A stack with a gap must be filled with zeros, which the file does not hold.
bool hasGapInStack(const Chart& chart)
{
    const auto* bars = std::get_if<BarChart>(&chart.kind);
    const auto isMissing = [](double value) { return std::isnan(value); };
    return bars != nullptr && bars->stacked
        && std::ranges::any_of(bars->series, [&](const BarChart::Series& series) {
               return std::ranges::any_of(series.values, isMissing)
                   || std::ranges::any_of(series.overhead, isMissing);
           });
}

bool canReadCsv(const Chart& chart, const QString& csvName)
{
    if (isHostileToTex(csvName) || csvName.contains(u'%') || hasGapInStack(chart))
        return false;
    if (const auto* map = std::get_if<MapChart>(&chart.kind))
        return !isHostileToTex(map->x.label() + map->y.label() + map->value.label());
    return isReadable(toTable(chart));
}

} // namespace

QString number(double value)
{
    return QString::fromLatin1(shortest(value));
}

QString colour(std::size_t series)
{
    return QStringLiteral("tessera%1").arg(series % colours.size() + 1);
}

QString hatch(std::size_t series)
{
    return pick(hatches, series);
}

QString dash(std::size_t series)
{
    return pick(dashes, series);
}

QString mark(std::size_t series)
{
    return pick(marks, series);
}

QString fontOption(const FigureSize& size)
{
    return QStringLiteral("font=\\fontsize{%1pt}{%2pt}\\selectfont")
        .arg(number(size.textPt), number(size.textPt * 1.2));
}

QString definedColours()
{
    QString text;
    for (std::size_t i = 0; i < colours.size(); ++i)
        text += QStringLiteral("\\definecolor{%1}{HTML}{%2}\n").arg(colour(i), pick(colours, i));
    return text;
}

QString tableOptions()
{
    return QStringLiteral("col sep=comma,header=true,percent is letter=true,");
}

QString addPlot(const Figure& figure, const QString& options, const Points& points)
{
    QString all = options;
    if (!points.deviation.empty())
        all +=
            QStringLiteral(",error bars/.cd,y dir=both,y explicit,error bar style={line width=0.5pt,black}");
    const QString start = QStringLiteral("\\addplot[") + all + QStringLiteral("] ");
    if (!figure.fromCsv)
        return start + coordinates(points) + u';';
    QString reading = tableOptions() + points.table;
    if (!points.deviation.empty())
        reading += QStringLiteral(",y error index=%1").arg(points.deviationColumn);
    return start + QStringLiteral("table[") + reading + QStringLiteral("]{") + figure.csvName
        + QStringLiteral("};");
}

QString legendEntry(const QString& name)
{
    return QStringLiteral("\\addlegendentry{") + latexEscaped(name) + u'}';
}

void addReference(Figure& figure, const Reference& line, double first, double last)
{
    const QString y = number(line.value);
    const QString style = QStringLiteral("black,dashed,line width=0.5pt");
    // Stacked bars are drawn last of all: the line comes after the axis, an invisible plot widens the limits,
    // and the label stands in the legend, where it covers no data.
    figure.options += QStringLiteral("after end axis/.code={\\draw[%4] (axis cs:%1,%3) -- (axis cs:%2,%3);}")
                          .arg(number(first), number(last), y, style);
    figure.body += QStringLiteral("\\addplot[forget plot,draw=none,fill=none,stack plots=false,no marks] "
                                  "coordinates {(%1,%3) (%2,%3)};")
                       .arg(number(first), number(last), y);
    figure.body += QStringLiteral("\\addlegendimage{line legend,%1}").arg(style);
    figure.body += legendEntry(line.label);
}

void addAxis(Figure& figure, QChar which, const Axis& axis)
{
    figure.options += which + QStringLiteral("label={") + latexEscaped(axis.label()) + u'}';
    if (axis.logarithmic)
        figure.options += which + QStringLiteral("mode=log");
}

void addLegend(Figure& figure, bool bars)
{
    figure.options += QStringLiteral("legend columns=-1");
    figure.options += QStringLiteral("legend cell align=left");
    figure.options += QStringLiteral("legend style={draw=none,fill=none,at={(0,1.02)},anchor=south west,"
                                     "/tikz/every even column/.append style={column sep=4pt}}");
    if (bars)
        figure.options += QStringLiteral("area legend");
}

} // namespace pgfplots

namespace {

QString comment(const QString& text)
{
    QString line = text;
    line.replace(u'\n', u' ').replace(u'\r', u' ');
    return QStringLiteral("% ") + line + u'\n';
}

QString preamble(const Provenance& provenance)
{
    QString text = comment(provenance.program) + comment(provenance.analysis);
    for (const QString& input : provenance.inputs)
        text += comment(input);
    if (provenance.partial)
        text += comment(QStringLiteral("partial: stopped before the end"));
    return text + comment(QStringLiteral("digest ") + provenance.digest)
        + comment(QStringLiteral("needs \\usepackage{pgfplots} \\pgfplotsset{compat=1.16} "
                                 "\\usetikzlibrary{patterns}"));
}

QStringList frameOptions(const FigureSize& size)
{
    using pgfplots::number;
    return { QStringLiteral("width=%1mm").arg(number(size.widthMm)),
             QStringLiteral("height=%1mm").arg(number(size.heightMm)),
             pgfplots::fontOption(size),
             QStringLiteral("axis line style={line width=0.5pt}"),
             QStringLiteral("tick style={line width=0.5pt,black}"),
             QStringLiteral("tick align=inside") };
}

} // namespace

QByteArray toPgfplots(const Chart& chart, const FigureSize& size, const QString& csvName,
                      const Provenance& provenance)
{
    pgfplots::Figure figure { .size = size,
                              .csvName = csvName,
                              .fromCsv = pgfplots::canReadCsv(chart, csvName),
                              .options = frameOptions(size) };
    std::visit([&figure](const auto& kind) { pgfplots::draw(figure, kind); }, chart.kind);
    const QString text = preamble(provenance) + QStringLiteral("\\begin{tikzpicture}\n")
        + pgfplots::definedColours() + QStringLiteral("\\begin{axis}[\n  ")
        + figure.options.join(QStringLiteral(",\n  ")) + QStringLiteral("]\n") + figure.body.join(u'\n')
        + QStringLiteral("\n\\end{axis}\n\\end{tikzpicture}\n");
    return text.toUtf8();
}

} // namespace analysis
