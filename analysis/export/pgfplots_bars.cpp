#include "analysis/export/latex.h"
#include "analysis/export/pgfplots.h"

#include <algorithm>
#include <cmath>

namespace analysis::pgfplots {

namespace {

constexpr double groupWidth = 0.7; // of the step from one category to the next

QString filled(std::size_t series)
{
    const QString fill = QStringLiteral("draw=black,line width=0.5pt,fill=") + colour(series);
    const QString pattern = hatch(series);
    return pattern.isEmpty() ? fill : fill + QStringLiteral(",postaction={pattern=%1}").arg(pattern);
}

QString overheadStyle()
{
    return QStringLiteral("draw=black,line width=0.5pt,fill=white,postaction={pattern=north east lines}");
}

/// Columns of the CSV that belong to a series, as toTable() lays them out.
struct Columns {
    int value;
    int overhead;
    int deviation;
};

Columns columnsOf(const BarChart& chart, std::size_t series)
{
    int next = 1;
    for (std::size_t i = 0; i < series; ++i)
        next += 1 + (chart.series[i].overhead.empty() ? 0 : 1) + (chart.series[i].deviation.empty() ? 0 : 1);
    const int overhead = next + 1;
    return { next, overhead, chart.series[series].overhead.empty() ? overhead : overhead + 1 };
}

std::vector<double> positions(std::size_t count, double offset)
{
    std::vector<double> x(count);
    for (std::size_t i = 0; i < count; ++i)
        x[i] = static_cast<double>(i) + offset;
    return x;
}

std::vector<double> gapsAsZero(std::vector<double> values)
{
    std::ranges::replace_if(
        values, [](double value) { return std::isnan(value); }, 0.0);
    return values;
}

std::vector<double> sums(const std::vector<double>& values, const std::vector<double>& more)
{
    std::vector<double> result = values;
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] += more[i];
    return result;
}

QString xTable(double offset)
{
    return QStringLiteral("x expr=\\coordindex") + (offset < 0 ? QString() : QStringLiteral("+"))
        + number(offset);
}

void drawGrouped(Figure& figure, const BarChart& chart, std::size_t index)
{
    const BarChart::Series& series = chart.series[index];
    const Columns columns = columnsOf(chart, index);
    const double width = groupWidth / static_cast<double>(chart.series.size());
    const double exact = -groupWidth / 2 + width * (static_cast<double>(index) + 0.5);
    const double offset = std::round(exact * 1e6) / 1e6; // 0.175, not 0.17499999999999993
    const std::vector<double> x = positions(series.values.size(), offset);
    if (!series.overhead.empty())
        // Drawn first and as high as the sum: the value's own bar then covers its lower part.
        figure.body += addPlot(figure, QStringLiteral("forget plot,") + overheadStyle(),
                               { .table = xTable(offset)
                                     + QStringLiteral(",y expr=\\thisrowno{%1}+\\thisrowno{%2}")
                                           .arg(columns.value)
                                           .arg(columns.overhead),
                                 .x = x,
                                 .y = sums(series.values, series.overhead) });
    figure.body += addPlot(figure, filled(index),
                           { .table = xTable(offset) + QStringLiteral(",y index=%1").arg(columns.value),
                             .x = x,
                             .y = series.values,
                             .deviation = series.deviation,
                             .deviationColumn = columns.deviation });
}

void drawStacked(Figure& figure, const BarChart& chart, std::size_t index)
{
    const BarChart::Series& series = chart.series[index];
    const Columns columns = columnsOf(chart, index);
    const std::vector<double> x = positions(series.values.size(), 0);
    const auto plot = [&](const QString& style, int column, const std::vector<double>& y) {
        return addPlot(figure, style,
                       { .table = QStringLiteral("x expr=\\coordindex,y index=%1").arg(column),
                         .x = x,
                         .y = gapsAsZero(y) });
    };
    figure.body += plot(filled(index), columns.value, series.values);
    if (!series.overhead.empty())
        figure.body +=
            plot(QStringLiteral("forget plot,") + overheadStyle(), columns.overhead, series.overhead);
}

bool hasOverhead(const BarChart& chart)
{
    return std::ranges::any_of(chart.series, [](const auto& series) { return !series.overhead.empty(); });
}

bool hasNegative(const BarChart& chart)
{
    return std::ranges::any_of(chart.series, [](const BarChart::Series& series) {
        return std::ranges::any_of(series.values, [](double value) { return value < 0; });
    });
}

/// Names that do not fit side by side stand upright; text at an angle is never used.
bool namesFit(const BarChart& chart, const FigureSize& size)
{
    constexpr double mmPerPoint = 25.4 / 72;
    constexpr double marginMm = 18; // axis label and tick labels at the left
    qsizetype longest = 0;
    for (const QString& name : chart.categories)
        longest = std::max(longest, name.size() + 1);
    const double nameMm = static_cast<double>(longest) * 0.55 * size.textPt * mmPerPoint;
    return nameMm * static_cast<double>(chart.categories.size()) <= size.widthMm - marginMm;
}

void addCategories(Figure& figure, const BarChart& chart)
{
    QStringList ticks;
    QStringList names;
    for (qsizetype i = 0; i < chart.categories.size(); ++i) {
        ticks += QString::number(i);
        names += u'{' + latexEscaped(chart.categories[i]) + u'}';
    }
    figure.options += QStringLiteral("xtick={") + ticks.join(u',') + u'}';
    figure.options += QStringLiteral("xticklabels={") + names.join(u',') + u'}';
    figure.options += QStringLiteral("xtick pos=left");
    figure.options +=
        QStringLiteral("xmin=-0.5,xmax=") + number(static_cast<double>(chart.categories.size()) - 0.5);
    if (!namesFit(chart, figure.size))
        figure.options += QStringLiteral("xticklabel style={rotate=90,anchor=east}");
}

} // namespace

void draw(Figure& figure, const BarChart& chart)
{
    const double width = chart.stacked
        ? groupWidth
        : groupWidth / std::max<double>(1, static_cast<double>(chart.series.size()));
    figure.options += chart.stacked ? QStringLiteral("ybar stacked") : QStringLiteral("ybar");
    figure.options += QStringLiteral("bar width=%1,bar shift=0pt").arg(number(width));
    addCategories(figure, chart);
    addAxis(figure, u'x', chart.category);
    addAxis(figure, u'y', chart.value);
    if (chart.value.logarithmic)
        figure.options += QStringLiteral("log origin=infty");
    else if (!hasNegative(chart))
        figure.options += QStringLiteral("ymin=0");
    if (chart.series.size() > 1 || hasOverhead(chart) || chart.reference)
        addLegend(figure, true);
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        if (chart.stacked)
            drawStacked(figure, chart, i);
        else
            drawGrouped(figure, chart, i);
        figure.body += legendEntry(chart.series[i].name);
    }
    if (hasOverhead(chart))
        figure.body += QStringLiteral("\\addlegendimage{") + overheadStyle() + QStringLiteral("}\n")
            + legendEntry(QStringLiteral("overhead"));
    if (chart.reference)
        addReference(figure, *chart.reference, -0.5, static_cast<double>(chart.categories.size()) - 0.5);
}

} // namespace analysis::pgfplots
