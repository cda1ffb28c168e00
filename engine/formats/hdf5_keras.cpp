#include "engine/formats/hdf5_keras.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

namespace {

std::vector<std::string_view> components(std::string_view path)
{
    std::vector<std::string_view> result;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        result.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return result;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Keras 2 repeats the layer's name: "conv1/conv1".
std::string withoutRepeat(const std::string& layer)
{
    const std::vector<std::string_view> parts = components(layer);
    const bool repeats = parts.size() >= 2 && parts.back() == parts[parts.size() - 2];
    return repeats ? layer.substr(0, layer.size() - parts.back().size() - 1) : layer;
}

/// Of "layers/bn/vars/2": gamma and beta are trained, the moving mean and variance after them are not.
bool isMovingStatistic(std::string_view layer, std::string_view number)
{
    return layer.find("normalization") != std::string_view::npos && (number == "2" || number == "3");
}

bool assignNumbered(Tensor& tensor)
{
    const std::vector<std::string_view> parts = components(tensor.name);
    const std::size_t count = parts.size();
    if (count < 3 || parts[count - 2] != "vars" || !isNumber(parts[count - 1]))
        return false;
    const bool grouped = parts[0] == "layers" || parts[0] == "_layer_checkpoint_dependencies";
    const std::size_t begin = grouped && count > 3 ? parts[0].size() + 1 : 0;
    const std::size_t end = tensor.name.size() - parts[count - 1].size() - std::string_view("/vars/").size();
    tensor.layer = tensor.name.substr(begin, end - begin);
    tensor.layout.clear(); // The number tells what it is, not how it lies.
    tensor.role = isMovingStatistic(parts[count - 3], parts[count - 1]) ? Role::Other : Role::Weight;
    return true;
}

} // namespace

void assignKerasRoles(Dataset& dataset)
{
    static constexpr std::array<std::string_view, 3> notTheNetwork = { "optimizer_weights", "optimizer",
                                                                       "training" };
    for (Tensor& tensor : dataset.tensors) {
        const std::string_view group = components(tensor.name).front();
        if (std::ranges::find(notTheNetwork, group) != notTheNetwork.end()) {
            tensor.role = Role::Other;
            tensor.layer.clear();
        } else if (!assignNumbered(tensor)) {
            tensor.layer = withoutRepeat(tensor.layer);
        }
    }
}

} // namespace engine::formats
