#pragma once

#include <QColor>
#include <QString>

#include <array>

namespace widgets {

enum class ColourMapId { Magnitude, Sparsity, Entropy, Value, Viridis, Cividis };

/// 256 colours from five anchors blended in CIELAB (look.md section 2). Export always uses the light one.
struct ColourMap {
    std::array<QRgb, 256> entries {};
    QRgb zero = 0; ///< own colour of exact zero; used by Sparsity

    static const ColourMap& get(ColourMapId id, bool dark);

    /// `t` in 0..1, clamped.
    QRgb at(double t) const
    {
        return entries[static_cast<std::size_t>(t <= 0 ? 0 : t >= 1 ? 255 : t * 255 + 0.5)];
    }
};

/// Where a non-zero value stands in the Sparsity map, whose entries are those of Magnitude:
/// ((value - lowest) / (highest - lowest))^0.6; codes have `lowest` 1.
double sparsityPosition(double value, double lowest, double highest);

/// CIELAB L*, 0..100.
double lightness(QRgb colour);

/// Black or white, whichever contrasts more.
QColor contrasting(QRgb ground);

/// WCAG 2.1 contrast ratio.
double contrast(const QColor& first, const QColor& second);

} // namespace widgets
