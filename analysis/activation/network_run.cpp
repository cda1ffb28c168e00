#include "analysis/activation/network_run.h"

#include "analysis/activation/accuracy.h"
#include "analysis/activation/recipe.h"
#include "engine/base/error.h"
#include "engine/formats/labels.h"

#include <QFile>

#include <algorithm>

namespace analysis {

std::vector<Parameter> networkRunParameters(qint64 defaultLimit)
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
                    .fallback = defaultLimit,
                    .minimum = 0,
                    .maximum = 1e9,
                    .help = QStringLiteral("0 takes all") });
    return all;
}

NetworkRun networkRun(const DatasetPtr& network, const Inputs& inputs, const Values& values,
                      const engine::Control& control)
{
    NetworkRun run { .network = network, .pictures = {}, .images = {}, .recipe = {} };
    const QString path = values.text(QStringLiteral("images"));
    if (path.isEmpty())
        throw engine::ParameterError("images: a file or folder with pictures is wanted");
    run.pictures = inputs.open(path, control);
    run.images = run.pictures->content.images;
    if (!run.images)
        throw engine::FormatError("images: " + path.toStdString() + " holds no pictures");
    if (const QString labels = values.text(QStringLiteral("labels")); !labels.isEmpty())
        run.images =
            withLabels(run.images, engine::formats::readLabels(QFile::encodeName(labels).toStdString()));
    run.recipe = recipeFrom(values);
    const auto limit = static_cast<std::size_t>(values.integer(QStringLiteral("limit")));
    run.count = limit == 0 ? run.images->size() : std::min(limit, run.images->size());
    if (run.count == 0)
        throw engine::FormatError("images: " + path.toStdString() + " holds no picture");
    return run;
}

std::optional<Remark> recipeRemark(const NetworkRun& run)
{
    if (run.recipe != engine::nn::Recipe {})
        return std::nullopt;
    return Remark { Level::Note,
                    {},
                    QStringLiteral("no recipe was chosen, so the pixels went in as they are; see preset") };
}

engine::nn::RunResult runTapped(const NetworkRun& run, const engine::nn::Runner& runner,
                                const std::vector<CapturedNode>& nodes,
                                std::function<void(const engine::nn::NodeOutput&)> take,
                                const engine::Control& control)
{
    engine::nn::RunOptions options;
    options.limit = run.count;
    for (const CapturedNode& node : nodes)
        options.tapped.insert(node.node);
    options.tap = [take = std::move(take)](unsigned, const engine::nn::NodeOutput& output) { take(output); };
    return runner.run(*run.images, run.recipe, options, control);
}

std::shared_ptr<const Dataset> capturedDataset(const NetworkRun& run, const std::vector<CapturedNode>& nodes,
                                               const MemorySink& memory, std::size_t images)
{
    const engine::Dataset& network = run.network->content;
    auto derived = std::make_shared<Dataset>();
    derived->content.title = network.title + " on " + run.pictures->content.title;
    derived->content.format = "capture";
    derived->content.graph = network.graph;
    derived->content.classNames = run.pictures->content.classNames;
    for (const engine::Tensor& tensor : network.tensors)
        if (tensor.role != engine::Role::Activation)
            derived->content.tensors.push_back(tensor);
    for (engine::Tensor& tensor : memory.tensors(*network.graph, nodes, images))
        derived->content.tensors.push_back(std::move(tensor));
    engine::buildLayers(derived->content);
    return derived;
}

} // namespace analysis
