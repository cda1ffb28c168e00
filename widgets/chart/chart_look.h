#pragma once

#include "widgets/chart/figure_style.h"
#include "widgets/chart/hatch.h"

#include <QColor>
#include <QFont>
#include <QList>

#include <array>

class QPainter;
class QPointF;
class QRectF;

namespace widgets {

struct ColourMap;
struct Theme;
enum class ColourMapId;

/// How one area is filled.
struct Fill {
    QColor colour;
    Hatch hatch = Hatch::None;
    QColor outline = {}; ///< invalid: none
    QColor ground = {}; ///< behind a hatch; invalid: that of the chart
};

enum class Marker { Disc, Square, Triangle, Diamond, Plus };

/// One series as a line or as points.
struct Stroke {
    QColor colour;
    QList<qreal> dash = {}; ///< in line widths; empty = solid
    Marker marker = Marker::Disc;
};

/// Everything a drawing needs to know about its medium. The views draw the same chart on screen and on paper
/// from two of these. All lengths in layout pixels.
struct ChartLook {
    QFont font; ///< tick labels, legend
    QFont titleFont; ///< axis titles
    QFont strongFont; ///< the selected category, the value on it
    double em = 11; ///< height of the tick labels
    QColor ground, text, quiet, axis, gridLine, missing, zeroBar;
    std::array<QColor, 8> categories;
    double axisWidth = 1;
    double lineWidth = 2;
    double markerSize = 7;
    double borderWidth = 1;
    double hatchPitch = 6;
    double hatchLine = 1.6;
    double tickInside = 0;
    double tickOutside = 4;
    bool box = false; ///< axes on all four sides
    bool grid = true;
    bool hatches = false; ///< from the second series on
    bool endLabels = true; ///< a line's name at its end instead of a legend
    bool legendOnTop = true;
    bool paper = false; ///< exact edges and antialiasing everywhere; no snapping to pixels
    bool darkMaps = false;
    bool greyscale = false;
    QChar separator = QChar(0x2009); ///< between thousands

    /// A length given in pixels of the screen, where tick labels are 11 high.
    double px(double screenPixels) const { return screenPixels * em / 11; }

    /// `colour` is a place among the categories; -1 = that of the index.
    Fill seriesFill(int index, int colour = -1) const;
    Fill payloadFill(int index) const; ///< of a series with overhead on top: a body behind its hatch
    Fill overheadFill(int index) const; ///< hatched part on top of a series
    Stroke seriesStroke(int index, int colour = -1) const;
    ColourMap map(ColourMapId id) const;
    QColor shown(const QColor& colour) const; ///< grey in the proof
};

ChartLook screenLook(const Theme& theme);

/// Points become `dpi` / 72 layout pixels. Fonts have whole pixels, so that no device resolves them with its
/// own dpi: at 720 dpi text sizes are exact to 0.1 pt.
ChartLook paperLook(const FigureStyle& style, int dpi);

/// The grey of the same lightness L*.
QColor greyOf(const QColor& colour);

void drawFill(QPainter& painter, const QRectF& area, const Fill& fill, const ChartLook& look);
void drawMarker(QPainter& painter, const QPointF& centre, const Stroke& stroke, double size);

} // namespace widgets
