#include "analysis/activation/feature_maps.h"

#include "analysis/activation/subject.h"
#include "engine/base/error.h"

#include <algorithm>

namespace analysis {

namespace {

/// Whether any node of the map has a name that the pattern accepts.
bool isNamed(const engine::Graph& graph, const engine::FeatureMap& map, const QRegularExpression& pattern)
{
    return std::ranges::any_of(map.nodes, [&](std::size_t node) {
        return pattern.match(QString::fromStdString(graph.nodes[node].name)).hasMatch();
    });
}

/// The maps that `layers` names.
std::vector<std::size_t> chosenMaps(const MapSet& set, const QString& glob)
{
    const QRegularExpression pattern = globPattern(glob);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < set.maps.size(); ++i)
        if (isNamed(*set.graph(), set.maps[i], pattern))
            chosen.push_back(i);
    if (chosen.empty())
        throw engine::ParameterError("layers: \"" + glob.toStdString()
                                     + "\" names no layer of the network that makes a feature map");
    return chosen;
}

bool isOf(const engine::Tensor& tensor, const engine::Node& node)
{
    return tensor.layer == node.name || tensor.name == node.name
        || (!node.outputs.empty() && tensor.name == node.outputs.front());
}

/// The activation of a dump that a node made; null when it is not there.
const engine::Tensor* activationOf(const engine::Dataset& dump, const engine::Node& node)
{
    const auto found = std::ranges::find_if(dump.tensors, [&](const engine::Tensor& tensor) {
        return tensor.role == engine::Role::Activation && isOf(tensor, node);
    });
    return found == dump.tensors.end() ? nullptr : &*found;
}

/// Errors  engine::FormatError for an activation that no node makes.
void requireKnownLayers(const engine::Dataset& dump, const engine::Dataset& network)
{
    for (const std::size_t index : dump.withRole(engine::Role::Activation)) {
        const engine::Tensor& tensor = dump.tensors[index];
        const bool known = std::ranges::any_of(network.graph->nodes,
                                               [&](const engine::Node& node) { return isOf(tensor, node); });
        if (!known)
            throw engine::FormatError(dump.title + ": the activation \"" + subjectName(tensor).toStdString()
                                      + "\" is of no layer of " + network.title);
    }
}

/// Extents of one picture, channels first.
std::vector<std::int64_t> extentsPerImage(const engine::Tensor& tensor)
{
    std::vector<std::int64_t> extents = tensor.shape.extents();
    if (!extents.empty())
        extents.erase(extents.begin());
    if (tensor.layout == "NHWC" && extents.size() == 3)
        std::rotate(extents.begin(), extents.begin() + 2, extents.end());
    return extents;
}

/// Errors  engine::FormatError for an activation of another shape than the network makes.
void requireShape(const engine::Dataset& dump, const engine::Tensor& tensor, const engine::Graph& graph,
                  std::size_t node)
{
    const std::optional<CapturedNode> made = capturedNode(graph, node);
    const engine::Shape perImage(extentsPerImage(tensor));
    if (made && perImage != made->shape)
        throw engine::FormatError(dump.title + ": layer " + graph.nodes[node].name + " is "
                                  + engine::toString(perImage) + " a picture, the network makes "
                                  + engine::toString(made->shape));
}

/// Pictures that every map of a dump has.
std::size_t commonImages(const MapSet& set, qint64 limit)
{
    const MapData& first = set.data.front();
    for (const MapData& each : set.data)
        if (streamCount(*each.tensor) != streamCount(*first.tensor))
            throw engine::FormatError(set.activations->content.title + ": " + each.layer.toStdString()
                                      + " has " + std::to_string(streamCount(*each.tensor)) + " pictures, "
                                      + first.layer.toStdString() + " has "
                                      + std::to_string(streamCount(*first.tensor)));
    const std::int64_t all = streamCount(*first.tensor);
    return static_cast<std::size_t>(limit == 0 ? all : std::min<std::int64_t>(limit, all));
}

void takeDump(MapSet& set, const QString& glob, qint64 limit)
{
    const engine::Dataset& dump = set.activations->content;
    if (set.network == nullptr) {
        for (const engine::Tensor* tensor : subjectTensors(*set.activations, Subject::Activations, glob))
            set.data.push_back({ subjectName(*tensor), tensor, {} });
    } else {
        requireKnownLayers(dump, set.network->content);
        for (const std::size_t map : chosenMaps(set, glob)) {
            const std::size_t node = set.maps[map].node;
            const engine::Tensor* tensor = activationOf(dump, set.graph()->nodes[node]);
            if (tensor == nullptr)
                continue;
            requireShape(dump, *tensor, *set.graph(), node);
            set.data.push_back({ set.layerOf(map), tensor, map });
        }
    }
    if (set.data.empty())
        throw engine::FormatError(dump.title + ": holds none of the feature maps of "
                                  + set.network->content.title);
    set.images = commonImages(set, limit);
}

void runNetwork(MapSet& set, const QString& glob, const engine::Control& control)
{
    const std::vector<std::size_t> chosen = chosenMaps(set, glob);
    std::vector<CapturedNode> nodes;
    for (const std::size_t map : chosen) {
        const std::optional<CapturedNode> node = capturedNode(*set.graph(), set.maps[map].node);
        if (!node)
            throw engine::FormatError(set.network->content.title + ": the shape of "
                                      + set.layerOf(map).toStdString() + " is not known before running");
        nodes.push_back(*node);
    }
    MemorySink memory(nodes, set.run->count);
    const engine::nn::Runner runner(set.network->content.graph);
    set.result = runTapped(
        *set.run, runner, nodes, [&](const engine::nn::NodeOutput& output) { memory.take(output); }, control);
    if (control.stopped() || set.result.images < set.run->count)
        return;
    set.images = set.result.images;
    set.activations = capturedDataset(*set.run, nodes, memory, set.images);
    for (std::size_t i = 0; i < chosen.size(); ++i)
        set.data.push_back({ set.layerOf(chosen[i]),
                             activationOf(set.activations->content, set.graph()->nodes[nodes[i].node]),
                             chosen[i] });
}

bool holdsActivations(const DatasetPtr& dataset)
{
    return !dataset->content.withRole(engine::Role::Activation).empty();
}

/// The network that is named, else the first input's own; null without one.
DatasetPtr networkOf(const Inputs& inputs, const QString& named, const engine::Control& control)
{
    const DatasetPtr& subject = inputs.datasets.front();
    const DatasetPtr network = named.isEmpty() ? subject : inputs.open(named, control);
    if (network->content.graph == nullptr && !named.isEmpty())
        throw engine::FormatError("network: " + named.toStdString() + " holds no network that can be run");
    return network->content.graph == nullptr ? nullptr : network;
}

} // namespace

