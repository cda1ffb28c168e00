#pragma once

#include "widgets/theme/theme.h"

namespace widgets {

/// `share` of one colour over another.
inline QColor mixed(const QColor& over, const QColor& under, float share)
{
    const auto mix = [share](float a, float b) { return share * a + (1 - share) * b; };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()));
}

/// Ground of a time in which a row is open, and the line around it.
inline QColor openGround(const Theme& theme)
{
    return theme.sel;
}
inline QColor openEdge(const Theme& theme)
{
    return mixed(theme.accent, theme.panel, 0.45F);
}

} // namespace widgets
