#include "analysis/dram/report_parts.h"

#include <bit>

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

Chart energyChart(const DramRun& run, const Coster& coster)
{
    BarChart bars { .category = { text("Rank"), {} },
                    .value = { text("Energy"), text("uJ") },
                    .series = {},
                    .stacked = true };
    for (const EnergyCategory& category : energyCategories)
        bars.series.push_back({ .name = text(category.title), .colour = category.colour });
    const bool several = run.result.channels.size() > 1;
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const auto& ranks = run.result.channels[c].ranks;
        for (std::size_t r = 0; r < ranks.size(); ++r) {
            bars.categories << (!several               ? QStringLiteral("rank %1").arg(r)
                                    : ranks.size() > 1 ? QStringLiteral("channel %1/rank %2").arg(c).arg(r)
                                                       : QStringLiteral("channel %1").arg(c));
            const dram::Energy energy = coster.ofRank(c, r);
            for (std::size_t i = 0; i < energyCategories.size(); ++i)
                bars.series[i].values.push_back(energyCategories[i].of(energy) * microPerPico);
        }
    }
    return { text("energy"), text("Energy per rank"), std::move(bars) };
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

/// Rows are counted through; the axis says how.
QString bankAxis(const Memory& memory)
{
    QStringList above;
    if (memory.channels() > 1)
        above << QStringLiteral("%1 channels").arg(memory.channels());
    if (memory.ranks() > 1)
        above << QStringLiteral("%1 ranks").arg(memory.ranks());
    return above.isEmpty() ? text("Bank")
                           : QStringLiteral("Bank, %1 \u00D7 %2")
                                 .arg(above.join(QStringLiteral(" \u00D7 ")))
                                 .arg(memory.banks());
}

Chart rowHitChart(const RowHits& hits, const Memory& memory)
{
    const double window = static_cast<double>(hits.length()) * memory.clockNs() / 1000;
    MapChart map { .x = { text("Time"),
                          QStringLiteral("windows of %1 us").arg(QString::number(window, 'g', 4)) },
                   .y = { bankAxis(memory), {} },
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

std::vector<Chart> dramCharts(const DramRun& run, const Memory& memory, const DramTotals& sum,
                              const Coster& coster)
{
    std::vector<Chart> charts = { energyChart(run, coster) };
    for (Chart& chart : chartsOverTime(run, memory, coster))
        charts.push_back(std::move(chart));
    if (run.rowHits)
        charts.push_back(rowHitChart(*run.rowHits, memory));
    if (sum.reads.count() > 0)
        charts.push_back(latencyChart(sum.reads, "read-latency", "Read latency"));
    if (sum.writes.count() > 0)
        charts.push_back(latencyChart(sum.writes, "write-latency", "Write latency"));
    return charts;
}

} // namespace analysis
