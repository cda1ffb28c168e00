#include "widgets/chart/histogram_view.h"

#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

constexpr double leastCount = 0.5; ///< of a logarithmic axis, so that a count of 1 shows
constexpr double zeroShare = 1.0 / 40; ///< width of the zero bar, of the whole range

} // namespace

HistogramView::HistogramView(const analysis::HistogramChart& chart, PlotFrame plotFrame)
    : KindView(std::move(plotFrame))
    , m_chart(chart)
{
    buildMarks();
    if (isEmpty()) {
        showEmpty();
        return;
    }
    buildAxes();
    const Fill plain { frame().look().categories[0] };
    const Fill grey { frame().look().zeroBar };
    addPainting("main", Clip::Axes, [this, plain, grey](QPainter& painter) {
        if (barsMerge(m_bins, frame()))
            drawSilhouette(painter, m_bins, plain.colour, frame());
        else
            drawBars(painter, m_bins, { plain }, frame());
        if (hasZeros())
            drawFill(painter, toPixels(m_zero, frame()), grey, frame().look());
    });
    if (hasZeros())
        addPainting("axes", Clip::Nothing, [this](QPainter& painter) { paintZeroLabels(painter); });
}

void HistogramView::buildMarks()
{
    for (int bin = 0; bin < count(); ++bin) {
        const double counted = m_chart.counts[static_cast<std::size_t>(bin)];
        m_total += counted;
        if (counted > 0)
            m_bins.push_back({ binLeft(bin), binLeft(bin + 1), 0, counted, bin });
    }
    m_total += m_chart.zeros.value_or(0);
    const double range = std::max(1, count()) * m_chart.width;
    const double width = std::max(1.3 * m_chart.width, range * zeroShare);
    const double right = m_chart.first - 0.8 * width;
    m_zero = { right - width, right, 0, m_chart.zeros.value_or(0), -1 };
}

void HistogramView::buildAxes()
{
    double highest = m_zero.top;
    for (const BarMark& bin : m_bins)
        highest = std::max(highest, bin.top);
    Interval counts = niceInterval({ 0, highest });
    if (m_chart.count.logarithmic)
        counts = { leastCount, niceLogInterval({ 1, std::max(10.0, highest) }).upper };
    const double pad = 0.5 * (m_zero.right - m_zero.left);
    const double left = hasZeros() ? m_zero.left - pad : m_chart.first;
    AxisSetup horizontal { .axis = m_chart.value, .range = { left, binLeft(std::max(1, count())) } };
    if (hasZeros()) // the zero bar has a number of its own: none beside it
        horizontal.firstTick =
            m_chart.first + (m_chart.first < 0 ? 0.06 : 0.02) * (horizontal.range.upper - m_chart.first);
    frame().setHorizontal(horizontal);
    frame().setVertical({ .axis = m_chart.count, .range = counts, .grid = true });
}

QString HistogramView::share(double counted) const
{
    const double percent = 100 * counted / m_total;
    return tr("%1 %").arg(formatNumber(percent, percent > 0 && percent < 0.1 ? 3 : 1));
}

QString HistogramView::zeroText() const
{
    const QString text =
        m_chart.zeroKind == analysis::ZeroKind::Words ? tr("zero words %1 (%2)") : tr("zeros %1 (%2)");
    return text.arg(valueText(m_zero.top), share(m_zero.top))
        .replace(QChar(0x2009), frame().look().separator);
}

void HistogramView::paintZeroLabels(QPainter& painter) const
{
    const ChartLook& look = frame().look();
    const QRectF bar = toPixels(m_zero, frame());
    const QRectF area = frame().area();
    if (bar.left() < area.left() - 1 || bar.right() > area.right() + 1)
        return;
    painter.setPen(look.text);
    painter.setFont(look.strongFont);
    const double below = area.bottom() + 0.35 * look.em + look.tickOutside;
    const QFontMetricsF strong(look.strongFont);
    painter.drawText(QRectF(bar.center().x() - 2 * look.em, below, 4 * look.em, strong.height()),
                     Qt::AlignCenter | Qt::TextDontClip,
                     m_chart.first < 0 ? QStringLiteral("= 0") : QStringLiteral("0"));
    painter.setFont(look.font);
    const QFontMetricsF metrics(look.font);
    const double width = metrics.horizontalAdvance(zeroText()) + 1;
    const double lowest = area.bottom() - 0.2 * look.em - metrics.height();
    QRectF place(bar.right() + 0.4 * look.em, std::min(bar.top(), lowest), width, metrics.height());
    // beside the top of the zero bar, unless bins are in the way: then in the first free height above them
    while (covers(place) && place.top() > area.top())
        place.translate(0, -1);
    place.moveTop(std::max(place.top(), area.top()));
    if (covers(place))
        painter.fillRect(place, look.ground);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, zeroText());
}

Hit HistogramView::hitAt(const QPointF& pixel) const
{
    if (isEmpty() || !frame().area().adjusted(0, 0, 1, 1).contains(pixel))
        return {};
    const QRectF zero = toPixels(m_zero, frame());
    if (hasZeros() && pixel.x() >= zero.left() && pixel.x() < zero.right())
        return { -1, valueText(m_zero.top) + QStringLiteral(" (") + share(m_zero.top) + QLatin1Char(')'),
                 m_chart.zeroKind == analysis::ZeroKind::Words ? tr("zero words") : tr("exact zeros") };
    return hit(static_cast<int>(std::floor((frame().fromX(pixel.x()) - m_chart.first) / m_chart.width)));
}

Hit HistogramView::hit(int element) const
{
    if (element < 0 || element >= count())
        return {};
    const double counted = m_chart.counts[static_cast<std::size_t>(element)];
    const QString unit =
        m_chart.value.unit.isEmpty() ? QString() : QLatin1Char(' ') + analysis::shownUnit(m_chart.value.unit);
    return { element, valueText(counted) + QStringLiteral(" (") + share(counted) + QLatin1Char(')'),
             tr("%1 to %2%3").arg(valueText(binLeft(element)), valueText(binLeft(element + 1)), unit) };
}

QRectF HistogramView::outline(int element) const
{
    const auto bin = std::ranges::find(m_bins, element, &BarMark::element);
    return bin == m_bins.end() ? QRectF() : toPixels(*bin, frame());
}

bool HistogramView::covers(const QRectF& pixels) const
{
    return coversBars(pixels, m_bins, frame())
        || (hasZeros() && toPixels(m_zero, frame()).intersects(pixels));
}

QString HistogramView::summary() const
{
    if (isEmpty())
        return tr("Histogram without values");
    const QString text = tr("Histogram of %1 values in %2 bins from %3 to %4")
                             .arg(valueText(m_total))
                             .arg(count())
                             .arg(valueText(m_chart.first), valueText(binLeft(count())));
    return hasZeros() ? text + QStringLiteral(", ") + zeroText() : text;
}

QStringList HistogramView::dump() const
{
    QStringList lines;
    if (hasZeros())
        lines << QStringLiteral("zeros %1").arg(m_zero.top);
    for (const BarMark& bin : m_bins)
        lines << QStringLiteral("%1..%2 %3").arg(bin.left).arg(bin.right).arg(bin.top);
    return lines;
}

} // namespace widgets
