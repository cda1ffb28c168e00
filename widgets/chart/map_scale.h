#pragma once

#include "analysis/chart.h"
#include "widgets/chart/ticks.h"

#include <QRgb>
#include <QString>

namespace widgets {

struct ColourMap;
enum class ColourMapId;

ColourMapId colourMapOf(analysis::MapColours colours);

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
    int decimals() const { return m_decimals; } ///< of numbers printed in cells
    Ticks ticks(int target, QChar separator) const;

private:
    enum class Form { Linear, Power, Logarithmic };

    Form m_form = Form::Linear;
    Interval m_range;
    bool m_zeroApart = false;
    bool m_empty = true;
    int m_decimals = 0;
};

} // namespace widgets
