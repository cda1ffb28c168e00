#include "widgets/dram/timeline_paint.h"

#include "widgets/dram/timeline_colours.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using engine::dram::Command;
using engine::dram::CommandKind;

namespace {

constexpr double leastMark = 3; ///< [px]
constexpr double mostMark = 40; ///< [px]
constexpr double wordsFrom = 26; ///< width of a mark that has its name in it [px]

std::uint64_t from(const TimelineScene& scene)
{
    return static_cast<std::uint64_t>(std::max(0.0, scene.layout.first()));
}

std::uint64_t to(const TimelineScene& scene)
{
    return static_cast<std::uint64_t>(std::max(0.0, std::ceil(scene.layout.last())));
}

double markWidth(const TimelineLayout& layout)
{
    // Two marks of neighbouring cycles never cover one another.
    return std::clamp(std::floor(layout.scale() * 1.9), layout.scale() < 1.5 ? 2.0 : leastMark,
                      std::max(leastMark + 1, std::min(mostMark, layout.scale() - 1)));
}

QColor inkOn(const QColor& ground)
{
    return qGray(ground.rgb()) > 140 ? QColor(Qt::black) : QColor(Qt::white);
}

void paintOpenRows(QPainter& painter, const TimelineScene& scene, int bank)
{
    const Theme& theme = Theme::current();
    const TimelineIndex& index = scene.index;
    const QRectF bar = scene.layout.bar(bank);
    const auto rows =
        index.openWithin(index.openRows(scene.rank, static_cast<std::size_t>(bank)), from(scene), to(scene));
    for (const TimelineIndex::OpenRow& row : rows) {
        const double left = std::max(bar.left() - 2, scene.layout.x(double(index.opened(row))));
        const double right = std::min(bar.right() + 2, scene.layout.x(double(index.closed(row))));
        const QRectF open(std::round(left), bar.top(), std::max(1.0, std::round(right) - std::round(left)),
                          bar.height());
        painter.fillRect(open, openEdge(theme));
        if (open.width() > 2)
            painter.fillRect(open.adjusted(0, 1, 0, -1), openGround(theme));
    }
}

/// A triangle over the activate: the first access of the row is no hit. Filled where another row had to go.
void paintTriangles(QPainter& painter, const TimelineScene& scene, int bank)
{
    const TimelineIndex& index = scene.index;
    const QRectF bar = scene.layout.bar(bank);
    const auto rows =
        index.openWithin(index.openRows(scene.rank, static_cast<std::size_t>(bank)), from(scene), to(scene));
    const double half = std::clamp(scene.layout.scale() * 1.5, 2.5, 4.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().text, 1));
    for (const TimelineIndex::OpenRow& row : rows) {
        const double x = scene.layout.x(double(index.opened(row))) + markWidth(scene.layout) / 2;
        if (x < bar.left())
            continue;
        painter.setBrush(row.conflict ? QBrush(Theme::current().text) : QBrush(Qt::NoBrush));
        const double top = bar.top() - 1.5 - 1.5 * half;
        painter.drawPolygon(
            QPolygonF { QPointF(x - half, top), QPointF(x + half, top), QPointF(x, bar.top() - 1.5) });
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintMark(QPainter& painter, const QRectF& mark, CommandKind kind)
{
    const QColor colour = commandColour(kind);
    painter.fillRect(mark, colour);
    if (mark.width() < wordsFrom || mark.height() < 10)
        return;
    const std::string_view name = engine::dram::commandName(kind);
    painter.setPen(inkOn(colour));
    painter.drawText(mark, Qt::AlignCenter,
                     QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
}

void paintBursts(QPainter& painter, const TimelineScene& scene)
{
    const TimelineTiming& timing = scene.index.timing();
    const std::uint64_t reach = std::max(timing.readData, timing.writeData) + timing.burst;
    const std::uint64_t first = from(scene) > reach ? from(scene) - reach : 0;
    for (const std::uint32_t i : scene.index.within(scene.index.bus(scene.rank.channel), first, to(scene))) {
        const Command& command = scene.index.command(i);
        QColor colour = commandColour(command.kind);
        // Data of other ranks are on the same wires.
        if (command.rank != scene.rank.rank)
            colour = mixed(colour, Theme::current().panel, 0.4F);
        painter.fillRect(burstRect(scene, command), colour);
    }
}

} // namespace

QColor commandColour(CommandKind kind)
{
    const auto& colours = Theme::current().categories;
    switch (kind) {
    case CommandKind::Activate:
        return colours[3];
    case CommandKind::Read:
    case CommandKind::ReadAutoPrecharge:
        return colours[4];
    case CommandKind::Write:
    case CommandKind::WriteAutoPrecharge:
        return colours[2];
    case CommandKind::Refresh:
    case CommandKind::RefreshBank:
        return colours[5];
    default:
        return colours[6];
    }
}

QRectF markRect(const TimelineScene& scene, const Command& command)
{
    const QRectF bar = scene.layout.bar(command.bank);
    const double left = std::round(scene.layout.x(double(command.cycle)));
    if (command.kind == CommandKind::Refresh || command.kind == CommandKind::RefreshBank) {
        const double right = std::round(scene.layout.x(double(command.cycle + scene.index.timing().refresh)));
        return { left, bar.top(), std::max(1.0, right - left), bar.height() };
    }
    return { left, bar.top(), markWidth(scene.layout), bar.height() };
}

QRectF burstRect(const TimelineScene& scene, const Command& command)
{
    const QRectF bar = scene.layout.bar(scene.layout.banks());
    const double start = double(scene.index.dataStart(command));
    const double left = std::round(scene.layout.x(start));
    const double right = std::round(scene.layout.x(start + double(scene.index.timing().burst)));
    return { left, bar.top(), std::max(1.0, right - left - (right - left > 3 ? 1 : 0)), bar.height() };
}

void paintMarks(QPainter& painter, const TimelineScene& scene)
{
    painter.setFont(uiFont(10, true));
    for (int bank = 0; bank < scene.layout.banks(); ++bank) {
        paintOpenRows(painter, scene, bank);
        const auto commands = scene.index.within(scene.index.bank(scene.rank, static_cast<std::size_t>(bank)),
                                                 from(scene), to(scene));
        for (const std::uint32_t i : commands)
            paintMark(painter, markRect(scene, scene.index.command(i)), scene.index.command(i).kind);
        if (scene.layout.row(bank).height() >= 13)
            paintTriangles(painter, scene, bank);
    }
    paintRefreshes(painter, scene);
    paintBursts(painter, scene);
}

/// Which share of its time each column of pixels is spent on refresh, as a line below the rows: one by one
/// they would hide all else.
void paintRefreshShare(QPainter& painter, const TimelineScene& scene)
{
    constexpr double line = 2; ///< [px]
    constexpr float faintest = 0.35F;
    const TimelineLayout& layout = scene.layout;
    const auto all = scene.index.refreshes(scene.rank);
    const auto length = static_cast<double>(scene.index.timing().refresh);
    const Theme& theme = Theme::current();
    for (double x = layout.area().left(); x < layout.area().right(); ++x) {
        const double first = std::max(0.0, layout.cycleAt(x));
        const double last = std::max(first + 1, layout.cycleAt(x + 1));
        const std::size_t count =
            scene.index.within(all, static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(last))
                .size();
        if (count == 0)
            continue;
        const auto share =
            static_cast<float>(std::min(1.0, static_cast<double>(count) * length / (last - first)));
        const QColor colour =
            mixed(commandColour(CommandKind::Refresh), theme.panel, faintest + (1 - faintest) * share);
        for (int bank = 0; bank < layout.banks(); ++bank)
            painter.fillRect(QRectF(std::floor(x), layout.bar(bank).bottom(), 1, line), colour);
    }
}

void paintRefresh(QPainter& painter, const TimelineScene& scene, Command command)
{
    const QColor colour = commandColour(CommandKind::Refresh);
    const QString label = QObject::tr("refresh, tRFC = %1").arg(scene.index.timing().refresh);
    for (int bank = 0; bank < scene.layout.banks(); ++bank) {
        command.bank = static_cast<std::uint8_t>(bank);
        const QRectF block = markRect(scene, command);
        painter.fillRect(block, colour);
        const QRectF seen = block.intersected(scene.layout.area());
        if (bank != scene.layout.banks() / 2 || block.height() < 11
            || painter.fontMetrics().horizontalAdvance(label) + 8 > seen.width())
            continue;
        painter.setPen(inkOn(colour));
        painter.drawText(seen, Qt::AlignCenter, label);
    }
}

void paintRefreshes(QPainter& painter, const TimelineScene& scene)
{
    const std::uint64_t length = scene.index.timing().refresh;
    const auto commands = scene.index.within(scene.index.refreshes(scene.rank),
                                             from(scene) > length ? from(scene) - length : 0, to(scene));
    if (static_cast<double>(commands.size()) * 4 > scene.layout.area().width())
        return paintRefreshShare(painter, scene);
    painter.setFont(uiFont(10, true));
    for (const std::uint32_t i : commands)
        paintRefresh(painter, scene, scene.index.command(i));
}

void paintSelected(QPainter& painter, const TimelineScene& scene, std::size_t chosen)
{
    const Command& command = scene.index.command(chosen);
    if (TimelineRank { command.channel, command.rank } != scene.rank)
        return;
    const QRectF area = scene.layout.area();
    const QRectF mark = markRect(scene, command);
    const double x = std::round(mark.left()) + (mark.width() > 1 ? std::floor(mark.width() / 2) : 0) + 0.5;
    if (x < area.left() || x > area.right())
        return;
    const Theme& theme = Theme::current();
    painter.setPen(QPen(theme.text, 1, Qt::CustomDashLine));
    QPen dashed(theme.text, 1);
    dashed.setDashPattern({ 3, 3 });
    painter.setPen(dashed);
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setFont(uiFont(11));
    const QString text = formatCount(static_cast<qint64>(command.cycle));
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 4;
    const double left = std::clamp(x - wide / 2, area.left(), std::max(area.left(), area.right() - wide));
    painter.setPen(theme.text);
    painter.drawText(QRectF(left, area.top() - 15, wide, 14), Qt::AlignCenter, text);
    if (scene.layout.detail() == TimelineDetail::Columns)
        return;
    painter.setBrush(Qt::NoBrush);
    const QRectF edge = mark.adjusted(-1.5, -1.5, 1.5, 1.5);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawRect(edge.adjusted(-1, -1, 1, 1));
    painter.setPen(QPen(Qt::black, 2));
    painter.drawRect(edge);
}

void paintHovered(QPainter& painter, const TimelineScene& scene, std::size_t hovered, int row)
{
    const Command& command = scene.index.command(hovered);
    const QRectF mark = row == scene.layout.banks() ? burstRect(scene, command) : markRect(scene, command);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::current().text, 1, Qt::DashLine));
    painter.drawRect(mark.adjusted(-1.5, -1.5, 0.5, 0.5));
}

} // namespace widgets
