#include "analysis/dram/report_parts.h"

namespace analysis {

namespace dram = engine::dram;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

/// 0 in files where there was none, as the simulators say.
Scalar latency(const char* name, const char* title, const dram::Latencies& of)
{
    Scalar scalar { text(name), text(title), of.mean(), QStringLiteral("cycle") };
    scalar.none = of.count() == 0;
    return scalar;
}

std::vector<Scalar> scalars(const DramRun& run, const Memory& memory, const DramTotals& sum)
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
        { text("cycles"), text("Duration"), number(run.result.cycles), cycle },
        { text("act"), text("Activates"), number(sum.counts.activates), {} },
        { text("rd"), text("Reads"), number(sum.counts.reads), {} },
        { text("wr"), text("Writes"), number(sum.counts.writes), {} },
        { text("pre"), text("Precharges"), number(sum.counts.precharges), {} },
        { text("ref"), text("Refreshes"), number(sum.counts.refreshes), {} },
        latency("avg_read_latency", "Mean read latency", sum.reads),
        latency("avg_write_latency", "Mean write latency", sum.writes),
        { text("bandwidth"), text("Bandwidth"), dramBandwidth(sum.answered, run.result.cycles, memory),
          text("GB/s") },
        { text("peak_bandwidth"), text("Peak bandwidth"),
          dramBandwidth(memory.channels(), memory.burstCycles(), memory), text("GB/s") },
        { text("capacity"), text("Capacity"), number(memory.capacity()), text("MiB") },
        { text("channels"), text("Channels"), number(memory.channels()), {} },
        { text("ranks"), text("Ranks per channel"), number(memory.ranks()), {} },
    };
}

} // namespace

DramTotals dramTotals(const DramRun& run, const Coster& coster)
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
        sum.answered += channel.answered;
        sum.merged += channel.merged;
        sum.waiting += channel.waiting;
    }
    return sum;
}

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
    const DramTotals sum = dramTotals(run, coster);
    Report report;
    report.scalars = scalars(run, memory, sum);
    report.tables = dramTables(run, memory, sum, coster);
    report.charts = dramCharts(run, memory, sum, coster);
    report.inputs = memory.files;
    report.remarks = dramRemarks(run, memory, sum);
    report.partial = run.result.stopped;
    return report;
}

} // namespace analysis
