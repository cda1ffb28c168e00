#include "widgets/tensor/colour_scale.h"

#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>

#include <array>

namespace widgets {
namespace {

constexpr int floatSteps = 1024; ///< entries of a table over real values
constexpr int exponentSteps = 24; ///< powers of two told apart below the largest

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::ColourScale", text);
}

const ColourMap& mapOf(ColourMapId id, const ColourSpec& spec)
{
    return ColourMap::get(id, spec.dark);
}

/// Foot colour first: the map itself, or as many steps as there are.
std::vector<QRgb> barOf(const ColourMap& map, int steps = 256)
{
    std::vector<QRgb> bar;
    bar.reserve(static_cast<std::size_t>(steps));
    for (int i = 0; i < steps; ++i)
        bar.push_back(map.at(steps == 1 ? 1.0 : i / (steps - 1.0)));
    return bar;
}

/// 1, 2 or 5 times a power of ten, at least `raw`.
double niceStep(double raw)
{
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : { 1.0, 2.0, 5.0 }) {
        if (factor * power >= raw * 0.999)
            return factor * power;
    }
    return 10 * power;
}

std::int64_t bitLength(std::int64_t magnitude)
{
    return static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(magnitude)));
}

} // namespace

double ColourSpec::zeroPoint() const
{
    return quantiser && quantiser->isWhole ? static_cast<double>(quantiser->zeroPoint) : 0;
}

bool ColourSpec::hasNegatives() const
{
    return minimum < zeroPoint();
}

double ColourSpec::magnitude() const
{
    if (limit > 0)
        return limit;
    const double largest = std::max(std::abs(minimum - zeroPoint()), std::abs(maximum - zeroPoint()));
    return largest > 0 && std::isfinite(largest) ? largest : 1;
}

Reduction reductionFor(const ColourSpec& spec)
{
    switch (spec.statistic) {
    case CellStatistic::Minimum:
        return Reduction::Minimum;
    case CellStatistic::Mean:
        return Reduction::Mean;
    case CellStatistic::Nonzero:
        return Reduction::Nonzero;
    case CellStatistic::Maximum:
        break;
    }
    const bool unsignedColours = spec.mode != MapMode::Value && spec.hasNegatives();
    return unsignedColours ? Reduction::Magnitude : Reduction::Maximum;
}

ColourScale::ColourScale(const ColourSpec& spec)
    : m_zero(mapOf(ColourMapId::Sparsity, spec).zero)
    , m_missing((spec.dark ? Theme::dark() : Theme::light()).panel.rgb())
{
    if (spec.statistic == CellStatistic::Nonzero)
        makeNonzero(spec);
    else if (spec.mode == MapMode::Value)
        makeValue(spec);
    else if (spec.mode == MapMode::Sparsity)
        spec.quantiser ? makeCodeSparsity(spec) : makeFloatSparsity(spec);
    else
        spec.quantiser ? makeCodeBits(spec) : makeFloatBits(spec);
}

void ColourScale::setTable(std::vector<QRgb> table)
{
    m_table = std::move(table);
    m_last = static_cast<float>(m_table.size() - 1);
}

void ColourScale::makeNonzero(const ColourSpec& spec)
{
    m_title = translated(QT_TRANSLATE_NOOP("widgets::ColourScale", "Non-zero (%)"));
    m_bar = barOf(mapOf(ColourMapId::Magnitude, spec));
    setTable(m_bar);
    m_factor = m_last;
    m_zeroApart = m_zeroSwatch = true;
    for (const int percent : { 25, 50, 75, 100 })
        m_ticks.push_back({ percent / 100.0, formatCount(percent) });
}

void ColourScale::indexByCode(const engine::Quantiser& quantiser, double zeroPoint)
{
    const double divisor = quantiser.isWhole ? 1 : quantiser.scale;
    m_factor = static_cast<float>(1 / divisor);
    m_offset = static_cast<float>(-zeroPoint - quantiser.lowest());
}

void ColourScale::makeCodeSparsity(const ColourSpec& spec)
{
    const engine::Quantiser& quantiser = *spec.quantiser;
    const ColourMap& map = mapOf(ColourMapId::Sparsity, spec);
    const double divisor = quantiser.isWhole ? 1 : quantiser.scale;
    const double whole = std::max(std::abs(quantiser.lowest()), quantiser.highest());
    const double top = spec.limit > 0 ? std::clamp(std::round(spec.limit / divisor), 1.0, whole) : whole;
    std::vector<QRgb> table;
    for (std::int32_t code = quantiser.lowest(); code <= quantiser.highest(); ++code)
        table.push_back(code == 0 ? m_zero : map.at(sparsityPosition(std::abs(code), 1, top)));
    setTable(std::move(table));
    indexByCode(quantiser, spec.zeroPoint());
    m_zeroSwatch = true;
    m_bar = barOf(map);
    m_title = translated(QT_TRANSLATE_NOOP("widgets::ColourScale", "Code"));
    m_ticks.push_back({ 0, formatCount(1) });
    for (const int eighth : { 1, 2, 4, 6 }) {
        const double code = std::floor((top + 1) * eighth / 8);
        if (top >= 31)
            m_ticks.push_back({ sparsityPosition(code, 1, top), formatCount(static_cast<qint64>(code)) });
    }
    m_ticks.push_back({ 1, formatCount(static_cast<qint64>(top)) });
}