const engine::Graph* MapSet::graph() const
{
    return network == nullptr ? nullptr : network->content.graph.get();
}

QString MapSet::layerOf(std::size_t map) const
{
    return QString::fromStdString(graph()->nodes[maps[map].node].name);
}

std::vector<InputRecord> MapSet::records(const Inputs& inputs) const
{
    std::vector<InputRecord> records;
    const DatasetPtr pictures = run ? run->pictures : nullptr;
    for (const DatasetPtr& dataset : { network, pictures })
        if (dataset != nullptr && dataset != inputs.datasets.front())
            records.push_back({ dataset->path, dataset->sha256 });
    return records;
}

std::vector<Parameter> mapSetParameters(qint64 defaultLimit)
{
    std::vector<Parameter> all = networkRunParameters(defaultLimit);
    all.front().help =
        QStringLiteral("file or folder with pictures to run; empty takes a dump's activations");
    all.insert(all.begin(),
               { .id = QStringLiteral("network"),
                 .title = QStringLiteral("Network"),
                 .type = ParameterType::Input,
                 .unit = {},
                 .fallback = QString(),
                 .help = QStringLiteral("network that made the activations of a dump; empty takes the first "
                                        "input when it is one") });
    all.push_back(layersParameter());
    return all;
}

MapSet mapSet(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    MapSet set;
    set.network = networkOf(inputs, values.text(QStringLiteral("network")), control);
    if (set.network != nullptr)
        set.maps = engine::featureMaps(*set.graph());
    const QString glob = values.text(QStringLiteral("layers"));
    const bool hasPictures = !values.text(QStringLiteral("images")).isEmpty();
    if (hasPictures && set.network == nullptr)
        throw engine::ParameterError("images: there is no network to run them through; name it with network");
    const DatasetPtr& subject = inputs.datasets.front();
    if (!hasPictures && set.network == nullptr && !holdsActivations(subject))
        throw engine::FormatError(subject->content.title + ": is no network and holds no activations");
    if (hasPictures || !holdsActivations(subject)) {
        set.run = networkRun(set.network, inputs, values, control);
        runNetwork(set, glob, control);
    } else {
        set.activations = subject;
        takeDump(set, glob, values.integer(QStringLiteral("limit")));
    }
    return set;
}

} // namespace analysis
