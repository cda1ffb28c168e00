#include "widgets/tensor/map_frame.h"

#include "widgets/theme/theme.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <vector>

namespace widgets {
namespace {

constexpr double numberMargin = 6;

/// 1, 2, 5, 10, 20, ...: at least `room` pixels between numbers.
std::int64_t labelStep(double scale, double room)
{
    std::int64_t step = 1;
    for (int i = 0; static_cast<double>(step) * scale < room; ++i)
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    return step;
}

struct Label {
    double centre = 0;
    std::int64_t number = 0;
    bool selected = false;
};

/// Numbers along one axis: round ones, and the selected one, which pushes its neighbours aside.
template <typename Centre>
std::vector<Label> labelsOf(std::int64_t first, std::int64_t count, std::int64_t step, double room,
                            std::int64_t selected, Centre centre)
{
    std::vector<Label> labels;
    const bool shown = selected >= first && selected < first + count;
    const double taken = shown ? centre(selected) : 0;
    for (std::int64_t number = (first + step - 1) / step * step; number < first + count; number += step) {
        const Label label { centre(number), number, false };
        if (!shown || std::abs(label.centre - taken) >= room)
            labels.push_back(label);
    }
    if (shown)
        labels.push_back({ taken, selected, true });
    return labels;
}

void paintLabel(QPainter& painter, const Label& label, const QRectF& rect, Qt::Alignment alignment)
{
    const Theme& theme = Theme::current();
    QFont font = monoFont(11);
    font.setBold(label.selected);
    painter.setFont(font);
    painter.setPen(label.selected ? theme.text : theme.text2);
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextDontClip, QString::number(label.number));
}

double labelWidth(std::int64_t number)
{
    return QFontMetricsF(monoFont(11)).horizontalAdvance(QString::number(number));
}

} // namespace

double rowNumbersWidth(std::int64_t rows)
{
    return std::ceil(labelWidth(std::max<std::int64_t>(rows - 1, 10)) + 2 * numberMargin);
}

void paintAxisNumbers(QPainter& painter, const MapViewport& view, const QRectF& area,
                      const std::optional<MapCell>& selected)
{
    if (view.isEmpty())
        return;
    constexpr double rowRoom = 14;
    const double ratio = view.pixelRatio();
    const CellRange visible = view.visible();
    const double columnRoom = labelWidth(visible.column + visible.columns - 1) + numberMargin;
    const auto middle = [ratio](int from, int to) { return (from + to) / 2.0 / ratio; };
    const auto columns =
        labelsOf(visible.column, visible.columns, labelStep(view.scaleX() / ratio, columnRoom), columnRoom,
                 selected ? selected->column : -1, [&](std::int64_t column) {
                     return area.left() + middle(view.left(column), view.left(column + 1));
                 });
    for (const Label& label : columns) {
        if (label.centre >= area.left() && label.centre <= area.right())
            paintLabel(painter, label, { label.centre - columnRoom, area.top() - 18, 2 * columnRoom, 16 },
                       Qt::AlignHCenter | Qt::AlignVCenter);
    }
    const auto rows = labelsOf(visible.row, visible.rows, labelStep(view.scaleY() / ratio, rowRoom), rowRoom,
                               selected ? selected->row : -1, [&](std::int64_t row) {
                                   return area.top() + middle(view.top(row), view.top(row + 1));
                               });
    for (const Label& label : rows) {
        if (label.centre >= area.top() && label.centre <= area.bottom())
            paintLabel(painter, label, { 0, label.centre - 8, area.left() - numberMargin, 16 },
                       Qt::AlignRight | Qt::AlignVCenter);
    }
}

} // namespace widgets
