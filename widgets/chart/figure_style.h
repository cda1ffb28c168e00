#pragma once

#include "analysis/export/writers.h"

#include <QString>

namespace widgets {

/// The colours of the series on paper.
enum class FigurePalette {
    OkabeIto, ///< the order of look.md section 2
    TolBright, ///< Paul Tol's bright scheme
    Grey ///< dark to light, for black and white print
};

/// How a chart is drawn on paper; the presets of export.md fill it.
struct FigureStyle {
    analysis::FigureSize size = {};
    double axisPt = 0.5;
    QString fontFamily = QStringLiteral("Liberation Sans");
    bool ticksInside = true;
    bool legendOnTop = true; ///< else inside the axes, where there is room
    bool hatches = true;
    bool grid = false;
    bool greyscale = false; ///< the proof for black and white print
    bool lightGround = true;
    int rasterDpi = 600; ///< PNG only
    FigurePalette palette = FigurePalette::OkabeIto;
    bool textAsOutlines = false; ///< SVG only: glyphs as paths, for readers without the font

    bool operator==(const FigureStyle& other) const;
};

} // namespace widgets
