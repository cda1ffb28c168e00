#include "analysis/export/chart_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace analysis {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Column textColumn(const QString& name)
{
    return { .name = name, .title = name, .unit = {}, .kind = ColumnKind::Text };
}

Column numberColumn(const QString& name, const QString& unit)
{
    return { .name = name, .title = name, .unit = unit, .kind = ColumnKind::Real };
}

QString named(const Axis& axis, const char* fallback)
{
    return axis.title.isEmpty() ? QLatin1String(fallback) : axis.title;
}

void addColumn(Table& table, const Column& column, const std::vector<double>& values)
{
    table.columns.push_back(column);
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        table.rows[row].emplace_back(row < values.size() ? values[row] : missing);
}

void addColumn(Table& table, const Column& column, const QStringList& texts)
{
    table.columns.push_back(column);
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        table.rows[row].emplace_back(texts.value(static_cast<qsizetype>(row)));
}

void fill(Table& table, const BarChart& chart)
{
    table.rows.resize(static_cast<std::size_t>(chart.categories.size()));
    addColumn(table, textColumn(named(chart.category, "category")), chart.categories);
    for (const BarChart::Series& series : chart.series) {
        addColumn(table, numberColumn(series.name, chart.value.unit), series.values);
        if (!series.overhead.empty())
            addColumn(table, numberColumn(series.name + QStringLiteral(" overhead"), chart.value.unit),
                      series.overhead);
        if (!series.deviation.empty())
            addColumn(table, numberColumn(series.name + QStringLiteral(" deviation"), chart.value.unit),
                      series.deviation);
    }
}

void fill(Table& table, const HistogramChart& chart)
{
    const QString value = named(chart.value, "value");
    table.columns = { numberColumn(value + QStringLiteral(" from"), chart.value.unit),
                      numberColumn(value + QStringLiteral(" to"), chart.value.unit),
                      numberColumn(named(chart.count, "count"), chart.count.unit) };
    if (chart.zeros)
        table.rows.push_back({ 0.0, 0.0, *chart.zeros });
    for (std::size_t bin = 0; bin < chart.counts.size(); ++bin) {
        const double from = chart.first + chart.width * static_cast<double>(bin);
        const double to = chart.first + chart.width * static_cast<double>(bin + 1);
        table.rows.push_back({ from, to, chart.counts[bin] });
    }
}

QStringList labelsOf(const LineChart::Series&)
{
    return {};
}

QStringList labelsOf(const ScatterChart::Series& series)
{
    return series.labels;
}

template <typename PointChart>
void fillPoints(Table& table, const PointChart& chart)
{
    std::size_t rows = 0;
    for (const auto& series : chart.series)
        rows = std::max(rows, series.x.size());
    table.rows.resize(rows);
    const QString x = named(chart.x, "x");
    const bool shared = sharesX(chart);
    if (shared && !chart.series.empty())
        addColumn(table, numberColumn(x, chart.x.unit), chart.series.front().x);
    for (const auto& series : chart.series) {
        if (!shared)
            addColumn(table, numberColumn(series.name + QLatin1Char(' ') + x, chart.x.unit), series.x);
        addColumn(table, numberColumn(series.name, chart.y.unit), series.y);
        const QStringList labels = labelsOf(series);
        if (!labels.isEmpty())
            addColumn(table, textColumn(series.name + QStringLiteral(" label")), labels);
    }
}

void fill(Table& table, const LineChart& chart)
{
    fillPoints(table, chart);
}

void fill(Table& table, const ScatterChart& chart)
{
    fillPoints(table, chart);
}

void fill(Table& table, const MapChart& chart)
{
    table.columns.push_back(numberColumn(named(chart.y, "row"), chart.y.unit));
    for (int column = 0; column < chart.columns; ++column)
        table.columns.push_back(numberColumn(QString::number(column), chart.value.unit));
    for (int row = 0; row < chart.rows; ++row) {
        std::vector<Cell> cells = { qint64 { row } };
        const auto first = static_cast<std::size_t>(row) * static_cast<std::size_t>(chart.columns);
        for (std::size_t column = 0; column < static_cast<std::size_t>(chart.columns); ++column)
            cells.emplace_back(double { chart.values[first + column] });
        table.rows.push_back(std::move(cells));
    }
}

template <typename PointChart>
bool allShareX(const PointChart& chart)
{
    return std::ranges::all_of(chart.series,
                               [&](const auto& series) { return series.x == chart.series.front().x; });
}

} // namespace

Table toTable(const Chart& chart)
{
    Table table;
    table.id = chart.id;
    table.title = chart.title;
    std::visit([&table](const auto& kind) { fill(table, kind); }, chart.kind);
    return table;
}

bool sharesX(const LineChart& chart)
{
    return allShareX(chart);
}

bool sharesX(const ScatterChart& chart)
{
    return allShareX(chart);
}

} // namespace analysis
