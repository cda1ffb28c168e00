#include "engine/network/dataset.h"

#include "engine/network/cost.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace engine {

namespace {

/// The same layer is written "layer1.0.conv2" by one program and "/layer1/0/conv2" by another.
std::string key(std::string_view layerName)
{
    std::string result(layerName.substr(std::min(layerName.find_first_not_of('/'), layerName.size())));
    std::ranges::replace(result, '/', '.');
    return result;
}

std::string parent(const std::string& tensorName)
{
    const std::size_t cut = tensorName.find_last_of("./");
    return cut == std::string::npos || cut == 0 ? tensorName : tensorName.substr(0, cut);
}

Shape withBatchOfOne(const Shape& shape)
{
    std::vector<std::int64_t> extents = shape.extents();
    if (!extents.empty())
        extents.front() = 1;
    return Shape(std::move(extents));
}

std::string convolutionLayout(std::string_view channels, std::size_t rank)
{
    static constexpr std::string_view space = "DHW";
    if (rank < 3 || rank > 5)
        return {};
    return std::string(channels).append(space.substr(5 - rank));
}

/// How the weight of a node lies in memory; only the node's own weight has a known layout.
std::string weightLayout(const Node& node, const Tensor& tensor)
{
    if (node.inputs.size() < 2 || node.inputs[1] != tensor.name)
        return {};
    if (node.op == "Conv")
        return convolutionLayout("OI", tensor.shape.rank());
    if (node.op == "ConvTranspose")
        return convolutionLayout("IO", tensor.shape.rank());
    if (tensor.shape.rank() != 2)
        return {};
    if (node.op == "Gemm")
        return node.integer("transB", 0) != 0 ? "OI" : "IO";
    return node.op == "MatMul" ? "IO" : "";
}

/// Finds the tensors of constants, and adds those that the reader has not.
class Constants {
public:
    explicit Constants(Dataset& dataset)
        : m_dataset(dataset)
    {
        for (std::size_t i = 0; i < dataset.tensors.size(); ++i) {
            if (dataset.tensors[i].role != Role::Activation)
                m_index.emplace(dataset.tensors[i].name, i);
        }
    }

    /// Index of its tensor. The first user gives role and layer.
    std::size_t add(const std::string& name, const Tensor& constant, Role role, const Node* user)
    {
        const auto [place, added] = m_index.emplace(name, m_dataset.tensors.size());
        if (added) {
            m_dataset.tensors.push_back(constant);
            m_dataset.tensors.back().name = name;
        }
        if (!m_seen.emplace(name, place->second).second)
            return place->second;
        Tensor& tensor = m_dataset.tensors[place->second];
        tensor.role = role;
        if (user != nullptr)
            tensor.layer = user->name;
        if (user != nullptr && role == Role::Weight && tensor.layout.empty())
            tensor.layout = weightLayout(*user, tensor);
        return place->second;
    }

private:
    Dataset& m_dataset;
    std::unordered_map<std::string, std::size_t> m_index;
    std::unordered_map<std::string, std::size_t> m_seen;
};

Layer layerOf(const Graph& graph, const Node& node)
{
    Layer layer;
    layer.name = node.name;
    layer.op = node.op;
    if (!node.inputs.empty()) {
        if (const Shape* shape = graph.shape(node.inputs.front()))
            layer.input = *shape;
    }
    if (!node.outputs.empty()) {
        if (const Shape* shape = graph.shape(node.outputs.front()))
            layer.output = *shape;
    }
    return layer;
}

void layersFromGraph(Dataset& dataset)
{
    const Graph& graph = *dataset.graph;
    const std::vector<Cost> nodeCosts = costs(graph);
    Constants constants(dataset);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Layer layer = layerOf(graph, graph.nodes[i]);
        layer.parameters = nodeCosts[i].parameters;
        layer.macs = nodeCosts[i].macs;
        for (const std::string& name : nodeCosts[i].weights)
            layer.weights.push_back(
                constants.add(name, *graph.constant(name), Role::Weight, &graph.nodes[i]));
        dataset.layers.push_back(std::move(layer));
    }
    for (const Node& node : graph.nodes) {
        for (const std::string& input : node.inputs) {
            if (const Tensor* constant = graph.constant(input))
                constants.add(input, *constant, Role::Other, &node);
        }
    }
    for (const auto& [name, constant] : graph.constants)
        constants.add(name, constant, Role::Other, nullptr);
}

