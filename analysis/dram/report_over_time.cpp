#include "analysis/dram/report_parts.h"

#include <algorithm>
#include <numeric>

namespace analysis {

namespace dram = engine::dram;

namespace {

/// Lines of more points than this are a carpet on a screen and in a column of a paper.
constexpr std::size_t mostPoints = 128;
constexpr std::size_t mostPointsOfCurve = 256; ///< of one that only rises

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

/// What happened from `first` to before `last` [cycle].
struct Span {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    dram::Counts counts;

    double cycles() const { return static_cast<double>(last - first); }
};

/// `joined` windows each.
std::vector<Span> spans(const dram::Windows& windows, std::uint64_t end, std::size_t joined)
{
    std::vector<Span> result;
    const std::uint64_t length = windows.length() * joined;
    for (std::size_t w = 0; w < windows.counts().size() && w * windows.length() < end; ++w) {
        if (w % joined == 0)
            result.push_back({ w * windows.length(), std::min(w * windows.length() + length, end), {} });
        result.back().counts += windows.counts()[w];
    }
    return result;
}

void add(LineChart::Series& series, double x, double y)
{
    series.x.push_back(x);
    series.y.push_back(y);
}

/// Mean over `width` neighbours, an odd number; fewer at the ends.
std::vector<double> smoothed(const std::vector<double>& values, std::size_t width)
{
    const std::size_t half = width / 2;
    std::vector<double> result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t first = i < half ? 0 : i - half;
        const std::size_t last = std::min(values.size(), i + half + 1);
        const auto from = values.begin();
        result.push_back(std::accumulate(from + static_cast<std::ptrdiff_t>(first),
                                         from + static_cast<std::ptrdiff_t>(last), 0.0)
                         / static_cast<double>(last - first));
    }
    return result;
}

/// Refreshes are so rare that each would be a needle of its own.
void smoothRefresh(LineChart::Series& series, const std::vector<Span>& all)
{
    const std::uint64_t count =
        std::accumulate(all.begin(), all.end(), std::uint64_t { 0 }, [](std::uint64_t sum, const Span& one) {
            return sum + one.counts.refreshes + one.counts.bankRefreshes;
        });
    if (count == 0)
        return;
    constexpr double refreshes = 4; ///< in a mean
    const double distance = static_cast<double>(all.back().last) / static_cast<double>(count);
    const auto width = static_cast<std::size_t>(refreshes * distance / all.front().cycles()) | 1U;
    if (width == 1 || width >= all.size())
        return;
    series.y = smoothed(series.y, width);
    series.name += QStringLiteral(", mean of %1 points").arg(width);
}

LineChart energySoFar(const std::vector<Span>& all, double clockNs, const Coster& coster)
{
    LineChart chart { .x = { text("Time"), text("us") },
                      .y = { text("Energy so far"), text("uJ") },
                      .series = {},
                      .reference = {} };
    for (const EnergyCategory& category : energyCategories)
        chart.series.push_back(
            { .name = text(category.title), .x = { 0 }, .y = { 0 }, .colour = category.colour });
    chart.series.push_back({ .name = text("Total"), .x = { 0 }, .y = { 0 }, .colour = 0 });
    dram::Energy soFar;
    for (const Span& span : all) {
        soFar += coster.ofWindow(span.counts);
        const double end = static_cast<double>(span.last) * clockNs / 1000;
        for (std::size_t i = 0; i < energyCategories.size(); ++i)
            add(chart.series[i], end, energyCategories[i].of(soFar) * microPerPico);
        add(chart.series.back(), end, soFar.total() * microPerPico);
    }
    return chart;
}

/// A point in the middle of each span.
double middle(const Span& span, double clockNs)
{
    return static_cast<double>(span.first + span.last) / 2 * clockNs / 1000;
}

LineChart power(const std::vector<Span>& all, double clockNs, const Coster& coster)
{
    LineChart chart {
        .x = { text("Time"), text("us") }, .y = { text("Power"), text("mW") }, .series = {}, .reference = {}
    };
    for (const EnergyCategory& category : energyCategories)
        chart.series.push_back({ .name = text(category.title), .x = {}, .y = {}, .colour = category.colour });
    for (const Span& span : all) {
        const dram::Energy energy = coster.ofWindow(span.counts);
        for (std::size_t i = 0; i < energyCategories.size(); ++i)
            add(chart.series[i], middle(span, clockNs),
                energyCategories[i].of(energy) / (span.cycles() * clockNs));
    }
    if (!all.empty())
        smoothRefresh(chart.series.back(), all);
    return chart;
}

LineChart bandwidth(const std::vector<Span>& all, const Memory& memory)
{
    LineChart chart { .x = { text("Time"), text("us") },
                      .y = { text("Bandwidth"), text("GB/s") },
                      .series = {},
                      .reference = {} };
    chart.series = { { .name = text("Read"), .x = {}, .y = {}, .colour = 4 },
                     { .name = text("Write"), .x = {}, .y = {}, .colour = 2 } };
    for (const Span& span : all) {
        const double at = middle(span, memory.clockNs());
        const std::uint64_t cycles = span.last - span.first;
        add(chart.series[0], at, dramBandwidth(span.counts.reads, cycles, memory));
        add(chart.series[1], at, dramBandwidth(span.counts.writes, cycles, memory));
    }
    return chart;
}

} // namespace

dram::Windows windowsOf(const DramRun& run)
{
    dram::Windows all = run.result.channels.front().windows;
    for (std::size_t c = 1; c < run.result.channels.size(); ++c)
        all.add(run.result.channels[c].windows);
    return all;
}

std::vector<Chart> chartsOverTime(const DramRun& run, const Memory& memory, const Coster& coster)
{
    const dram::Windows windows = windowsOf(run);
    const double clock = memory.clockNs();
    const std::uint64_t end = run.result.cycles;
    // A length that was asked for is kept.
    const auto cut = [&](std::size_t most) {
        const std::size_t joined = windows.asked() > 0 ? 1 : (windows.counts().size() + most - 1) / most;
        return spans(windows, end, std::max<std::size_t>(1, joined));
    };
    const std::vector<Span> coarse = cut(mostPoints);
    return { { text("energy-time"), text("Energy over time"),
               energySoFar(cut(mostPointsOfCurve), clock, coster) },
             { text("power-time"), text("Power over time"), power(coarse, clock, coster) },
             { text("bandwidth-time"), text("Bandwidth over time"), bandwidth(coarse, memory) } };
}

} // namespace analysis
