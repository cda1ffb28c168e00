#pragma once

#include <QColor>

class QPainter;
class QRectF;

namespace widgets {

/// The fixed order of export.md; told apart in black and white print.
enum class Hatch { None, Forward, Backward, Cross, Dots, Horizontal, Vertical, Grid };

/// Hatch of the series at `index`: the first is plain.
Hatch hatchOf(int index);

struct HatchPen {
    double pitch; ///< between lines [painter units]
    double line; ///< thickness of a line [painter units]
    QColor colour;
};

/// Fills `area` with lines of a fixed pitch, whatever the resolution.
///
/// Every stripe is cut to the area by computation, not by clipping, because QSvgGenerator of Qt 6.4 ignores
/// clips and brush patterns keep one device pixel at 600 dpi. Stripes of neighbouring areas line up.
void drawHatch(QPainter& painter, const QRectF& area, Hatch hatch, const HatchPen& pen);

} // namespace widgets
