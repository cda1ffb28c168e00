#include "engine/dram/dramsim2/simulate.h"
#include "tests/engine/dram/golden.h"
#include "tests/engine/dram/streams.h"
#include "tests/reference/dram_traces.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <map>

namespace dram = engine::dram;
using dramgolden::digits;

namespace {

const QJsonObject& file()
{
    static const QJsonObject content = dramgolden::file(QStringLiteral("dramsim2"));
    return content;
}

const std::vector<dram::Request>& trace(const QString& name)
{
    static std::map<QString, std::vector<dram::Request>> drawn;
    std::vector<dram::Request>& requests = drawn[name];
    if (requests.empty())
        requests = reference::dramTrace(name.toStdString());
    return requests;
}

struct Run {
    QJsonObject golden;
    dram::dramsim2::Config config;
    dram::RunResult result;
    std::vector<dram::Command> commands;
};

Run run(const QJsonObject& golden, std::uint64_t cycles)
{
    Run made {
        golden, dramgolden::dramsim2Config(file(), golden[QLatin1String("config")].toString()).value, {}, {}
    };
    dramtest::CommandList list;
    dram::RequestList source(trace(golden[QLatin1String("trace")].toString()));
    made.result = dram::dramsim2::simulate(
        made.config, source, { .cycles = cycles, .window = 0, .wrapAddresses = false, .sink = &list }, {});
    made.commands = std::move(list.all);
    return made;
}

QString near(double actual, double expected)
{
    const double scale = std::max(std::abs(expected), 1e-300);
    return std::abs(actual - expected) <= 1e-9 * scale
        ? QString()
        : QStringLiteral("%1 is not %2").arg(digits(actual, 15), digits(expected, 15));
}

QString compareEnergies(const dram::Energy& energy, const QJsonObject& expected, double scale)
{
    const auto categories = std::to_array<std::pair<const char*, double>>({
        { "background", energy.background() },
        { "actpre", energy.actPre },
        { "burst", energy.burst() },
        { "refresh", energy.refresh },
        { "total", energy.total() },
    });
    for (const auto& [name, value] : categories) {
        const QString difference = near(value * scale, expected[QLatin1String(name)].toDouble());
        if (!difference.isEmpty())
            return QLatin1String(name) + QStringLiteral(": ") + difference;
    }
    return {};
}

void compareLatencies(const Run& run)
{
    dram::Latencies reads;
    dram::Latencies writes;
    std::uint64_t last = 0;
    for (const dram::ChannelResult& channel : run.result.channels) {
        reads.add(channel.reads);
        writes.add(channel.writes);
        last = std::max(last, channel.lastDone);
    }
    const auto expected = [&](const char* key) { return run.golden[QLatin1String(key)].toDouble(); };
    QCOMPARE(digits(reads.mean(), 9), digits(expected("avg_read_latency_cycles"), 9));
    QCOMPARE(digits(writes.mean(), 9), digits(expected("avg_write_latency_cycles"), 9));
    QCOMPARE(static_cast<double>(reads.longest()), expected("max_read_latency_cycles"));
    QCOMPARE(static_cast<double>(last), expected("last_done_cycle"));
}

void compareCommands(const Run& run)
{
    std::map<QString, qint64> counted;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const dram::Command& command : run.commands) {
        const std::string_view name = dram::commandName(command.kind);
        ++counted[QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))];
        hash.addData(QByteArray::fromStdString(dramtest::lineOf(command) + '\n'));
    }
    const QJsonObject expected = run.golden[QLatin1String("commands")].toObject();
    for (const QString& name : expected.keys())
        QCOMPARE(counted[name], expected[name].toInteger());
    QCOMPARE(static_cast<qsizetype>(counted.size()), expected.size());
    const QJsonArray first = run.golden[QLatin1String("first_commands")].toArray();
    for (qsizetype i = 0; i < first.size(); ++i)
        QCOMPARE(QString::fromStdString(dramtest::lineOf(run.commands.at(static_cast<std::size_t>(i)))),
                 first[i].toString());
    if (run.golden.contains(QLatin1String("command_stream_sha256")))
        QCOMPARE(QString::fromLatin1(hash.result().toHex()),
                 run.golden[QLatin1String("command_stream_sha256")].toString());
}

