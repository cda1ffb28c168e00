#include "analysis/dram/run.h"

#include <cmath>
#include <limits>

namespace analysis {

namespace dram = engine::dram;

namespace {

constexpr double microPerPico = 1e-6;

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

Column column(const char* name, const char* title, const char* unit, ColumnKind kind, int decimals = 3)
{
    return { .name = text(name),
             .title = text(title),
             .unit = QString::fromUtf8(unit),
             .kind = kind,
             .decimals = decimals };
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                     : std::numeric_limits<double>::quiet_NaN();
}

/// The sums of a run that its scalars tell.
struct Totals {
    dram::Counts counts;
    dram::Energy energy;
    dram::Latencies reads;
    dram::Latencies writes;
    std::uint64_t merged = 0;
    std::uint64_t waiting = 0;
};

Totals totals(const DramRun& run, const dram::Increments& increments)
{
    Totals sum;
    for (const dram::ChannelResult& channel : run.result.channels) {
        for (const dram::Counts& rank : channel.ranks) {
            sum.counts += rank;
            sum.energy += dram::cost(rank, increments);
        }
        sum.reads.add(channel.reads);
        sum.writes.add(channel.writes);
        sum.merged += channel.merged;
        sum.waiting += channel.waiting;
    }
    return sum;
}

double bandwidth(std::uint64_t bursts, std::uint64_t cycles, const Memory& memory)
{
    const double seconds = static_cast<double>(cycles) * memory.clockNs();
    return seconds > 0 ? static_cast<double>(bursts * memory.burstBytes()) / seconds
                       : 0; // byte per ns = GB/s
}

std::vector<Scalar> scalars(const DramRun& run, const Totals& sum)
{
    const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
    const QString uj = QStringLiteral("uJ");
    const QString cycle = QStringLiteral("cycle");
    return {
        { text("background"), text("Background"), sum.energy.background() * microPerPico, uj },
        { text("act_pre"), text("Activate and precharge"), sum.energy.actPre * microPerPico, uj },
        { text("burst"), text("Bursts"), sum.energy.burst() * microPerPico, uj },
        { text("refresh"), text("Refresh"), sum.energy.refresh * microPerPico, uj },
        { text("total"), text("Total"), sum.energy.total() * microPerPico, uj },
        { text("cycles"), text("Cycles"), number(run.result.cycles), cycle },
        { text("act"), text("Activates"), number(sum.counts.activates), {} },
        { text("rd"), text("Reads"), number(sum.counts.reads), {} },
        { text("wr"), text("Writes"), number(sum.counts.writes), {} },
        { text("pre"), text("Precharges"), number(sum.counts.precharges), {} },
        { text("ref"), text("Refreshes"), number(sum.counts.refreshes), {} },
        { text("avg_read_latency"), text("Mean read latency"), sum.reads.mean(), cycle },
        { text("avg_write_latency"), text("Mean write latency"), sum.writes.mean(), cycle },
        { text("bandwidth"), text("Bandwidth"),
          bandwidth(sum.counts.reads + sum.counts.writes, run.result.cycles, run.memory), text("GB/s") },
    };
}

Table rankTable(const DramRun& run, const dram::Increments& increments)
{
    Table table { .id = text("ranks"), .title = text("Energy per rank") };
    table.columns = { column("channel", "Channel", "", ColumnKind::Count),
                      column("rank", "Rank", "", ColumnKind::Count),
                      column("active", "Active", "uJ", ColumnKind::Real),
                      column("precharged", "Precharged", "uJ", ColumnKind::Real),
                      column("power_down", "Power-down", "uJ", ColumnKind::Real),
                      column("act_pre", "Act. + pre.", "uJ", ColumnKind::Real),
                      column("read", "Read", "uJ", ColumnKind::Real),
                      column("write", "Write", "uJ", ColumnKind::Real),
                      column("refresh", "Refresh", "uJ", ColumnKind::Real),
                      column("total", "Total", "uJ", ColumnKind::Real),
                      column("power", "Mean power", "mW", ColumnKind::Real, 1) };
    table.columns[9].bar = true;
    const double ns = static_cast<double>(run.result.cycles) * run.memory.clockNs();
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const auto& ranks = run.result.channels[c].ranks;
        for (std::size_t r = 0; r < ranks.size(); ++r) {
            const dram::Energy energy = dram::cost(ranks[r], increments);
            const auto state = [&energy](dram::RankState which) {
                return energy.states[static_cast<std::size_t>(which)] * microPerPico;
            };
            table.rows.push_back({ static_cast<qint64>(c), static_cast<qint64>(r),
                                   state(dram::RankState::Active), state(dram::RankState::Precharged),
                                   state(dram::RankState::PowerDown), energy.actPre * microPerPico,
                                   energy.read * microPerPico, energy.write * microPerPico,
                                   energy.refresh * microPerPico, energy.total() * microPerPico,
                                   ns > 0 ? energy.total() / ns : 0 });
        }
    }
    return table;
}

Table bankTable(const DramRun& run)
{
    Table table { .id = text("banks"), .title = text("Rows per bank") };
    table.columns = { column("channel", "Channel", "", ColumnKind::Count),
                      column("rank", "Rank", "", ColumnKind::Count),
                      column("bank", "Bank", "", ColumnKind::Count),
                      column("activates", "Activates", "", ColumnKind::Count),
                      column("reads", "Reads", "", ColumnKind::Count),
                      column("writes", "Writes", "", ColumnKind::Count),
                      column("hits", "Row hits", "", ColumnKind::Count),
                      column("misses", "Misses", "", ColumnKind::Count),
                      column("conflicts", "Conflicts", "", ColumnKind::Count),
                      column("hit_rate", "Hit rate", "", ColumnKind::Fraction, 4) };
    table.columns.back().bar = true;
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const auto& ranks = run.result.channels[c].banks;
        for (std::size_t r = 0; r < ranks.size(); ++r) {
            for (std::size_t b = 0; b < ranks[r].size(); ++b) {
                const dram::BankCounts& bank = ranks[r][b];
                table.rows.push_back({ static_cast<qint64>(c), static_cast<qint64>(r), static_cast<qint64>(b),
                                       static_cast<qint64>(bank.activates), static_cast<qint64>(bank.reads),
                                       static_cast<qint64>(bank.writes), static_cast<qint64>(bank.hits),
                                       static_cast<qint64>(bank.misses), static_cast<qint64>(bank.conflicts),
                                       share(bank.hits, bank.reads + bank.writes) });
            }
        }
    }
    return table;
}

