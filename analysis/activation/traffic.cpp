#include "analysis/activation/traffic.h"

#include "analysis/activation/lossy_subject.h"
#include "analysis/activation/traffic_report.h"
#include "analysis/path.h"
#include "engine/base/error.h"
#include "engine/dram/trace/text_trace.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace analysis {

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

/// The parameters of a memory, but for its channels, whose name those of a picture have.
QString memoryId(const QString& id)
{
    return id == QLatin1String("channels") ? text("memory-channels") : id;
}

Memory memoryOf(const Values& values)
{
    const std::vector<Parameter> all = memoryParameters();
    Values own(all);
    for (const Parameter& parameter : all)
        own.set(all, parameter.id, values.all().at(memoryId(parameter.id)));
    return makeMemory(own);
}

TrafficTask makeTask(const Values& values)
{
    TrafficTask task;
    task.wordBits = static_cast<int>(values.integer(text("word")));
    task.percentile = values.real(text("percentile"));
    task.tileRows = values.integer(text("tile"));
    task.weights = values.flag(text("weights"));
    task.memory = memoryOf(values);
    const auto lossyBits = static_cast<int>(values.integer(text("lossy-bits")));
    if (lossyBits >= task.wordBits)
        throw engine::ParameterError("K (lossy): " + std::to_string(lossyBits) + " is outside 0.."
                                     + std::to_string(task.wordBits - 1) + " for words of "
                                     + std::to_string(task.wordBits) + " bit");
    for (const QString& id : values.list(text("codecs"))) {
        const engine::codec::Entry& entry = engine::codec::find(id.toStdString());
        if (entry.id != "raw") // takes part anyway
            task.methods.push_back(codingMethod(entry.id,
                                                { .blockWords = values.text(text("block")).toInt(),
                                                  .lossyBits = entry.usesLossyBits ? lossyBits : 0 }));
    }
    return task;
}

EngineSettings engineSettings(const Values& values)
{
    return { .wordsPerCycle = values.text(text("words-per-cycle")).toInt(),
             .activity = values.real(text("activity")),
             .picojoule = values.real(text("gate-energy")) };
}

/// "a/b.trc" for the codec zvc: "a/b_zvc.trc".
QString tracePath(const QString& path, const QString& codec)
{
    const QFileInfo file(path);
    const QString suffix = file.suffix().isEmpty() ? QString() : u'.' + file.suffix();
    return QDir(file.path()).filePath(file.completeBaseName() + u'_' + codec + suffix);
}

void saveTraces(Report& report, const TrafficTask& task, const TrafficPlans& plans, const QString& path,
                const engine::Control& control)
{
    const engine::dram::TraceFormat& format =
        engine::dram::findTraceFormat(task.memory.isDramSim2() ? "dramsim2-mase" : "dramsim3");
    for (std::size_t plan = 0; plan < plans.plans.size() && !control.stopped(); ++plan) {
        const QString file = tracePath(path, task.idOf(plan));
        TrafficSource source(plans.plans[plan], task.memory.burstBytes());
        engine::dram::writeTrace(source, format, task.memory.addressMap(), toPath(file), control);
        if (!control.stopped())
            report.remarks.push_back(
                { Level::Note,
                  {},
                  QStringLiteral("the requests of %1 are in %2").arg(task.idOf(plan), file) });
    }
}

void addRemarks(Report& report, const TrafficResult& result, const MapSet& set)
{
    const auto note = [&](const QString& line, Level level = Level::Note) {
        report.remarks.push_back({ level, {}, line });
    };
    note(QStringLiteral("requests are offered one a cycle as long as the memory takes them; computing is "
                        "taken to be no slower than the memory"));
    const std::optional<Remark> recipe = set.run ? recipeRemark(*set.run) : std::nullopt;
    if (recipe)
        report.remarks.push_back(*recipe);
    for (std::size_t map = 0; map < result.plans.maps; ++map)
        if (!result.plans.coded[map])
            report.remarks.push_back({ Level::Warning, set.layerOf(map),
                                       QStringLiteral("no activations are looked at, so it stays raw") });
    QStringList unknown;
    for (std::size_t plan = 1; plan < result.runs.size(); ++plan)
        if (!result.engines[plan])
            unknown << result.task.idOf(plan);
    if (!unknown.isEmpty())
        note(QStringLiteral("the hardware model does not know the engine of %1, so there is no net saving")
                 .arg(unknown.join(QStringLiteral(", "))));
    for (std::size_t plan = 0; plan < result.runs.size(); ++plan)
        for (const Remark& remark : dramReport(result.runs[plan].dram).remarks)
            if (plan == 0 || remark.level != Level::Note)
                note(result.task.idOf(plan) + QStringLiteral(": ") + remark.text, remark.level);
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const TrafficTask task = makeTask(values);
    const EngineSettings settings = engineSettings(values);
    const MapSet set = mapSet(inputs, values, control.part(0, 0.3));
    if (set.network == nullptr)
        throw engine::FormatError(inputs.datasets.front()->content.title
                                  + ": who reads which map is known from the network only; name it with "
                                    "network");
    TrafficPlans plans;
    if (!set.data.empty())
        plans = trafficPlans(task, set, control.part(0.3, 0.6));
    TrafficResult result { .task = task, .plans = plans, .runs = {}, .engines = {} };
    for (std::size_t plan = 0; plan < plans.plans.size(); ++plan) {
        const auto at = [&](std::size_t done) {
            return 0.6 + 0.4 * static_cast<double>(done) / static_cast<double>(plans.plans.size());
        };
        result.engines.push_back(trafficEngine(task, plans, plan, settings));
        TrafficRun done = runTraffic(plans.plans[plan], task.memory, control.part(at(plan), at(plan + 1)));
        if (control.stopped())
            break;
        result.runs.push_back(std::move(done));
    }
    Report report = trafficReport(result);
    report.inputs = set.records(inputs);
    report.partial = control.stopped();
    if (!result.runs.empty())
        addRemarks(report, result, set);
    if (const QString path = values.text(text("save-trace")); !path.isEmpty() && !control.stopped())
        saveTraces(report, task, plans, path, control);
    return report;
}

