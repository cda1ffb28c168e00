#include "engine/formats/roles.h"

#include "engine/base/error.h"
#include "engine/formats/labels.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace engine::formats {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 3> activationGroups = { "activations", "activation", "acts" };
constexpr std::array<std::string_view, 6> weightGroups = { "weights",    "parameters",    "params",
                                                           "state_dict", "model_weights", "initializers" };
constexpr std::array<std::string_view, 9> statistics = { "running_mean",
                                                         "running_var",
                                                         "num_batches_tracked",
                                                         "moving_mean",
                                                         "moving_variance",
                                                         "moving_var",
                                                         "mean",
                                                         "var",
                                                         "variance" };
constexpr std::array<std::string_view, 9> parameterWords = { "weights",    "biases", "gamma",
                                                             "beta",       "scale",  "alpha",
                                                             "embeddings", "w",      "b" };
constexpr std::array<std::string_view, 4> notTrained = { "_mask", "_scale", "_zero_point", "_quantizer" };
constexpr std::array<std::string_view, 3> imageGroups = { "images", "image", "images_u8" };
constexpr std::array<std::string_view, 9> imageWords = { "images",  "image",  "images_u8", "x",     "x_test",
                                                         "x_train", "pixels", "data",      "inputs" };
constexpr std::array<std::string_view, 2> labelGroups = { "labels", "label" };
constexpr std::array<std::string_view, 7> labelWords = { "labels",  "label",   "y",     "y_test",
                                                         "y_train", "targets", "target" };

bool isOneOf(std::string_view word, Words words)
{
    return std::ranges::find(words, word) != words.end();
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// A path taken apart: its first and last word (lower case, no ":0") and what is left without them.
struct Parts {
    std::string first;
    std::string last;
    std::string_view afterFirst; ///< empty when there is one word only
    std::string_view beforeLast; ///< the same
};

Parts split(std::string_view path)
{
    const std::size_t colon = path.find_last_of(':');
    const bool numbered = colon != std::string_view::npos
        && path.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    const std::string_view words = numbered ? path.substr(0, colon) : path;
    const std::size_t head = words.find_first_of("/.");
    const std::size_t tail = words.find_last_of("/.");
    if (head == std::string_view::npos)
        return { lower(words), lower(words), {}, {} };
    return { lower(words.substr(0, head)), lower(words.substr(tail + 1)), path.substr(head + 1),
             path.substr(0, tail) };
}

bool isParameter(const std::string& word)
{
    const auto endsSo = [&word](std::string_view end) { return word.ends_with(end); };
    if (std::ranges::any_of(notTrained, endsSo))
        return false;
    return isOneOf(word, parameterWords) || word.starts_with("weight") || word.starts_with("bias")
        || word.ends_with("_weight") || word.ends_with("_bias") || word.ends_with("kernel");
}

Meaning meaningOfWeight(std::string_view path, bool inGroup)
{
    const Parts parts = split(path);
    const std::string layer(parts.beforeLast);
    if (isOneOf(parts.last, statistics))
        return { Role::Other, layer };
    if (isParameter(parts.last))
        return { Role::Weight, layer.empty() ? std::string(path) : layer };
    if (inGroup)
        return { Role::Weight, layer.empty() ? std::string(path) : layer };
    return {};
}

/// Says whether a tensor can be pictures, and how they lie.
std::string imageLayout(const Tensor& tensor)
{
    const Shape& shape = tensor.shape;
    const auto isChannels = [&shape](std::size_t axis) { return shape[axis] == 1 || shape[axis] == 3; };
    if (shape.elements() == 0)
        return {};
    if (shape.rank() == 4)
        return isChannels(1) ? "NCHW" : isChannels(3) ? "NHWC" : "";
    return shape.rank() == 3 ? "NHW" : "";
}

std::string activationLayout(std::size_t rank)
{
    static constexpr std::array<std::string_view, 6> layouts = { "", "F", "NF", "CHW", "NCHW", "NCDHW" };
    return std::string(rank < layouts.size() ? layouts[rank] : "");
}

std::string weightLayout(const Tensor& tensor)
{
    static constexpr std::array<std::string_view, 6> layouts = { "", "", "OI", "OIW", "OIHW", "OIDHW" };
    static constexpr std::array<std::string_view, 6> keras = { "", "", "IO", "WIO", "HWIO", "DHWIO" };
    const std::size_t rank = tensor.shape.rank();
    const std::string word = split(tensor.name).last;
    if (rank >= layouts.size() || (word != "kernel" && word.ends_with("kernel")))
        return {};
    return std::string(word == "kernel" ? keras[rank] : layouts[rank]);
}

void fillLayout(Tensor& tensor)
{
    if (!tensor.layout.empty())
        return;
    if (tensor.role == Role::Weight)
        tensor.layout = weightLayout(tensor);
    else if (tensor.role == Role::Activation)
        tensor.layout = activationLayout(tensor.shape.rank());
    else if (tensor.role == Role::Image)
        tensor.layout = imageLayout(tensor);
}

bool fits(Role role, const Tensor& tensor)
{
    if (role == Role::Image)
        return !imageLayout(tensor).empty();
    if (role == Role::Label)
        return isInteger(tensor.type) && tensor.shape.rank() >= 1
            && tensor.shape.elements() == static_cast<std::uint64_t>(tensor.shape[0]);
    return true;
}

void fillFromName(Tensor& tensor)
{
    if (tensor.role != Role::Other)
        return;
    Meaning meaning = meaningOf(tensor.name);
    if (!fits(meaning.role, tensor))
        return;
    tensor.role = meaning.role;
    if (tensor.layer.empty())
        tensor.layer = std::move(meaning.layer);
}

/// Tensors whose name has told nothing.
std::vector<Tensor*> unexplained(Dataset& dataset)
{
    std::vector<Tensor*> result;
    for (Tensor& tensor : dataset.tensors) {
        if (tensor.role == Role::Other && tensor.layer.empty() && tensor.shape.rank() > 0)
            result.push_back(&tensor);
    }
    return result;
}

bool looksDumped(const std::vector<Tensor*>& tensors)
{
    return tensors.size() == 1 || std::ranges::all_of(tensors, [&tensors](const Tensor* tensor) {
               return tensor->shape.rank() >= 2 && tensor->shape[0] == tensors.front()->shape[0];
           });
}

void guessActivations(const std::vector<Tensor*>& tensors)
{
    if (!looksDumped(tensors))
        return;
    for (Tensor* tensor : tensors) {
        tensor->role = Role::Activation;
        tensor->layer = tensor->name;
    }
}

/// A view with an axis of extent 1 in front.
class BatchOfOne final : public TensorSource {
public:
    explicit BatchOfOne(std::shared_ptr<const TensorSource> source)
        : m_source(std::move(source))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        if (count.front() > 0)
            m_source->read(start.subspan(1), count.subspan(1), out);
    }

    std::span<const std::byte> mapped() const override { return m_source->mapped(); }

private:
    std::shared_ptr<const TensorSource> m_source;
};