Table latencyTable(const Totals& sum, double clockNs)
{
    Table table { .id = text("latency"), .title = text("Latency, acceptance to last beat of data") };
    table.columns = { column("kind", "Requests", "", ColumnKind::Text),
                      column("count", "Count", "", ColumnKind::Count),
                      column("mean", "Mean", "cycle", ColumnKind::Real, 2),
                      column("p50", "Median", "cycle", ColumnKind::Count),
                      column("p90", "90 %", "cycle", ColumnKind::Count),
                      column("p99", "99 %", "cycle", ColumnKind::Count),
                      column("max", "Longest", "cycle", ColumnKind::Count),
                      column("mean_ns", "Mean", "ns", ColumnKind::Real, 1) };
    const auto row = [&](const char* kind, const dram::Latencies& l) {
        table.rows.push_back({ text(kind), static_cast<qint64>(l.count()), l.mean(),
                               static_cast<qint64>(l.percentile(0.5)), static_cast<qint64>(l.percentile(0.9)),
                               static_cast<qint64>(l.percentile(0.99)), static_cast<qint64>(l.longest()),
                               l.mean() * clockNs });
    };
    row("read", sum.reads);
    row("write", sum.writes);
    return table;
}

struct Category {
    const char* title;
    double (*of)(const dram::Energy&);
};

// One order and one colour each, in every chart.
constexpr Category categories[] = {
    { "Background", [](const dram::Energy& e) { return e.background(); } },
    { "Activate + precharge", [](const dram::Energy& e) { return e.actPre; } },
    { "Burst read", [](const dram::Energy& e) { return e.read; } },
    { "Burst write", [](const dram::Energy& e) { return e.write; } },
    { "Refresh", [](const dram::Energy& e) { return e.refresh; } },
};