Parameter codecsParameter()
{
    constexpr std::array<std::string_view, 3> usual = { "zvc", "ebpc", "bzvc-bypass" };
    Parameter parameter { .id = text("codecs"),
                          .title = text("Codecs"),
                          .type = ParameterType::Choices,
                          .unit = {},
                          .fallback = QString(),
                          .help = text("codecs to set against raw maps, apart by commas") };
    QStringList chosen;
    for (const engine::codec::Entry& entry : engine::codec::catalogue()) {
        const QString id = QString::fromLatin1(entry.id.data(), static_cast<qsizetype>(entry.id.size()));
        parameter.choices.push_back(
            { id, QString::fromLatin1(entry.title.data(), static_cast<qsizetype>(entry.title.size())) });
        if (std::ranges::find(usual, entry.id) != usual.end())
            chosen << id;
    }
    parameter.fallback = chosen.join(u',');
    return parameter;
}

std::vector<Parameter> codingParameters()
{
    return { codecsParameter(),
             wordParameter(),
             percentileParameter(),
             blockSizeParameter(false, text("16")),
             { .id = text("lossy-bits"),
               .title = text("K (lossy)"),
               .type = ParameterType::Integer,
               .unit = text("bit"),
               .fallback = qint64 { 0 },
               .minimum = 0,
               .maximum = 15,
               .help = text("low bits dropped before coding; 0 is lossless") },
             { .id = text("tile"),
               .title = text("Tile"),
               .type = ParameterType::Integer,
               .unit = text("rows"),
               .fallback = qint64 { 8 },
               .minimum = 0,
               .maximum = 65536,
               .help = text("rows of a map, all channels, that are coded, read and written at once; 0 = the "
                            "whole map") },
             { .id = text("weights"),
               .title = text("Read weights"),
               .type = ParameterType::Flag,
               .unit = {},
               .fallback = false,
               .help = text("once per layer and picture, raw, in words of the same length") } };
}

std::vector<Parameter> engineParameters()
{
    Parameter words { .id = text("words-per-cycle"),
                      .title = text("Words per cycle P"),
                      .type = ParameterType::Choice,
                      .unit = text("words"),
                      .fallback = text("16"),
                      .help = text("that the engine takes") };
    for (const char* count : { "4", "8", "16", "32" })
        words.choices.push_back({ text(count), text(count) });
    return { std::move(words),
             { .id = text("activity"),
               .title = text("Activity"),
               .type = ParameterType::Real,
               .unit = {},
               .fallback = engine::codec::hardware::defaultActivity,
               .minimum = 0,
               .maximum = 1,
               .help = text("share of the engine's gates that switch in a cycle") },
             { .id = text("gate-energy"),
               .title = text("Energy of a gate"),
               .type = ParameterType::Real,
               .unit = text("pJ"),
               .fallback = engine::codec::hardware::defaultPicojoulePerGateCycle,
               .minimum = 0,
               .maximum = 1e3,
               .help = text("of a gate equivalent that switches once") } };
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = mapSetParameters(4);
    for (const std::vector<Parameter>& group : { codingParameters(), engineParameters() })
        all.insert(all.end(), group.begin(), group.end());
    for (Parameter& parameter : memoryParameters()) {
        parameter.id = memoryId(parameter.id);
        all.push_back(std::move(parameter));
    }
    all.push_back({ .id = text("save-trace"),
                    .title = text("Save traces"),
                    .type = ParameterType::Output,
                    .unit = {},
                    .fallback = QString(),
                    .help = text("requests as FILE_raw, FILE_zvc ..., for dram; empty saves none") });
    return all;
}

Output output(const char* name, const char* unit, const char* help)
{
    return { text(name), text(unit), text(help) };
}

} // namespace

Analysis trafficRow()
{
    return {
        .id = text("traffic"),
        .title = text("Traffic and DRAM energy"),
        .source = text("[Wang 2022] 4.4; the request trace is Tessera's definition"),
        .help =
            text("DRAM energy of a network's feature maps, raw and with each codec, less the engine's own"),
        .input = InputKind::Maps,
        .parameters = parameters(),
        .scalars = { output("saving", "%", "of DRAM energy, by the codec that takes the least"),
                     output("saving_read", "%", "of the energy of its read bursts"),
                     output("saving_write", "%", "of the energy of its write bursts"),
                     output("net_saving", "uJ", "DRAM energy saved less the engine's, per picture"),
                     output("engine_energy", "uJ", "of its compressor and decompressor, per picture"),
                     output("best", "", "the codec that takes the least DRAM energy"),
                     output("energy_raw", "uJ", "DRAM energy per picture without compression"),
                     output("energy_<codec>", "uJ", "the same with each codec"),
                     output("images", "", "pictures the averages are of") },
        .tables = { output("layers", "", "one row per region of memory and codec: size, bytes, energy"),
                    output("energy", "", "energy by category, one row per codec"),
                    output("engine", "", "gates, cycles and energy of the engines") },
        .charts = { output("energy", "", "DRAM energy by category, raw and with each codec"),
                    output("layer-energy", "", "DRAM energy per feature map, raw and with the best codec"),
                    output("layer-read", "", "bytes read per feature map, raw and with the best codec"),
                    output("layer-written", "", "the same of bytes written") },
        .run = run
    };
}

} // namespace analysis
