#pragma once

#include "analysis/chart.h"
#include "widgets/chart/ticks.h"

#include <QRgb>
#include <QString>

#include <algorithm>
#include <cmath>
#include <vector>

namespace widgets {

struct ColourMap;
enum class ColourMapId;

ColourMapId colourMapOf(analysis::MapColours colours);

enum class MapForm { Linear, Power, Logarithmic };

/// Colours of many values by table, without a power per cell. Not finite = transparent.
class MapLookup {
public:
    QRgb operator()(float value) const
    {
        if (!std::isfinite(value))
            return 0;
        if (m_zeroApart && value == 0)
            return m_zero;
        const double place = (key(value) - m_first) * m_scale + 0.5;
        return m_table[static_cast<std::size_t>(std::clamp(place, 0.0, m_last))];
    }

private:
    friend class MapScale;

    /// What the table is even in.
    double key(double value) const
    {
        switch (m_form) {
        case MapForm::Linear:
            break;
        case MapForm::Power:
            return std::abs(value);
        case MapForm::Logarithmic:
            return std::log2(std::max(value, m_least));
        }
        return value;
    }

    std::vector<QRgb> m_table;
    MapForm m_form = MapForm::Linear;
    double m_least = 0;
    double m_first = 0;
    double m_scale = 1;
    double m_last = 0;
    bool m_zeroApart = false;
    QRgb m_zero = 0;
};

/// From a cell's value to its place on the colour bar.
///
/// Diverging is centred on 0 with equal limits; Sparsity gives exact 0 a colour of its own and the rest
/// ((|v| - lowest) / (highest - lowest))^0.6, where whole numbers start at 1; a logarithmic value axis
/// spreads decades evenly and sets 0 apart too. Source  look.md section 2.
class MapScale {
public:
    explicit MapScale(const analysis::MapChart& chart);

    bool isEmpty() const { return m_empty; } ///< no finite value
    bool hasZero() const { return m_zeroApart; } ///< 0 is a swatch below the bar
    Interval range() const { return m_range; }
    double position(double value) const; ///< 0..1 on the bar
    double valueAt(double position) const;
    QRgb colour(float value, const ColourMap& map) const; ///< of a finite value
    MapLookup lookup(const ColourMap& map) const;
    int decimals() const { return m_decimals; } ///< of numbers printed in cells
    Ticks ticks(int target, QChar separator) const;

private:
    MapForm m_form = MapForm::Linear;
    Interval m_range;
    bool m_zeroApart = false;
    bool m_empty = true;
    int m_decimals = 0;
};

} // namespace widgets