Chart energyChart(const DramRun& run, const dram::Increments& increments)
{
    BarChart bars { .category = { text("Rank"), {} },
                    .value = { text("Energy"), text("uJ") },
                    .series = {},
                    .stacked = true };
    for (const Category& category : categories)
        bars.series.push_back({ .name = text(category.title) });
    const bool several = run.result.channels.size() > 1;
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const auto& ranks = run.result.channels[c].ranks;
        for (std::size_t r = 0; r < ranks.size(); ++r) {
            bars.categories << (several ? QStringLiteral("channel %1/rank %2").arg(c).arg(r)
                                        : QStringLiteral("rank %1").arg(r));
            const dram::Energy energy = dram::cost(ranks[r], increments);
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

OverTime overTime(const DramRun& run, const dram::Increments& increments)
{
    const dram::Windows windows = allWindows(run);
    const double clock = run.memory.clockNs();
    const Axis time { text("Time"), text("us") };
    OverTime charts;
    charts.energy = { .x = time, .y = { text("Energy so far"), text("uJ") }, .series = {}, .reference = {} };
    charts.power = { .x = time, .y = { text("Power"), text("mW") }, .series = {}, .reference = {} };
    charts.bandwidth = { .x = time, .y = { text("Bandwidth"), text("GB/s") }, .series = {}, .reference = {} };
    for (const Category& category : categories) {
        charts.power.series.push_back({ .name = text(category.title), .x = {}, .y = {} });
        charts.energy.series.push_back({ .name = text(category.title), .x = { 0 }, .y = { 0 } });
    }
    charts.energy.series.push_back({ .name = text("Total"), .x = { 0 }, .y = { 0 } });
    charts.bandwidth.series = { { .name = text("Read"), .x = {}, .y = {} },
                                { .name = text("Write"), .x = {}, .y = {} } };
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
        const dram::Energy energy = dram::cost(counts, increments);
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
        add(charts.bandwidth.series[0], middle, bandwidth(counts.reads, last - first, run.memory));
        add(charts.bandwidth.series[1], middle, bandwidth(counts.writes, last - first, run.memory));
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
    const std::uint64_t width = latencies.longest() / most + 1;
    chart.width = static_cast<double>(width);
    chart.counts.resize(latencies.longest() / width + 1);
    for (const dram::Latencies::Bin& bin : latencies.bins())
        chart.counts[std::min<std::uint64_t>(bin.first / width, chart.counts.size() - 1)] +=
            static_cast<double>(bin.count);
    return { text(id), text(title), std::move(chart) };
}

Chart rowHitChart(const DramRun& run, const RowHits& hits)
{
    MapChart map { .x = { text("Time"), QStringLiteral("%1 cycles").arg(hits.length()) },
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
    Q_UNUSED(run);
    return { text("row-hits"), text("Row hits by bank and time"), std::move(map) };
}

void remark(Report& report, const DramRun& run, const Totals& sum)
{
    for (const QString& line : run.memory.remarks)
        report.remarks.push_back({ Level::Note, {}, line });
    if (run.result.stopped)
        report.remarks.push_back(
            { Level::Warning, {}, QStringLiteral("stopped after %1 cycles").arg(run.result.cycles) });
    else if (!run.result.drained)
        report.remarks.push_back(
            { Level::Warning,
              {},
              QStringLiteral("the run ended before the trace: %1 requests were accepted, %2 of them "
                             "not carried out")
                  .arg(run.result.requests)
                  .arg(sum.waiting) });
    else if (sum.waiting > 0)
        report.remarks.push_back(
            { Level::Note,
              {},
              QStringLiteral("%1 writes stayed in the write buffer, as the controller leaves them; "
                             "their energy is not counted")
                  .arg(sum.waiting) });
    if (sum.merged > 0)
        report.remarks.push_back(
            { Level::Note,
              {},
              QStringLiteral("%1 requests were merged with one to the same address").arg(sum.merged) });
}

} // namespace

Report dramReport(const DramRun& run)
{
    return dramReport(run, run.memory);
}

Report dramReport(const DramRun& run, const Memory& memory)
{
    const dram::Increments increments = memory.increments();
    const Totals sum = totals(run, increments);
    Report report;
    report.scalars = scalars(run, sum);
    report.tables = { rankTable(run, increments), bankTable(run), latencyTable(sum, run.memory.clockNs()) };
    OverTime time = overTime(run, increments);
    report.charts = { energyChart(run, increments),
                      { text("energy-time"), text("Energy over time"), std::move(time.energy) },
                      { text("power-time"), text("Power over time"), std::move(time.power) },
                      { text("bandwidth-time"), text("Bandwidth over time"), std::move(time.bandwidth) } };
    if (run.rowHits)
        report.charts.push_back(rowHitChart(run, *run.rowHits));
    if (sum.reads.count() > 0)
        report.charts.push_back(latencyChart(sum.reads, "read-latency", "Read latency"));
    if (sum.writes.count() > 0)
        report.charts.push_back(latencyChart(sum.writes, "write-latency", "Write latency"));
    remark(report, run, sum);
    report.partial = run.result.stopped;
    return report;
}

} // namespace analysis
