#include "widgets/tensor/element_text.h"

#include "widgets/theme/theme.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace widgets {
namespace {

constexpr QChar minusSign(0x2212);

/// ".03" for "0.03".
QString withoutLeadingZero(QString text)
{
    if (text.startsWith(QStringLiteral("0.")))
        return text.mid(1);
    if (text.startsWith(QStringLiteral("-0.")))
        text.remove(1, 1);
    return text;
}

bool showsZero(const QString& text)
{
    for (const QChar character : text) {
        if (character >= QLatin1Char('1') && character <= QLatin1Char('9'))
            return false;
    }
    return true;
}

} // namespace

std::uint64_t ElementValue::pattern() const
{
    if (!code)
        return std::bit_cast<std::uint32_t>(static_cast<float>(stored));
    const std::uint64_t mask = codeBits >= 64 ? ~std::uint64_t { 0 } : (std::uint64_t { 1 } << codeBits) - 1;
    return static_cast<std::uint64_t>(*code) & mask;
}

ElementValue elementValue(double stored, const std::optional<engine::Quantiser>& quantiser,
                          const std::optional<engine::Quantisation>& quantisation)
{
    ElementValue value { stored, stored, std::nullopt, 8 };
    if (quantisation)
        value.real = quantisation->scale * (stored - static_cast<double>(quantisation->zeroPoint));
    if (quantiser && !std::isnan(stored)) {
        value.code = (*quantiser)(stored);
        value.codeBits = quantiser->bits;
    }
    return value;
}

QString fittingNumber(double value, int characters)
{
    if (std::isnan(value))
        return characters >= 3 ? QStringLiteral("nan") : QString();
    if (std::isinf(value))
        return formatNumber(value, 0);
    if (value == 0)
        return QStringLiteral("0");
    constexpr int digits = 5; // more would claim too much
    const int whole = std::abs(value) < 1 ? 1 : static_cast<int>(std::log10(std::abs(value))) + 1;
    for (int decimals = std::clamp(digits - whole, 0, 4); decimals >= 0; --decimals) {
        const QString text = withoutLeadingZero(QString::number(value, 'f', decimals));
        if (text.size() <= characters && !showsZero(text))
            return QString(text).replace(QLatin1Char('-'), minusSign);
    }
    QString text = QString::number(value, 'e', 0);
    text.remove(QLatin1Char('+')).replace(QStringLiteral("e0"), QStringLiteral("e"));
    text.replace(QStringLiteral("e-0"), QStringLiteral("e-")).replace(QLatin1Char('-'), minusSign);
    if (text.size() > characters
        && std::abs(value) < 1) // too small to say more: ".00", where 0 itself is "0"
        text = (value < 0 ? QString(minusSign) : QString()) + QStringLiteral(".00");
    return text.size() <= characters ? text : QString();
}

QString readableNumber(double value)
{
    const double magnitude = std::abs(value);
    if (!std::isfinite(value) || value == 0)
        return formatNumber(value, 0);
    if (magnitude >= 1e7 || magnitude < 1e-4)
        return QString::number(value, 'e', 3).replace(QLatin1Char('-'), minusSign);
    if (value == std::nearbyint(value))
        return formatNumber(value, 0);
    const int whole = static_cast<int>(std::floor(std::log10(magnitude)));
    return formatNumber(value, qBound(1, whole >= 0 ? 4 : 3 - whole, 7));
}

} // namespace widgets
