#include "analysis/activation/traffic_report.h"

#include "analysis/dram/report_parts.h"

#include <functional>

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

std::vector<Scalar> scalars(const TrafficSummary& summary)
{
    const QString uj = text("uJ");
    const QString percent = text("%");
    const TrafficOutcome& raw = summary.outcomes().front();
    const TrafficOutcome& best = summary.outcomes()[summary.best()];
    std::vector<Scalar> all;
    all.push_back({ text("saving"), text("DRAM energy saved"),
                    savingPercent(summary.total(0), summary.total(summary.best())), percent, 2 });
    all.push_back({ text("saving_read"), text("Read bursts saved"),
                    savingPercent(raw.energy.read, best.energy.read), percent, 2 });
    all.push_back({ text("saving_write"), text("Write bursts saved"),
                    savingPercent(raw.energy.write, best.energy.write), percent, 2 });
    if (const std::optional<double> net = summary.netSaving(summary.best()))
        all.push_back({ text("net_saving"), text("Net saving per picture"), *net, uj });
    if (const std::optional<double> engine = summary.engineEnergy(summary.best()))
        all.push_back({ text("engine_energy"), text("Engine per picture"), *engine, uj, 4 });
    Scalar winner { .name = text("best"), .title = text("Least DRAM energy"), .unit = {} };
    winner.text = best.id;
    all.push_back(winner);
    for (std::size_t plan = 0; plan < summary.outcomes().size(); ++plan) {
        const QString& id = summary.outcomes()[plan].id;
        all.push_back({ text("energy_") + id, text("DRAM energy ") + id, summary.total(plan), uj });
    }
    all.push_back({ text("images"), text("Pictures"), summary.pictures() });
    return all;
}

Chart energyChart(const TrafficSummary& summary)
{
    BarChart bars { .category = { text("Codec"), {} },
                    .value = { text("DRAM energy"), text("uJ per picture") },
                    .series = {},
                    .stacked = true };
    for (const EnergyCategory& category : energyCategories)
        bars.series.push_back({ .name = text(category.title), .colour = category.colour });
    for (const TrafficOutcome& each : summary.outcomes()) {
        bars.categories << each.id;
        for (std::size_t i = 0; i < energyCategories.size(); ++i)
            bars.series[i].values.push_back(energyCategories[i].of(each.energy) * microPerPico);
    }
    return { text("energy"), text("DRAM energy by category"), std::move(bars) };
}

/// Raw beside the best codec, one pair of bars per feature map.
BarChart perLayer(const TrafficSummary& summary, const Axis& axis,
                  const std::function<double(std::size_t plan, std::size_t map)>& value)
{
    const TrafficPlans& plans = summary.result().plans;
    BarChart bars { .category = { text("Layer"), {} }, .value = axis, .series = {} };
    std::vector<std::size_t> drawn { 0 };
    if (summary.best() != 0)
        drawn.push_back(summary.best());
    for (const std::size_t plan : drawn)
        bars.series.push_back({ .name = summary.outcomes()[plan].id, .colour = plan == 0 ? 6 : 0 });
    for (std::size_t map = 0; map < plans.maps; ++map) {
        bars.categories << plans.plans[0].regions[map].layer;
        for (std::size_t i = 0; i < drawn.size(); ++i)
            bars.series[i].values.push_back(value(drawn[i], map));
    }
    return bars;
}

Chart layerEnergyChart(const TrafficSummary& summary)
{
    return { text("layer-energy"), text("DRAM energy per layer"),
             perLayer(
                 summary, { text("DRAM energy"), text("uJ per picture") },
                 [&](std::size_t plan, std::size_t map) { return summary.outcomes()[plan].regions[map]; }) };
}

Chart layerBytesChart(const TrafficSummary& summary, const QString& id, const QString& what,
                      std::uint64_t dram::Counts::*bursts)
{
    return { id, what + text(" per layer"),
             perLayer(summary, { what, text("KiB per picture") }, [&](std::size_t plan, std::size_t map) {
                 return summary.bytes(summary.result().runs[plan].regions[map].*bursts) / 1024;
             }) };
}

} // namespace

Report trafficReport(const TrafficResult& result)
{
    const TrafficSummary summary(result);
    Report report;
    if (summary.outcomes().empty())
        return report;
    report.scalars = scalars(summary);
    report.tables = trafficTables(summary);
    report.charts = { energyChart(summary), layerEnergyChart(summary),
                      layerBytesChart(summary, text("layer-read"), text("Read"), &dram::Counts::reads),
                      layerBytesChart(summary, text("layer-written"), text("Written"),
                                      &dram::Counts::writes) };
    return report;
}

} // namespace analysis
