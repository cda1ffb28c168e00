#include "analysis/activation/compressor_parts.h"

namespace analysis {

namespace hardware = engine::codec::hardware;
using hardware::Direction;
using hardware::Occupancy;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

QString laneName(const Occupancy& watched, std::size_t lane)
{
    return QString::fromStdString(watched.name(lane));
}

LineChart::Series laneSeries(const Occupancy& watched, std::size_t lane, const QString& name)
{
    LineChart::Series series { .name = name, .x = {}, .y = {} };
    for (std::size_t slice = 0; slice < watched.slices(); ++slice) {
        const auto start = static_cast<double>(slice * watched.sliceCycles());
        series.x.push_back(start + static_cast<double>(watched.sliceCycles()) / 2);
        series.y.push_back(100 * watched.share(slice, lane));
    }
    return series;
}

} // namespace

Table occupancyTable(const CompressorTask& task, const std::vector<Occupancy>& watched)
{
    Table table { .id = text("occupancy"),
                  .title = text("Occupancy of every stage, first image"),
                  .columns = {
                      { .name = text("engine"), .title = text("Engine") },
                      { .name = text("stage"), .title = text("Stage") },
                      { .name = text("busy"),
                        .title = text("Busy"),
                        .unit = text("cycle"),
                        .kind = ColumnKind::Count },
                      { .name = text("share"),
                        .title = text("Share of the cycles"),
                        .kind = ColumnKind::Fraction,
                        .bar = true },
                  } };
    for (std::size_t i = 0; i < watched.size(); ++i)
        for (std::size_t lane = 0; lane + 1 < watched[i].lanes(); ++lane) {
            const std::uint64_t busy = watched[i].busyCycles(lane);
            const double cycles = static_cast<double>(std::max<std::uint64_t>(1, watched[i].cycles()));
            table.rows.push_back({ engineName(task.directions[i]), laneName(watched[i], lane),
                                   static_cast<qint64>(busy), static_cast<double>(busy) / cycles });
        }
    return table;
}

Chart occupancyChart(const Occupancy& watched, Direction direction)
{
    LineChart lines { .x = { text("Cycle"), {} }, .y = { text("Occupancy"), text("%") }, .series = {} };
    const std::size_t port = watched.lanes() - 2;
    // Stages that are busy alike, but for the few cycles between them, share a line.
    std::vector<bool> isDrawn(port, false);
    for (std::size_t first = 0; first < port; ++first) {
        if (isDrawn[first])
            continue;
        std::size_t last = first;
        for (std::size_t lane = first; lane < port; ++lane)
            if (watched.busyCycles(lane) == watched.busyCycles(first)) {
                isDrawn[lane] = true;
                last = lane;
            }
        const QString name = laneName(watched, first);
        lines.series.push_back(laneSeries(
            watched, first, last == first ? name : name + text(" to ") + laneName(watched, last).toLower()));
    }
    lines.series.push_back(laneSeries(watched, port, text("Port")));
    lines.series.push_back(laneSeries(watched, port + 1, text("Buffer, filled")));
    return { text("occupancy") + engineSuffix(direction),
             engineName(direction) + text(": occupancy of its stages, first image"), std::move(lines) };
}

} // namespace analysis
