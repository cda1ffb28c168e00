#pragma once

#include "engine/tensor/plane.h"
#include "engine/tensor/pyramid.h"
#include "widgets/tensor/colour_scale.h"
#include "widgets/tensor/map_viewport.h"

#include <QImage>

namespace widgets {

/// How the cells of a view become pixels.
struct MapInk {
    const MapViewport& view;
    const ColourScale& scale;
    Reduction reduction = Reduction::Maximum;
    QRgb ground = 0; ///< where there is no cell, and in the gaps
    QRgb hatch = 0; ///< lines over cells without a value
};

/// Values of a window of the matrix; it must cover what is visible.
struct MapValues {
    engine::PlaneReader::Rows rows;
    CellRange window;
};

/// Fills an image of the view's size from the values themselves.
void paintValues(QImage& image, const MapInk& ink, const MapValues& values);

/// The same from level `number` (1 = the first, 4 x 4 values a cell; 0 = summaries in place of the values).
void paintLevel(QImage& image, const MapInk& ink, const engine::Pyramid::Level& level, int number);

} // namespace widgets