void ColourScale::makeFloatSparsity(const ColourSpec& spec)
{
    const ColourMap& map = mapOf(ColourMapId::Sparsity, spec);
    std::vector<QRgb> table;
    table.reserve(floatSteps);
    for (int i = 0; i < floatSteps; ++i)
        table.push_back(map.at(sparsityPosition(i, 0, floatSteps - 1)));
    setTable(std::move(table));
    m_kind = Kind::Magnitude;
    m_factor = static_cast<float>(m_last / spec.magnitude());
    m_zeroApart = m_zeroSwatch = true;
    m_bar = barOf(map);
    m_title = translated(spec.hasNegatives() ? QT_TRANSLATE_NOOP("widgets::ColourScale", "Magnitude")
                                             : QT_TRANSLATE_NOOP("widgets::ColourScale", "Value"));
    addLinearTicks(0, spec.magnitude());
    for (Tick& tick : m_ticks)
        tick.t = sparsityPosition(tick.t, 0, 1);
}

void ColourScale::makeValue(const ColourSpec& spec)
{
    const bool centred = spec.hasNegatives();
    const ColourMap& map = mapOf(centred ? ColourMapId::Value : ColourMapId::Magnitude, spec);
    const double high = spec.magnitude();
    const double low = centred ? -high : 0;
    m_bar = barOf(map);
    setTable(m_bar);
    m_factor = static_cast<float>(m_last / (high - low));
    m_offset = static_cast<float>(-(low + spec.zeroPoint()) * m_last / (high - low));
    const bool whole = spec.quantiser && spec.quantiser->isWhole;
    m_title = translated(whole ? QT_TRANSLATE_NOOP("widgets::ColourScale", "Code")
                               : QT_TRANSLATE_NOOP("widgets::ColourScale", "Value"));
    addLinearTicks(low, high);
}

void ColourScale::addLinearTicks(double low, double high)
{
    constexpr double tooClose = 0.07;
    m_ticks.push_back({ 0, shortNumber(low) });
    const double step = niceStep((high - low) / 5);
    const auto first = static_cast<int>(std::ceil(low / step));
    for (int i = first; i * step < high; ++i) {
        const double value = i * step;
        const double t = (value - low) / (high - low);
        if (t > tooClose && t < 1 - tooClose)
            m_ticks.push_back({ t, shortNumber(value) });
    }
    m_ticks.push_back({ 1, shortNumber(high) });
}

void ColourScale::makePlane(int bit)
{
    const QRgb one = m_bar.back();
    m_bar = { one };
    m_zeroSwatch = true;
    m_title = translated(QT_TRANSLATE_NOOP("widgets::ColourScale", "Bit %1")).arg(bit);
    m_ticks = { { 0.5, formatCount(1) } };
}

void ColourScale::makeCodeBits(const ColourSpec& spec)
{
    const engine::Quantiser& quantiser = *spec.quantiser;
    const ColourMap& map = mapOf(ColourMapId::Sparsity, spec);
    const std::int64_t longest =
        std::max<std::int64_t>(1, bitLength(std::max(std::abs(quantiser.lowest()), quantiser.highest())));
    m_bar = barOf(map, static_cast<int>(longest));
    const bool plane = spec.bit >= 0 && spec.bit < quantiser.bits;
    std::vector<QRgb> table;
    for (std::int32_t code = quantiser.lowest(); code <= quantiser.highest(); ++code) {
        const bool isZero = plane ? ((code >> spec.bit) & 1) == 0 : code == 0;
        const std::int64_t length = plane ? longest : bitLength(std::abs(code));
        table.push_back(isZero ? m_zero
                               : m_bar[static_cast<std::size_t>(std::max<std::int64_t>(length, 1) - 1)]);
    }
    setTable(std::move(table));
    indexByCode(quantiser, spec.zeroPoint());
    if (plane) {
        makePlane(spec.bit);
        return;
    }
    m_zeroSwatch = true;
    m_title = translated(QT_TRANSLATE_NOOP("widgets::ColourScale", "Bits"));
    for (std::int64_t length = 1; length <= longest; length += longest > 8 ? 2 : 1)
        m_ticks.push_back(
            { (static_cast<double>(length) - 0.5) / static_cast<double>(longest), formatCount(length) });
}

void ColourScale::makeFloatBits(const ColourSpec& spec)
{
    const ColourMap& map = mapOf(ColourMapId::Sparsity, spec);
    m_bar = barOf(map, exponentSteps);
    if (spec.bit >= 0 && spec.bit < 32) {
        m_kind = Kind::FloatBit;
        m_bit = spec.bit;
        setTable({ m_zero, m_bar.back() });
        makePlane(spec.bit);
        return;
    }
    m_kind = Kind::Exponent;
    setTable(m_bar);
    m_zeroApart = m_zeroSwatch = true;
    const int largest = std::ilogb(spec.magnitude());
    m_offset = static_cast<float>(exponentSteps - 1 - (largest + 127));
    m_title = translated(QT_TRANSLATE_NOOP("widgets::ColourScale", "Power of 2"));
    for (int below = 0; below < exponentSteps; below += 4)
        m_ticks.push_back({ (exponentSteps - 0.5 - below) / exponentSteps, formatCount(largest - below) });
}

QString shortNumber(double value)
{
    if (!std::isfinite(value))
        return formatNumber(value, 0);
    const double magnitude = std::abs(value);
    if (value == 0)
        return formatCount(0);
    if (magnitude >= 1e6 || magnitude < 1e-3) {
        QString text = QString::number(value, 'e', 1);
        return text.replace(QLatin1Char('-'), QChar(0x2212));
    }
    const int whole = static_cast<int>(std::floor(std::log10(magnitude)));
    return formatNumber(value, std::clamp(2 - whole, 0, 5));
}

} // namespace widgets
