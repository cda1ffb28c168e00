#include "engine/nn/resample.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cmath>

namespace engine::nn {

namespace {

/// The source pixels that make one output pixel.
struct Tap {
    std::size_t first = 0;
    std::vector<double> weights;
};

std::vector<Tap> triangleTaps(int from, int to)
{
    const double scale = static_cast<double>(from) / to;
    const double support = std::max(scale, 1.0);
    std::vector<Tap> taps(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        const double centre = (i + 0.5) * scale;
        const int first = std::max(0, static_cast<int>(std::floor(centre - support + 0.5)));
        const int last = std::min(from, static_cast<int>(std::floor(centre + support + 0.5)));
        Tap& tap = taps[static_cast<std::size_t>(i)];
        tap.first = static_cast<std::size_t>(first);
        double sum = 0;
        for (int j = first; j < last; ++j) {
            tap.weights.push_back(std::max(0.0, 1.0 - std::abs(j - centre + 0.5) / support));
            sum += tap.weights.back();
        }
        for (double& weight : tap.weights)
            weight /= sum;
    }
    return taps;
}

/// Weighted sums along one axis; `step` apart in `in`, written `outStep` apart.
void resampleLine(const float* in, std::size_t step, const std::vector<Tap>& taps, float* out,
                  std::size_t outStep)
{
    for (std::size_t i = 0; i < taps.size(); ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < taps[i].weights.size(); ++j)
            sum += taps[i].weights[j] * static_cast<double>(in[(taps[i].first + j) * step]);
        out[i * outStep] = static_cast<float>(sum);
    }
}

} // namespace

Image scaleShortSide(const Image& image, int size)
{
    const int shortSide = std::min(image.height, image.width);
    if (shortSide <= 0)
        throw ShapeError("the picture is empty and cannot be scaled");
    const auto scaled = [&](int side) {
        return side == shortSide ? size : static_cast<std::int64_t>(size) * side / shortSide;
    };
    const std::int64_t height = scaled(image.height);
    const std::int64_t width = scaled(image.width);
    if (height * width > (std::int64_t { 1 } << 28))
        throw ShapeError("the picture would be scaled to " + std::to_string(height) + " \u00d7 "
                         + std::to_string(width) + ", beyond the limit of 2^28 pixels");
    Image result { image.channels, static_cast<int>(height), static_cast<int>(width), {} };
    const auto columns = triangleTaps(image.width, result.width);
    const auto rows = triangleTaps(image.height, result.height);
    const auto planes = static_cast<std::size_t>(image.channels);
    const auto inHeight = static_cast<std::size_t>(image.height);
    const auto inWidth = static_cast<std::size_t>(image.width);
    const std::size_t outHeight = rows.size();
    const std::size_t outWidth = columns.size();
    std::vector<float> middle(planes * inHeight * outWidth);
    for (std::size_t line = 0; line < planes * inHeight; ++line)
        resampleLine(&image.values[line * inWidth], 1, columns, &middle[line * outWidth], 1);
    result.values.resize(planes * outHeight * outWidth);
    for (std::size_t plane = 0; plane < planes; ++plane)
        for (std::size_t x = 0; x < outWidth; ++x)
            resampleLine(&middle[plane * inHeight * outWidth + x], outWidth, rows,
                         &result.values[plane * outHeight * outWidth + x], outWidth);
    return result;
}

} // namespace engine::nn
