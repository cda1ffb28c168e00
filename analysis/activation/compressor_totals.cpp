#include "analysis/activation/compressor_totals.h"

#include "analysis/activation/compressor_parts.h"

#include <algorithm>

namespace analysis {

namespace hardware = engine::codec::hardware;
using hardware::Direction;
using hardware::Run;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

std::vector<Cell> sweepCells(const CompressorTotals& totals, std::size_t design, Direction direction)
{
    const hardware::Pipeline& pipeline = totals.task->designs[design].pipeline;
    const Run& run = totals.runs[design].of(direction);
    const double rate = totals.wordsPerCycle(design, direction);
    return { engineName(direction),
             qint64 { pipeline.wordsPerCycle },
             qint64 { pipeline.blockWords },
             totals.task->designs[design].way(),
             static_cast<qint64>(run.cycles),
             static_cast<qint64>(run.bound),
             limitName(run),
             rate,
             gigabytesPerSecond(rate, pipeline.wordBits, totals.task->clockMhz),
             totals.kiloGates(design, direction),
             totals.wordsPerCycleAndKge(design, direction) };
}

std::vector<Cell> designCells(const CompressorTotals& totals, const QString& name, std::size_t design,
                              Direction direction)
{
    const EngineRun& run = totals.runs[design];
    const auto raw =
        totals.words * static_cast<std::uint64_t>(totals.task->designs[design].pipeline.wordBits);
    return { name,
             text("simulated"),
             engineName(direction),
             quotient(raw, run.of(direction).bits),
             totals.wordsPerCycle(design, direction),
             totals.kiloGates(design, direction),
             totals.wordsPerCycleAndKge(design, direction) };
}

} // namespace

double quotient(std::uint64_t part, std::uint64_t whole)
{
    return static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(1, whole));
}

double CompressorTotals::wordsPerCycle(std::size_t design, Direction direction) const
{
    return quotient(words, runs[design].of(direction).cycles);
}

double CompressorTotals::kiloGates(std::size_t design, Direction direction) const
{
    return task->designs[design].gates(direction, task->cells) / 1000;
}

double CompressorTotals::wordsPerCycleAndKge(std::size_t design, Direction direction) const
{
    return wordsPerCycle(design, direction) / kiloGates(design, direction);
}

Table sweepTable(const CompressorTotals& totals)
{
    Table table { .id = text("sweep"),
                  .title = text("Words per cycle P and block size S"),
                  .columns = {
                      { .name = text("engine"), .title = text("Engine") },
                      { .name = text("p"),
                        .title = text("P"),
                        .unit = text("words"),
                        .kind = ColumnKind::Count },
                      { .name = text("s"),
                        .title = text("S"),
                        .unit = text("words"),
                        .kind = ColumnKind::Count },
                      { .name = text("concatenation"), .title = text("Concatenation") },
                      { .name = text("cycles"),
                        .title = text("Cycles"),
                        .unit = text("cycle"),
                        .kind = ColumnKind::Count },
                      { .name = text("bound"),
                        .title = text("Bound"),
                        .unit = text("cycle"),
                        .kind = ColumnKind::Count },
                      { .name = text("limit"), .title = text("Bound held by") },
                      { .name = text("words_per_cycle"),
                        .title = text("Words per cycle"),
                        .kind = ColumnKind::Real,
                        .bar = true },
                      { .name = text("gbps"),
                        .title = text("Throughput"),
                        .unit = text("GB/s"),
                        .kind = ColumnKind::Real },
                      { .name = text("kge"),
                        .title = text("Gates"),
                        .unit = text("kGE"),
                        .kind = ColumnKind::Real },
                      { .name = text("words_per_cycle_kge"),
                        .title = text("Words per cycle and kGE"),
                        .kind = ColumnKind::Real,
                        .bar = true,
                        .decimals = 3 },
                  } };
    for (const Direction direction : totals.task->directions)
        for (const std::size_t design : totals.task->sweep)
            table.rows.push_back(sweepCells(totals, design, direction));
    return table;
}

