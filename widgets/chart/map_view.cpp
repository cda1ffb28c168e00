#include "widgets/chart/map_view.h"

#include "widgets/chart/map_bar.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

constexpr double numberedCell = 28; ///< least width of a cell with its number printed [px]
constexpr double gappedCell = 12; ///< least size of a cell with a gap around it [px]
constexpr int paperCellPixels =
    600; ///< readers smooth small images: they get this many pixels a side at least

double snapped(double pixel, bool paper)
{
    return paper ? pixel : std::round(pixel);
}

} // namespace

MapView::MapView(const analysis::MapChart& chart, PlotFrame plotFrame)
    : KindView(std::move(plotFrame))
    , m_chart(chart)
    , m_scale(chart)
{
    if (isEmpty()) {
        showEmpty();
        return;
    }
    frame().setHorizontal({ .axis = chart.x, .range = { -0.5, chart.columns - 0.5 }, .integers = true });
    frame().setVertical(
        { .axis = chart.y, .range = { -0.5, chart.rows - 0.5 }, .integers = true, .reversed = true });
    buildImage();
    addPainting("main", Clip::Axes, [this](QPainter& painter) { paintCells(painter); });
    const MapBar bar { m_scale, chart.value.label(), colourMapOf(chart.colours), m_missing };
    frame().addColumn(
        [this, bar] { return bar.width(frame()); },
        [this, bar](QPainter& painter, const QRect& cell) { bar.paint(painter, cell.left(), frame()); });
}

float MapView::value(int row, int column) const
{
    const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(m_chart.columns)
        + static_cast<std::size_t>(column);
    return at < m_chart.values.size() ? m_chart.values[at] : std::numeric_limits<float>::quiet_NaN();
}

