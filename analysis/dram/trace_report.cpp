#include "analysis/dram/trace_report.h"

#include <algorithm>

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

QString address(std::uint64_t value)
{
    return QStringLiteral("0x%1").arg(value, 0, 16);
}

std::uint64_t rowsOf(const TraceStatistics& trace)
{
    std::uint64_t rows = trace.reads().rows.size();
    for (const std::uint64_t row : trace.writes().rows)
        rows += trace.reads().rows.contains(row) ? 0U : 1U;
    return rows;
}

std::vector<Scalar> scalars(const TraceStatistics& trace)
{
    const auto number = [](const char* name, const char* title, std::uint64_t value, const char* unit = "") {
        return Scalar { text(name), text(title), static_cast<double>(value), text(unit) };
    };
    std::vector<Scalar> result = { number("requests", "Requests", trace.requests()),
                                   number("reads", "Reads", trace.reads().requests),
                                   number("writes", "Writes", trace.writes().requests),
                                   number("first_cycle", "First arrival", trace.firstCycle(), "cycle"),
                                   number("last_cycle", "Last arrival", trace.lastCycle(), "cycle"),
                                   number("rows", "Rows touched", rowsOf(trace)) };
    if (trace.requests() == 0)
        return result;
    const auto place = [&result](const char* name, const char* title, std::uint64_t value) {
        Scalar scalar { .name = text(name), .title = text(title), .unit = {} };
        scalar.text = address(value);
        result.push_back(std::move(scalar));
    };
    place("lowest_address", "Lowest address", std::min(trace.reads().lowest, trace.writes().lowest));
    place("highest_address", "Highest address", std::max(trace.reads().highest, trace.writes().highest));
    return result;
}

Table accessTable(const TraceStatistics& trace)
{
    const auto column = [](const char* name, const char* title, ColumnKind kind) {
        return Column { .name = text(name), .title = text(title), .kind = kind };
    };
    Table table { .id = text("accesses"), .title = text("Reads and writes") };
    table.columns = { column("kind", "Requests", ColumnKind::Text),
                      column("count", "Count", ColumnKind::Count),
                      column("share", "Share", ColumnKind::Fraction),
                      column("rows", "Rows touched", ColumnKind::Count),
                      column("lowest", "Lowest address", ColumnKind::Text),
                      column("highest", "Highest address", ColumnKind::Text) };
    const auto row = [&](const char* name, const TraceStatistics::Kind& kind) {
        if (kind.requests == 0)
            return;
        table.rows.push_back({ text(name), static_cast<qint64>(kind.requests),
                               static_cast<double>(kind.requests) / static_cast<double>(trace.requests()),
                               static_cast<qint64>(kind.rows.size()), address(kind.lowest),
                               address(kind.highest) });
    };
    row("read", trace.reads());
    row("write", trace.writes());
    return table;
}

Axis timeAxis(const TraceStatistics& trace)
{
    return trace.hasCycles() ? Axis { text("Arrival"), text("cycle") } : Axis { text("Request"), {} };
}

// One point in the middle of each window.
Chart requestChart(const TraceStatistics& trace)
{
    const dram::Windows& windows = trace.windows();
    LineChart lines { .x = timeAxis(trace),
                      .y = { text("Requests"),
                             QStringLiteral("per %1 %2")
                                 .arg(windows.length())
                                 .arg(trace.hasCycles() ? text("cycles") : text("requests")) },
                      .series = { { .name = text("Read"), .x = {}, .y = {} },
                                  { .name = text("Write"), .x = {}, .y = {} } },
                      .reference = {} };
    for (std::size_t w = 0; w < windows.counts().size(); ++w) {
        const double middle = (static_cast<double>(w) + 0.5) * static_cast<double>(windows.length());
        const dram::Counts& counts = windows.counts()[w];
        lines.series[0].x.push_back(middle);
        lines.series[0].y.push_back(static_cast<double>(counts.reads));
        lines.series[1].x.push_back(middle);
        lines.series[1].y.push_back(static_cast<double>(counts.writes));
    }
    return { text("requests-time"), text("Requests over time"), std::move(lines) };
}

Chart addressChart(const TraceStatistics& trace)
{
    ScatterChart points { .x = timeAxis(trace),
                          .y = { text("Address"), text("MiB") },
                          .series = { { .name = text("Read") }, { .name = text("Write") } } };
    for (const TraceStatistics::Point& point : trace.sample()) {
        ScatterChart::Series& series = points.series[point.request.write ? 1 : 0];
        series.x.push_back(static_cast<double>(trace.hasCycles() ? point.request.cycle : point.index));
        series.y.push_back(static_cast<double>(point.request.address) / (1 << 20));
    }
    return { text("addresses"), text("Addresses over time"), std::move(points) };
}

} // namespace

Report traceReport(const TraceStatistics& trace)
{
    Report report;
    report.scalars = scalars(trace);
    report.tables = { accessTable(trace) };
    if (trace.requests() > 0)
        report.charts = { requestChart(trace), addressChart(trace) };
    else
        report.remarks.push_back({ Level::Warning, {}, text("the trace holds no request") });
    return report;
}

} // namespace analysis
