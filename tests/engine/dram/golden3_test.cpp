#include "engine/dram/dramsim3/simulate.h"
#include "tests/engine/dram/golden.h"
#include "tests/engine/dram/streams.h"
#include "tests/reference/dram_traces.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <map>

namespace dram = engine::dram;
using dram::CommandKind;
using dramgolden::digits;

namespace {

const QJsonObject& file()
{
    static const QJsonObject content = dramgolden::file(QStringLiteral("dramsim3"));
    return content;
}

struct Run {
    QJsonObject golden;
    dram::dramsim3::Config config;
    dram::RunResult result;
    std::vector<dram::Command> commands;
};

Run run(const QJsonObject& golden)
{
    Run made {
        golden, dramgolden::dramsim3Config(file(), golden[QLatin1String("config")].toString()).value, {}, {}
    };
    const std::vector<dram::Request> trace =
        reference::dramTrace(golden[QLatin1String("trace")].toString().toStdString());
    dramtest::CommandList list;
    dram::RequestList source(trace);
    made.result = dram::dramsim3::simulate(
        made.config, source,
        { .cycles = static_cast<std::uint64_t>(golden[QLatin1String("cycles")].toInteger()),
          .window = 0,
          .wrapAddresses = false,
          .sink = &list },
        {});
    made.commands = std::move(list.all);
    return made;
}

/// What DRAMsim3 counts beside the commands, counted again from the command stream alone.
struct StreamCounters {
    qint64 readHits = 0;
    qint64 writeHits = 0;
    qint64 dual = 0; ///< cycles of a channel with two commands
    qint64 ondemand = 0; ///< precharges that were not for a refresh
};

/// Follows the refreshes of one channel: request n comes at cycle n * step, ranks in turn.
class RefreshQueue {
public:
    RefreshQueue(std::uint64_t step, std::uint64_t ranks)
        : m_step(step)
        , m_ranks(ranks)
    {
    }

    bool isForRefresh(const dram::Command& precharge) const
    {
        return (m_number + 1) * m_step <= precharge.cycle && m_number % m_ranks == precharge.rank;
    }
    void served() { ++m_number; }

private:
    std::uint64_t m_step;
    std::uint64_t m_ranks;
    std::uint64_t m_number = 0;
};

StreamCounters countersOf(const Run& run)
{
    StreamCounters counters;
    const auto ranks = static_cast<std::uint64_t>(run.config.ranks());
    std::vector<RefreshQueue> refreshes(run.result.channels.size(),
                                        { static_cast<std::uint64_t>(run.config.tREFI) / ranks, ranks });
    std::map<std::uint32_t, bool> used;
    std::map<std::uint8_t, std::uint64_t> lastCycle;
    for (const dram::Command& command : run.commands) {
        const auto [last, isFirst] = lastCycle.emplace(command.channel, command.cycle);
        if (!isFirst)
            counters.dual += last->second == command.cycle ? 1 : 0;
        last->second = command.cycle;
        bool& rowUsed = used[std::uint32_t { command.channel } << 16 | std::uint32_t { command.rank } << 8
                             | command.bank];
        if (command.kind == CommandKind::Activate)
            rowUsed = false;
        else if (command.kind == CommandKind::Precharge)
            counters.ondemand += refreshes[command.channel].isForRefresh(command) ? 0 : 1;
        else if (command.kind == CommandKind::Refresh)
            refreshes[command.channel].served();
        else {
            (command.kind == CommandKind::Read ? counters.readHits : counters.writeHits) += rowUsed ? 1 : 0;
            rowUsed = true;
        }
    }
    return counters;
}

void compareCounters(const Run& run)
{
    const QJsonObject expected = run.golden[QLatin1String("counters")].toObject();
    const auto count = [&](const char* key) { return expected[QLatin1String(key)].toInteger(); };
    const auto same = [](std::uint64_t value) { return static_cast<qint64>(value); };
    const dram::Counts counts = run.result.counts();
    QCOMPARE(same(counts.activates), count("num_act_cmds"));
    QCOMPARE(same(counts.reads), count("num_read_cmds"));
    QCOMPARE(same(counts.writes), count("num_write_cmds"));
    QCOMPARE(same(counts.precharges), count("num_pre_cmds"));
    QCOMPARE(same(counts.refreshes), count("num_ref_cmds"));
    QCOMPARE(same(counts.residency[0]), count("rank_active_cycles"));
    QCOMPARE(same(counts.residency[1]), count("all_bank_idle_cycles"));
    std::uint64_t hits = 0;
    for (const dram::ChannelResult& channel : run.result.channels) {
        for (const std::vector<dram::BankCounts>& rank : channel.banks) {
            for (const dram::BankCounts& bank : rank)
                hits += bank.hits;
        }
    }
    const StreamCounters stream = countersOf(run);
    QCOMPARE(stream.readHits, count("num_read_row_hits"));
    QCOMPARE(stream.writeHits, count("num_write_row_hits"));
    QCOMPARE(same(hits), stream.readHits + stream.writeHits);
    QCOMPARE(stream.dual, count("hbm_dual_cmds"));
    // DRAMsim3 also counts the second precharges of an HBM cycle that it then discards.
    if (run.config.isHbm())
        QVERIFY(stream.ondemand <= count("num_ondemand_pres"));
    else
        QCOMPARE(stream.ondemand, count("num_ondemand_pres"));
}

void compareRequests(const Run& run)
{
    const QJsonObject counters = run.golden[QLatin1String("counters")].toObject();
    dram::Latencies reads;
    std::uint64_t accepted = 0;
    for (const dram::ChannelResult& channel : run.result.channels) {
        reads.add(channel.reads);
        accepted += channel.accepted;
    }
    const auto done = static_cast<qint64>(reads.count());
    QCOMPARE(done, counters[QLatin1String("num_reads_done")].toInteger());
    QCOMPARE(static_cast<qint64>(accepted) - done, counters[QLatin1String("num_writes_done")].toInteger());
    QCOMPARE(digits(reads.mean(), 12),
             digits(run.golden[QLatin1String("avg_read_latency_cycles")].toDouble(), 12));
}

void compareEnergies(const Run& run)
{
    const dram::Energy energy = cost(run.result.counts(), run.config.increments());
    const QJsonObject expected = run.golden[QLatin1String("energy_uJ")].toObject();
    const auto categories = std::to_array<std::pair<const char*, double>>({
        { "background", energy.background() },
        { "actpre", energy.actPre },
        { "burst", energy.burst() },
        { "refresh", energy.refresh },
        { "total", energy.total() },
    });
    for (const auto& [name, picojoules] : categories) {
        const double wanted = expected[QLatin1String(name)].toDouble();
        const double value = picojoules * 1e-6;
        QVERIFY2(std::abs(value - wanted) <= 1e-9 * std::abs(wanted),
                 qPrintable(QStringLiteral("%1: %2 is not %3")
                                .arg(QLatin1String(name), digits(value, 15), digits(wanted, 15))));
    }
}

} // namespace

