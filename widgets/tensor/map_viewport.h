#pragma once

#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QSize>

#include <cstdint>
#include <optional>

namespace widgets {

/// A cell of a matrix.
struct MapCell {
    std::int64_t row = 0;
    std::int64_t column = 0;

    bool operator==(const MapCell&) const = default;
};

/// A rectangle of cells.
struct CellRange {
    std::int64_t row = 0;
    std::int64_t column = 0;
    std::int64_t rows = 0;
    std::int64_t columns = 0;

    bool operator==(const CellRange&) const = default;
    bool isEmpty() const { return rows <= 0 || columns <= 0; }
    bool contains(const MapCell& cell) const
    {
        return cell.row >= row && cell.row < row + rows && cell.column >= column
            && cell.column < column + columns;
    }
};

/// Which part of a matrix lies where on the screen. Pure arithmetic.
///
/// Units  positions in device pixels from the area's corner, scale in device pixels a value; thresholds of
///        look.md in logical pixels, hence the pixel ratio.
class MapViewport {
public:
    static constexpr double gapFrom = 12; ///< cells from here on have a gap of one pixel
    static constexpr double numbersFrom = 28; ///< numbers are printed
    static constexpr double bitsFrom = 72; ///< and bits

    void setContent(std::int64_t rows, std::int64_t columns); ///< keeps the view where the size is the same
    /// Whether fit() may make cells oblong, to fill the area: for rows and columns that are not a picture's.
    void setStretchable(bool stretchable);
    void setArea(const QSize& pixels, double pixelRatio);

    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    const QSize& area() const { return m_area; }
    double pixelRatio() const { return m_ratio; }
    double scaleX() const { return m_scaleX; }
    double scaleY() const { return m_scaleY; }
    QPointF origin() const { return m_origin; } ///< in cells: what is at the corner
    bool isEmpty() const { return m_rows <= 0 || m_columns <= 0 || m_area.isEmpty(); }

    void fit(); ///< all of it
    bool isFitted() const { return m_fitted; }
    /// Steps of the square root of 2; what is under `anchor` stays there.
    void zoom(const QPointF& anchor, double stepsX, double stepsY);
    void pan(const QPointF& pixels); ///< the content moves with the pointer
    void moveTo(const QPointF& originInCells);
    void show(const CellRange& cells); ///< scrolls as little as needed
    void centre(const MapCell& cell);

    int left(std::int64_t column) const; ///< first pixel of a column; whole pixels
    int top(std::int64_t row) const;
    QRect rectOf(const CellRange& cells) const; ///< gaps included
    QRect rectOf(const MapCell& cell) const { return rectOf({ cell.row, cell.column, 1, 1 }); }
    std::optional<MapCell> cellAt(const QPointF& position) const;
    CellRange visible() const; ///< cells of which at least a pixel shows

    /// How coarse a level to draw: 0 the values, i cells of 4^i x 4^i values; half a pixel to two a cell.
    int level(int levelCount) const;

    bool hasGaps() const { return smallest() >= gapFrom; }
    bool showsNumbers() const { return smallest() >= numbersFrom; }
    bool showsBits() const { return smallest() >= bitsFrom; }

private:
    double smallest() const { return qMin(m_scaleX, m_scaleY) / m_ratio; }
    double fittingScale() const;
    double stretched(double scale, int pixels, std::int64_t extent) const;
    void clamp();

    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    QSize m_area;
    double m_ratio = 1;
    double m_scaleX = 1;
    double m_scaleY = 1;
    QPointF m_origin;
    bool m_fitted = true;
    bool m_stretchable = false;
};

} // namespace widgets