Table designsTable(const CompressorTotals& totals)
{
    Table table { .id = text("designs"),
                  .title = text("Comparison of engines"),
                  .columns = {
                      { .name = text("design"), .title = text("Design") },
                      { .name = text("origin"), .title = text("Figures") },
                      { .name = text("engine"), .title = text("Engine") },
                      { .name = text("ratio"), .title = text("Ratio"), .kind = ColumnKind::Ratio },
                      { .name = text("words_per_cycle"),
                        .title = text("Words per cycle"),
                        .kind = ColumnKind::Real },
                      { .name = text("kge"),
                        .title = text("Gates"),
                        .unit = text("kGE"),
                        .kind = ColumnKind::Real },
                      { .name = text("words_per_cycle_kge"),
                        .title = text("Words per cycle and kGE"),
                        .kind = ColumnKind::Real,
                        .bar = true,
                        .decimals = 3 },
                  } };
    for (const Direction direction : totals.task->directions) {
        const QString codec = totals.task->chosen().codec;
        table.rows.push_back(designCells(totals, codec + text(", tree"), totals.task->tree, direction));
        table.rows.push_back(designCells(totals, codec + text(", serial"), totals.task->serial, direction));
        if (totals.task->wordLevel != totals.task->tree)
            table.rows.push_back(designCells(totals, text("zvc, tree"), totals.task->wordLevel, direction));
        // Cavigelli, Rutishauser, Benini: EBPC, IEEE JETCAS 9(4) 2019; 65 nm, one 8-bit word a cycle.
        const double published = direction == Direction::Compress ? 2.8 : 3.0;
        table.rows.push_back({ text("ebpc, 8 bit (EBPC, JETCAS 2019)"), text("published"),
                               engineName(direction), Cell {}, 1.0, published, 1 / published });
    }
    return table;
}

Chart throughputChart(const CompressorTotals& totals)
{
    BarChart bars { .category = { text("Words taken per cycle P"), {} },
                    .value = { text("Throughput"), text("words per cycle") } };
    const int blockWords = totals.task->chosen().pipeline.blockWords;
    for (const Direction direction : totals.task->directions)
        for (const bool tree : { true, false }) {
            BarChart::Series series { .name = engineName(direction)
                                          + (tree ? text(", tree") : text(", serial")) };
            bars.categories.clear();
            for (const std::size_t design : totals.task->sweep) {
                const EngineDesign& swept = totals.task->designs[design];
                if (swept.isTree() != tree || swept.pipeline.blockWords != blockWords)
                    continue;
                bars.categories << QString::number(swept.pipeline.wordsPerCycle);
                series.values.push_back(totals.wordsPerCycle(design, direction));
            }
            bars.series.push_back(std::move(series));
        }
    return { text("throughput"), text("Throughput against P, S = %1").arg(blockWords), std::move(bars) };
}

Chart efficiencyChart(const CompressorTotals& totals)
{
    BarChart bars { .category = { text("Words taken per cycle P"), {} },
                    .value = { text("Words per cycle and kGE"), {} } };
    const Direction direction = totals.task->directions.front();
    for (const std::size_t design : totals.task->sweep) {
        const EngineDesign& swept = totals.task->designs[design];
        if (!swept.isTree())
            continue;
        const QString name = text("S = %1").arg(swept.pipeline.blockWords);
        const QString category = QString::number(swept.pipeline.wordsPerCycle);
        auto series = std::ranges::find(bars.series, name, &BarChart::Series::name);
        if (series == bars.series.end())
            series = bars.series.insert(series, { .name = name });
        if (!bars.categories.contains(category))
            bars.categories << category;
        series->values.push_back(totals.wordsPerCycleAndKge(design, direction));
    }
    return { text("efficiency"), engineName(direction) + text(": throughput per gates"), std::move(bars) };
}

} // namespace analysis
