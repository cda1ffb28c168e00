#include "engine/nn/channels_last.h"

#include <algorithm>
#include <cstring>

namespace engine::nn {

namespace {

using Four __attribute__((vector_size(16))) = float;
using Order __attribute__((vector_size(16))) = int;

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
    constexpr Order low { 0, 4, 1, 5 };
    constexpr Order high { 2, 6, 3, 7 };
    constexpr Order firstHalves { 0, 1, 4, 5 };
    constexpr Order secondHalves { 2, 3, 6, 7 };
    const Four abLow = __builtin_shuffle(a, b, low);
    const Four abHigh = __builtin_shuffle(a, b, high);
    const Four cdLow = __builtin_shuffle(c, d, low);
    const Four cdHigh = __builtin_shuffle(c, d, high);
    store(out, __builtin_shuffle(abLow, cdLow, firstHalves));
    store(out + outStep, __builtin_shuffle(abLow, cdLow, secondHalves));
    store(out + 2 * outStep, __builtin_shuffle(abHigh, cdHigh, firstHalves));
    store(out + 3 * outStep, __builtin_shuffle(abHigh, cdHigh, secondHalves));
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
