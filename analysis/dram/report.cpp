#include "analysis/dram/report_parts.h"
#include "engine/dram/drampower/from_config.h"

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

DramTotals totals(const DramRun& run, const Coster& coster)
{
    DramTotals sum;
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const dram::ChannelResult& channel = run.result.channels[c];
        for (std::size_t r = 0; r < channel.ranks.size(); ++r) {
            sum.counts += channel.ranks[r];
            sum.energy += coster.ofRank(c, r);
        }
        sum.reads.add(channel.reads);
        sum.writes.add(channel.writes);
        sum.merged += channel.merged;
        sum.waiting += channel.waiting;
    }
    return sum;
}

std::vector<Scalar> scalars(const DramRun& run, const DramTotals& sum)
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
          dramBandwidth(sum.counts.reads + sum.counts.writes, run.result.cycles, run.memory), text("GB/s") },
    };
}

void remark(Report& report, const DramRun& run, const DramTotals& sum)
{
    for (const QString& line : run.memory.remarks)
        report.remarks.push_back({ Level::Note, {}, line });
    if (run.energy == EnergyModel::DramPower) {
        for (const std::string& line : dram::drampower::assumptions(run.memory.supplement))
            report.remarks.push_back({ Level::Note, {}, QString::fromStdString(line) });
    }
    if (run.result.stopped)
        report.remarks.push_back(
            { Level::Warning, {}, QStringLiteral("stopped after %1 cycles").arg(run.result.cycles) });
    else if (run.result.stuck)
        report.remarks.push_back(
            { Level::Warning,
              {},
              QStringLiteral(
                  "given up at cycle %1: %2 has stopped serving, its queues wait for each other; %3 "
                  "requests were accepted, %4 of them not carried out")
                  .arg(run.result.cycles)
                  .arg(run.memory.modelName())
                  .arg(run.result.requests)
                  .arg(sum.waiting) });
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

double dramBandwidth(std::uint64_t bursts, std::uint64_t cycles, const Memory& memory)
{
    const double seconds = static_cast<double>(cycles) * memory.clockNs();
    return seconds > 0 ? static_cast<double>(bursts * memory.burstBytes()) / seconds
                       : 0; // byte per ns = GB/s
}

Report dramReport(const DramRun& run)
{
    return dramReport(run, run.memory);
}

Report dramReport(const DramRun& run, const Memory& memory)
{
    const Coster coster(run, memory);
    const DramTotals sum = totals(run, coster);
    Report report;
    report.scalars = scalars(run, sum);
    report.tables = dramTables(run, sum, coster);
    report.charts = dramCharts(run, sum, coster);
    remark(report, run, sum);
    report.partial = run.result.stopped;
    return report;
}

} // namespace analysis
