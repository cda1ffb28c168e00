#include "analysis/dram/report_parts.h"

#include <algorithm>
#include <array>
#include <bit>

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

struct Category {
    const char* title;
    double (*of)(const dram::Energy&);
    int colour; ///< grey, orange, sky, green and purple of the categories
};

// One order and one colour each, in every chart.
constexpr std::array<Category, 5> categories = { {
    { "Background", [](const dram::Energy& e) { return e.background(); }, 6 },
    { "Activate + precharge", [](const dram::Energy& e) { return e.actPre; }, 3 },
    { "Burst read", [](const dram::Energy& e) { return e.read; }, 4 },
    { "Burst write", [](const dram::Energy& e) { return e.write; }, 2 },
    { "Refresh", [](const dram::Energy& e) { return e.refresh; }, 5 },
} };

Chart energyChart(const DramRun& run, const Coster& coster)
{
    BarChart bars { .category = { text("Rank"), {} },
                    .value = { text("Energy"), text("uJ") },
                    .series = {},
                    .stacked = true };
    for (const Category& category : categories)
        bars.series.push_back({ .name = text(category.title), .colour = category.colour });
    const bool several = run.result.channels.size() > 1;
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const auto& ranks = run.result.channels[c].ranks;
        for (std::size_t r = 0; r < ranks.size(); ++r) {
            bars.categories << (several ? QStringLiteral("channel %1/rank %2").arg(c).arg(r)
                                        : QStringLiteral("rank %1").arg(r));
            const dram::Energy energy = coster.ofRank(c, r);
            for (std::size_t i = 0; i < std::size(categories); ++i)
                bars.series[i].values.push_back(categories[i].of(energy) * microPerPico);
        }
    }
    return { text("energy"), text("Energy per rank"), std::move(bars) };
}

dram::Windows allWindows(const DramRun& run)
{
    dram::Windows all = run.result.channels.front().windows;
    for (std::size_t c = 1; c < run.result.channels.size(); ++c)
        all.add(run.result.channels[c].windows);
    return all;
}

/// Lines over time, one point in the middle of each window.
struct OverTime {
    LineChart energy;
    LineChart power;
    LineChart bandwidth;
};

OverTime overTime(const DramRun& run, const Coster& coster)
{
    const dram::Windows windows = allWindows(run);
    const double clock = run.memory.clockNs();
    const Axis time { text("Time"), text("us") };
    OverTime charts;
    charts.energy = { .x = time, .y = { text("Energy so far"), text("uJ") }, .series = {}, .reference = {} };
    charts.power = { .x = time, .y = { text("Power"), text("mW") }, .series = {}, .reference = {} };
    charts.bandwidth = { .x = time, .y = { text("Bandwidth"), text("GB/s") }, .series = {}, .reference = {} };
    for (const Category& category : categories) {
        charts.power.series.push_back(
            { .name = text(category.title), .x = {}, .y = {}, .colour = category.colour });
        charts.energy.series.push_back(
            { .name = text(category.title), .x = { 0 }, .y = { 0 }, .colour = category.colour });
    }
    charts.energy.series.push_back({ .name = text("Total"), .x = { 0 }, .y = { 0 }, .colour = 0 });
    charts.bandwidth.series = { { .name = text("Read"), .x = {}, .y = {}, .colour = 4 },
                                { .name = text("Write"), .x = {}, .y = {}, .colour = 2 } };
    dram::Energy soFar;
    for (std::size_t w = 0; w < windows.counts().size(); ++w) {
        const std::uint64_t first = w * windows.length();
        const std::uint64_t last = std::min(first + windows.length(), run.result.cycles);
        if (last <= first)
            break;
        const double ns = static_cast<double>(last - first) * clock;
        const double middle = static_cast<double>(first + last) / 2 * clock / 1000;
        const double end = static_cast<double>(last) * clock / 1000;
        const dram::Counts& counts = windows.counts()[w];
        const dram::Energy energy = coster.ofWindow(counts);
        soFar += energy;
        const auto add = [](LineChart::Series& series, double x, double y) {
            series.x.push_back(x);
            series.y.push_back(y);
        };
        for (std::size_t i = 0; i < std::size(categories); ++i) {
            add(charts.power.series[i], middle, categories[i].of(energy) / ns);
            add(charts.energy.series[i], end, categories[i].of(soFar) * microPerPico);
        }
        add(charts.energy.series.back(), end, soFar.total() * microPerPico);
        add(charts.bandwidth.series[0], middle, dramBandwidth(counts.reads, last - first, run.memory));
        add(charts.bandwidth.series[1], middle, dramBandwidth(counts.writes, last - first, run.memory));
    }
    return charts;
}

/// Counts in at most `most` equal bins.
Chart latencyChart(const dram::Latencies& latencies, const char* id, const char* title)
{
    constexpr std::uint64_t most = 200;
    HistogramChart chart { .value = { text("Latency"), text("cycle") },
                           .count = { text("Requests"), {} },
                           .first = 0,
                           .width = 1,
                           .counts = {},
                           .zeros = {} };
    // A power of two holds whole bins of the statistics, never parts of them.
    const std::uint64_t width = std::bit_ceil(latencies.longest() / most + 1);
    chart.width = static_cast<double>(width);
    chart.counts.resize(latencies.longest() / width + 1);
    for (const dram::Latencies::Bin& bin : latencies.bins())
        chart.counts[bin.first / width] += static_cast<double>(bin.count);
    return { text(id), text(title), std::move(chart) };
}

Chart rowHitChart(const RowHits& hits)
{
    MapChart map { .x = { text("Time"), QStringLiteral("windows of %1 cycles").arg(hits.length()) },
                   .y = { text("Bank"), {} },
                   .value = { text("Row hits per access"), {} },
                   .rows = static_cast<int>(hits.rows()),
                   .columns = static_cast<int>(hits.columns()),
                   .values = {},
                   .colours = MapColours::Magnitude };
    map.values.reserve(hits.rows() * hits.columns());
    for (std::size_t r = 0; r < hits.rows(); ++r) {
        for (std::size_t c = 0; c < hits.columns(); ++c)
            map.values.push_back(hits.share(r, c));
    }
    return { text("row-hits"), text("Row hits by bank and time"), std::move(map) };
}

} // namespace

std::vector<Chart> dramCharts(const DramRun& run, const DramTotals& sum, const Coster& coster)
{
    OverTime time = overTime(run, coster);
    std::vector<Chart> charts = { energyChart(run, coster),
                                  { text("energy-time"), text("Energy over time"), std::move(time.energy) },
                                  { text("power-time"), text("Power over time"), std::move(time.power) },
                                  { text("bandwidth-time"), text("Bandwidth over time"),
                                    std::move(time.bandwidth) } };
    if (run.rowHits)
        charts.push_back(rowHitChart(*run.rowHits));
    if (sum.reads.count() > 0)
        charts.push_back(latencyChart(sum.reads, "read-latency", "Read latency"));
    if (sum.writes.count() > 0)
        charts.push_back(latencyChart(sum.writes, "write-latency", "Write latency"));
    return charts;
}

} // namespace analysis
