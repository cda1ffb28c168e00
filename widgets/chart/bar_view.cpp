#include "widgets/chart/bar_view.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

BarView::BarView(const analysis::BarChart& chart, PlotFrame plotFrame)
    : KindView(std::move(plotFrame))
    , m_chart(chart)
    , m_marks(barMarks(chart))
    , m_names(splitCategories(chart.categories))
{
    if (m_marks.empty()) {
        showEmpty();
        return;
    }
    const ChartLook& look = frame().look();
    const bool overhead = std::ranges::any_of(m_marks, &BarMark::overhead);
    for (int i = 0; i < static_cast<int>(chart.series.size()); ++i) {
        m_fills.push_back(overhead ? look.payloadFill(i)
                                   : look.seriesFill(i, chart.series[static_cast<std::size_t>(i)].colour));
        m_fills.push_back(look.overheadFill(i));
    }
    buildAxes();
    buildLegend();
    addPainting("main", Clip::Axes, [this](QPainter& painter) {
        if (barsMerge(m_marks, frame()))
            drawSilhouette(painter, m_marks, m_fills.front().colour, frame());
        else
            drawBars(painter, m_marks, m_fills, frame());
    });
    addPainting("main", Clip::Axes, [this](QPainter& painter) { drawDeviations(painter, m_marks, frame()); });
    addPainting("axes", Clip::Nothing, [this](QPainter& painter) { paintLabels(painter); });
    addPainting("axes", Clip::Nothing, [this](QPainter& painter) { paintSelectedValue(painter); });
    if (chart.reference)
        addReference(*chart.reference);
}

void BarView::buildAxes()
{
    const double labels = categoryLabelsHeight(m_names, QFontMetricsF(frame().look().font));
    const double last = static_cast<double>(m_chart.categories.size()) - 0.5;
    frame().setHorizontal(
        { .axis = m_chart.category, .range = { -0.5, last }, .numbered = false, .reserve = labels });
    frame().setVertical({ .axis = m_chart.value, .range = barRange(m_chart, m_marks), .grid = true });
}

void BarView::buildLegend()
{
    const ChartLook look = frame().look();
    const auto swatch = [look](const Fill& fill) {
        return [look, fill](QPainter& painter, const QRectF& area) { drawFill(painter, area, fill, look); };
    };
    const bool overhead = std::ranges::any_of(m_marks, &BarMark::overhead);
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < m_chart.series.size(); ++i)
        entries.push_back({ m_chart.series[i].name, swatch(m_fills[2 * i]) });
    if (overhead) {
        Fill fill = m_fills[1];
        if (m_chart.series.size() > 1)
            fill.colour = fill.outline = look.quiet;
        entries.push_back({ tr("Overhead"), swatch(fill) });
    }
    if (entries.size() > 1)
        addLegend(std::move(entries));
}

CategoryLabels BarView::labels() const
{
    const ChartLook& look = frame().look();
    const QRectF area = frame().area();
    const CategoryRow row { m_names,
                            [this](double category) { return frame().toX(category); },
                            { area.left(), area.right() },
                            area.bottom() + 0.35 * look.em,
                            QFontMetricsF(look.font),
                            highlight() };
    return layOutCategories(row);
}

void BarView::paintLabels(QPainter& painter) const
{
    const ChartLook& look = frame().look();
    const CategoryLabels row = labels();
    painter.setPen(QPen(look.axis, look.axisWidth));
    for (const QLineF& bracket : row.brackets)
        painter.drawLine(bracket);
    for (const CategoryLabels::Text& text : row.texts) {
        const bool strong = text.category >= 0 && text.category == highlight();
        painter.setFont(strong ? look.strongFont : look.font);
        painter.setPen(strong ? look.text : look.quiet);
        painter.drawText(text.area, Qt::AlignCenter | Qt::TextDontClip, text.text);
    }
}

/// Above the bar, or as near to that as the axes leave room.
QRectF BarView::selectedValuePlace(const QRectF& bar, const QFontMetricsF& metrics, const QString& text) const
{
    const QRectF area = frame().area();
    QRectF place(0, bar.top() - metrics.height() - 2, metrics.horizontalAdvance(text) + 4, metrics.height());
    place.moveLeft(bar.center().x() - place.width() / 2);
    place.moveRight(std::min(place.right(), area.right()));
    place.moveTopLeft({ std::max(place.left(), area.left() + 1), std::max(place.top(), area.top()) });
    return place;
}

