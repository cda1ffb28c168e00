#pragma once

#include "widgets/tensor/cell_layout.h"
#include "widgets/tensor/colour_scale.h"
#include "widgets/tensor/element_text.h"
#include "widgets/tensor/map_raster.h"

#include <QPainter>
#include <QRectF>

#include <optional>
#include <vector>

namespace widgets {

/// What is written in cells and how.
struct CellWriting {
    MapMode mode = MapMode::Sparsity;
    std::optional<engine::Quantiser> quantiser;
    bool isWhole = false; ///< the elements are integers

    int bitCount() const { return quantiser ? quantiser->bits : 32; }
    QString number(double stored, int characters) const;
    CellLayout layout(const MapViewport& view) const;
};

/// Marks over the cells of a map. All cells are those of the matrix.
struct MapMarks {
    std::optional<MapCell> selected;
    std::optional<MapCell> hovered;
    int bit = -1; ///< of the selected cell
    std::vector<CellRange> outlines; ///< containers: a block of words
};

/// The cell's rectangle without its gap, in logical pixels from the area's corner.
QRectF inkedRect(const MapViewport& view, const MapCell& cell);

/// Numbers and bits of every visible cell; nothing while cells are too small.
void paintCellTexts(QPainter& painter, const MapViewport& view, const MapValues& values,
                    const ColourScale& scale, const CellWriting& writing);

/// Selection, hover and containers; see look.md section 2.
void paintMarks(QPainter& painter, const MapViewport& view, const MapMarks& marks,
                const CellWriting& writing);

/// A 2 px accent outline.
void paintContainer(QPainter& painter, const QRectF& rect);

} // namespace widgets
