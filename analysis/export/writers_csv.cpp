#include "analysis/export/chart_table.h"
#include "analysis/export/writers.h"
#include "analysis/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace analysis {

namespace {

QByteArray quoted(const QString& text)
{
    const bool special = text.contains(u',') || text.contains(u'"') || text.contains(u'\r')
        || text.contains(u'\n') || text.startsWith(u' ') || text.endsWith(u' ');
    if (!special)
        return text.toUtf8();
    QString doubled = text;
    doubled.replace(u'"', QStringLiteral("\"\""));
    return '"' + doubled.toUtf8() + '"';
}

QString header(const Column& column)
{
    return column.unit.isEmpty() ? column.name : column.name + QStringLiteral(" [") + column.unit + u']';
}

struct CellText {
    QByteArray operator()(std::monostate) const { return {}; }
    QByteArray operator()(qint64 number) const { return QByteArray::number(number); }
    QByteArray operator()(double number) const { return shortest(number); }
    QByteArray operator()(const QString& text) const { return quoted(text); }
};

/// The digits that tell a float apart, not those of the double it becomes: 0.1, not 0.10000000149011612.
QByteArray shortestFloat(float value)
{
    if (!std::isfinite(value) || value == std::trunc(value))
        return shortest(value);
    std::array<char, 32> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return { text.data(), static_cast<qsizetype>(end.ptr - text.data()) };
}

/// Tidy: one line per cell, as pgfplots, pandas and R want a matrix.
QByteArray toCsv(const MapChart& map)
{
    const auto title = [](const Axis& axis, const QString& fallback) {
        return quoted(
            header({ .name = axis.title.isEmpty() ? fallback : axis.title, .title = {}, .unit = axis.unit }));
    };
    QByteArray csv = title(map.x, QStringLiteral("column")) + ',' + title(map.y, QStringLiteral("row")) + ','
        + title(map.value, QStringLiteral("value")) + "\r\n";
    std::size_t index = 0;
    for (int row = 0; row < map.rows; ++row) {
        const QByteArray rowText = ',' + QByteArray::number(row) + ',';
        for (int column = 0; column < map.columns; ++column)
            csv += QByteArray::number(column) + rowText + shortestFloat(map.values[index++]) + "\r\n";
    }
    return csv;
}

} // namespace

QByteArray toCsv(const Table& table)
{
    QByteArray csv;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        csv += (i == 0 ? "" : ",") + quoted(header(table.columns[i]));
    csv += "\r\n";
    for (const std::vector<Cell>& row : table.rows) {
        QByteArray line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += (i == 0 ? "" : ",") + std::visit(CellText {}, row[i]);
        // An empty line would be no record at all.
        csv += (line.isEmpty() ? QByteArrayLiteral("\"\"") : line) + "\r\n";
    }
    return csv;
}

QByteArray toCsv(const Chart& chart)
{
    if (const auto* map = std::get_if<MapChart>(&chart.kind))
        return toCsv(*map);
    return toCsv(toTable(chart));
}

QString toClipboardText(const Table& table)
{
    // Spreadsheets split at tabs and line ends and know no quoting there.
    const auto plain = [](QString text) {
        return text.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
    };
    QString result;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        result += (i == 0 ? QString() : QStringLiteral("\t")) + plain(header(table.columns[i]));
    for (const std::vector<Cell>& row : table.rows) {
        result += u'\n';
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto* text = std::get_if<QString>(&row[i]);
            const QString cell = text != nullptr ? *text : QString::fromUtf8(std::visit(CellText {}, row[i]));
            result += (i == 0 ? QString() : QStringLiteral("\t")) + plain(cell);
        }
    }
    return result + u'\n';
}

} // namespace analysis
