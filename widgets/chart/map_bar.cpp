#include "widgets/chart/map_bar.h"

#include "widgets/theme/colour_map.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

// in heights of the text
constexpr double barWidth = 1.2;
constexpr double labelGap = 0.7; ///< between the bar and its numbers
constexpr double titleGap = 0.7;
constexpr double swatchHeight = 1.1;
constexpr double swatchStep = 1.9;

} // namespace

MapBar::MapBar(const MapScale& scale, QString title, ColourMapId colours, bool hasMissing)
    : m_scale(scale)
    , m_title(std::move(title))
    , m_colours(colours)
    , m_hasMissing(hasMissing)
{
}

Ticks MapBar::ticks(const PlotFrame& frame) const
{
    const double em = frame.look().em;
    const int target = frame.area().isValid() ? static_cast<int>(frame.area().height() / (3.5 * em)) : 5;
    return m_scale.ticks(std::clamp(target, 2, 6), frame.look().separator);
}

double MapBar::widestLabel(const PlotFrame& frame) const
{
    const QFontMetricsF metrics(frame.look().font);
    double widest = 0;
    for (const QString& label : ticks(frame).labels)
        widest = std::max(widest, metrics.horizontalAdvance(label));
    return widest;
}

int MapBar::width(const PlotFrame& frame) const
{
    const ChartLook& look = frame.look();
    const double title = m_title.isEmpty() ? 0 : QFontMetricsF(look.titleFont).height() + titleGap * look.em;
    return static_cast<int>(
        std::ceil((barWidth + labelGap) * look.em + widestLabel(frame) + title + look.px(2)));
}

void MapBar::paint(QPainter& painter, double left, const PlotFrame& frame) const
{
    const ChartLook& look = frame.look();
    const QRectF area = frame.area();
    const int swatches = (m_scale.hasZero() ? 1 : 0) + (m_hasMissing ? 1 : 0);
    const QRectF bar(left, area.top(), barWidth * look.em, area.height() - swatches * swatchStep * look.em);
    if (bar.height() < 2 * look.em)
        return;
    paintRamp(painter, bar, frame);
    paintTicks(painter, bar, frame);
    paintTitle(painter, bar.right() + (labelGap + titleGap) * look.em + widestLabel(frame), frame);
    paintSwatches(painter, bar, look);
}

void MapBar::paintRamp(QPainter& painter, const QRectF& bar, const PlotFrame& frame) const
{
    const ChartLook& look = frame.look();
    const ColourMap map = look.map(m_colours);
    QImage ramp(1, 256, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i)
        ramp.setPixel(0, 255 - i, map.entries[static_cast<std::size_t>(i)]);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(bar, ramp.scaled(16, look.paper ? 1024 : 256));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look.axis, look.axisWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(bar);
}

void MapBar::paintTicks(QPainter& painter, const QRectF& bar, const PlotFrame& frame) const
{
    const ChartLook& look = frame.look();
    const QFontMetricsF metrics(look.font);
    const Ticks marks = ticks(frame);
    double lastY = bar.bottom() + 2 * metrics.height();
    painter.setFont(look.font);
    for (qsizetype i = 0; i < marks.major.size(); ++i) {
        const double y = bar.bottom() - m_scale.position(marks.major[i]) * bar.height();
        if (lastY - y < metrics.height()) // the power scale crowds them
            continue;
        lastY = y;
        painter.setPen(QPen(look.axis, look.axisWidth));
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + labelGap / 2 * look.em, y));
        painter.setPen(look.quiet);
        painter.drawText(
            QRectF(bar.right() + labelGap * look.em, y - metrics.height() / 2, 1, metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, marks.labels[i]);
    }
}

void MapBar::paintTitle(QPainter& painter, double left, const PlotFrame& frame) const
{
    painter.save();
    painter.setFont(frame.look().titleFont);
    painter.setPen(frame.look().text);
    painter.translate(left, frame.area().center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-1, 0, 2, QFontMetricsF(frame.look().titleFont).height()),
                     Qt::AlignCenter | Qt::TextDontClip, m_title);
    painter.restore();
}

void MapBar::paintSwatches(QPainter& painter, const QRectF& bar, const ChartLook& look) const
{
    QRectF box(bar.left(), bar.bottom() + labelGap * look.em, bar.width(), swatchHeight * look.em);
    const auto finish = [&](const QString& name) {
        painter.setPen(QPen(look.axis, look.axisWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box);
        painter.setPen(look.quiet);
        painter.setFont(look.font);
        painter.drawText(QRectF(box.right() + labelGap * look.em, box.top(), 1, box.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, name);
        box.translate(0, swatchStep * look.em);
    };
    if (m_scale.hasZero()) {
        painter.fillRect(box, QColor::fromRgb(look.map(m_colours).zero));
        finish(QStringLiteral("0"));
    }
    if (m_hasMissing) {
        drawHatch(painter, box, Hatch::Forward, { look.hatchPitch, look.hatchLine, look.missing });
        finish(QCoreApplication::translate("widgets::MapBar", "none"));
    }
}

} // namespace widgets
