#include "widgets/tensor/map_viewport.h"

#include <algorithm>
#include <cmath>

namespace widgets {
namespace {

constexpr double largestFit = 96; ///< a 3 x 3 kernel need not fill the window [logical px a value]
constexpr double largestScale = 256; ///< [logical px a value]
constexpr double narrowest = 48; ///< a vector is drawn as a band this wide where there is room [logical px]

constexpr double mostOblong = 8; ///< how much longer than wide a stretched cell may be
constexpr double largestStretch = 48; ///< of an oblong cell [logical px]

double clampOrigin(double origin, std::int64_t extent, int pixels, double scale)
{
    return std::clamp(origin, 0.0, std::max(0.0, static_cast<double>(extent) - pixels / scale));
}

} // namespace

void MapViewport::setContent(std::int64_t rows, std::int64_t columns)
{
    if (rows == m_rows && columns == m_columns)
        return;
    m_rows = rows;
    m_columns = columns;
    fit();
}

void MapViewport::setArea(const QSize& pixels, double pixelRatio)
{
    const double change = pixelRatio / m_ratio;
    m_area = pixels;
    m_ratio = pixelRatio;
    if (m_fitted) {
        fit();
        return;
    }
    m_scaleX *= change;
    m_scaleY *= change;
    clamp();
}

double MapViewport::fittingScale() const
{
    const double across = m_area.width() / static_cast<double>(m_columns);
    const double down = m_area.height() / static_cast<double>(m_rows);
    const double scale = std::min({ across, down, largestFit * m_ratio });
    // Whole pixels a value where that costs little room: all cells alike.
    return scale >= 4 ? std::floor(scale) : scale;
}

/// A scale along one axis that fills its pixels as far as stretched cells may.
double MapViewport::stretched(double scale, int pixels, std::int64_t extent) const
{
    if (!m_stretchable)
        return scale;
    const double most = std::min(scale * mostOblong, std::max(scale, largestStretch * m_ratio));
    const double filling = std::clamp(pixels / static_cast<double>(extent), scale, most);
    return filling >= 4 ? std::max(scale, std::floor(filling)) : filling;
}

void MapViewport::setStretchable(bool stretchable)
{
    if (stretchable == m_stretchable)
        return;
    m_stretchable = stretchable;
    if (m_fitted)
        fit();
}

void MapViewport::fit()
{
    m_origin = {};
    m_fitted = true;
    if (isEmpty())
        return;
    const double scale = fittingScale();
    m_scaleX = stretched(scale, m_area.width(), m_columns);
    m_scaleY = stretched(scale, m_area.height(), m_rows);
    const double band = narrowest * m_ratio;
    m_scaleX = std::max(m_scaleX, std::min<double>(band, m_area.width()) / static_cast<double>(m_columns));
    m_scaleY = std::max(m_scaleY, std::min<double>(band, m_area.height()) / static_cast<double>(m_rows));
}

void MapViewport::zoom(const QPointF& anchor, double stepsX, double stepsY)
{
    if (isEmpty())
        return;
    const double least = std::min(fittingScale(), m_ratio);
    const double most = largestScale * m_ratio;
    const double newX = std::clamp(m_scaleX * std::pow(2.0, stepsX / 2), std::min(least, m_scaleX), most);
    const double newY = std::clamp(m_scaleY * std::pow(2.0, stepsY / 2), std::min(least, m_scaleY), most);
    m_origin.rx() += anchor.x() / m_scaleX - anchor.x() / newX;
    m_origin.ry() += anchor.y() / m_scaleY - anchor.y() / newY;
    m_scaleX = newX;
    m_scaleY = newY;
    m_fitted = false;
    clamp();
}

void MapViewport::pan(const QPointF& pixels)
{
    moveTo(m_origin - QPointF(pixels.x() / m_scaleX, pixels.y() / m_scaleY));
}

void MapViewport::moveTo(const QPointF& originInCells)
{
    const QPointF before = m_origin;
    m_origin = originInCells;
    clamp();
    if (m_origin != before)
        m_fitted = false;
}

void MapViewport::show(const CellRange& cells)
{
    const auto scrolled = [](double origin, std::int64_t first, std::int64_t count, double shown) {
        const double latest = static_cast<double>(first);
        const double earliest = static_cast<double>(first + count) - shown;
        return std::clamp(origin, std::min(earliest, latest), latest);
    };
    moveTo({ scrolled(m_origin.x(), cells.column, cells.columns, m_area.width() / m_scaleX),
             scrolled(m_origin.y(), cells.row, cells.rows, m_area.height() / m_scaleY) });
}

void MapViewport::centre(const MapCell& cell)
{
    moveTo({ static_cast<double>(cell.column) + 0.5 - m_area.width() / m_scaleX / 2,
             static_cast<double>(cell.row) + 0.5 - m_area.height() / m_scaleY / 2 });
}

void MapViewport::clamp()
{
    if (isEmpty())
        return;
    m_origin.setX(clampOrigin(m_origin.x(), m_columns, m_area.width(), m_scaleX));
    m_origin.setY(clampOrigin(m_origin.y(), m_rows, m_area.height(), m_scaleY));
}

int MapViewport::left(std::int64_t column) const
{
    return static_cast<int>(std::lround((static_cast<double>(column) - m_origin.x()) * m_scaleX));
}

int MapViewport::top(std::int64_t row) const
{
    return static_cast<int>(std::lround((static_cast<double>(row) - m_origin.y()) * m_scaleY));
}

QRect MapViewport::rectOf(const CellRange& cells) const
{
    const QPoint corner(left(cells.column), top(cells.row));
    const QPoint end(left(cells.column + cells.columns), top(cells.row + cells.rows));
    return { corner, QSize(end.x() - corner.x(), end.y() - corner.y()) };
}

std::optional<MapCell> MapViewport::cellAt(const QPointF& position) const
{
    if (isEmpty() || position.x() < 0 || position.y() < 0 || position.x() >= m_area.width()
        || position.y() >= m_area.height())
        return std::nullopt;
    const double x = std::floor(position.x());
    const double y = std::floor(position.y());
    // The cell whose whole-pixel edges hold the pixel may be a neighbour of the one arithmetic names.
    MapCell cell { static_cast<std::int64_t>(m_origin.y() + y / m_scaleY),
                   static_cast<std::int64_t>(m_origin.x() + x / m_scaleX) };
    if (left(cell.column + 1) <= x)
        ++cell.column;
    else if (left(cell.column) > x)
        --cell.column;
    if (top(cell.row + 1) <= y)
        ++cell.row;
    else if (top(cell.row) > y)
        --cell.row;
    const CellRange all { 0, 0, m_rows, m_columns };
    return all.contains(cell) ? std::optional(cell) : std::nullopt;
}

CellRange MapViewport::visible() const
{
    if (isEmpty())
        return {};
    const auto first = [](double origin) { return static_cast<std::int64_t>(std::floor(origin)); };
    const auto last = [](double origin, int pixels, double scale, std::int64_t extent) {
        return std::min(extent, static_cast<std::int64_t>(std::ceil(origin + pixels / scale)));
    };
    CellRange range;
    range.row = first(m_origin.y());
    range.column = first(m_origin.x());
    range.rows = last(m_origin.y(), m_area.height(), m_scaleY, m_rows) - range.row;
    range.columns = last(m_origin.x(), m_area.width(), m_scaleX, m_columns) - range.column;
    return range;
}

int MapViewport::level(int levelCount) const
{
    double cell = std::sqrt(m_scaleX * m_scaleY);
    int level = 0;
    while (level < levelCount && cell < 0.5) {
        cell *= 4;
        ++level;
    }
    return level;
}

} // namespace widgets
