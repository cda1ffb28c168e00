#include "analysis/activation/compressor_report.h"

#include "analysis/activation/compressor_parts.h"
#include "analysis/number.h"

#include <array>

namespace analysis {

namespace hardware = engine::codec::hardware;
using hardware::Occupancy;
using hardware::Run;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

QString percent(std::uint64_t part, std::uint64_t whole)
{
    return QString::fromLatin1(fixed(100 * quotient(part, whole), 1)) + text(" %");
}

} // namespace

CompressorReport::CompressorReport(const CompressorTask& task)
    : m_task(task)
    , m_totals { &task, 0, std::vector<EngineRun>(task.designs.size()) }
    , m_layers { .id = text("layers"), .title = text("Cycles per layer"), .columns = layerColumns(task) }
    , m_stalls(stallBars())
{
}

void CompressorReport::add(const QString& layer, const SimulatedLayer& simulated)
{
    m_layers.rows.push_back(layerCells(m_task, layer, simulated));
    m_totals.words += simulated.words;
    for (std::size_t i = 0; i < m_totals.runs.size(); ++i)
        m_totals.runs[i] += simulated.runs[i];
    const Direction direction = m_task.directions.front();
    addStalls(m_stalls, layer, simulated.runs.front().of(direction), direction);
}

void CompressorReport::addScalars(Report& report) const
{
    const int wordBits = m_task.chosen().pipeline.wordBits;
    const Run& any = m_totals.runs.front().of(m_task.directions.front());
    double gates = 0;
    double logic = 0;
    for (const Direction direction : m_task.directions) {
        const QString tail = engineSuffix(direction);
        const QString of = text(", ") + engineName(direction).toLower();
        const double rate = m_totals.wordsPerCycle(0, direction);
        report.scalars.push_back({ text("cycles") + tail, text("Cycles") + of,
                                   static_cast<double>(m_totals.runs.front().of(direction).cycles),
                                   text("cycle") });
        report.scalars.push_back({ text("words_per_cycle") + tail, text("Words per cycle") + of, rate });
        report.scalars.push_back({ text("gbps") + tail, text("Throughput") + of,
                                   gigabytesPerSecond(rate, wordBits, m_task.clockMhz), text("GB/s") });
        gates += m_totals.kiloGates(0, direction);
        logic += m_task.chosen().logicGates(direction, m_task.cells) / 1000;
    }
    report.scalars.push_back(
        { text("bound"), text("Closed-form bound"), static_cast<double>(any.bound), text("cycle") });
    report.scalars.push_back({ text("kge"), text("Gates"), gates, text("kGE") });
    report.scalars.push_back({ text("kge_logic"), text("Gates, muxes and ORs only"), logic, text("kGE") });
}

void CompressorReport::addComparison(Report& report) const
{
    Run tree;
    Run serial;
    std::array<double, 2> gates {}; // tree, serial
    std::array<double, 2> logic {};
    for (const Direction direction : m_task.directions) {
        tree += m_totals.runs[m_task.tree].of(direction);
        serial += m_totals.runs[m_task.serial].of(direction);
        gates[0] += m_task.designs[m_task.tree].gates(direction, m_task.cells);
        gates[1] += m_task.designs[m_task.serial].gates(direction, m_task.cells);
        logic[0] += m_task.designs[m_task.tree].logicGates(direction, m_task.cells);
        logic[1] += m_task.designs[m_task.serial].logicGates(direction, m_task.cells);
    }
    const QString unit = text("%");
    report.scalars.push_back({ text("throughput_gain"), text("Throughput gain of the tree"),
                               100 * (quotient(serial.cycles, tree.cycles) - 1), unit, 1 });
    report.scalars.push_back({ text("gate_overhead"), text("Gate overhead of the tree"),
                               100 * (gates[0] / gates[1] - 1), unit, 1 });
    report.scalars.push_back({ text("gate_overhead_logic"), text("Gate overhead, muxes and ORs only"),
                               100 * (logic[0] / logic[1] - 1), unit, 1 });
}

Remark CompressorReport::stallRemark(Direction direction) const
{
    const Run& run = m_totals.runs.front().of(direction);
    const bool compresses = direction == Direction::Compress;
    QString said = engineName(direction) + text(": ");
    if (run.limit() == hardware::Limit::Port)
        said +=
            text("the port holds the bound, %1 words of %2 bit for %3 cycles of blocks; the stages %4 %5 of "
                 "all cycles")
                .arg(run.portWords)
                .arg(m_task.chosen().pipeline.portBits)
                .arg(run.stageCycles())
                .arg(compresses ? text("stand still with a full buffer in") : text("wait for bits in"))
                .arg(percent(compresses ? run.bufferFull : run.waiting, run.cycles));
    else
        said +=
            text("the input holds the bound, %1 cycles of blocks for %2 words of %3 bit; the port %4 %5 of "
                 "all cycles")
                .arg(run.stageCycles())
                .arg(run.portWords)
                .arg(m_task.chosen().pipeline.portBits)
                .arg(compresses ? text("idles in") : text("meets a full buffer in"))
                .arg(percent(compresses ? run.portIdle : run.bufferFull, run.cycles));
    said += text(". Cycles are %1 above the bound.").arg(percent(run.cycles - run.bound, run.bound));
    return { Level::Note, {}, said };
}

Report CompressorReport::finish(const std::vector<Occupancy>& watched, bool stopped)
{
    Report report;
    report.partial = m_layers.partial = stopped;
    if (!m_layers.rows.empty()) {
        addScalars(report);
        addComparison(report);
        for (const Direction direction : m_task.directions)
            report.remarks.push_back(stallRemark(direction));
    }
    dropEmptySeries(m_stalls);
    report.tables.push_back(std::move(m_layers));
    report.tables.push_back(sweepTable(m_totals));
    report.tables.push_back(gatesTable(m_task));
    report.tables.push_back(designsTable(m_totals));
    report.tables.push_back(occupancyTable(m_task, watched));
    for (std::size_t i = 0; i < watched.size(); ++i)
        report.charts.push_back(occupancyChart(watched[i], m_task.directions[i]));
    report.charts.push_back({ text("stalls"),
                              engineName(m_task.directions.front()) + text(": where its cycles go"),
                              std::move(m_stalls) });
    report.charts.push_back(throughputChart(m_totals));
    report.charts.push_back(gatesChart(m_task));
    report.charts.push_back(efficiencyChart(m_totals));
    return report;
}

} // namespace analysis