void BarView::paintSelectedValue(QPainter& painter) const
{
    const QRectF bar = outline(highlight());
    if (!bar.isValid() || m_chart.series.size() != 1 || !frame().area().intersects(bar))
        return;
    const auto category = static_cast<std::size_t>(highlight());
    const ChartLook& look = frame().look();
    painter.setFont(look.strongFont);
    painter.setPen(look.text);
    const QString text = withUnit(m_chart.series.front().values[category], m_chart.value);
    const QRectF place = selectedValuePlace(bar, QFontMetricsF(look.strongFont), text);
    if (covers(place))
        painter.fillRect(place, look.ground);
    painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, text);
}

QString BarView::seriesText(int category, int series) const
{
    const analysis::BarChart::Series& values = m_chart.series[static_cast<std::size_t>(series)];
    const auto at = static_cast<std::size_t>(category);
    if (at >= values.values.size() || !std::isfinite(values.values[at]))
        return tr("no value");
    QString text = withUnit(values.values[at], m_chart.value);
    if (at < values.overhead.size() && std::isfinite(values.overhead[at]))
        text += tr(" + %1 overhead").arg(valueText(values.overhead[at]));
    if (at < values.deviation.size() && std::isfinite(values.deviation[at]))
        text += QStringLiteral(" \u00B1 ") + valueText(values.deviation[at]);
    return text;
}

Hit BarView::hitAt(const QPointF& pixel) const
{
    if (isEmpty() || pixel.x() < frame().area().left() || pixel.x() > frame().area().right()
        || pixel.y() < frame().area().top())
        return {};
    const int category = static_cast<int>(std::lround(frame().fromX(pixel.x())));
    if (category < 0 || category >= count())
        return {};
    for (const BarMark& mark : m_marks) {
        const QRectF area = toPixels(mark, frame());
        const bool inside =
            m_chart.stacked ? area.contains(pixel) : pixel.x() >= area.left() && pixel.x() <= area.right();
        if (mark.element != category || !inside)
            continue;
        const QString& name = m_chart.series[static_cast<std::size_t>(mark.series)].name;
        const QString place = m_chart.categories[category];
        return { category, seriesText(category, mark.series),
                 m_chart.series.size() > 1 ? place + QStringLiteral(", ") + name : place };
    }
    return hit(category);
}

Hit BarView::hit(int element) const
{
    if (element < 0 || element >= count())
        return {};
    QStringList values;
    for (int series = 0; series < static_cast<int>(m_chart.series.size()); ++series) {
        const QString& name = m_chart.series[static_cast<std::size_t>(series)].name;
        const QString text = seriesText(element, series);
        values << (m_chart.series.size() > 1 ? name + QLatin1Char(' ') + text : text);
    }
    return { element, values.join(QLatin1Char('\n')), m_chart.categories[element] };
}

QRectF BarView::outline(int element) const
{
    QRectF all;
    for (const BarMark& mark : m_marks) {
        if (mark.element == element)
            all = all.united(toPixels(mark, frame()));
    }
    return all;
}

bool BarView::covers(const QRectF& pixels) const
{
    return coversBars(pixels, m_marks, frame());
}

QString BarView::summary() const
{
    if (isEmpty())
        return tr("Bar chart without values");
    const Interval range = barRange(m_chart, m_marks);
    return tr("Bar chart, %1 series over %2 categories, %3 from %4 to %5")
        .arg(m_chart.series.size())
        .arg(count())
        .arg(m_chart.value.label(), valueText(range.lower), valueText(range.upper));
}

QStringList BarView::dump() const
{
    QStringList lines;
    for (const BarMark& mark : m_marks)
        lines << QStringLiteral("%1 %2 %3 %4..%5")
                     .arg(m_chart.categories[mark.element],
                          m_chart.series[static_cast<std::size_t>(mark.series)].name,
                          mark.overhead ? QStringLiteral("overhead") : QStringLiteral("value"))
                     .arg(mark.bottom)
                     .arg(mark.top);
    return lines;
}

} // namespace widgets
