#include "widgets/chart/map_scale.h"

#include "widgets/theme/colour_map.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace widgets {

namespace {

constexpr double sparsityPower = 0.6;
constexpr int tableSize = 4096;

struct Facts {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
    double lowestSize = std::numeric_limits<double>::infinity(); ///< least magnitude above 0
    bool whole = true;
    bool zeros = false;
};

Facts look(const std::vector<float>& values)
{
    Facts facts;
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        facts.lowest = std::min<double>(facts.lowest, value);
        facts.highest = std::max<double>(facts.highest, value);
        facts.whole = facts.whole && value == std::floor(value);
        if (value == 0)
            facts.zeros = true;
        else
            facts.lowestSize = std::min<double>(facts.lowestSize, std::abs(value));
    }
    return facts;
}

} // namespace

ColourMapId colourMapOf(analysis::MapColours colours)
{
    switch (colours) {
    case analysis::MapColours::Magnitude:
        return ColourMapId::Magnitude;
    case analysis::MapColours::Sparsity:
        return ColourMapId::Sparsity;
    case analysis::MapColours::Entropy:
        return ColourMapId::Entropy;
    case analysis::MapColours::Diverging:
        return ColourMapId::Value;
    }
    return ColourMapId::Magnitude;
}

MapScale::MapScale(const analysis::MapChart& chart)
{
    const Facts facts = look(chart.values);
    m_empty = !(facts.lowest <= facts.highest) || chart.rows <= 0 || chart.columns <= 0;
    if (m_empty)
        return;
    m_range = { facts.lowest, facts.highest };
    const double size = std::max(std::abs(facts.lowest), std::abs(facts.highest));
    if (!facts.whole)
        m_decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 4);
    if (chart.colours == analysis::MapColours::Diverging) {
        m_range = { size > 0 ? -size : -1, size > 0 ? size : 1 };
    } else if (chart.colours == analysis::MapColours::Sparsity) {
        m_form = MapForm::Power;
        m_zeroApart = true;
        m_range = { facts.whole ? 1 : std::min(facts.lowestSize, size),
                    std::max(size, facts.whole ? 1.0 : 0.0) };
    } else if (chart.value.logarithmic && facts.highest > 0) {
        m_form = MapForm::Logarithmic;
        m_zeroApart = facts.zeros;
        m_range = { std::min(facts.lowestSize, facts.highest), facts.highest };
    }
    if (m_range.size() <= 0) // one value only
        m_range.upper = m_form == MapForm::Logarithmic ? m_range.lower * 10 : m_range.lower + 1;
}

double MapScale::position(double value) const
{
    double t = 0;
    switch (m_form) {
    case MapForm::Linear:
        t = (value - m_range.lower) / m_range.size();
        break;
    case MapForm::Power:
        return sparsityPosition(std::abs(value), m_range.lower, m_range.upper);
    case MapForm::Logarithmic:
        t = value > 0 ? std::log(value / m_range.lower) / std::log(m_range.upper / m_range.lower) : 0;
        break;
    }
    return std::clamp(t, 0.0, 1.0);
}

double MapScale::valueAt(double position) const
{
    switch (m_form) {
    case MapForm::Linear:
        break;
    case MapForm::Power:
        return m_range.lower + m_range.size() * std::pow(position, 1 / sparsityPower);
    case MapForm::Logarithmic:
        return m_range.lower * std::pow(m_range.upper / m_range.lower, position);
    }
    return m_range.lower + m_range.size() * position;
}

QRgb MapScale::colour(float value, const ColourMap& map) const
{
    return m_zeroApart && value == 0 ? map.zero : map.at(position(value));
}

MapLookup MapScale::lookup(const ColourMap& map) const
{
    MapLookup lookup;
    lookup.m_form = m_form;
    lookup.m_least = m_range.lower;
    lookup.m_zeroApart = m_zeroApart;
    lookup.m_zero = map.zero;
    lookup.m_first = lookup.key(m_range.lower);
    const double step = (lookup.key(m_range.upper) - lookup.m_first) / (tableSize - 1);
    lookup.m_scale = 1 / step;
    lookup.m_last = tableSize - 1;
    for (int i = 0; i < tableSize; ++i) {
        const double key = lookup.m_first + i * step;
        lookup.m_table.push_back(map.at(position(m_form == MapForm::Logarithmic ? std::exp2(key) : key)));
    }
    return lookup;
}

Ticks MapScale::ticks(int target, QChar separator) const
{
    Ticks ticks = makeTicks({ m_range, target, false, m_form == MapForm::Logarithmic, separator });
    if (m_form != MapForm::Power)
        return ticks;
    // the scale is dense at its upper end: the lower end gets its own mark
    if (!ticks.major.isEmpty() && ticks.major.front() > m_range.lower) {
        ticks.major.prepend(m_range.lower);
        ticks.labels.prepend(valueText(m_range.lower).replace(QChar(0x2009), separator));
    }
    return ticks;
}

} // namespace widgets