void comparePowers(const Run& run)
{
    for (const auto& value : run.golden[QLatin1String("power_W_per_rank")].toArray()) {
        const QJsonObject power = value.toObject();
        const auto channel = static_cast<std::size_t>(power[QLatin1String("channel")].toInt());
        const auto rank = static_cast<std::size_t>(power[QLatin1String("rank")].toInt());
        const dram::Energy energy =
            cost(run.result.channels.at(channel).ranks.at(rank), run.config.increments());
        const double time =
            static_cast<double>(run.result.cycles) * static_cast<double>(run.config.device.tCK);
        QCOMPARE(compareEnergies(energy, power, 1e-3 / time), QString());
    }
}

} // namespace

/// Our engine against the figures of DRAMSim2.
class DramGolden2Test : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void tracesAreTheGoldenOnes_data();
    void tracesAreTheGoldenOnes();
    void filesAndPresetsAgree();
    void equalsDramSim2_data() { addCases(); }
    void equalsDramSim2();
    void drainedRunsEndAfterTheLastData_data() { addCases(); }
    void drainedRunsEndAfterTheLastData();

private:
    static void addCases();
};

void DramGolden2Test::addCases()
{
    QTest::addColumn<QJsonObject>("golden");
    const QJsonArray cases = file()[QLatin1String("cases")].toArray();
    QCOMPARE(cases.size(), 30);
    for (const auto& value : cases) {
        const QJsonObject golden = value.toObject();
        const QString name = golden[QLatin1String("config")].toString().left(1) + QLatin1Char(' ')
            + golden[QLatin1String("trace")].toString();
        QTest::newRow(qPrintable(name)) << golden;
    }
}

void DramGolden2Test::tracesAreTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string_view name : reference::dramTraces)
        QTest::newRow(name.data()) << QString::fromLatin1(name.data());
}

void DramGolden2Test::tracesAreTheGoldenOnes()
{
    QFETCH(const QString, name);
    const QByteArray text = QByteArray::fromStdString(reference::maseText(trace(name)));
    const QJsonValue golden = file()[QLatin1String("traces")][name];
    QCOMPARE(static_cast<qint64>(trace(name).size()), golden[QLatin1String("lines")].toInteger());
    QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex()),
             golden[QLatin1String("sha256")].toString());
}

void DramGolden2Test::filesAndPresetsAgree()
{
    const QJsonObject configs = file()[QLatin1String("configs")].toObject();
    QCOMPARE(configs.size(), 5);
    for (const QString& name : configs.keys()) {
        const auto read = dramgolden::dramsim2Config(file(), name);
        QVERIFY2(read.warnings.empty(), read.warnings.empty() ? "" : read.warnings.front().c_str());
        const dram::Preset* preset = dram::findPreset(read.value.name);
        QVERIFY(preset != nullptr);
        QVERIFY(read.value.device == dramsim2Device(*preset).value);
    }
}

void DramGolden2Test::equalsDramSim2()
{
    QFETCH(const QJsonObject, golden);
    const Run made = run(golden, static_cast<std::uint64_t>(golden[QLatin1String("cycles")].toInteger()));
    QCOMPARE(static_cast<qint64>(made.result.cycles), golden[QLatin1String("cycles")].toInteger());
    QCOMPARE(static_cast<qint64>(made.result.requests), golden[QLatin1String("requests")].toInteger());
    QVERIFY(made.result.drained);
    QCOMPARE(static_cast<int>(made.config.ranks()), golden[QLatin1String("ranks_per_channel")].toInt());
    compareCommands(made);
    compareLatencies(made);
    comparePowers(made);
    QCOMPARE(compareEnergies(cost(made.result.counts(), made.config.increments()),
                             golden[QLatin1String("energy_uJ")].toObject(), 1e-6),
             QString());
}

void DramGolden2Test::drainedRunsEndAfterTheLastData()
{
    QFETCH(const QJsonObject, golden);
    const Run made = run(golden, 0);
    QCOMPARE(static_cast<qint64>(made.result.cycles),
             golden[QLatin1String("last_done_cycle")].toInteger() + 1);
    compareLatencies(made);
}

QTEST_GUILESS_MAIN(DramGolden2Test)
#include "golden2_test.moc"
