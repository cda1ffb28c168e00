#include "analysis/number.h"

#include <QString>

#include <array>
#include <charconv>
#include <cmath>

namespace analysis {

namespace {

constexpr double exactLimit = 0x1.0p53;

QByteArray nonFinite(double value)
{
    if (std::isnan(value))
        return QByteArrayLiteral("nan");
    return value > 0 ? QByteArrayLiteral("inf") : QByteArrayLiteral("-inf");
}

} // namespace

QByteArray shortest(double value)
{
    if (!std::isfinite(value))
        return nonFinite(value);
    std::array<char, 32> text {};
    const bool whole = std::abs(value) < exactLimit && value == std::trunc(value);
    // to_chars alone would write 100000 as 1e+05.
    const auto end = whole
        ? std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed)
        : std::to_chars(text.data(), text.data() + text.size(), value);
    return { text.data(), static_cast<qsizetype>(end.ptr - text.data()) };
}

QByteArray fixed(double value, int decimals)
{
    return std::isfinite(value) ? QByteArray::number(value, 'f', decimals) : nonFinite(value);
}

} // namespace analysis
