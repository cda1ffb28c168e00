#include "analysis/dram/dram.h"

#include "analysis/dram/command_logs.h"
#include "analysis/dram/grouped.h"
#include "analysis/dram/run.h"
#include "analysis/overwrite.h"
#include "engine/base/error.h"
#include "engine/dram/trace/text_trace.h"

namespace analysis {

namespace dram = engine::dram;

namespace {

void addHashes(Report& report, const CommandHash& hash)
{
    const QStringList results = hash.results();
    for (qsizetype i = 0; i < results.size(); ++i) {
        Scalar scalar { .name = QStringLiteral("command_sha256"),
                        .title = QStringLiteral("Command SHA-256"),
                        .unit = {} };
        if (results.size() > 1) {
            scalar.name += QStringLiteral("_ch%1").arg(i);
            scalar.title += QStringLiteral(", channel %1").arg(i);
        }
        scalar.text = results[i];
        report.scalars.push_back(std::move(scalar));
    }
}

dram::RunOptions runOptions(const Values& values)
{
    dram::RunOptions options;
    options.cycles = static_cast<std::uint64_t>(values.integer(QStringLiteral("cycles")));
    options.window = static_cast<std::uint64_t>(values.integer(QStringLiteral("window")));
    options.wrapAddresses = values.flag(QStringLiteral("wrap"));
    return options;
}

std::optional<CommandLogs> commandLogs(const Values& values, const Memory& memory, const QString& trace)
{
    const QString path = values.text(QStringLiteral("command-log"));
    if (path.isEmpty())
        return {};
    QStringList inputs { trace };
    for (const InputRecord& file : memory.files)
        inputs << file.path;
    for (std::uint32_t c = 0; c < memory.channels(); ++c)
        requireOtherFile(commandLogPath(path, c, memory.channels()), QStringLiteral("--command-log"), inputs);
    using Format = dram::CommandLog::Format;
    return CommandLogs(path,
                       values.text(QStringLiteral("command-format")) == QLatin1String("drampower")
                           ? Format::DramPower
                           : Format::DramSim2,
                       memory);
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const Dataset& trace = *inputs.datasets.front();
    auto made = std::make_shared<DramRun>();
    made->memory = makeMemory(values);
    made->energy = values.text(QStringLiteral("energy")) == QLatin1String("drampower")
        ? EnergyModel::DramPower
        : EnergyModel::Own;
    const std::size_t channels = made->memory.channels();

    dram::RunOptions options = runOptions(values);
    SinkList sinks;
    CommandHash hash(channels);
    CommandRecorder recorder;
    made->rowHits.emplace(channels, made->memory.ranks(), made->memory.banks());
    sinks.append(&*made->rowHits);
    if (values.flag(QStringLiteral("hash")))
        sinks.append(&hash);
    options.powerCommands = values.flag(QStringLiteral("timeline"));
    if (options.powerCommands)
        sinks.append(&recorder);
    std::optional<CommandLogs> logs = commandLogs(values, made->memory, trace.path);
    if (logs)
        logs->appendTo(sinks);
    options.sink = &sinks;

    dram::TextTrace source(trace.path.toStdString(), dram::findTraceFormat(trace.content.trace),
                           made->memory.addressMap());
    made->result = made->memory.simulate(source, options, control);
    if (logs && !made->result.stopped)
        logs->commit(made->result.cycles);
    made->commands = recorder.take();
    Report report = dramReport(*made);
    if (!recorder.isComplete())
        report.remarks.push_back({ Level::Warning,
                                   {},
                                   QStringLiteral("the timeline holds the first %1 commands")
                                       .arg(grouped(CommandRecorder::most)) });
    if (made->result.requests == 0 && made->result.drained)
        report.remarks.push_back({ Level::Warning, {}, QStringLiteral("the trace holds no request") });
    if (values.flag(QStringLiteral("hash")))
        addHashes(report, hash);
    report.dram = std::move(made);
    return report;
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = memoryParameters();
    const auto flag = [](const char* id, const char* title, bool fallback, const char* help) {
        return Parameter { .id = QString::fromLatin1(id),
                           .title = QString::fromLatin1(title),
                           .type = ParameterType::Flag,
                           .unit = {},
                           .fallback = fallback,
                           .help = QString::fromLatin1(help) };
    };
    const auto cycles = [](const char* id, const char* title, const char* help) {
        return Parameter { .id = QString::fromLatin1(id),
                           .title = QString::fromLatin1(title),
                           .type = ParameterType::Integer,
                           .unit = QStringLiteral("cycle"),
                           .fallback = qint64 { 0 },
                           .minimum = 0,
                           .maximum = 1e15,
                           .help = QString::fromLatin1(help) };
    };
    all.push_back({ .id = QStringLiteral("energy"),
                    .title = QStringLiteral("Energy model"),
                    .type = ParameterType::Choice,
                    .unit = {},
                    .fallback = QStringLiteral("own"),
                    .help = QStringLiteral("what the same commands cost: as the simulator counts, or every "
                                           "bank by itself"),
                    .choices = { { QStringLiteral("own"), QStringLiteral("the simulator's") },
                                 { QStringLiteral("drampower"), QStringLiteral("DRAMPower") } } });
    all.push_back(
        cycles("cycles", "Cycles", "cycles to simulate; 0 = until the last data has been transferred"));
    all.push_back(cycles("window", "Window", "length of a point of the charts over time; 0 = automatic"));
    all.push_back(flag("wrap", "Wrap addresses", false,
                       "takes addresses modulo the capacity instead of refusing them"));
    all.push_back(
        flag("timeline", "Keep commands", false, "keeps every command for the timeline, 16 bytes each"));
    all.push_back(flag("hash", "Hash the commands", false,
                       "adds command_sha256, or command_sha256_ch0 ... for several channels"));
    all.push_back({ .id = QStringLiteral("command-log"),
                    .title = QStringLiteral("Command log"),
                    .type = ParameterType::Output,
                    .unit = {},
                    .fallback = QString(),
                    .help = QStringLiteral("every command as a line of text, one file per channel") });
    all.push_back({ .id = QStringLiteral("command-format"),
                    .title = QStringLiteral("Format of the command log"),
                    .type = ParameterType::Choice,
                    .unit = {},
                    .fallback = QStringLiteral("dramsim2"),
                    .help = QStringLiteral("how the command log is written"),
                    .choices = { { QStringLiteral("dramsim2"), QStringLiteral("DRAMSim2, verification") },
                                 { QStringLiteral("drampower"), QStringLiteral("DRAMPower, CSV") } } });
    return all;
}

Output output(const char* name, const char* unit, const char* help)
{
    return { QString::fromLatin1(name), QString::fromLatin1(unit), QString::fromLatin1(help) };
}

} // namespace

Analysis dramRow()
{
    return {
        .id = QStringLiteral("dram"),
        .title = QStringLiteral("DRAM energy"),
        .source = QStringLiteral("[DRAMSim2], [DRAMsim3], [DRAMPower]"),
        .help = QStringLiteral("commands, cycles, latencies and energy of a request trace, cycle for cycle"),
        .input = InputKind::Trace,
        .parameters = parameters(),
        .scalars = { output("background", "uJ", "by the state the ranks are in"),
                     output("act_pre", "uJ", "activate and precharge"),
                     output("burst", "uJ", "reads and writes"), output("refresh", "uJ", "refresh"),
                     output("total", "uJ", "the sum of the four"),
                     output("cycles", "cycle", "length of the run"), output("act", "", "activates"),
                     output("rd", "", "read bursts"), output("wr", "", "write bursts"),
                     output("pre", "", "precharges, without automatic ones"), output("ref", "", "refreshes"),
                     output("avg_read_latency", "cycle", "acceptance to last beat of data"),
                     output("avg_write_latency", "cycle", "the same of writes"),
                     output("bandwidth", "GB/s",
                            "requests done over the whole run, 1e9 byte/s, as the simulator counts: merged "
                            "and buffered ones too"),
                     output("peak_bandwidth", "GB/s", "of all channels"),
                     output("capacity", "MiB", "of all channels"), output("channels", "", "of the memory"),
                     output("ranks", "", "of a channel") },
        .tables = { output("ranks", "", "energy by category, one row per rank"),
                    output("banks", "", "row hits, misses and conflicts, one row per bank"),
                    output("latency", "", "mean and percentiles of reads and writes") },
        .charts = { output("energy", "", "energy by category per rank"),
                    output("energy-time", "", "energy so far over time"),
                    output("power-time", "", "power over time"),
                    output("bandwidth-time", "", "bandwidth over time"),
                    output("row-hits", "", "row hits by bank and time"),
                    output("read-latency", "", "histogram"), output("write-latency", "", "histogram") },
        .run = run
    };
}

} // namespace analysis
