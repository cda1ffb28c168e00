#include "widgets/chart/legend.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

struct Place {
    QRectF swatch;
    QRectF text;
    QString name;
};

struct Arranged {
    std::vector<Place> places;
    double height = 0;
};

double rowHeight(const ChartLook& look)
{
    return QFontMetricsF(look.font).height() + 0.3 * look.em;
}

Arranged arrange(const std::vector<LegendEntry>& entries, double width, const ChartLook& look)
{
    const QFontMetricsF metrics(look.font);
    const double row = rowHeight(look);
    const double swatch = 1.5 * look.em;
    const double gap = 0.5 * look.em;
    Arranged arranged;
    double x = 0;
    double y = 0;
    for (const LegendEntry& entry : entries) {
        const double room = std::max(width - swatch - gap, 3 * look.em);
        const QString name = metrics.elidedText(entry.name, Qt::ElideMiddle, room);
        const double textWidth = metrics.horizontalAdvance(name) + 1;
        if (x > 0 && x + swatch + gap + textWidth > width) {
            x = 0;
            y += row;
        }
        const QRectF icon(x, y + (row - 0.9 * look.em) / 2, swatch, 0.9 * look.em);
        arranged.places.push_back({ icon, QRectF(x + swatch + gap, y, textWidth, row), name });
        x += swatch + gap + textWidth + 1.6 * look.em;
    }
    arranged.height = entries.empty() ? 0 : y + row;
    return arranged;
}

} // namespace

double legendHeight(const std::vector<LegendEntry>& entries, double width, const ChartLook& look)
{
    return arrange(entries, width, look).height;
}

void drawLegend(QPainter& painter, const QPointF& topLeft, const std::vector<LegendEntry>& entries,
                double width, const ChartLook& look)
{
    const Arranged arranged = arrange(entries, width, look);
    painter.setFont(look.font);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Place& place = arranged.places[i];
        entries[i].swatch(painter, place.swatch.translated(topLeft));
        painter.setPen(look.text);
        painter.drawText(place.text.translated(topLeft), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         place.name);
    }
}

QSizeF legendColumnSize(const std::vector<LegendEntry>& entries, const ChartLook& look)
{
    const QFontMetricsF metrics(look.font);
    double width = 0;
    for (const LegendEntry& entry : entries)
        width = std::max(width, metrics.horizontalAdvance(entry.name));
    return { width + 2 * look.em + 2, static_cast<double>(entries.size()) * rowHeight(look) };
}

} // namespace widgets