/// Our engine against the figures of DRAMsim3.
class DramGolden3Test : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void filesAndPresetsAgree();
    void equalsDramsim3_data();
    void equalsDramsim3();
};

void DramGolden3Test::filesAndPresetsAgree()
{
    const QJsonObject configs = file()[QLatin1String("configs")].toObject();
    QCOMPARE(configs.size(), 6);
    for (const QString& name : configs.keys()) {
        const auto read = dramgolden::dramsim3Config(file(), name);
        for (const std::string& remark : read.warnings)
            QVERIFY2(remark.find("is not a key") == std::string::npos, remark.c_str());
        const dram::Preset* preset = dram::findPreset(read.value.name);
        QVERIFY(preset != nullptr);
        QVERIFY2(read.value == dramsim3Config(*preset).value, qPrintable(name));
    }
}

void DramGolden3Test::equalsDramsim3_data()
{
    QTest::addColumn<QJsonObject>("golden");
    const QJsonArray cases = file()[QLatin1String("cases")].toArray();
    QCOMPARE(cases.size(), 36);
    for (const auto& value : cases) {
        const QJsonObject golden = value.toObject();
        const QString name = golden[QLatin1String("config")].toString() + QLatin1Char(' ')
            + golden[QLatin1String("trace")].toString();
        QTest::newRow(qPrintable(name)) << golden;
    }
}

void DramGolden3Test::equalsDramsim3()
{
    QFETCH(const QJsonObject, golden);
    const Run made = run(golden);
    QCOMPARE(static_cast<qint64>(made.result.cycles), golden[QLatin1String("cycles")].toInteger());
    QCOMPARE(static_cast<qint64>(made.result.requests), golden[QLatin1String("requests")].toInteger());
    QCOMPARE(static_cast<int>(made.result.channels.size()), golden[QLatin1String("channels")].toInt());
    compareCounters(made);
    compareRequests(made);
    compareEnergies(made);
}

QTEST_GUILESS_MAIN(DramGolden3Test)
#include "golden3_test.moc"
