#include "widgets/chart/ticks.h"

#include "widgets/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {

namespace {

constexpr int axisSteps = 5;
constexpr double slack = 1e-9;
constexpr int leastPlainExponent = -3; ///< of a logarithmic axis without powers: 0.001
constexpr int mostPlainExponent = 5; ///< 100 000

int exponentOf(double value)
{
    return static_cast<int>(std::floor(std::log10(std::abs(value)) + slack));
}

/// Decimals that tell neighbouring multiples of `step` apart.
int decimalsFor(double step)
{
    for (int decimals = 0; decimals < 12; ++decimals) {
        const double scaled = step * std::pow(10.0, decimals);
        if (std::abs(scaled - std::round(scaled)) < 1e-6 * scaled)
            return decimals;
    }
    return 12;
}

QString grouped(double value, int decimals, QChar separator)
{
    return formatNumber(value, decimals).replace(QChar(0x2009), separator);
}

QString powerText(double mantissa, int decimals, int exponent)
{
    const QString power = QStringLiteral("10") + raised(exponent);
    if (std::abs(mantissa - 1) < slack)
        return power;
    return formatNumber(mantissa, decimals) + QChar(0x00D7) + power;
}

/// Labels of a linear axis, all in one form: plain numbers, or multiples of one power of ten.
QVector<QString> linearLabels(const QVector<double>& ticks, double step, QChar separator)
{
    double largest = 0;
    for (const double tick : ticks)
        largest = std::max(largest, std::abs(tick));
    const bool plain = largest == 0 || (largest < 1e6 && step >= 1e-4);
    const int exponent = plain ? 0 : exponentOf(largest);
    const double unit = std::pow(10.0, exponent);
    const int decimals = decimalsFor(step / unit);
    QVector<QString> labels;
    for (const double tick : ticks) {
        if (plain || tick == 0)
            labels << grouped(tick, plain ? decimals : 0, separator);
        else
            labels << powerText(tick / unit, decimals, exponent);
    }
    return labels;
}

Ticks linearTicks(const TickRequest& request)
{
    double step = niceStep(request.range.size(), request.target);
    if (request.integers)
        step = std::max(1.0, step == 2.5 ? 5.0 : step);
    Ticks ticks;
    const double first = std::ceil(request.range.lower / step - slack);
    const double last = std::floor(request.range.upper / step + slack);
    for (double k = first; k <= last; ++k)
        ticks.major << k * step;
    ticks.labels = linearLabels(ticks.major, step, request.separator);
    return ticks;
}

/// Labels of a logarithmic axis, all in one form: plain numbers, or powers of ten.
QVector<QString> logLabels(const QVector<double>& ticks, QChar separator)
{
    const bool plain = std::ranges::all_of(ticks, [](double tick) {
        return exponentOf(tick) >= leastPlainExponent && exponentOf(tick) <= mostPlainExponent;
    });
    QVector<QString> labels;
    for (const double tick : ticks) {
        const int exponent = exponentOf(tick);
        labels << (plain ? grouped(tick, std::max(0, -exponent), separator)
                         : powerText(tick / std::pow(10.0, exponent), 0, exponent));
    }
    return labels;
}

void addMarks(Ticks& ticks, const TickRequest& request, int exponent, bool labelBetween)
{
    for (int digit = 1; digit <= 9; ++digit) {
        const double value = digit * std::pow(10.0, exponent);
        if (value < request.range.lower * (1 - slack) || value > request.range.upper * (1 + slack))
            continue;
        const bool labelled = digit == 1 || (labelBetween && (digit == 2 || digit == 5));
        (labelled ? ticks.major : ticks.minor) << value;
    }
}

Ticks logTicks(const TickRequest& request)
{
    const int first = exponentOf(request.range.lower);
    const int last = exponentOf(request.range.upper);
    const double decades = std::log10(request.range.upper / request.range.lower);
    const int stride = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, request.target))));
    Ticks ticks;
    for (int exponent = first; exponent <= last; ++exponent) {
        if (exponent % stride == 0)
            addMarks(ticks, request, exponent, decades < 2);
    }
    if (stride > 1)
        ticks.minor.clear();
    ticks.labels = logLabels(ticks.major, request.separator);
    return ticks.major.size() >= 2 ? ticks : linearTicks(request);
}

} // namespace

Ticks makeTicks(const TickRequest& request)
{
    if (!(request.range.size() > 0) || !std::isfinite(request.range.size()))
        return {};
    return request.logarithmic && request.range.lower > 0 ? logTicks(request) : linearTicks(request);
}

double niceStep(double span, int target)
{
    const double raw = span / std::max(1, target);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double mantissa : { 1.0, 2.0, 2.5, 5.0 }) {
        if (raw <= mantissa * power * (1 + slack))
            return mantissa * power;
    }
    return 10 * power;
}

Interval niceInterval(Interval values)
{
    if (!std::isfinite(values.size()) || values.size() < 0)
        return {};
    if (values.size() == 0) {
        if (values.lower == 0)
            return {};
        values = { std::min(0.0, values.lower), std::max(0.0, values.upper) };
    }
    const double step = niceStep(values.size(), axisSteps);
    return { std::floor(values.lower / step + slack) * step, std::ceil(values.upper / step - slack) * step };
}

Interval niceLogInterval(Interval values)
{
    if (!(values.lower > 0) || !std::isfinite(values.upper))
        return { 0.1, 1 };
    const double lower = std::pow(10.0, std::floor(std::log10(values.lower) + slack));
    const double upper = std::pow(10.0, std::ceil(std::log10(values.upper) - slack));
    return { lower, upper > lower ? upper : lower * 10 };
}

QString valueText(double value)
{
    if (!std::isfinite(value) || value == 0)
        return formatNumber(value, 0);
    const int exponent = exponentOf(value);
    if (exponent < -3 || exponent > 8) {
        const QString mantissa = formatNumber(value / std::pow(10.0, exponent), 3);
        return mantissa + QChar(0x00D7) + QStringLiteral("10") + raised(exponent);
    }
    const int decimals = std::clamp(3 - exponent, 0, 6);
    QString text = formatNumber(value, decimals);
    while (decimals > 0 && text.endsWith(QLatin1Char('0')))
        text.chop(1);
    if (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

QString raised(int exponent)
{
    static constexpr std::array<char16_t, 10> digits {
        u'\u2070', u'\u00B9', u'\u00B2', u'\u00B3', u'\u2074',
        u'\u2075', u'\u2076', u'\u2077', u'\u2078', u'\u2079'
    };
    QString text = exponent < 0 ? QString(QChar(u'\u207B')) : QString();
    for (const QChar digit : QString::number(std::abs(exponent)))
        text += QChar(digits[static_cast<std::size_t>(digit.digitValue())]);
    return text;
}

} // namespace widgets
