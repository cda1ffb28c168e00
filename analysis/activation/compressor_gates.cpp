#include "analysis/activation/compressor_parts.h"

#include <algorithm>
#include <array>
#include <limits>

namespace analysis {

namespace hardware = engine::codec::hardware;
using hardware::Direction;
using hardware::StageGates;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

/// What stages of both engines are called in the chart, so that they share a colour.
struct Part {
    const char* title;
    std::array<const char*, 3> starts; ///< of the names of the stages
};

constexpr std::array<Part, 7> parts = { {
    { "Detection", { "Zero detection", nullptr, nullptr } },
    { "Leading one", { "Leading one", nullptr, nullptr } },
    { "Wait for the block", { "Wait", nullptr, nullptr } },
    { "Mask and width", { "Mask", "Header", nullptr } },
    { "Concatenation, expansion", { "Level", "Concatenation", "Expansion" } },
    { "Port buffer", { "Wrapper", "Unpacker", nullptr } },
    { "Output", { "Output", nullptr, nullptr } },
} };

bool belongs(const StageGates& stage, const Part& part)
{
    return std::ranges::any_of(
        part.starts, [&](const char* start) { return start != nullptr && stage.stage.starts_with(start); });
}

Column gateColumn(const char* name, const char* title, const char* unit)
{
    return { .name = text(name), .title = text(title), .unit = text(unit), .kind = ColumnKind::Count };
}

} // namespace

Table gatesTable(const CompressorTask& task)
{
    Table table { .id = text("gates"),
                  .title = text("Gates of every stage"),
                  .columns = { { .name = text("engine"), .title = text("Engine") },
                               { .name = text("concatenation"), .title = text("Concatenation") },
                               { .name = text("stage"), .title = text("Stage") },
                               { .name = text("formula"), .title = text("Formula") },
                               gateColumn("mux", "2-input muxes", ""),
                               gateColumn("or", "2-input ORs", ""),
                               gateColumn("flip_flops", "Flip-flops", ""),
                               { .name = text("logic"),
                                 .title = text("Muxes and ORs"),
                                 .unit = text("GE"),
                                 .kind = ColumnKind::Real,
                                 .decimals = 0 },
                               { .name = text("gates"),
                                 .title = text("All gates"),
                                 .unit = text("GE"),
                                 .kind = ColumnKind::Real,
                                 .bar = true,
                                 .decimals = 0 } } };
    for (const Direction direction : task.directions)
        for (const std::size_t design : { task.tree, task.serial })
            for (const StageGates& stage : hardware::gateEstimate(task.designs[design].pipeline, direction))
                table.rows.push_back(
                    { engineName(direction), task.designs[design].way(), QString::fromStdString(stage.stage),
                      QString::fromStdString(stage.formula), static_cast<qint64>(stage.muxes),
                      static_cast<qint64>(stage.ors), static_cast<qint64>(stage.flipFlops),
                      stage.logic(task.cells), stage.total(task.cells) });
    return table;
}

Chart gatesChart(const CompressorTask& task)
{
    BarChart bars { .category = { text("Engine"), {} },
                    .value = { text("Gates"), text("kGE") },
                    .stacked = true };
    for (std::size_t i = 0; i < parts.size(); ++i)
        bars.series.push_back({ .name = text(parts[i].title), .colour = static_cast<int>(i) });
    for (const Direction direction : task.directions)
        for (const std::size_t design : { task.tree, task.serial }) {
            bars.categories << text(direction == Direction::Compress ? "Comp. " : "Dec. ")
                    + task.designs[design].way().toLower();
            const auto stages = hardware::gateEstimate(task.designs[design].pipeline, direction);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                double sum = 0;
                for (const StageGates& stage : stages)
                    sum += belongs(stage, parts[i]) ? stage.total(task.cells) : 0;
                bars.series[i].values.push_back(sum / 1000);
            }
        }
    dropEmptySeries(bars);
    return { text("gates"), text("Gates by stage"), std::move(bars) };
}

} // namespace analysis
