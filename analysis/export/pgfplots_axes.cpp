#include "analysis/export/chart_table.h"
#include "analysis/export/latex.h"
#include "analysis/export/pgfplots.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace analysis::pgfplots {

namespace {

constexpr std::size_t mostMarked = 40; // points of a line; beyond that marks hide it

/// Columns of x and y of a series, as toTable() lays them out.
template <typename PointChart>
QString tableColumns(const PointChart& chart, std::size_t index)
{
    const bool shared = sharesX(chart);
    int next = shared ? 1 : 0;
    for (std::size_t i = 0; i < index; ++i) {
        next += shared ? 1 : 2;
        if constexpr (requires { chart.series[i].labels; })
            next += chart.series[i].labels.isEmpty() ? 0 : 1;
    }
    return QStringLiteral("x index=%1,y index=%2").arg(shared ? 0 : next).arg(shared ? next : next + 1);
}

bool needsLegend(const LineChart& chart)
{
    return chart.series.size() > 1 || chart.reference.has_value();
}

bool needsLegend(const ScatterChart& chart)
{
    return chart.series.size() > 1;
}

template <typename PointChart>
void drawSeries(Figure& figure, const PointChart& chart, std::size_t index, const QString& style)
{
    const auto& series = chart.series[index];
    figure.body +=
        addPlot(figure, style, { .table = tableColumns(chart, index), .x = series.x, .y = series.y });
    bool named = needsLegend(chart);
    if constexpr (requires { series.quiet; })
        named = named && !series.quiet;
    if (named)
        figure.body += legendEntry(series.name);
}

template <typename PointChart>
void addAxes(Figure& figure, const PointChart& chart)
{
    addAxis(figure, u'x', chart.x);
    addAxis(figure, u'y', chart.y);
    if (needsLegend(chart))
        addLegend(figure, false);
}

struct Range {
    double first = std::numeric_limits<double>::infinity();
    double last = -std::numeric_limits<double>::infinity();
};

Range rangeOfX(const LineChart& chart)
{
    Range range;
    for (const LineChart::Series& series : chart.series) {
        for (const double x : series.x) {
            if (!std::isfinite(x))
                continue;
            range.first = std::min(range.first, x);
            range.last = std::max(range.last, x);
        }
    }
    return range;
}

QString lineStyle(const Figure& figure, const LineChart& chart, std::size_t index)
{
    if (chart.series[index].quiet)
        return QStringLiteral("gray!50,line width=%1pt,no marks,forget plot")
            .arg(number(figure.size.linePt / 2));
    QString style = colour(index) + u',' + dash(index)
        + QStringLiteral(",line width=%1pt").arg(number(figure.size.linePt));
    if (chart.series[index].x.size() > mostMarked)
        return style + QStringLiteral(",no marks");
    return style + QStringLiteral(",mark=%1,mark size=1.5pt,mark options={solid}").arg(mark(index));
}

QString zeroLabel(const HistogramChart& chart)
{
    const double zeros = *chart.zeros;
    const double all = std::accumulate(chart.counts.begin(), chart.counts.end(), zeros);
    const QString share = QString::number(all > 0 ? 100 * zeros / all : 0, 'f', 1);
    const QString name =
        chart.zeroKind == ZeroKind::Words ? QStringLiteral("zero words ") : QStringLiteral("zeros ");
    return name + share + QStringLiteral("\\,\\%");
}

/// Round positions inside first..last, about five of them.
QStringList ticks(double first, double last)
{
    const double power = std::pow(10.0, std::floor(std::log10((last - first) / 5)));
    const double wanted = (last - first) / 5 / power;
    const double step = power * (wanted > 5 ? 10 : wanted > 2 ? 5 : wanted > 1 ? 2 : 1);
    QStringList result;
    for (double tick = std::ceil(first / step); tick * step <= last; ++tick)
        result += QString::number(tick * step, 'g', 10);
    return result;
}

/// The zeros stand apart, left of the first bin.
void drawZeros(Figure& figure, const HistogramChart& chart)
{
    const QString x = number(chart.first - 2 * chart.width);
    const QString y = number(*chart.zeros);
    const double last = chart.first + chart.width * static_cast<double>(chart.counts.size());
    figure.options += QStringLiteral("enlarge y limits={upper,value=0.12}");
    // Left of the first bin there is no scale.
    if (last > chart.first)
        figure.options += QStringLiteral("xtick={") + ticks(chart.first, last).join(u',') + u'}';
    figure.options += QStringLiteral("extra x ticks={%1},extra x tick labels={0}").arg(x);
    figure.body +=
        QStringLiteral("\\addplot[draw=black,line width=0.5pt,fill=gray!40] coordinates {(%1,%2)};")
            .arg(x, y);
    figure.body += QStringLiteral("\\node[anchor=south west,inner xsep=0pt] at (axis cs:%1,%2) {%3};")
                       .arg(number(chart.first - 2.5 * chart.width), y, zeroLabel(chart));
}

struct Anchor {
    int position; // of 100
    const char* rgb;
};

QString colourMap(const std::vector<Anchor>& anchors)
{
    QString text = QStringLiteral("colormap={tessera}{");
    for (const Anchor& anchor : anchors)
        text += QStringLiteral("rgb255(%1)=(%2) ").arg(anchor.position).arg(QLatin1String(anchor.rgb));
    return text.trimmed() + u'}';
}

/// The light maps of the screen.
QString colourMap(MapColours colours)
{
    switch (colours) {
    case MapColours::Magnitude:
        break;
    case MapColours::Sparsity: // exact zero has a colour of its own
        return colourMap({ { 0, "236,238,242" },
                           { 1, "246,201,92" },
                           { 25, "236,138,60" },
                           { 50, "204,69,65" },
                           { 75, "129,34,95" },
                           { 100, "43,12,64" } });
    case MapColours::Entropy:
        return colourMap({ { 0, "243,246,211" },
                           { 25, "174,219,180" },
                           { 50, "85,175,188" },
                           { 75, "42,116,166" },
                           { 100, "28,43,105" } });
    case MapColours::Diverging:
        return colourMap({ { 0, "11,60,115" },
                           { 25, "74,143,197" },
                           { 50, "244,245,247" },
                           { 75, "229,131,76" },
                           { 100, "138,46,6" } });
    }
    return colourMap({ { 0, "246,201,92" },
                       { 25, "236,138,60" },
                       { 50, "204,69,65" },
                       { 75, "129,34,95" },
                       { 100, "43,12,64" } });
}

/// Equal limits on both sides of 0, so that 0 has the middle colour.
void addSymmetricLimits(Figure& figure, const MapChart& chart)
{
    float largest = 0;
    for (const float value : chart.values) {
        if (std::isfinite(value))
            largest = std::max(largest, std::abs(value));
    }
    const double limit = largest > 0 ? double { largest } : 1;
    figure.options +=
        QStringLiteral("point meta min=%1,point meta max=%2").arg(number(-limit), number(limit));
}

QString mapCoordinates(const MapChart& chart)
{
    QString text = QStringLiteral("coordinates {");
    std::size_t index = 0;
    for (int row = 0; row < chart.rows; ++row) {
        text += u'\n';
        for (int column = 0; column < chart.columns; ++column)
            text += QStringLiteral("(%1,%2) [%3] ")
                        .arg(column)
                        .arg(row)
                        .arg(number(double { chart.values[index++] }));
    }
    return text + QStringLiteral("};");
}

} // namespace

