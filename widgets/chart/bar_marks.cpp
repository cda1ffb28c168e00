#include "widgets/chart/bar_marks.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double leastMarkedBar = 4; ///< with a deviation on it, on screen [px]

double at(const std::vector<double>& values, std::size_t index)
{
    return index < values.size() ? values[index] : 0;
}

constexpr int crowdedCategories = 200; ///< beyond, gaps would be all one sees

struct Column {
    double left, right;
    int category, series;
};

/// The value and, on top of it, its overhead. Returns the new top of the stack.
double addSeries(std::vector<BarMark>& marks, const analysis::BarChart::Series& series, const Column& column,
                 double base)
{
    const auto category = static_cast<std::size_t>(column.category);
    const double value = at(series.values, category);
    if (!std::isfinite(value) || category >= series.values.size())
        return base;
    const double deviation = at(series.deviation, category);
    BarMark mark { column.left,     column.right,  base,  base + value,
                   column.category, column.series, false, std::isfinite(deviation) ? deviation : 0 };
    const double overhead = at(series.overhead, category);
    const bool hasOverhead = std::isfinite(overhead) && overhead > 0;
    if (hasOverhead)
        mark.deviation = 0;
    marks.push_back(mark);
    if (!hasOverhead)
        return mark.top;
    marks.push_back({ column.left, column.right, mark.top, mark.top + overhead, column.category,
                      column.series, true, std::isfinite(deviation) ? deviation : 0 });
    return mark.top + overhead;
}

double lowestPositive(const std::vector<BarMark>& marks)
{
    double lowest = std::numeric_limits<double>::infinity();
    for (const BarMark& mark : marks) {
        if (mark.top > 0)
            lowest = std::min(lowest, mark.top);
    }
    return lowest;
}

Interval extremes(const std::vector<BarMark>& marks, double from)
{
    Interval range { from, from };
    for (const BarMark& mark : marks) {
        range.lower = std::min({ range.lower, mark.top - mark.deviation, mark.bottom });
        range.upper = std::max({ range.upper, mark.top + mark.deviation, mark.bottom });
    }
    return range;
}

} // namespace

std::vector<BarMark> barMarks(const analysis::BarChart& chart)
{
    std::vector<BarMark> marks;
    const auto count = static_cast<int>(chart.series.size());
    const double share = chart.categories.size() > crowdedCategories ? 1 : groupShare;
    const double width = chart.stacked ? share : share / std::max(1, count);
    for (int category = 0; category < static_cast<int>(chart.categories.size()); ++category) {
        double up = 0;
        double down = 0;
        for (int series = 0; series < count; ++series) {
            const double left = category - share / 2 + (chart.stacked ? 0 : series * width);
            const analysis::BarChart::Series& values = chart.series[static_cast<std::size_t>(series)];
            const bool negative = at(values.values, static_cast<std::size_t>(category)) < 0;
            double& base = negative ? down : up;
            const double top =
                addSeries(marks, values, { left, left + width, category, series }, chart.stacked ? base : 0);
            base = top;
        }
    }
    return marks;
}

Interval barRange(const analysis::BarChart& chart, const std::vector<BarMark>& marks)
{
    if (chart.value.logarithmic) {
        const double lowest = lowestPositive(marks);
        Interval range = extremes(marks, lowest);
        if (chart.reference && chart.reference->value > 0)
            range.upper = std::max(range.upper, chart.reference->value);
        Interval decades = niceLogInterval({ lowest, range.upper });
        if (decades.lower >= lowest) // a bar of the least value must show: counts of 1 from 0.5
            decades.lower = lowest / 2;
        return decades;
    }
    Interval range = extremes(marks, 0);
    if (chart.reference && std::isfinite(chart.reference->value)) {
        range.lower = std::min(range.lower, chart.reference->value);
        range.upper = std::max(range.upper, chart.reference->value);
    }
    if (range.lower == 0 && range.upper == 0 && chart.value.unit == QLatin1String("%"))
        return { 0, 100 }; // nothing there, of all that could be
    return niceInterval(range);
}

