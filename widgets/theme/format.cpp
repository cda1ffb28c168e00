#include "widgets/theme/theme.h"

#include <array>
#include <cmath>

namespace widgets {

namespace {

constexpr QChar thinSpace(0x2009);
constexpr QChar minusSign(0x2212);

/// Thin spaces in the whole part of plain digits, the sign as U+2212.
QString grouped(QString digits)
{
    const bool negative = digits.startsWith(QLatin1Char('-'));
    if (negative)
        digits.remove(0, 1);
    const qsizetype point = digits.indexOf(QLatin1Char('.'));
    for (qsizetype at = (point < 0 ? digits.size() : point) - 3; at > 0; at -= 3)
        digits.insert(at, thinSpace);
    return negative ? QString(minusSign) + digits : digits;
}

bool isZero(const QString& digits)
{
    for (const QChar digit : digits) {
        if (digit >= QLatin1Char('1') && digit <= QLatin1Char('9'))
            return false;
    }
    return true;
}

} // namespace

QString missingText()
{
    return { QChar(0x2013) };
}

QString formatCount(qint64 value)
{
    return grouped(QString::number(value));
}

QString formatNumber(double value, int decimals)
{
    if (std::isnan(value))
        return missingText();
    if (std::isinf(value))
        return value < 0 ? QString(minusSign) + QChar(0x221E) : QString(QChar(0x221E));
    QString digits = QString::number(value, 'f', decimals);
    if (digits.startsWith(QLatin1Char('-')) && isZero(digits))
        digits.remove(0, 1);
    return grouped(digits);
}

QString formatBytes(double bytes)
{
    static constexpr std::array<const char16_t*, 5> units { u"B", u"KiB", u"MiB", u"GiB", u"TiB" };
    std::size_t unit = 0;
    while (unit + 1 < units.size() && std::abs(bytes) >= 1024) {
        bytes /= 1024;
        ++unit;
    }
    return formatNumber(bytes, unit == 0 ? 0 : 2) + QLatin1Char(' ') + QString::fromUtf16(units[unit]);
}

QString formatPercent(double fraction, int decimals)
{
    return std::isnan(fraction) ? missingText()
                                : formatNumber(fraction * 100, decimals) + QStringLiteral(" %");
}

QString formatRatio(double ratio, int decimals)
{
    return std::isnan(ratio) ? missingText()
                             : formatNumber(ratio, decimals) + QLatin1Char(' ') + QChar(0x00D7);
}

QString formatDuration(double seconds)
{
    if (seconds < 0 || !std::isfinite(seconds))
        return missingText();
    if (seconds < 9.95)
        return formatNumber(seconds, 1) + QStringLiteral(" s");
    const auto whole = static_cast<qint64>(std::lround(seconds));
    const QString tail = QString::number(whole % 60).rightJustified(2, QLatin1Char('0'));
    const qint64 minutes = whole / 60;
    if (minutes < 60)
        return QString::number(minutes) + QLatin1Char(':') + tail;
    return QString::number(minutes / 60) + QLatin1Char(':')
        + QString::number(minutes % 60).rightJustified(2, QLatin1Char('0')) + QLatin1Char(':') + tail;
}

QString formatBits(quint64 code, int bits)
{
    QString text;
    for (int bit = bits - 1; bit >= 0; --bit) {
        text += QLatin1Char(((code >> bit) & 1U) != 0 ? '1' : '0');
        if (bit > 0 && bit % 4 == 0)
            text += QLatin1Char(' ');
    }
    return text + QLatin1Char('b');
}

QString formatHex(quint64 code, int bits)
{
    return QStringLiteral("0x")
        + QString::number(code, 16).toUpper().rightJustified((bits + 3) / 4, QLatin1Char('0'));
}

} // namespace widgets