/// Where there is no graph the rank of the largest weight tells what the layer computes.
void guessOperator(Layer& layer, const std::vector<Tensor>& tensors)
{
    std::size_t rank = 0;
    std::uint64_t matrixElements = 0;
    for (const std::size_t i : layer.weights) {
        rank = std::max(rank, tensors[i].shape.rank());
        if (tensors[i].shape.rank() == 2)
            matrixElements += tensors[i].shape.elements();
    }
    if (rank == 4) {
        layer.op = "Conv";
    } else if (rank == 2) {
        layer.op = "Gemm";
        layer.macs = matrixElements;
    }
}

class LayerNames {
public:
    explicit LayerNames(Dataset& dataset)
        : m_dataset(dataset)
    {
        for (std::size_t i = 0; i < dataset.layers.size(); ++i)
            m_index.emplace(key(dataset.layers[i].name), i);
        if (dataset.graph)
            addOutputs(*dataset.graph);
    }

    Layer& findOrAppend(const std::string& name)
    {
        const auto [place, added] = m_index.emplace(key(name), m_dataset.layers.size());
        if (added)
            m_dataset.layers.emplace_back().name = name;
        return m_dataset.layers[place->second];
    }

private:
    void addOutputs(const Graph& graph)
    {
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            if (!graph.nodes[i].outputs.empty())
                m_index.emplace(key(graph.nodes[i].outputs.front()), i);
        }
    }

    Dataset& m_dataset;
    std::unordered_map<std::string, std::size_t> m_index;
};

void joinWeight(Dataset& dataset, LayerNames& names, std::size_t index)
{
    Tensor& tensor = dataset.tensors[index];
    if (tensor.layer.empty())
        tensor.layer = parent(tensor.name);
    Layer& layer = names.findOrAppend(tensor.layer);
    layer.weights.push_back(index);
    layer.parameters += tensor.shape.elements();
}

void joinActivation(Dataset& dataset, LayerNames& names, std::size_t index)
{
    Tensor& tensor = dataset.tensors[index];
    if (tensor.layer.empty())
        tensor.layer = tensor.name;
    Layer& layer = names.findOrAppend(tensor.layer);
    if (!layer.activation)
        layer.activation = index;
    if (!layer.output)
        layer.output = withBatchOfOne(tensor.shape);
    if (layer.op.empty())
        layer.op = tensor.op;
    if (tensor.op.empty())
        tensor.op = layer.op;
}

void layersFromTensors(Dataset& dataset)
{
    LayerNames names(dataset);
    for (std::size_t i = 0; i < dataset.tensors.size(); ++i) {
        if (dataset.tensors[i].role == Role::Weight)
            joinWeight(dataset, names, i);
        else if (dataset.tensors[i].role == Role::Activation)
            names.findOrAppend(dataset.tensors[i].layer.empty() ? dataset.tensors[i].name
                                                                : dataset.tensors[i].layer);
    }
    for (Layer& layer : dataset.layers)
        guessOperator(layer, dataset.tensors);
}

} // namespace

const Tensor* Dataset::find(const std::string& tensorName) const
{
    const auto found = std::ranges::find(tensors, tensorName, &Tensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

std::vector<std::size_t> Dataset::withRole(Role role) const
{
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (tensors[i].role == role)
            result.push_back(i);
    }
    return result;
}

std::uint64_t Dataset::parameters() const
{
    return std::accumulate(layers.begin(), layers.end(), std::uint64_t { 0 },
                           [](std::uint64_t sum, const Layer& layer) { return sum + layer.parameters; });
}

bool Dataset::macsAreKnown() const
{
    const auto isConvolution = [this](std::size_t weight) { return tensors[weight].shape.rank() > 2; };
    return graph != nullptr || std::none_of(layers.begin(), layers.end(), [&](const Layer& layer) {
               return std::any_of(layer.weights.begin(), layer.weights.end(), isConvolution);
           });
}

std::uint64_t Dataset::macs() const
{
    return std::accumulate(layers.begin(), layers.end(), std::uint64_t { 0 },
                           [](std::uint64_t sum, const Layer& layer) { return sum + layer.macs; });
}

void buildLayers(Dataset& dataset)
{
    dataset.layers.clear();
    if (dataset.graph)
        layersFromGraph(dataset);
    else
        layersFromTensors(dataset);
    LayerNames names(dataset);
    for (std::size_t i = 0; i < dataset.tensors.size(); ++i) {
        if (dataset.tensors[i].role == Role::Activation)
            joinActivation(dataset, names, i);
    }
}

} // namespace engine