void draw(Figure& figure, const HistogramChart& chart)
{
    figure.options += QStringLiteral("ybar,bar shift=0pt,bar width=") + number(chart.width);
    addAxis(figure, u'x', chart.value);
    addAxis(figure, u'y', chart.count);
    figure.options +=
        chart.count.logarithmic ? QStringLiteral("log origin=infty,ymin=0.5") : QStringLiteral("ymin=0");
    Points points;
    points.table = QStringLiteral("x expr=(\\thisrowno{0}+\\thisrowno{1})/2,y index=2");
    points.y = chart.counts;
    for (std::size_t bin = 0; bin < chart.counts.size(); ++bin)
        points.x.push_back(chart.first + chart.width * (static_cast<double>(bin) + 0.5));
    QString style = QStringLiteral("draw=%1,line width=0.2pt,fill=%1").arg(colour(0));
    if (chart.zeros && figure.fromCsv)
        style += QStringLiteral(",skip coords between index={0}{1}");
    figure.body += addPlot(figure, style, points);
    if (chart.zeros)
        drawZeros(figure, chart);
}

void draw(Figure& figure, const LineChart& chart)
{
    addAxes(figure, chart);
    figure.options += QStringLiteral("unbounded coords=jump");
    for (std::size_t i = 0; i < chart.series.size(); ++i)
        drawSeries(figure, chart, i, lineStyle(figure, chart, i));
    const Range range = rangeOfX(chart);
    if (chart.reference && range.first <= range.last)
        addReference(figure, *chart.reference, range.first, range.last);
}

void draw(Figure& figure, const ScatterChart& chart)
{
    addAxes(figure, chart);
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const ScatterChart::Series& series = chart.series[i];
        drawSeries(figure, chart, i,
                   QStringLiteral("only marks,%1,mark=%2,mark size=1.5pt").arg(colour(i), mark(i)));
        for (qsizetype point = 0; point < series.labels.size(); ++point) {
            const auto at = static_cast<std::size_t>(point);
            figure.body +=
                QStringLiteral("\\node[anchor=south west,inner sep=1pt] at (axis cs:%1,%2) {%3};")
                    .arg(number(series.x[at]), number(series.y[at]), latexEscaped(series.labels[point]));
        }
    }
}

void draw(Figure& figure, const MapChart& chart)
{
    constexpr int comfortable = 10'000;
    addAxis(figure, u'x', chart.x);
    addAxis(figure, u'y', chart.y);
    figure.options += { QStringLiteral("y dir=reverse"),
                        QStringLiteral("enlargelimits=false"),
                        QStringLiteral("axis on top"),
                        QStringLiteral("colorbar"),
                        QStringLiteral("colorbar style={%1,ylabel={%2}}")
                            .arg(fontOption(figure.size), latexEscaped(chart.value.label())),
                        colourMap(chart.colours) };
    if (chart.colours == MapColours::Diverging)
        addSymmetricLimits(figure, chart);
    if (static_cast<qint64>(chart.rows) * chart.columns > comfortable)
        figure.body += QStringLiteral("% %1 x %2 cells: more than TeX draws in good time; "
                                      "lualatex has the memory, a PDF export the speed.")
                           .arg(chart.rows)
                           .arg(chart.columns);
    const QString plot =
        QStringLiteral("\\addplot[matrix plot*,point meta=explicit,mesh/cols=%1] ").arg(chart.columns);
    const QString reading = tableOptions() + QStringLiteral("x index=0,y index=1,meta index=2");
    const QString file =
        QStringLiteral("table[") + reading + QStringLiteral("]{") + figure.csvName + QStringLiteral("};");
    figure.body += plot + (figure.fromCsv ? file : mapCoordinates(chart));
}

} // namespace analysis::pgfplots
