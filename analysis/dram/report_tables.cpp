#include "analysis/dram/report_parts.h"

namespace analysis {

namespace dram = engine::dram;

namespace {

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

Cell share(std::uint64_t part, std::uint64_t whole)
{
    return whole > 0 ? Cell(static_cast<double>(part) / static_cast<double>(whole)) : Cell();
}

Table rankTable(const DramRun& run, const Memory& memory, const Coster& coster)
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
    const double ns = static_cast<double>(run.result.cycles) * memory.clockNs();
    for (std::size_t c = 0; c < run.result.channels.size(); ++c) {
        const auto& ranks = run.result.channels[c].ranks;
        for (std::size_t r = 0; r < ranks.size(); ++r) {
            const dram::Energy energy = coster.ofRank(c, r);
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

Table latencyTable(const DramTotals& sum, double clockNs)
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
        if (l.count() == 0) {
            table.rows.push_back({ text(kind), qint64 { 0 }, {}, {}, {}, {}, {}, {} });
            return;
        }
        table.rows.push_back({ text(kind), static_cast<qint64>(l.count()), l.mean(),
                               static_cast<qint64>(l.percentile(0.5)), static_cast<qint64>(l.percentile(0.9)),
                               static_cast<qint64>(l.percentile(0.99)), static_cast<qint64>(l.longest()),
                               l.mean() * clockNs });
    };
    row("read", sum.reads);
    row("write", sum.writes);
    return table;
}

} // namespace

std::vector<Table> dramTables(const DramRun& run, const Memory& memory, const DramTotals& sum,
                              const Coster& coster)
{
    return { rankTable(run, memory, coster), bankTable(run), latencyTable(sum, memory.clockNs()) };
}

} // namespace analysis
