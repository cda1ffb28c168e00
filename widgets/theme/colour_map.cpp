#include "widgets/theme/colour_map.h"

#include "widgets/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace widgets {

namespace {

struct Lab {
    double l, a, b;
};

constexpr std::array<double, 3> whiteD65 { 0.95047, 1.0, 1.08883 };

double toLinear(int channel)
{
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

int fromLinear(double value)
{
    const double c = value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(std::clamp(c, 0.0, 1.0) * 255));
}

double labCurve(double t)
{
    return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

double labCurveBack(double f)
{
    return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389;
}

Lab toLab(QRgb colour)
{
    const double r = toLinear(qRed(colour));
    const double g = toLinear(qGreen(colour));
    const double b = toLinear(qBlue(colour));
    const double x = labCurve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / whiteD65[0]);
    const double y = labCurve((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / whiteD65[1]);
    const double z = labCurve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / whiteD65[2]);
    return { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

QRgb fromLab(const Lab& colour)
{
    const double fy = (colour.l + 16) / 116;
    const double x = whiteD65[0] * labCurveBack(fy + colour.a / 500);
    const double y = whiteD65[1] * labCurveBack(fy);
    const double z = whiteD65[2] * labCurveBack(fy - colour.b / 200);
    return qRgb(fromLinear(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
                fromLinear(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
                fromLinear(0.0556434 * x - 0.2040259 * y + 1.0572252 * z));
}

QRgb blend(std::span<const QRgb> anchors, double t)
{
    const double place = t * static_cast<double>(anchors.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), anchors.size() - 2);
    const double part = place - static_cast<double>(low);
    const Lab from = toLab(anchors[low]);
    const Lab to = toLab(anchors[low + 1]);
    return fromLab(
        { std::lerp(from.l, to.l, part), std::lerp(from.a, to.a, part), std::lerp(from.b, to.b, part) });
}

constexpr std::array<QRgb, 5> magnitudeLight { 0xFFF6C95C, 0xFFEC8A3C, 0xFFCC4541, 0xFF81225F, 0xFF2B0C40 };
constexpr std::array<QRgb, 5> magnitudeDark { 0xFF7A2F80, 0xFFBC3D66, 0xFFE66A3E, 0xFFF5A93E, 0xFFFCE590 };
constexpr std::array<QRgb, 5> entropyLight { 0xFFF3F6D3, 0xFFAEDBB4, 0xFF55AFBC, 0xFF2A74A6, 0xFF1C2B69 };
constexpr std::array<QRgb, 5> entropyDark { 0xFF22305F, 0xFF2A6797, 0xFF3D9F9F, 0xFF8FCD86, 0xFFF1F3AC };
constexpr std::array<QRgb, 5> valueLight { 0xFF0B3C73, 0xFF4A8FC5, 0xFFF4F5F7, 0xFFE5834C, 0xFF8A2E06 };
constexpr std::array<QRgb, 5> valueDark { 0xFF8CC8F2, 0xFF2F79B5, 0xFF22262C, 0xFFC4602A, 0xFFFFB98A };
/// Equally spaced samples of the tables matplotlib made known under these names.
constexpr std::array<QRgb, 9> viridis { 0xFF440154, 0xFF472D7B, 0xFF3B528B, 0xFF2C728E, 0xFF21918C,
                                        0xFF28AE80, 0xFF5EC962, 0xFFADDC30, 0xFFFDE725 };
constexpr std::array<QRgb, 10> cividis { 0xFF00224E, 0xFF123570, 0xFF3B496C, 0xFF575D6D, 0xFF707173,
                                         0xFF8A8678, 0xFFA59C74, 0xFFC3B369, 0xFFE1CC55, 0xFFFEE838 };

std::span<const QRgb> anchorsOf(ColourMapId id, bool dark)
{
    switch (id) {
    case ColourMapId::Magnitude:
    case ColourMapId::Sparsity:
        return dark ? magnitudeDark : magnitudeLight;
    case ColourMapId::Entropy:
        return dark ? entropyDark : entropyLight;
    case ColourMapId::Value:
        return dark ? valueDark : valueLight;
    case ColourMapId::Viridis:
        return viridis;
    case ColourMapId::Cividis:
        return cividis;
    }
    return magnitudeLight;
}

ColourMap makeMap(ColourMapId id, bool dark)
{
    ColourMap map;
    const std::span<const QRgb> anchors = anchorsOf(id, dark);
    for (std::size_t i = 0; i < map.entries.size(); ++i)
        map.entries[i] = blend(anchors, static_cast<double>(i) / 255);
    map.zero = (dark ? Theme::dark() : Theme::light()).zero.rgb();
    return map;
}

using Family = std::array<ColourMap, 6>;

Family makeFamily(bool dark)
{
    Family family;
    for (std::size_t i = 0; i < family.size(); ++i)
        family[i] = makeMap(static_cast<ColourMapId>(i), dark);
    return family;
}

double luminance(QRgb colour)
{
    return 0.2126 * toLinear(qRed(colour)) + 0.7152 * toLinear(qGreen(colour))
        + 0.0722 * toLinear(qBlue(colour));
}

} // namespace

const ColourMap& ColourMap::get(ColourMapId id, bool dark)
{
    static const std::array<Family, 2> families { makeFamily(false), makeFamily(true) };
    return families[dark ? 1 : 0][static_cast<std::size_t>(id)];
}

double sparsityPosition(double value, double lowest, double highest)
{
    if (highest <= lowest)
        return 1;
    return std::pow(std::clamp((value - lowest) / (highest - lowest), 0.0, 1.0), 0.6);
}

double lightness(QRgb colour)
{
    return toLab(colour).l;
}

QColor contrasting(QRgb ground)
{
    const QColor colour = QColor::fromRgb(ground);
    return contrast(colour, Qt::black) >= contrast(colour, Qt::white) ? QColor(Qt::black) : QColor(Qt::white);
}

double contrast(const QColor& first, const QColor& second)
{
    const double a = luminance(first.rgb()) + 0.05;
    const double b = luminance(second.rgb()) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

} // namespace widgets
