#include "engine/tensor/statistics.h"

#include <algorithm>
#include <cmath>

namespace engine {

namespace {

/// The empty histogram for values in [minimum, maximum].
Histogram rangeFor(DType type, const Statistics& known, std::size_t bins)
{
    Histogram result;
    if (known.count == known.nonFinite || bins == 0)
        return result;
    if (isInteger(type)) {
        const double values = known.maximum - known.minimum + 1;
        const double width = std::max(1.0, std::ceil(values / static_cast<double>(bins)));
        const double used = std::ceil(values / width);
        result.first = known.minimum - 0.5;
        result.last = result.first + used * width;
        result.bins.resize(static_cast<std::size_t>(used));
        return result;
    }
    result.first = known.minimum;
    result.last = known.maximum;
    if (result.first == result.last) {
        const double margin = result.first == 0 ? 0.5 : std::abs(result.first) / 2;
        result.first -= margin;
        result.last += margin;
    }
    result.bins.resize(bins);
    return result;
}

void addTo(Histogram& histogram, double perUnit, std::span<const float> values)
{
    const double top = static_cast<double>(histogram.bins.size()) - 1;
    for (const float value : values) {
        if (value == 0) {
            ++histogram.zeros;
        } else if (!std::isfinite(value)) {
            ++histogram.nonFinite;
        } else if (top >= 0) {
            const double place = (static_cast<double>(value) - histogram.first) * perUnit;
            ++histogram.bins[static_cast<std::size_t>(std::clamp(place, 0.0, top))];
        }
    }
}

} // namespace

Histogram histogram(const Tensor& tensor, const Statistics& known, std::size_t bins, const Control& control)
{
    Histogram result = rangeFor(tensor.type, known, bins);
    const double perUnit = result.bins.empty() ? 0 : 1 / result.width();
    forEachPiece(tensor, control,
                 [&](std::uint64_t, std::span<const float> values) { addTo(result, perUnit, values); });
    return result;
}

} // namespace engine