void MapView::buildImage()
{
    const ColourMap map = frame().look().map(colourMapOf(m_chart.colours));
    m_missing = m_chart.values.size() < static_cast<std::size_t>(count())
        || std::ranges::any_of(m_chart.values, [](float each) { return !std::isfinite(each); });
    // without alpha unless it is needed: a PDF stores a second image for it
    m_image = QImage(m_chart.columns, m_chart.rows, m_missing ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    const MapLookup colour = m_scale.lookup(map);
    for (int row = 0; row < m_chart.rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
        for (int column = 0; column < m_chart.columns; ++column)
            line[column] = colour(value(row, column));
    }
}

QRectF MapView::cellArea(int row, int column) const
{
    const bool paper = frame().look().paper;
    return { QPointF(snapped(frame().toX(column - 0.5), paper), snapped(frame().toY(row - 0.5), paper)),
             QPointF(snapped(frame().toX(column + 0.5), paper), snapped(frame().toY(row + 0.5), paper)) };
}

MapView::Window MapView::window() const
{
    const auto cell = [](double coordinate, int size) {
        return std::clamp(static_cast<int>(std::lround(coordinate)), 0, size - 1);
    };
    const Interval x = frame().rangeX();
    const Interval y = frame().rangeY();
    return { cell(y.lower, m_chart.rows), cell(y.upper, m_chart.rows), cell(x.lower, m_chart.columns),
             cell(x.upper, m_chart.columns) };
}

void MapView::paintCells(QPainter& painter) const
{
    const ChartLook& look = frame().look();
    const Window seen = window();
    const QRect source(seen.left, seen.top, seen.right - seen.left + 1, seen.bottom - seen.top + 1);
    const QRectF target(cellArea(seen.top, seen.left).topLeft(),
                        cellArea(seen.bottom, seen.right).bottomRight());
    if (m_missing)
        drawHatch(painter, target.intersected(frame().area()), Hatch::Forward,
                  { look.hatchPitch, look.hatchLine, look.missing });
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    QImage picture = source == m_image.rect() ? m_image : m_image.copy(source);
    if (look.paper) {
        const int larger = std::max(picture.width(), picture.height());
        const int times = std::max(1, paperCellPixels / std::max(1, larger));
        picture = picture.scaled(picture.size() * times, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    }
    painter.drawImage(target, picture);
    const QRectF cell = cellArea(seen.top, seen.left);
    if (!look.paper && std::min(cell.width(), cell.height()) >= gappedCell)
        paintGaps(painter, seen);
    paintNumbers(painter, seen);
}

void MapView::paintGaps(QPainter& painter, const Window& window) const
{
    const QRectF area = frame().area();
    for (int column = window.left; column <= window.right; ++column)
        painter.fillRect(QRectF(cellArea(0, column).right() - 1, area.top(), 1, area.height()),
                         frame().look().ground);
    for (int row = window.top; row <= window.bottom; ++row)
        painter.fillRect(QRectF(area.left(), cellArea(row, 0).bottom() - 1, area.width(), 1),
                         frame().look().ground);
}

void MapView::paintNumbers(QPainter& painter, const Window& window) const
{
    const ChartLook& look = frame().look();
    const QFontMetricsF metrics(look.font);
    const QRectF first = cellArea(window.top, window.left);
    if (first.width() < look.px(numberedCell) || first.height() < 1.2 * metrics.height())
        return;
    const ColourMap map = look.map(colourMapOf(m_chart.colours));
    const int decimals = m_scale.decimals();
    painter.setFont(look.font);
    for (int row = window.top; row <= window.bottom; ++row) {
        for (int column = window.left; column <= window.right; ++column) {
            const float each = value(row, column);
            if (!std::isfinite(each))
                continue;
            const QString text = formatNumber(each, decimals).replace(QChar(0x2009), look.separator);
            const QRectF cell = cellArea(row, column);
            if (metrics.horizontalAdvance(text) > cell.width() - look.px(4))
                continue;
            painter.setPen(contrasting(m_scale.colour(each, map)));
            painter.drawText(cell, Qt::AlignCenter | Qt::TextDontClip, text);
        }
    }
}

Hit MapView::hitAt(const QPointF& pixel) const
{
    if (isEmpty() || !frame().area().contains(pixel))
        return {};
    const int column = static_cast<int>(std::lround(frame().fromX(pixel.x())));
    const int row = static_cast<int>(std::lround(frame().fromY(pixel.y())));
    if (column < 0 || column >= m_chart.columns || row < 0 || row >= m_chart.rows)
        return {};
    return hit(row * m_chart.columns + column);
}

Hit MapView::hit(int element) const
{
    if (isEmpty() || element < 0 || element >= count())
        return {};
    const int row = element / m_chart.columns;
    const int column = element % m_chart.columns;
    const float each = value(row, column);
    const auto name = [](const analysis::Axis& axis, const QString& fallback) {
        return axis.title.isEmpty() ? fallback : axis.title;
    };
    return { element, std::isfinite(each) ? withUnit(each, m_chart.value) : tr("no value"),
             QStringLiteral("%1 %2, %3 %4")
                 .arg(name(m_chart.y, tr("row")))
                 .arg(row)
                 .arg(name(m_chart.x, tr("column")))
                 .arg(column) };
}

QRectF MapView::outline(int element) const
{
    if (element < 0 || element >= count())
        return {};
    return cellArea(element / m_chart.columns, element % m_chart.columns);
}

void MapView::paintMark(QPainter& painter, int element, bool selected) const
{
    const QRectF cell = outline(element);
    if (!cell.isValid())
        return;
    painter.setClipRect(frame().area());
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&](const QColor& colour, double width, double outset, Qt::PenStyle style) {
        painter.setPen(QPen(colour, width, style, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(cell.adjusted(-outset, -outset, outset, outset));
    };
    // black inside white: seen on every colour
    if (selected)
        ring(Qt::white, 4, 0, Qt::SolidLine);
    else
        ring(Qt::white, 1, 0, Qt::SolidLine);
    ring(Qt::black, selected ? 2 : 1, 0, selected ? Qt::SolidLine : Qt::DashLine);
}

int MapView::neighbour(int element, Qt::Key key) const
{
    if (element < 0)
        return 0;
    const int row = element / m_chart.columns;
    const int column = element % m_chart.columns;
    const int down = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    const int right = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    return std::clamp(row + down, 0, m_chart.rows - 1) * m_chart.columns
        + std::clamp(column + right, 0, m_chart.columns - 1);
}

QString MapView::summary() const
{
    if (isEmpty())
        return tr("Map without values");
    return tr("Map of %1 by %2 cells, %3 from %4 to %5")
        .arg(m_chart.rows)
        .arg(m_chart.columns)
        .arg(m_chart.value.label(), valueText(m_scale.range().lower), valueText(m_scale.range().upper));
}

QStringList MapView::dump() const
{
    QStringList lines {
        QStringLiteral("scale %1..%2").arg(m_scale.range().lower).arg(m_scale.range().upper)
    };
    for (int row = 0; row < m_chart.rows; ++row) {
        QString line;
        for (int column = 0; column < m_chart.columns; ++column)
            line += QStringLiteral("%1 ").arg(static_cast<double>(value(row, column)));
        lines << line;
    }
    return lines;
}

} // namespace widgets
