#include "analysis/activation/traffic_report.h"
#include "analysis/dram/report_parts.h"

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

Column real(const char* name, const char* title, const char* unit, int decimals = 3)
{
    return { .name = text(name),
             .title = text(title),
             .unit = text(unit),
             .kind = ColumnKind::Real,
             .decimals = decimals };
}

QString kindOf(const TrafficPlans& plans, std::size_t region)
{
    return region < plans.maps ? text("map") : plans.picture == region ? text("picture") : text("weights");
}

std::vector<Cell> layerRow(const TrafficSummary& summary, std::size_t region, std::size_t plan)
{
    const TrafficResult& result = summary.result();
    const std::vector<TrafficOutcome>& outcomes = summary.outcomes();
    const TrafficPlan& made = result.plans.plans[plan];
    const dram::Counts& counts = result.runs[plan].regions[region];
    double bits = 0;
    for (const std::vector<StoredStream>& image : made.images)
        bits += static_cast<double>(image[region].bits() + image[region].indexBits);
    const double energy = outcomes[plan].regions[region];
    return { made.regions[region].layer,
             kindOf(result.plans, region),
             outcomes[plan].id,
             static_cast<qint64>(result.plans.shapes[region].words()),
             static_cast<qint64>(result.plans.readers[region]),
             bits / 8 / summary.pictures(),
             summary.bytes(counts.reads),
             summary.bytes(counts.writes),
             static_cast<double>(counts.activates) / summary.pictures(),
             energy,
             savingPercent(outcomes.front().regions[region], energy) };
}

Table layersTable(const TrafficSummary& summary)
{
    Table table { .id = text("layers"), .title = text("Traffic per layer and picture") };
    table.columns = { { .name = text("layer"), .title = text("Layer") },
                      { .name = text("stored"), .title = text("Stored") },
                      { .name = text("codec"), .title = text("Codec") },
                      { .name = text("words"), .title = text("Words"), .kind = ColumnKind::Count },
                      { .name = text("readers"), .title = text("Readers"), .kind = ColumnKind::Count },
                      real("size", "Size", "byte", 1),
                      real("read", "Read", "byte", 1),
                      real("written", "Written", "byte", 1),
                      real("activates", "Activates", "", 1),
                      real("energy", "DRAM energy", "uJ", 4),
                      real("saving", "Saved", "%", 2) };
    table.columns[9].bar = true;
    const std::size_t regions = summary.result().plans.shapes.size();
    for (std::size_t region = 0; region < regions; ++region)
        for (std::size_t plan = 0; plan < summary.outcomes().size(); ++plan)
            table.rows.push_back(layerRow(summary, region, plan));
    return table;
}

Table energyTable(const TrafficSummary& summary)
{
    Table table { .id = text("energy"), .title = text("DRAM energy per picture") };
    table.columns = {
        { .name = text("codec"), .title = text("Codec") },
        real("background", "Background", "uJ"),
        real("act_pre", "Activate + precharge", "uJ"),
        real("read", "Burst read", "uJ"),
        real("write", "Burst write", "uJ"),
        real("refresh", "Refresh", "uJ"),
        real("total", "Total", "uJ"),
        real("saving", "Saved", "%", 2),
        real("saving_read", "Read bursts saved", "%", 2),
        real("saving_write", "Write bursts saved", "%", 2),
        real("read_bytes", "Read", "byte", 1),
        real("written_bytes", "Written", "byte", 1),
        real("cycles", "Cycles", "cycle", 1),
        real("bandwidth", "Bandwidth", "GB/s", 2),
        real("engine", "Engine", "uJ", 4),
        real("net_saving", "Net saving", "uJ"),
    };
    table.columns[6].bar = true;
    const auto cell = [](const std::optional<double>& value) { return value ? Cell(*value) : Cell(); };
    const dram::Energy& raw = summary.outcomes().front().energy;
    for (std::size_t plan = 0; plan < summary.outcomes().size(); ++plan) {
        const TrafficOutcome& each = summary.outcomes()[plan];
        std::vector<Cell> row { each.id };
        for (const EnergyCategory& category : energyCategories)
            row.emplace_back(category.of(each.energy) * microPerPico);
        for (const double value :
             { summary.total(plan), savingPercent(summary.total(0), summary.total(plan)),
               savingPercent(raw.read, each.energy.read), savingPercent(raw.write, each.energy.write),
               each.readBytes, each.writtenBytes, each.cycles, each.bandwidth })
            row.emplace_back(value);
        row.push_back(cell(summary.engineEnergy(plan)));
        row.push_back(cell(summary.netSaving(plan)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table engineTable(const TrafficSummary& summary)
{
    Table table { .id = text("engine") };
    table.title = QStringLiteral("Energy of the engine per picture: gates × activity × cycles × pJ per "
                                 "gate and cycle");
    table.columns = { { .name = text("codec"), .title = text("Codec") },
                      { .name = text("direction"), .title = text("Direction") },
                      real("gates", "Gates", "", 0),
                      real("activity", "Activity", ""),
                      real("cycles", "Cycles", "cycle", 1),
                      real("gate_energy", "Per gate and cycle", "pJ", 5),
                      real("energy", "Energy", "uJ", 5) };
    for (std::size_t plan = 1; plan < summary.outcomes().size(); ++plan) {
        const std::optional<TrafficEngine>& engine = summary.result().engines[plan];
        if (!engine)
            continue;
        const auto add = [&](const char* direction, const engine::codec::hardware::EngineEnergy& each) {
            table.rows.push_back({ summary.outcomes()[plan].id, text(direction), each.gates, each.activity,
                                   each.cycles, each.picojoulePerGateCycle,
                                   each.picojoules() * microPerPico });
        };
        add("compress", engine->compressor);
        add("decompress", engine->decompressor);
    }
    return table;
}

} // namespace

std::vector<Table> trafficTables(const TrafficSummary& summary)
{
    return { layersTable(summary), energyTable(summary), engineTable(summary) };
}

} // namespace analysis
