#include "engine/tensor/quantise.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace engine {

namespace {

constexpr unsigned halfBits = 16;
using HalfCounts = std::vector<std::uint64_t>;

/// Magnitudes sort as the bits of their floats do, so that a count by upper and then by lower half of the
/// bits finds any rank exactly.
std::uint32_t magnitudeBits(float x)
{
    return std::bit_cast<std::uint32_t>(std::fabs(x));
}

/// The place where the running sum reaches `rank`, which is lessened by what lies before it.
std::uint32_t placeOfRank(const HalfCounts& counts, std::uint64_t& rank)
{
    std::uint32_t place = 0;
    while (counts[place] < rank)
        rank -= counts[place++];
    return place;
}

} // namespace

double magnitudePercentile(const Tensor& tensor, double percent, const Control& control)
{
    HalfCounts upper(std::size_t { 1 } << halfBits);
    std::uint64_t count = 0;
    const auto countUpper = [&](std::uint64_t, std::span<const float> values) {
        for (const float x : values) {
            if (!std::isfinite(x))
                continue;
            ++upper[magnitudeBits(x) >> halfBits];
            ++count;
        }
    };
    if (!forEachPiece(tensor, control.part(0, 0.5), countUpper) || count == 0)
        return 0;
    auto rank = static_cast<std::uint64_t>(std::ceil(percent / 100 * static_cast<double>(count)));
    rank = std::clamp<std::uint64_t>(rank, 1, count);
    const std::uint32_t high = placeOfRank(upper, rank);
    HalfCounts lower(std::size_t { 1 } << halfBits);
    const auto countLower = [&](std::uint64_t, std::span<const float> values) {
        for (const float x : values) {
            const std::uint32_t bits = magnitudeBits(x);
            if (bits >> halfBits == high && std::isfinite(x))
                ++lower[bits & ((1U << halfBits) - 1)];
        }
    };
    if (!forEachPiece(tensor, control.part(0.5, 1), countLower))
        return 0;
    return std::bit_cast<float>(high << halfBits | placeOfRank(lower, rank));
}

} // namespace engine
