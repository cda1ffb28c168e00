#include "engine/nn/channels_last.h"

#include <algorithm>
#include <cstring>

namespace engine::nn {

namespace {

using Four __attribute__((vector_size(16))) = float;

constexpr std::size_t side = 4;
/// Pixels whose channels stay in the first-level cache while they are turned.
constexpr std::size_t blockPixels = 64;

Four load(const float* from)
{
    Four value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

void store(float* to, Four value)
{
    std::memcpy(to, &value, sizeof value);
}

/// Turns 4 x 4 values; rows lie `inStep` and `outStep` apart.
void turn(const float* in, std::size_t inStep, float* out, std::size_t outStep)
{
    const Four a = load(in);
    const Four b = load(in + inStep);
    const Four c = load(in + 2 * inStep);
    const Four d = load(in + 3 * inStep);
    const Four abLow = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    const Four abHigh = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Four cdLow = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const Four cdHigh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    store(out, __builtin_shufflevector(abLow, cdLow, 0, 1, 4, 5));
    store(out + outStep, __builtin_shufflevector(abLow, cdLow, 2, 3, 6, 7));
    store(out + 2 * outStep, __builtin_shufflevector(abHigh, cdHigh, 0, 1, 4, 5));
    store(out + 3 * outStep, __builtin_shufflevector(abHigh, cdHigh, 2, 3, 6, 7));
}

/// Turns `count` pixels, all channels. `channels` and `pixels` are also the distances between rows.
void turnBlock(const float* in, float* out, std::size_t count, std::size_t channels, std::size_t pixels)
{
    const std::size_t wholeChannels = channels / side * side;
    const std::size_t wholePixels = count / side * side;
    for (std::size_t c = 0; c < wholeChannels; c += side)
        for (std::size_t p = 0; p < wholePixels; p += side)
            turn(in + p * channels + c, channels, out + c * pixels + p, pixels);
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t p = c < wholeChannels ? wholePixels : 0; p < count; ++p)
            out[c * pixels + p] = in[p * channels + c];
}

} // namespace

void planesFromChannelsLast(const float* in, float* out, std::size_t images, std::size_t channels,
                            std::size_t pixels)
{
    for (std::size_t image = 0; image < images; ++image) {
        const std::size_t start = image * channels * pixels;
        for (std::size_t p = 0; p < pixels; p += blockPixels)
            turnBlock(in + start + p * channels, out + start + p, std::min(blockPixels, pixels - p), channels,
                      pixels);
    }
}

} // namespace engine::nn
