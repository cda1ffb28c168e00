#include "engine/nn/preprocess.h"

#include "engine/base/error.h"
#include "engine/nn/resample.h"

#include <algorithm>
#include <cmath>

namespace engine::nn {

namespace {

constexpr std::array<double, 3> imageNetMean { 0.485, 0.456, 0.406 };
constexpr std::array<double, 3> imageNetStd { 0.229, 0.224, 0.225 };
constexpr double byteScale = 1.0 / 255;

const std::vector<Preset>& table()
{
    static const std::vector<Preset> rows {
        { "raw",
          "Raw 0..255",
          "Values as stored: networks that scale by themselves (MLPerf Tiny ResNet-8)",
          {} },
        { "unit",
          "Unit 0..1",
          "Pixel / 255, no mean: many Keras and TensorFlow networks",
          { .scale = byteScale } },
        { "mnist",
          "MNIST (Caffe)",
          "Pixel / 256, no mean: LeNet-5 and LeNet-300-100 of Caffe",
          { .scale = 1.0 / 256 } },
        { "cifar-torch",
          "CIFAR (PyTorch)",
          "RGB / 255, ImageNet mean and deviation: ResNet-20 of PyTorch",
          { .scale = byteScale, .mean = imageNetMean, .std = imageNetStd } },
        { "imagenet-torch",
          "ImageNet (PyTorch)",
          "Short side 256, centre crop, RGB / 255, ImageNet mean and deviation: torchvision networks",
          { .size = 256, .scale = byteScale, .mean = imageNetMean, .std = imageNetStd } },
        { "imagenet-caffe",
          "ImageNet (Caffe)",
          "Short side 256, centre crop, BGR less 104, 117, 123: SqueezeNet and other Caffe networks",
          { .size = 256, .channels = ChannelOrder::Bgr, .mean = { 104, 117, 123 } } },
    };
    return rows;
}

std::string sizeText(std::int64_t height, std::int64_t width)
{
    return std::to_string(height) + " \u00d7 " + std::to_string(width);
}

/// What the network wants; height and width are 0 where it takes a flat vector.
struct Target {
    std::int64_t channels = 0;
    std::int64_t height = 0;
    std::int64_t width = 0;
};

Target targetOf(const Shape& input)
{
    if (input.rank() == 3)
        return { input[0], input[1], input[2] };
    return {};
}

/// An axis-parallel part of a picture.
struct Window {
    std::int64_t top = 0;
    std::int64_t left = 0;
    std::int64_t height = 0;
    std::int64_t width = 0;
};

Window centred(const Image& image, std::int64_t height, std::int64_t width)
{
    return { (image.height - height) / 2, (image.width - width) / 2, height, width };
}

Window chooseWindow(const Image& image, const Recipe& recipe, const Target& target)
{
    if (recipe.crop > 0) {
        if (image.height < recipe.crop || image.width < recipe.crop)
            throw ShapeError("the picture is " + sizeText(image.height, image.width)
                             + ", smaller than the crop of " + sizeText(recipe.crop, recipe.crop)
                             + "; scale it up with --size " + std::to_string(recipe.crop));
        return centred(image, recipe.crop, recipe.crop);
    }
    if (target.height == 0)
        return { 0, 0, image.height, image.width };
    if (image.height < target.height || image.width < target.width)
        throw ShapeError("the picture is " + sizeText(image.height, image.width)
                         + ", smaller than the network's input of " + sizeText(target.height, target.width)
                         + "; scale it up with --size "
                         + std::to_string(std::max(target.height, target.width)));
    return centred(image, target.height, target.width);
}

std::int64_t outputChannels(const Image& image, const Window& window, const Shape& input)
{
    const Target target = targetOf(input);
    const auto plane = static_cast<std::uint64_t>(window.height * window.width);
    const auto wanted = target.height > 0 ? static_cast<std::uint64_t>(target.channels)
                                          : input.elements() / std::max<std::uint64_t>(plane, 1);
    const bool fits = target.height > 0 ? window.height == target.height && window.width == target.width
                                        : wanted * plane == input.elements() && wanted > 0;
    if (!fits)
        throw ShapeError("the picture becomes " + std::to_string(image.channels) + " \u00d7 "
                         + sizeText(window.height, window.width) + ", but the network's input is "
                         + toString(input) + "; choose another --size or --crop");
    if (image.channels != 1 && static_cast<std::uint64_t>(image.channels) != wanted)
        throw ShapeError("the picture has " + std::to_string(image.channels)
                         + " channels, but the network's input is " + toString(input));
    return static_cast<std::int64_t>(wanted);
}

void checkRecipe(const Recipe& recipe)
{
    if (recipe.size < 0 || recipe.crop < 0)
        throw ParameterError("--size and --crop: " + std::to_string(std::min(recipe.size, recipe.crop))
                             + " is below 0");
    for (const double deviation : recipe.std)
        if (!(std::abs(deviation) > 0))
            throw ParameterError("--std: 0 is not allowed, values are divided by it");
}

void writeChannel(const float* plane, int stride, const Window& window, double factor, double offset,
                  float* out)
{
    for (std::int64_t y = 0; y < window.height; ++y) {
        const float* row = plane + (window.top + y) * stride + window.left;
        for (std::int64_t x = 0; x < window.width; ++x)
            *out++ = static_cast<float>(row[x] * factor + offset);
    }
}

bool alreadyFits(const Image& image, const Recipe& recipe, const Target& target)
{
    return recipe.crop == 0 && target.height == image.height && target.width == image.width;
}

} // namespace

std::span<const Preset> presets()
{
    return table();
}

const Preset& findPreset(std::string_view id)
{
    const auto rows = presets();
    const auto row = std::ranges::find(rows, id, &Preset::id);
    if (row != rows.end())
        return *row;
    std::string known;
    for (const Preset& preset : rows)
        known += (known.empty() ? "" : ", ") + std::string(preset.id);
    throw ParameterError("Preset: " + std::string(id) + " is not one of " + known);
}

std::vector<float> prepare(const Image& image, const Recipe& recipe, const Shape& input)
{
    checkRecipe(recipe);
    const Target target = targetOf(input);
    Image scaled;
    const Image* picture = &image;
    if (recipe.size > 0 && std::min(image.height, image.width) != recipe.size
        && !alreadyFits(image, recipe, target)) {
        scaled = scaleShortSide(image, recipe.size);
        picture = &scaled;
    }
    const Window window = chooseWindow(*picture, recipe, target);
    const std::int64_t channels = outputChannels(*picture, window, input);
    const bool reversed = recipe.channels == ChannelOrder::Bgr && channels == 3;
    const auto area = static_cast<std::size_t>(window.height * window.width);
    const std::size_t planeSize =
        static_cast<std::size_t>(picture->height) * static_cast<std::size_t>(picture->width);
    std::vector<float> values(static_cast<std::size_t>(channels) * area);
    for (std::int64_t c = 0; c < channels; ++c) {
        const std::int64_t from = picture->channels == 1 ? 0 : (reversed ? channels - 1 - c : c);
        const auto row = static_cast<std::size_t>(std::min<std::int64_t>(c, 2));
        const double factor = recipe.scale / recipe.std[row];
        writeChannel(picture->values.data() + static_cast<std::size_t>(from) * planeSize, picture->width,
                     window, factor, -recipe.mean[row] / recipe.std[row],
                     values.data() + static_cast<std::size_t>(c) * area);
    }
    return values;
}

} // namespace engine::nn
