#include "analysis/activation/capture.h"

#include "analysis/activation/accuracy.h"
#include "analysis/activation/network_run.h"
#include "analysis/activation/subject.h"

namespace analysis {

namespace {

struct Request {
    NetworkRun run;
    QString out;
    engine::DType type = engine::DType::F16;
    bool keep = false;
};

Request makeRequest(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    Request request { .run = networkRun(inputs.datasets.front(), inputs, values, control), .out = {} };
    request.out = values.text(QStringLiteral("out"));
    const QString type = values.text(QStringLiteral("type"));
    request.type = type == QLatin1String("f32") ? engine::DType::F32
        : type == QLatin1String("u8")           ? engine::DType::U8
                                                : engine::DType::F16;
    request.keep = values.flag(QStringLiteral("keep"));
    return request;
}

struct Captured {
    engine::nn::RunResult result;
    std::vector<CapturedNode> nodes;
    std::unique_ptr<MemorySink> memory;
    std::unique_ptr<DumpSink> dump;
};

std::unique_ptr<DumpSink> openDump(const Request& request, const std::vector<CapturedNode>& nodes)
{
    return std::make_unique<DumpSink>(request.out, request.run.network->content, request.run.pictures->path,
                                      nodes, request.run.count, request.type);
}

/// 8-bit dumps need the ranges first, so they take a second run.
void writeQuantised(const Request& request, const engine::nn::Runner& runner, Captured& captured,
                    const engine::Control& control)
{
    captured.dump = openDump(request, captured.nodes);
    runTapped(
        request.run, runner, captured.nodes,
        [&](const engine::nn::NodeOutput& output) { captured.dump->take(output); }, control);
}

Captured capture(const Request& request, const QString& glob, const engine::Control& control)
{
    Captured captured;
    const std::shared_ptr<const engine::Graph> graph = request.run.network->content.graph;
    captured.nodes = chooseNodes(*graph, glob);
    const bool inTwoRuns = !request.out.isEmpty() && request.type == engine::DType::U8;
    StatisticsSink statistics(captured.nodes);
    if (request.keep)
        captured.memory = std::make_unique<MemorySink>(captured.nodes, request.run.count);
    if (!request.out.isEmpty() && !inTwoRuns)
        captured.dump = openDump(request, captured.nodes);
    const engine::nn::Runner runner(graph);
    const auto take = [&](const engine::nn::NodeOutput& output) {
        statistics.take(output);
        if (captured.memory)
            captured.memory->take(output);
        if (captured.dump)
            captured.dump->take(output);
    };
    captured.result =
        runTapped(request.run, runner, captured.nodes, take, control.part(0, inTwoRuns ? 0.5 : 1));
    statistics.finish(captured.nodes);
    if (inTwoRuns && !control.stopped())
        writeQuantised(request, runner, captured, control.part(0.5, 1));
    return captured;
}

Table nodesTable(const engine::Graph& graph, const std::vector<CapturedNode>& nodes)
{
    const auto real = [](const QString& name, const QString& title) {
        return Column { .name = name, .title = title, .kind = ColumnKind::Real, .decimals = 4 };
    };
    Table table { .id = QStringLiteral("nodes"), .title = QStringLiteral("Outputs of the nodes") };
    table.columns = {
        { .name = QStringLiteral("node"), .title = QStringLiteral("Node") },
        { .name = QStringLiteral("op"), .title = QStringLiteral("Operator") },
        { .name = QStringLiteral("shape"), .title = QStringLiteral("Shape of one image") },
        { .name = QStringLiteral("zero_fraction"),
          .title = QStringLiteral("Zero fraction"),
          .kind = ColumnKind::Fraction,
          .bar = true },
        real(QStringLiteral("min"), QStringLiteral("Minimum")),
        real(QStringLiteral("max"), QStringLiteral("Maximum")),
        real(QStringLiteral("mean"), QStringLiteral("Mean")),
        real(QStringLiteral("absmean"), QStringLiteral("Mean magnitude")),
    };
    for (const CapturedNode& captured : nodes) {
        const engine::Node& node = graph.nodes[captured.node];
        const engine::Statistics& facts = captured.facts;
        table.rows.push_back({ QString::fromStdString(node.name), QString::fromStdString(node.op),
                               QString::fromStdString(engine::toString(captured.shape)), facts.zeroFraction(),
                               facts.minimum, facts.maximum, facts.mean(), facts.absoluteMean() });
    }
    return table;
}

Chart zeroChart(const engine::Graph& graph, const std::vector<CapturedNode>& nodes)
{
    BarChart bars { .category = { QStringLiteral("Node"), {} },
                    .value = { QStringLiteral("Zeros"), QStringLiteral("%") } };
    bars.series.push_back({ .name = QStringLiteral("Zeros") });
    for (const CapturedNode& captured : nodes) {
        bars.categories << QString::fromStdString(graph.nodes[captured.node].name);
        bars.series.front().values.push_back(captured.facts.zeroFraction() * 100);
    }
    return { QStringLiteral("zero_fraction"), QStringLiteral("Zero fraction of the outputs"),
             std::move(bars) };
}

void closeDump(const Request& request, Captured& captured, const Accuracy& reached)
{
    std::vector<int> labels;
    for (std::size_t i = 0; i < captured.result.images; ++i)
        if (const auto label = request.run.images->label(i))
            labels.push_back(*label);
    engine::formats::DumpWriter& writer = captured.dump->writer();
    if (labels.size() == captured.result.images)
        writer.writeLabels(labels);
    if (reached.labelled > 0)
        writer.writeAccuracy(reached.top1, reached.top5.value_or(100));
    writer.commit();
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const Request request = makeRequest(inputs, values, control.part(0, 0.05));
    Captured captured = capture(request, values.text(QStringLiteral("layers")), control.part(0.05, 1));
    Report report;
    report.partial = captured.result.images < request.run.count || control.stopped();
    const Dataset& pictures = *request.run.pictures;
    report.inputs.push_back({ pictures.path, pictures.sha256 });

    const Accuracy reached = accuracy(captured.result, *request.run.images, pictures.content.classNames);
    report.scalars.push_back({ QStringLiteral("images"), QStringLiteral("Pictures"),
                               static_cast<double>(captured.result.images) });
    if (reached.labelled > 0)
        report.scalars.push_back(
            { QStringLiteral("top1"), QStringLiteral("Top-1"), reached.top1, QStringLiteral("%"), 2 });
    if (reached.labelled > 0 && reached.top5)
        report.scalars.push_back(
            { QStringLiteral("top5"), QStringLiteral("Top-5"), *reached.top5, QStringLiteral("%"), 2 });
    if (reached.labelled == 0)
        report.remarks.push_back(
            { Level::Note, {}, QStringLiteral("the pictures have no labels, so there is no accuracy") });

    if (const std::optional<Remark> remark = recipeRemark(request.run))
        report.remarks.push_back(*remark);
    const engine::Graph& graph = *request.run.network->content.graph;
    report.tables = { nodesTable(graph, captured.nodes), reached.predictions };
    report.tables.front().partial = report.partial;
    report.charts.push_back(zeroChart(graph, captured.nodes));
    if (captured.dump && !report.partial) {
        closeDump(request, captured, reached);
        report.remarks.push_back(
            { Level::Note, {}, QStringLiteral("activations are in %1").arg(request.out) });
    }
    if (captured.memory && captured.result.images > 0)
        report.derived =
            capturedDataset(request.run, captured.nodes, *captured.memory, captured.result.images);
    return report;
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = networkRunParameters(0);
    all.push_back(layersParameter());
    all.push_back({ .id = QStringLiteral("type"),
                    .title = QStringLiteral("Element type"),
                    .type = ParameterType::Choice,
                    .unit = {},
                    .fallback = QStringLiteral("f16"),
                    .help = QStringLiteral("of the dump; u8 is quantised per layer by its largest magnitude"),
                    .choices = { { QStringLiteral("f32"), QStringLiteral("float32") },
                                 { QStringLiteral("f16"), QStringLiteral("float16") },
                                 { QStringLiteral("u8"), QStringLiteral("8 bit") } } });
    all.push_back({ .id = QStringLiteral("out"),
                    .title = QStringLiteral("Dump"),
                    .type = ParameterType::Output,
                    .unit = {},
                    .fallback = QString(),
                    .help = QStringLiteral("HDF5 file for the activations; empty stores nothing") });
    all.push_back(
        { .id = QStringLiteral("keep"),
          .title = QStringLiteral("Keep in memory"),
          .type = ParameterType::Flag,
          .unit = {},
          .fallback = false,
          .help = QStringLiteral("show the activations as a data set under the network (in the window)") });
    return all;
}

} // namespace

Analysis captureRow()
{
    return {
        .id = QStringLiteral("capture"),
        .title = QStringLiteral("Capture activations"),
        .source = QStringLiteral("Tessera's definition"),
        .help =
            QStringLiteral("runs the network on pictures: statistics of every node, accuracy, activations"),
        .input = InputKind::Network,
        .parameters = parameters(),
        .scalars = { { QStringLiteral("images"), {}, QStringLiteral("pictures that were run") },
                     { QStringLiteral("top1"), QStringLiteral("%"),
                       QStringLiteral("right class first; only with labels") },
                     { QStringLiteral("top5"), QStringLiteral("%"),
                       QStringLiteral("right class among the first five") } },
        .tables = { { QStringLiteral("nodes"), {}, QStringLiteral("one row per node, over all pictures") },
                    { QStringLiteral("predictions"), {}, QStringLiteral("one row per picture") } },
        .charts = { { QStringLiteral("zero_fraction"), {}, QStringLiteral("zeros per node") } },
        .run = run
    };
}

} // namespace analysis
