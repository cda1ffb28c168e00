#include "widgets/tensor/map_overlay.h"

#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QPen>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace widgets {
namespace {

/// Black or white on each colour, worked out once a paint.
class Inks {
public:
    const QColor& on(QRgb ground)
    {
        const auto known = m_known.find(ground);
        return known != m_known.end() ? known->second
                                      : m_known.emplace(ground, contrasting(ground)).first->second;
    }

private:
    std::unordered_map<QRgb, QColor> m_known;
};

struct CellPainter {
    QPainter& painter;
    const CellWriting& writing;
    const CellLayout& layout;
    QRectF area; ///< beyond it text would be cut off, and read as another number

    void paint(const QRectF& cell, float value) const
    {
        const QString text = writing.number(static_cast<double>(value), layout.numberCharacters());
        QRectF place(QPointF(), layout.textSize(text));
        place.moveCenter(cell.center());
        if (!area.contains(place))
            return;
        if (layout.hasNumber())
            painter.drawText(layout.numberRect(cell), Qt::AlignCenter | Qt::TextDontClip, text);
        if (!layout.hasBits())
            return;
        const std::uint64_t pattern =
            elementValue(static_cast<double>(value), writing.quantiser, std::nullopt).pattern();
        for (int line = 0; line < layout.bitLines(); ++line)
            painter.drawText(layout.bitLineRect(cell, line),
                             Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                             layout.bitLineText(pattern, line));
    }
};

/// A frame of `width` pixels inside `rect`.
void frame(QPainter& painter, const QRectF& rect, double inset, double width, const QColor& colour)
{
    const QRectF outer = rect.adjusted(inset, inset, -inset, -inset);
    painter.fillRect(QRectF(outer.left(), outer.top(), outer.width(), width), colour);
    painter.fillRect(QRectF(outer.left(), outer.bottom() - width, outer.width(), width), colour);
    painter.fillRect(QRectF(outer.left(), outer.top(), width, outer.height()), colour);
    painter.fillRect(QRectF(outer.right() - width, outer.top(), width, outer.height()), colour);
}

/// Cells of a few pixels are marked by a frame around them.
QRectF atLeast(const QRectF& rect, double side)
{
    const double x = std::max(0.0, (side - rect.width()) / 2);
    const double y = std::max(0.0, (side - rect.height()) / 2);
    return rect.adjusted(-x, -y, x, y);
}

void paintSelected(QPainter& painter, const QRectF& cell)
{
    const QRectF outer = atLeast(cell, 5).adjusted(-1, -1, 1, 1);
    frame(painter, outer, 0, 1, Qt::white);
    frame(painter, outer, 1, 2, Qt::black);
    if (cell.width() >= 8)
        frame(painter, outer, 3, 1, Qt::white);
}

void paintHovered(QPainter& painter, const QRectF& cell)
{
    const QRectF outer = atLeast(cell, 5);
    frame(painter, outer, 0, 1, Qt::white);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 1, Qt::DashLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawRect(outer.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace

QString CellWriting::number(double stored, int characters) const
{
    if (std::isnan(stored))
        return {};
    const bool asCode = quantiser && (mode != MapMode::Value || quantiser->isWhole);
    if (!asCode && !isWhole)
        return fittingNumber(stored, characters);
    const QString text =
        formatCount(asCode ? (*quantiser)(stored) : std::llround(stored)).remove(QChar(0x2009));
    return text.size() <= characters ? text : fittingNumber(stored, characters);
}

CellLayout CellWriting::layout(const MapViewport& view) const
{
    const double gap = view.hasGaps() ? 1 : 0;
    CellLayout::Wish wish;
    wish.number = view.showsNumbers();
    wish.bits = view.showsBits() || (mode == MapMode::Bits && view.showsNumbers());
    wish.bitCount = bitCount();
    return { QSizeF(view.scaleX() / view.pixelRatio() - gap, view.scaleY() / view.pixelRatio() - gap), wish };
}

QRectF inkedRect(const MapViewport& view, const MapCell& cell)
{
    const QRect pixels = view.rectOf(cell);
    const double ratio = view.pixelRatio();
    const int gap = view.hasGaps() ? std::max(1, qRound(ratio)) : 0;
    return { pixels.left() / ratio, pixels.top() / ratio, (pixels.width() - gap) / ratio,
             (pixels.height() - gap) / ratio };
}

void paintCellTexts(QPainter& painter, const MapViewport& view, const MapValues& values,
                    const ColourScale& scale, const CellWriting& writing)
{
    const CellLayout layout = writing.layout(view);
    if (!layout.hasNumber() && !layout.hasBits())
        return;
    Inks inks;
    painter.setFont(layout.font());
    const QRectF area(QPointF(), QSizeF(view.area()) / view.pixelRatio());
    const CellPainter cells { painter, writing, layout, area };
    const CellRange visible = view.visible();
    for (std::int64_t row = visible.row; row < visible.row + visible.rows; ++row) {
        const float* line =
            values.rows.first + (row - values.window.row) * static_cast<std::int64_t>(values.rows.stride);
        for (std::int64_t column = visible.column; column < visible.column + visible.columns; ++column) {
            const float value = line[column - values.window.column];
            if (std::isnan(value))
                continue;
            const QRgb ground = scale.at(value);
            const bool isZero = scale.hasZeroSwatch() && ground == scale.zero();
            painter.setPen(isZero ? Theme::current().mut : inks.on(ground));
            cells.paint(inkedRect(view, { row, column }), value);
        }
    }
}

void paintContainer(QPainter& painter, const QRectF& rect)
{
    frame(painter, rect.adjusted(-1, -1, 1, 1), 0, 2, Theme::current().accent);
}

void paintMarks(QPainter& painter, const MapViewport& view, const MapMarks& marks, const CellWriting& writing)
{
    const CellRange all { 0, 0, view.rows(), view.columns() };
    const auto inside = [&all](const std::optional<MapCell>& cell) { return cell && all.contains(*cell); };
    for (const CellRange& range : marks.outlines) {
        const QRectF first = inkedRect(view, { range.row, range.column });
        const QRectF last = inkedRect(view, { range.row + range.rows - 1, range.column + range.columns - 1 });
        paintContainer(painter, atLeast(first.united(last), 3));
    }
    if (inside(marks.hovered) && marks.hovered != marks.selected)
        paintHovered(painter, inkedRect(view, *marks.hovered));
    if (!inside(marks.selected))
        return;
    const QRectF cell = inkedRect(view, *marks.selected);
    paintSelected(painter, cell);
    const CellLayout layout = writing.layout(view);
    if (layout.hasBits() && marks.bit >= 0 && marks.bit < writing.bitCount())
        paintContainer(painter, layout.bitRect(cell, marks.bit));
}

} // namespace widgets
