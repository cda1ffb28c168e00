#include "widgets/network/first_look.h"

#include <algorithm>
#include <array>

namespace widgets {

namespace {

bool isActivationFunction(const std::string& op)
{
    static constexpr std::array<std::string_view, 6> known = { "Relu", "ReLU",      "Clip",
                                                               "relu", "LeakyRelu", "HardSwish" };
    return std::find(known.begin(), known.end(), op) != known.end();
}

int largest(const engine::Dataset& content, engine::Role role)
{
    int best = -1;
    for (const std::size_t index : content.withRole(role))
        if (best < 0
            || content.tensors[index].shape.elements()
                > content.tensors[static_cast<std::size_t>(best)].shape.elements())
            best = static_cast<int>(index);
    return best;
}

int firstTensor(const engine::Dataset& content)
{
    for (const std::size_t index : content.withRole(engine::Role::Activation))
        if (isActivationFunction(content.tensors[index].op))
            return static_cast<int>(index);
    if (const int found = largest(content, engine::Role::Activation); found >= 0)
        return found;
    for (const std::size_t index : content.withRole(engine::Role::Weight))
        if (content.tensors[index].shape.rank() >= 2)
            return static_cast<int>(index);
    for (const engine::Role role : { engine::Role::Weight, engine::Role::Image })
        if (const int found = largest(content, role); found >= 0)
            return found;
    return content.tensors.empty() ? -1 : 0;
}

} // namespace

Selection firstLook(const analysis::DatasetPtr& dataset)
{
    const int tensor = firstTensor(dataset->content);
    return { .dataset = dataset, .layer = layerOf(dataset->content, tensor), .tensor = tensor };
}

LayerTensors layerTensors(const engine::Dataset& content, int layer)
{
    LayerTensors found;
    if (layer < 0 || static_cast<std::size_t>(layer) >= content.layers.size())
        return found;
    const engine::Layer& facts = content.layers[static_cast<std::size_t>(layer)];
    if (facts.activation)
        found.activation = static_cast<int>(*facts.activation);
    for (const std::size_t weight : facts.weights)
        if (found.weight < 0
            || content.tensors[weight].shape.elements()
                > content.tensors[static_cast<std::size_t>(found.weight)].shape.elements())
            found.weight = static_cast<int>(weight);
    return found;
}

int layerOf(const engine::Dataset& content, int tensor)
{
    const auto wanted = static_cast<std::size_t>(tensor);
    for (std::size_t i = 0; tensor >= 0 && i < content.layers.size(); ++i) {
        const engine::Layer& layer = content.layers[i];
        if (layer.activation == wanted
            || std::find(layer.weights.begin(), layer.weights.end(), wanted) != layer.weights.end())
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace widgets
