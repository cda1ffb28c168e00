#include "widgets/chart/end_labels.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double movedPixels = 3; ///< from here on a label no longer seems to belong to its line

/// From the top down no label starts before the one above has ended; then back up where that ran out of room.
std::vector<double> spread(const std::vector<EndLabel>& sorted, double height, const QRectF& area)
{
    std::vector<double> places;
    for (const EndLabel& label : sorted) {
        const double wanted = std::clamp(label.y, area.top(), area.bottom());
        places.push_back(places.empty() ? wanted : std::max(wanted, places.back() + height));
    }
    double limit = area.bottom();
    for (std::size_t i = places.size(); i-- > 0;) {
        places[i] = std::min(places[i], limit);
        limit = places[i] - height;
    }
    return places;
}

} // namespace

double endLabelsWidth(const QStringList& names, const ChartLook& look)
{
    const QFontMetricsF metrics(look.font);
    double widest = 0;
    for (const QString& name : names)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    return widest + 1.5 * look.em;
}

void drawEndLabels(QPainter& painter, std::vector<EndLabel> labels, const PlotFrame& frame)
{
    const ChartLook& look = frame.look();
    const QRectF area = frame.area();
    const double height = QFontMetricsF(look.font).height();
    std::ranges::sort(labels, {}, &EndLabel::y);
    const std::vector<double> places = spread(labels, height, area);
    painter.setFont(look.font);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (std::abs(places[i] - labels[i].y) > movedPixels)
            drawMarker(painter, { area.right() + 0.8 * look.em, places[i] }, labels[i].stroke, 0.6 * look.em);
        painter.setPen(look.text);
        painter.drawText(QRectF(area.right() + 1.3 * look.em, places[i] - height / 2, 1, height),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, labels[i].name);
    }
}

} // namespace widgets
