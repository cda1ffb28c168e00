#pragma once

#include "engine/tensor/pyramid.h"
#include "engine/tensor/quantise.h"

#include <QColor>
#include <QString>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace widgets {

/// The question a map answers.
enum class MapMode {
    Sparsity, ///< where the zeros are, and how large the rest
    Value, ///< the numbers, with their sign
    Bits ///< how many bits they need, or one bit of each
};

/// What a cell shows that stands for many values.
enum class CellStatistic { Maximum, Mean, Minimum, Nonzero };

struct ColourSpec {
    MapMode mode = MapMode::Sparsity;
    CellStatistic statistic = CellStatistic::Maximum;
    std::optional<engine::Quantiser> quantiser; ///< none: float values
    double minimum = 0; ///< of the tensor
    double maximum = 0;
    double limit = 0; ///< magnitudes beyond it take the last colour; 0 = the largest there is
    int bit = -1; ///< Bits: the plane shown; -1 = the number of bits a word needs
    bool dark = false;

    double zeroPoint() const; ///< the stored number that means 0
    bool hasNegatives() const;
    double magnitude() const; ///< the limit, or the largest magnitude
};

/// How the values under one cell become the one that is coloured.
enum class Reduction { Minimum, Maximum, Magnitude, Mean, Nonzero };

Reduction reductionFor(const ColourSpec& spec);

/// What a summary says to that.
inline float reduced(const engine::CellSummary& cell, Reduction reduction)
{
    switch (reduction) {
    case Reduction::Minimum:
        return cell.minimum;
    case Reduction::Maximum:
        return cell.maximum;
    case Reduction::Magnitude:
        return -cell.minimum > cell.maximum ? cell.minimum : cell.maximum;
    case Reduction::Mean:
        return cell.mean;
    case Reduction::Nonzero:
        return cell.nonzero;
    }
    return cell.mean;
}

/// Colour of a value, by table; and what its colour bar says.
class ColourScale {
public:
    struct Tick {
        double t = 0; ///< 0 at the foot of the bar, 1 at its head
        QString text;
    };

    ColourScale() = default;
    explicit ColourScale(const ColourSpec& spec);

    QRgb at(float value) const
    {
        if (std::isnan(value))
            return m_missing;
        if (m_zeroApart && value == 0)
            return m_zero;
        switch (m_kind) {
        case Kind::Linear:
            break;
        case Kind::Magnitude:
            value = std::fabs(value);
            break;
        case Kind::Exponent:
            value = static_cast<float>((std::bit_cast<std::uint32_t>(value) >> 23) & 0xFF);
            break;
        case Kind::FloatBit:
            value = static_cast<float>((std::bit_cast<std::uint32_t>(value) >> m_bit) & 1);
            break;
        }
        const float place = std::nearbyint(value * m_factor + m_offset);
        return m_table[static_cast<std::size_t>(std::clamp(place, 0.0F, m_last))];
    }

    QRgb missing() const { return m_missing; }
    QRgb zero() const { return m_zero; }
    QString title() const { return m_title; } ///< "Code", "Non-zero (%)"
    const std::vector<QRgb>& bar() const { return m_bar; } ///< from foot to head
    const std::vector<Tick>& ticks() const { return m_ticks; }
    bool hasZeroSwatch() const { return m_zeroSwatch; }

private:
    enum class Kind { Linear, Magnitude, Exponent, FloatBit };

    void makeNonzero(const ColourSpec& spec);
    void makeCodeSparsity(const ColourSpec& spec);
    void makeFloatSparsity(const ColourSpec& spec);
    void makeValue(const ColourSpec& spec);
    void makeCodeBits(const ColourSpec& spec);
    void makeFloatBits(const ColourSpec& spec);
    void makePlane(int bit);
    void indexByCode(const engine::Quantiser& quantiser, double zeroPoint);
    void setTable(std::vector<QRgb> table);
    void addLinearTicks(double low, double high);

    Kind m_kind = Kind::Linear;
    std::vector<QRgb> m_table { 0xFF000000 };
    float m_factor = 1;
    float m_offset = 0;
    float m_last = 0;
    int m_bit = 0;
    bool m_zeroApart = false;
    bool m_zeroSwatch = false;
    QRgb m_zero = 0;
    QRgb m_missing = 0;
    QString m_title;
    std::vector<QRgb> m_bar;
    std::vector<Tick> m_ticks;
};

/// "1.40", "0.0312", "-1.2e-05" with U+2212: three significant digits.
QString shortNumber(double value);

} // namespace widgets
