#include "widgets/chart/ticks.h"
#include "widgets/dram/timeline_colours.h"
#include "widgets/dram/timeline_paint.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using engine::dram::CommandKind;

namespace {

constexpr double swatch = 11;
constexpr double gapToText = 5;
constexpr double gapBetween = 14;

QString tr(const char* text)
{
    return QCoreApplication::translate("widgets::CommandTimeline", text);
}

enum class Sign { Mark, Open, Miss, Conflict };

struct LegendItem {
    QString text;
    Sign sign = Sign::Mark;
    CommandKind kind = {};
};

std::vector<LegendItem> legendItems()
{
    return { { tr("ACT"), Sign::Mark, CommandKind::Activate },
             { tr("RD"), Sign::Mark, CommandKind::Read },
             { tr("WR"), Sign::Mark, CommandKind::Write },
             { tr("PRE"), Sign::Mark, CommandKind::Precharge },
             { tr("REF"), Sign::Mark, CommandKind::Refresh },
             { tr("row open"), Sign::Open, {} },
             { tr("row miss"), Sign::Miss, {} },
             { tr("row conflict"), Sign::Conflict, {} } };
}

/// Calls `place(item, x, line)` for each; returns how many lines there are.
template <typename Place>
int layOut(const QFontMetricsF& metrics, double width, Place place)
{
    double x = 0;
    int line = 0;
    for (const LegendItem& item : legendItems()) {
        const double wide = swatch + gapToText + metrics.horizontalAdvance(item.text);
        if (x > 0 && x + wide > width) {
            x = 0;
            ++line;
        }
        place(item, x, line);
        x += wide + gapBetween;
    }
    return line + 1;
}

void paintSign(QPainter& painter, const LegendItem& item, const QRectF& box)
{
    const Theme& theme = Theme::current();
    if (item.sign == Sign::Mark) {
        painter.fillRect(box, commandColour(item.kind));
        return;
    }
    painter.save();
    if (item.sign == Sign::Open) {
        painter.setPen(openEdge(theme));
        painter.setBrush(openGround(theme));
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.text, 1));
        painter.setBrush(item.sign == Sign::Conflict ? QBrush(theme.text) : QBrush(Qt::NoBrush));
        painter.drawPolygon(QPolygonF { QPointF(box.left() + 1.5, box.top() + 2.5),
                                        QPointF(box.right() - 1.5, box.top() + 2.5),
                                        QPointF(box.center().x(), box.bottom() - 2.5) });
    }
    painter.restore();
}

} // namespace

int legendRows(const QFontMetricsF& metrics, double width)
{
    return layOut(metrics, width, [](const LegendItem&, double, int) {});
}

void paintLegend(QPainter& painter, double left, double width)
{
    painter.setFont(uiFont(11));
    const QFontMetricsF metrics(painter.font());
    layOut(metrics, width, [&](const LegendItem& item, double x, int line) {
        const double middle = (line + 0.5) * TimelineLayout::legendHeight;
        paintSign(painter, item, QRectF(left + x, std::round(middle - swatch / 2), swatch, swatch));
        painter.setPen(Theme::current().text);
        painter.drawText(
            QPointF(left + x + swatch + gapToText, middle + (metrics.ascent() - metrics.descent()) / 2),
            item.text);
    });
}

void paintAxis(QPainter& painter, const TimelineScene& scene)
{
    const Theme& theme = Theme::current();
    const QRectF area = scene.layout.area();
    const double bottom = std::round(area.bottom()) + 0.5;
    const Ticks ticks = makeTicks({ .range = { scene.layout.first(), scene.layout.last() },
                                    .target = std::max(2, static_cast<int>(area.width() / 90)),
                                    .integers = true });
    painter.setFont(uiFont(11));
    const QFontMetricsF metrics(painter.font());
    double free = area.left() - 40;
    for (qsizetype i = 0; i < ticks.major.size(); ++i) {
        const double x = std::round(scene.layout.x(ticks.major[i])) + 0.5;
        if (x < area.left() - 1 || x > area.right() + 1)
            continue;
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(x, area.top()), QPointF(x, bottom));
        painter.setPen(theme.ctl);
        painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + 4));
        const QString label = formatCount(std::llround(ticks.major[i]));
        const double wide = metrics.horizontalAdvance(label);
        if (x - wide / 2 < free)
            continue;
        painter.setPen(theme.text2);
        painter.drawText(QRectF(x - wide / 2 - 2, bottom + 4, wide + 4, 15), Qt::AlignCenter, label);
        free = x + wide / 2 + 10;
    }
    painter.setPen(theme.ctl);
    painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom));
    painter.setPen(theme.text);
    painter.setFont(uiFont(12));
    painter.drawText(QRectF(area.left(), bottom + 19, area.width(), 18), Qt::AlignCenter,
                     tr("Clock cycle (%1 ns)").arg(scene.index.timing().clockNs));
}

QString rowName(const TimelineScene& scene, int row)
{
    return row == scene.layout.banks() ? tr("data bus") : tr("bank %1").arg(row);
}

void paintRowNames(QPainter& painter, const TimelineScene& scene, int emphasised)
{
    const Theme& theme = Theme::current();
    const int banks = scene.layout.banks();
    const double height = scene.layout.row(0).height();
    const int every = std::max(1, static_cast<int>(std::ceil(13 / std::max(1.0, height))));
    for (int row = 0; row <= banks; ++row) {
        const QRectF place = scene.layout.row(row);
        if (row % 2 == 1 && row < banks)
            painter.fillRect(place, theme.alt);
        const bool besideEmphasised =
            emphasised >= 0 && row != emphasised && std::abs(row - emphasised) < every;
        if (row < banks && row != emphasised && (row % every != 0 || besideEmphasised))
            continue;
        painter.setFont(uiFont(11, row == emphasised));
        painter.setPen(row == emphasised ? theme.text : theme.text2);
        const QRectF label(0, place.center().y() - 8, place.left() - 8, 16);
        painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter, rowName(scene, row));
    }
    painter.setPen(theme.ctl);
    const double line = std::round(scene.layout.row(banks).top() - 3) + 0.5;
    painter.drawLine(QPointF(scene.layout.area().left(), line), QPointF(scene.layout.area().right(), line));
}

} // namespace widgets
