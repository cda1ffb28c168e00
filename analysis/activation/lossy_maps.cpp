#include "analysis/activation/lossy_maps.h"

#include "engine/base/parallel.h"
#include "engine/codec/lossy.h"

#include <algorithm>
#include <cmath>

namespace analysis {

namespace {

/// Real values of a stream: what the words are measured against.
std::vector<float> streamValues(const WordSource& source, std::int64_t stream)
{
    std::vector<float> values = streamFloats(*source.tensor, stream);
    if (source.quantiser.isWhole)
        std::ranges::transform(values, values.begin(), [&](float stored) {
            return static_cast<float>(
                source.quantiser.scale
                * (static_cast<double>(stored) - static_cast<double>(source.quantiser.zeroPoint)));
        });
    return values;
}

LossyFacts compare(std::span<const float> values, std::span<const std::int32_t> words, double scale)
{
    LossyFacts facts { .elements = values.size() };
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto wanted = static_cast<double>(values[i]);
        const double error = std::abs(static_cast<double>(static_cast<float>(scale * words[i])) - wanted);
        facts.zeros += words[i] == 0 ? 1U : 0U;
        facts.errorSum += error;
        facts.maxError = std::max(facts.maxError, error);
        facts.noise += error * error;
        facts.signal += wanted * wanted;
    }
    return facts;
}

std::vector<LossyFacts> streamFacts(const WordSource& source, std::int64_t stream, bool midpoint)
{
    const std::vector<std::int32_t> words = streamWords(*source.tensor, source.quantiser, stream);
    const std::vector<float> values = streamValues(source, stream);
    std::vector<LossyFacts> facts;
    for (int k = 0; k < source.quantiser.bits; ++k) {
        std::vector<std::int32_t> left = words;
        engine::codec::LossyStep(source.quantiser, k, midpoint).words(left);
        facts.push_back(compare(values, left, source.quantiser.scale));
    }
    return facts;
}

} // namespace

double decibels(double signal, double noise)
{
    return noise > 0 ? 10 * std::log10(signal / noise) : std::numeric_limits<double>::infinity();
}

double LossyFacts::zeroFraction() const
{
    return elements > 0 ? static_cast<double>(zeros) / static_cast<double>(elements) : 0;
}

double LossyFacts::meanError() const
{
    return elements > 0 ? errorSum / static_cast<double>(elements) : 0;
}

double LossyFacts::sqnr() const
{
    return decibels(signal, noise);
}

LossyFacts& LossyFacts::operator+=(const LossyFacts& other)
{
    elements += other.elements;
    zeros += other.zeros;
    errorSum += other.errorSum;
    maxError = std::max(maxError, other.maxError);
    noise += other.noise;
    signal += other.signal;
    return *this;
}

std::vector<LossyFacts> lossyFacts(const WordSource& source, std::size_t images, bool midpoint,
                                   const engine::Control& control)
{
    std::vector<std::vector<LossyFacts>> streams(images);
    const bool done = engine::parallelFor(images, control, [&](std::size_t i, unsigned) {
        streams[i] = streamFacts(source, static_cast<std::int64_t>(i), midpoint);
    });
    if (!done)
        return {};
    std::vector<LossyFacts> all(static_cast<std::size_t>(source.quantiser.bits));
    for (const std::vector<LossyFacts>& stream : streams)
        for (std::size_t k = 0; k < all.size(); ++k)
            all[k] += stream[k];
    return all;
}

} // namespace analysis
