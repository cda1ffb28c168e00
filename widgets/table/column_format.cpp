#include "widgets/table/column_format.h"

#include "analysis/unit.h"
#include "widgets/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace widgets {

namespace {

using analysis::Cell;
using analysis::ColumnKind;
using analysis::Table;

double largest(const Table& table, std::size_t column)
{
    double result = 0;
    for (const std::vector<Cell>& row : table.rows) {
        const double value = std::abs(numberOf(row[column]));
        if (std::isfinite(value))
            result = std::max(result, value);
    }
    return result;
}

struct ByteScale {
    QString unit;
    double factor;
    int decimals;
};

/// A larger unit only from 10 000 of the smaller one on, so that small rows keep their digits.
ByteScale byteScale(double most)
{
    static constexpr std::array<const char16_t*, 4> units { u"B", u"KiB", u"MiB", u"GiB" };
    std::size_t unit = most < 1024 ? 0 : 1;
    double factor = unit == 0 ? 1 : 1.0 / 1024;
    while (unit > 0 && unit + 1 < units.size() && most * factor >= 10000) {
        factor /= 1024;
        ++unit;
    }
    return { QString::fromUtf16(units[unit]), factor, unit == 0 ? 0 : 2 };
}

bool holdsNames(const Table& table, std::size_t column)
{
    return std::ranges::any_of(table.rows, [column](const std::vector<Cell>& row) {
        const auto* words = std::get_if<QString>(&row[column]);
        return words != nullptr && std::ranges::any_of(*words, [](QChar c) { return c.isLetter(); });
    });
}

/// Three digits for what would otherwise be shown as zero.
QString smallText(double value)
{
    return QString::number(value, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace

double numberOf(const Cell& cell)
{
    if (const auto* whole = std::get_if<qint64>(&cell))
        return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&cell))
        return *real;
    return std::numeric_limits<double>::quiet_NaN();
}

ColumnFormat::ColumnFormat(const Table& table, std::size_t column)
    : m_column(table.columns[column])
    , m_unit(analysis::shownUnit(m_column.unit))
    , m_decimals(m_column.decimals)
{
    if (m_column.kind == ColumnKind::Bytes) {
        const ByteScale scale = byteScale(largest(table, column));
        m_unit = scale.unit;
        m_factor = scale.factor;
        m_decimals = scale.decimals;
    } else if (m_column.kind == ColumnKind::Fraction) {
        m_unit = QStringLiteral("%");
        m_factor = 100;
    } else if (m_column.kind == ColumnKind::Count || m_column.kind == ColumnKind::Bits) {
        m_decimals = 0;
    }
    m_elastic = holdsNames(table, column);
    if (!m_column.bar)
        return;
    m_overhead = m_column.overhead.isEmpty() ? -1 : table.column(m_column.overhead);
    for (const std::vector<Cell>& row : table.rows) {
        const double own = numberOf(row[column]);
        const double more = m_overhead < 0 ? 0 : numberOf(row[static_cast<std::size_t>(m_overhead)]);
        const double sum = own + (std::isfinite(more) ? more : 0);
        if (std::isfinite(sum))
            m_barMaximum = std::max(m_barMaximum, sum);
    }
}

QString ColumnFormat::header() const
{
    const QString title = m_column.title.isEmpty() ? m_column.name : m_column.title;
    return m_unit.isEmpty() ? title : title + QStringLiteral(" (") + m_unit + QLatin1Char(')');
}

/// At the space that makes the longer line shortest.
QString ColumnFormat::brokenHeader() const
{
    QString title = header();
    qsizetype best = -1;
    const auto longer = [&](qsizetype at) { return std::max(at, title.size() - at - 1); };
    for (qsizetype at = title.indexOf(QLatin1Char(' ')); at >= 0;
         at = title.indexOf(QLatin1Char(' '), at + 1))
        if (best < 0 || longer(at) < longer(best))
            best = at;
    if (best >= 0)
        title[best] = QLatin1Char('\n');
    return title;
}

QString ColumnFormat::toolTip() const
{
    const QString unit =
        m_column.unit.isEmpty() ? QString() : QStringLiteral(" [") + m_column.unit + QLatin1Char(']');
    return header() + QLatin1Char('\n') + m_column.name + unit;
}

QString ColumnFormat::numberText(double value) const
{
    const double shown = value * m_factor;
    const double least = 0.5 * std::pow(10.0, -m_decimals);
    if (shown != 0 && std::abs(shown) < least)
        return smallText(shown);
    return m_column.kind == ColumnKind::Ratio ? formatRatio(shown, m_decimals)
                                              : formatNumber(shown, m_decimals);
}

QString ColumnFormat::text(const Cell& cell) const
{
    if (const auto* words = std::get_if<QString>(&cell))
        return *words;
    if (const auto* whole = std::get_if<qint64>(&cell); whole != nullptr && m_factor == 1 && m_decimals == 0)
        return formatCount(*whole);
    if (std::holds_alternative<std::monostate>(cell))
        return missingText();
    return numberText(numberOf(cell));
}

QString ColumnFormat::widest(const Table& table, std::size_t column) const
{
    QString longest = missingText();
    const Cell* low = nullptr;
    const Cell* high = nullptr;
    for (const std::vector<Cell>& row : table.rows) {
        const Cell& cell = row[column];
        if (const auto* words = std::get_if<QString>(&cell)) {
            if (words->size() > longest.size())
                longest = *words;
            continue;
        }
        const double value = numberOf(cell);
        if (!std::isfinite(value))
            continue;
        if (low == nullptr || value < numberOf(*low))
            low = &cell;
        if (high == nullptr || value > numberOf(*high))
            high = &cell;
    }
    for (const Cell* cell : { low, high }) {
        const QString shown = cell == nullptr ? QString() : text(*cell);
        if (shown.size() > longest.size())
            longest = shown;
    }
    return longest;
}

} // namespace widgets