/// One array that may be pictures: the tensor to show, or nothing.
std::optional<Tensor> picturesIn(const Tensor& tensor)
{
    Tensor result = tensor;
    result.layout = imageLayout(tensor);
    const bool bytes = tensor.type == DType::U8;
    if (result.layout.empty() || (!bytes && (tensor.type != DType::F32 || tensor.shape.rank() != 4)))
        return std::nullopt;
    if (tensor.shape.rank() == 3 && (tensor.shape[0] == 1 || tensor.shape[0] == 3)) {
        result.shape = Shape { 1, tensor.shape[0], tensor.shape[1], tensor.shape[2] };
        result.layout = "NCHW";
        result.source = std::make_shared<BatchOfOne>(tensor.source);
    } else if (tensor.shape.rank() == 3 && (tensor.shape[2] == 1 || tensor.shape[2] == 3)) {
        result.shape = Shape { 1, tensor.shape[0], tensor.shape[1], tensor.shape[2] };
        result.layout = "NHWC";
        result.source = std::make_shared<BatchOfOne>(tensor.source);
    }
    return result;
}

std::vector<int> labelsFor(Dataset& dataset, std::int64_t pictures)
{
    for (const std::size_t index : dataset.withRole(Role::Label)) {
        const Tensor& labels = dataset.tensors[index];
        if (labels.shape[0] != pictures)
            continue;
        try {
            return labelValues(labels);
        } catch (const FormatError& error) {
            dataset.remarks.push_back({ Severity::Warning, {}, error.what() });
        }
    }
    return {};
}

} // namespace

Meaning meaningOf(std::string_view path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    const Parts parts = split(path);
    const bool single = parts.afterFirst.empty();
    if (!single && isOneOf(parts.first, activationGroups))
        return { Role::Activation, std::string(parts.afterFirst) };
    if (!single && isOneOf(parts.first, weightGroups))
        return meaningOfWeight(parts.afterFirst, true);
    Meaning weight = meaningOfWeight(path, false);
    if (weight.role == Role::Weight || !weight.layer.empty())
        return weight;
    const auto speaksOf = [&](Words groups, Words words) {
        return single ? isOneOf(parts.last, words)
                      : isOneOf(parts.first, groups) || isOneOf(parts.last, groups);
    };
    if (speaksOf(imageGroups, imageWords))
        return { Role::Image, {} };
    return speaksOf(labelGroups, labelWords) ? Meaning { Role::Label, {} } : Meaning {};
}

void assignRoles(Dataset& dataset, Role unnamed)
{
    for (Tensor& tensor : dataset.tensors)
        fillFromName(tensor);
    const std::vector<Tensor*> rest = unexplained(dataset);
    if (dataset.withRole(Role::Weight).empty()) {
        guessActivations(rest);
    } else {
        for (Tensor* tensor : rest)
            tensor->role = isInteger(tensor->type) ? Role::Other : unnamed;
    }
    for (Tensor& tensor : dataset.tensors)
        fillLayout(tensor);
}

void offerImages(Dataset& dataset)
{
    if (dataset.images)
        return;
    const std::vector<std::size_t> images = dataset.withRole(Role::Image);
    if (!images.empty()) {
        const Tensor& tensor = dataset.tensors[images.front()];
        dataset.images = tensorImages(tensor, labelsFor(dataset, tensor.shape[0]));
    } else if (dataset.tensors.size() == 1) {
        if (const auto pictures = picturesIn(dataset.tensors.front()))
            dataset.images = tensorImages(*pictures, {});
    }
}

} // namespace engine::formats
