#include "analysis/export/display.h"

#include "analysis/number.h"

#include <cmath>

namespace analysis {

namespace {

QString rounded(double value, int decimals)
{
    const bool vanishes = value != 0 && std::abs(value) < 0.5 * std::pow(10.0, -decimals);
    return QString::fromLatin1(vanishes ? QByteArray::number(value, 'g', 3) : fixed(value, decimals));
}

QString number(const Column& column, double value)
{
    switch (column.kind) {
    case ColumnKind::Fraction:
        return rounded(value * 100, column.decimals);
    case ColumnKind::Real:
    case ColumnKind::Ratio:
        return rounded(value, column.decimals);
    default:
        return QString::fromLatin1(shortest(value));
    }
}

} // namespace

QString displayText(const Column& column, const Cell& cell)
{
    if (const auto* text = std::get_if<QString>(&cell))
        return *text;
    if (const auto* real = std::get_if<double>(&cell))
        return number(column, *real);
    const auto* whole = std::get_if<qint64>(&cell);
    if (whole == nullptr)
        return {};
    const bool counted = column.kind != ColumnKind::Fraction && column.kind != ColumnKind::Ratio;
    return counted ? QString::number(*whole) : number(column, static_cast<double>(*whole));
}

QString displayUnit(const Column& column)
{
    return column.kind == ColumnKind::Fraction ? QStringLiteral("%") : column.unit;
}

QString displayText(const Scalar& scalar)
{
    if (!scalar.text.isEmpty())
        return scalar.text;
    const bool whole = scalar.value == std::trunc(scalar.value);
    return whole ? QString::fromLatin1(shortest(scalar.value)) : rounded(scalar.value, scalar.decimals);
}

bool isNumeric(const Column& column)
{
    return column.kind != ColumnKind::Text;
}

} // namespace analysis
