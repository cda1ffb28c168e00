#include "analysis/activation/capture.h"

#include "analysis/activation/accuracy.h"
#include "analysis/activation/capture_sink.h"
#include "analysis/activation/recipe.h"
#include "analysis/activation/subject.h"
#include "engine/base/error.h"
#include "engine/formats/labels.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace analysis {

namespace {

struct Request {
    const engine::Dataset* network = nullptr;
    DatasetPtr pictures;
    std::shared_ptr<const engine::ImageSet> images;
    engine::nn::Recipe recipe;
    std::size_t count = 0; ///< images to run
    QString out;
    engine::DType type = engine::DType::F16;
    bool keep = false;
};

Request makeRequest(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    Request request;
    request.network = &inputs.datasets.front()->content;
    const QString path = values.text(QStringLiteral("images"));
    if (path.isEmpty())
        throw engine::ParameterError("images: a file or folder with pictures is wanted");
    request.pictures = inputs.open(path, control);
    request.images = request.pictures->content.images;
    if (!request.images)
        throw engine::FormatError("images: " + path.toStdString() + " holds no pictures");
    if (const QString labels = values.text(QStringLiteral("labels")); !labels.isEmpty())
        request.images =
            withLabels(request.images, engine::formats::readLabels(QFile::encodeName(labels).toStdString()));
    request.recipe = recipeFrom(values);
    const auto limit = static_cast<std::size_t>(values.integer(QStringLiteral("limit")));
    request.count = limit == 0 ? request.images->size() : std::min(limit, request.images->size());
    if (request.count == 0)
        throw engine::FormatError("images: " + path.toStdString() + " holds no picture");
    request.out = values.text(QStringLiteral("out"));
    const QString type = values.text(QStringLiteral("type"));
    request.type = type == QLatin1String("f32") ? engine::DType::F32
        : type == QLatin1String("u8")           ? engine::DType::U8
                                                : engine::DType::F16;
    request.keep = values.flag(QStringLiteral("keep"));
    return request;
}

engine::nn::RunOptions runOptions(const Request& request, const std::vector<CapturedNode>& nodes,
                                  std::function<void(const engine::nn::NodeOutput&)> take)
{
    engine::nn::RunOptions options;
    options.limit = request.count;
    for (const CapturedNode& node : nodes)
        options.tapped.insert(node.node);
    options.tap = [take = std::move(take)](unsigned, const engine::nn::NodeOutput& output) { take(output); };
    return options;
}

struct Captured {
    engine::nn::RunResult result;
    std::vector<CapturedNode> nodes;
    std::unique_ptr<MemorySink> memory;
    std::unique_ptr<DumpSink> dump;
};

/// 8-bit dumps need the ranges first, so they take a second run.
void writeQuantised(const Request& request, const engine::nn::Runner& runner, Captured& captured,
                    const engine::Control& control)
{
    captured.dump = std::make_unique<DumpSink>(request.out, *request.network, request.pictures->path,
                                               captured.nodes, request.count, request.type);
    const auto options = runOptions(
        request, captured.nodes, [&](const engine::nn::NodeOutput& output) { captured.dump->take(output); });
    runner.run(*request.images, request.recipe, options, control);
}

Captured capture(const Request& request, const QString& glob, const engine::Control& control)
{
    Captured captured;
    captured.nodes = chooseNodes(*request.network->graph, glob);
    const bool inTwoRuns = !request.out.isEmpty() && request.type == engine::DType::U8;
    StatisticsSink statistics(captured.nodes);
    if (request.keep)
        captured.memory = std::make_unique<MemorySink>(captured.nodes, request.count);
    if (!request.out.isEmpty() && !inTwoRuns)
        captured.dump = std::make_unique<DumpSink>(request.out, *request.network, request.pictures->path,
                                                   captured.nodes, request.count, request.type);
    const engine::nn::Runner runner(request.network->graph);
    const auto options = runOptions(request, captured.nodes, [&](const engine::nn::NodeOutput& output) {
        statistics.take(output);
        if (captured.memory)
            captured.memory->take(output);
        if (captured.dump)
            captured.dump->take(output);
    });
    captured.result =
        runner.run(*request.images, request.recipe, options, control.part(0, inTwoRuns ? 0.5 : 1));
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
        if (const auto label = request.images->label(i))
            labels.push_back(*label);
    engine::formats::DumpWriter& writer = captured.dump->writer();
    if (labels.size() == captured.result.images)
        writer.writeLabels(labels);
    if (reached.labelled > 0)
        writer.writeAccuracy(reached.top1, reached.top5.value_or(100));
    writer.commit();
}

std::shared_ptr<const Dataset> derivedDataset(const Request& request, const Captured& captured)
{
    auto derived = std::make_shared<Dataset>();
    derived->content.title = request.network->title + " on " + request.pictures->content.title;
    derived->content.format = "capture";
    derived->content.graph = request.network->graph;
    derived->content.classNames = request.pictures->content.classNames;
    for (const engine::Tensor& tensor : request.network->tensors)
        derived->content.tensors.push_back(tensor);
    for (engine::Tensor& tensor :
         captured.memory->tensors(*request.network->graph, captured.nodes, captured.result.images))
        derived->content.tensors.push_back(std::move(tensor));
    engine::buildLayers(derived->content);
    return derived;
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const Request request = makeRequest(inputs, values, control.part(0, 0.05));
    Captured captured = capture(request, values.text(QStringLiteral("layers")), control.part(0.05, 1));
    Report report;
    report.partial = captured.result.images < request.count || control.stopped();
    report.inputs.push_back({ request.pictures->path, request.pictures->sha256 });

    const Accuracy reached = accuracy(captured.result, *request.images, request.pictures->content.classNames);
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

    if (request.recipe == engine::nn::Recipe {})
        report.remarks.push_back({ Level::Note,
                                   {},
                                   QStringLiteral("no recipe was chosen, so the pixels went in as they are; "
                                                  "see preset") });
    const engine::Graph& graph = *request.network->graph;
    report.tables = { nodesTable(graph, captured.nodes), reached.predictions };
    report.tables.front().partial = report.partial;
    report.charts.push_back(zeroChart(graph, captured.nodes));
    if (captured.dump && !report.partial) {
        closeDump(request, captured, reached);
        report.remarks.push_back(
            { Level::Note, {}, QStringLiteral("activations are in %1").arg(request.out) });
    }
    if (captured.memory && captured.result.images > 0)
        report.derived = derivedDataset(request, captured);
    return report;
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = {
        { .id = QStringLiteral("images"),
          .title = QStringLiteral("Pictures"),
          .type = ParameterType::Input,
          .unit = {},
          .fallback = QString(),
          .help = QStringLiteral("file or folder with pictures") },
        { .id = QStringLiteral("labels"),
          .title = QStringLiteral("Labels"),
          .type = ParameterType::Input,
          .unit = {},
          .fallback = QString(),
          .help = QStringLiteral("file with labels; empty takes those that come with the pictures") },
    };
    for (Parameter& parameter : recipeParameters())
        all.push_back(std::move(parameter));
    all.push_back({ .id = QStringLiteral("limit"),
                    .title = QStringLiteral("Pictures at most"),
                    .type = ParameterType::Integer,
                    .unit = {},
                    .fallback = qint64 { 0 },
                    .minimum = 0,
                    .maximum = 1e9,
                    .help = QStringLiteral("0 takes all") });
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