QRectF toPixels(const BarMark& mark, const PlotFrame& frame)
{
    const double base = frame.logarithmicY() && mark.bottom <= 0 ? frame.rangeY().lower : mark.bottom;
    double left = frame.toX(mark.left);
    double right = frame.toX(mark.right);
    double top = frame.toY(std::max(mark.top, base));
    double bottom = frame.toY(std::min(mark.top, base));
    if (!frame.look().paper) {
        left = std::round(left);
        right = std::max(left + 1, std::round(right));
        top = std::round(top);
        bottom = std::round(bottom);
    }
    const double least = frame.look().paper ? frame.look().borderWidth : 1;
    if (bottom - top < least / 2 && mark.top != mark.bottom)
        top = bottom - least;
    return { QPointF(left, top), QPointF(right, bottom) };
}

namespace {

bool touches(const BarMark& left, const BarMark& right)
{
    return std::abs(right.left - left.right) < 1e-6 * (right.right - right.left);
}

} // namespace

void drawSilhouette(QPainter& painter, const std::vector<BarMark>& marks, const QColor& colour,
                    const PlotFrame& frame)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double finest = frame.look().paper ? frame.look().px(0.25) : 1;
    QPolygonF outline;
    for (std::size_t i = 0; i < marks.size();) {
        QRectF column = toPixels(marks[i], frame);
        const double end = frame.toX(marks[i].left) + finest;
        bool joined = true;
        // bars too thin to be seen one by one: the tallest of them
        for (++i; i < marks.size() && (joined = touches(marks[i - 1], marks[i]))
             && frame.toX(marks[i].right) < end;
             ++i)
            column = column.united(toPixels(marks[i], frame));
        if (outline.isEmpty())
            outline << column.bottomLeft();
        outline << column.topLeft() << column.topRight();
        if (i < marks.size() && joined)
            continue;
        painter.drawPolygon(outline << column.bottomRight());
        outline.clear();
    }
}

bool barsMerge(const std::vector<BarMark>& marks, const PlotFrame& frame)
{
    if (marks.size() < 2 || marks.front().series != marks.back().series || !touches(marks[0], marks[1]))
        return false;
    return frame.look().paper || frame.toX(marks[0].right) - frame.toX(marks[0].left) < 1;
}

void drawBars(QPainter& painter, const std::vector<BarMark>& marks, const std::vector<Fill>& fills,
              const PlotFrame& frame)
{
    if (marks.empty())
        return;
    const ChartLook& look = frame.look();
    const QRectF view = frame.area();
    const bool edges = !look.paper && frame.toX(marks.front().right) - frame.toX(marks.front().left) >= 4;
    for (const BarMark& mark : marks) {
        QRectF area = toPixels(mark, frame);
        if (area.right() < view.left() || area.left() > view.right())
            continue;
        if (edges) // the panel shows between neighbours and between stacks
            area.adjust(0, 0, -1, mark.bottom != 0 && area.height() > 2 ? -1 : 0);
        drawFill(painter, area.intersected(view.adjusted(-2, -2, 2, 2)),
                 fills[static_cast<std::size_t>(2 * mark.series + (mark.overhead ? 1 : 0))], look);
    }
}

void drawDeviations(QPainter& painter, const std::vector<BarMark>& marks, const PlotFrame& frame)
{
    painter.setPen(QPen(frame.look().text, frame.look().axisWidth, Qt::SolidLine, Qt::FlatCap));
    for (const BarMark& mark : marks) {
        if (mark.deviation <= 0)
            continue;
        const QRectF area = toPixels(mark, frame);
        if (!frame.look().paper && area.width() < leastMarkedBar)
            continue; // the marks would hide the bars; they come back with a closer look
        const double x = frame.look().paper ? area.center().x() : std::round(area.center().x());
        const double cap = std::min(0.3 * area.width(), 0.4 * frame.look().em);
        const double floor =
            frame.logarithmicY() ? frame.rangeY().lower : -std::numeric_limits<double>::infinity();
        const double upper = frame.toY(mark.top + mark.deviation);
        const double lower = frame.toY(std::max(floor, mark.top - mark.deviation));
        painter.drawLine(QPointF(x, upper), QPointF(x, lower));
        painter.drawLine(QPointF(x - cap, upper), QPointF(x + cap, upper));
        painter.drawLine(QPointF(x - cap, lower), QPointF(x + cap, lower));
    }
}

bool coversBars(const QRectF& pixels, const std::vector<BarMark>& marks, const PlotFrame& frame)
{
    return std::ranges::any_of(marks, [&](const BarMark& mark) {
        QRectF area = toPixels(mark, frame);
        if (mark.deviation > 0)
            area.setTop(frame.toY(mark.top + mark.deviation));
        return area.intersects(pixels);
    });
}

} // namespace widgets
