#include "engine/tensor/quantise.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace engine {

namespace {

constexpr double exactInFloat = 16777216; ///< 2^24: integers up to here come through float unchanged

/// Round half to even, for magnitudes below 2^51: the addition does it in the default rounding mode.
double roundHalfEven(double x)
{
    constexpr double shift = 0x1.8p52;
    return (x + shift) - shift;
}

std::string placeOf(const Tensor& tensor, std::uint64_t flat)
{
    std::string text;
    for (std::size_t axis = tensor.shape.rank(); axis-- > 0;) {
        const auto extent = static_cast<std::uint64_t>(tensor.shape[axis]);
        text.insert(0, std::to_string(flat % extent) + (text.empty() ? "" : ", "));
        flat /= extent;
    }
    return tensor.name + "[" + text + "]";
}

template <typename Predicate>
std::string firstPlace(const Tensor& tensor, const Control& control, Predicate wrong)
{
    std::optional<std::uint64_t> place;
    forEachPiece(tensor, control, [&](std::uint64_t first, std::span<const float> values) {
        const auto found = std::ranges::find_if(values, wrong);
        if (!place && found != values.end())
            place = first + static_cast<std::uint64_t>(found - values.begin());
    });
    return placeOf(tensor, place.value_or(0));
}

void requireFinite(const Tensor& tensor, const Statistics& known, const Control& control)
{
    if (known.nonFinite == 0)
        return;
    const std::string place = firstPlace(tensor, control, [](float x) { return !std::isfinite(x); });
    throw ParameterError(place + " is not a finite number; only finite values can be quantised");
}

void requireFit(const Tensor& tensor, const Statistics& known, const Quantiser& quantiser,
                const Control& control)
{
    if (known.count == 0)
        return;
    const auto zero = static_cast<double>(quantiser.zeroPoint);
    const double low = std::max(-exactInFloat, quantiser.lowest() + zero);
    const double high = std::min(exactInFloat, quantiser.highest() + zero);
    if (known.minimum >= low && known.maximum <= high)
        return;
    const double bad = known.minimum < low ? known.minimum : known.maximum;
    const std::string place =
        firstPlace(tensor, control, [bad](float x) { return static_cast<double>(x) == bad; });
    const auto text = [](double x) { return std::to_string(std::llround(std::clamp(x, -9e18, 9e18))); };
    throw ParameterError(place + " less its zero point is " + text(bad - zero) + ", outside "
                         + text(low - zero) + ".." + text(high - zero) + " of "
                         + std::to_string(quantiser.bits) + "-bit "
                         + (quantiser.isSigned ? "signed" : "unsigned") + " words");
}

double floatScale(const Statistics& statistics, const Quantiser& quantiser, std::optional<double> reach)
{
    const double magnitude = reach.value_or(std::max(statistics.maximum, -statistics.minimum));
    return statistics.count == 0 || !(magnitude > 0) ? 1 : magnitude / quantiser.highest();
}

} // namespace

std::int32_t Quantiser::lowest() const
{
    if (!isSigned)
        return 0;
    return isWhole ? -(1 << (bits - 1)) : 1 - (1 << (bits - 1));
}

std::int32_t Quantiser::highest() const
{
    return (1 << (isSigned ? bits - 1 : bits)) - 1;
}

std::int32_t Quantiser::operator()(double stored) const
{
    if (std::isnan(stored))
        return 0;
    const double word = isWhole ? stored - static_cast<double>(zeroPoint) : stored / scale;
    return static_cast<std::int32_t>(
        roundHalfEven(std::clamp(word, static_cast<double>(lowest()), static_cast<double>(highest()))));
}

void Quantiser::operator()(std::span<const float> stored, std::span<std::int32_t> words) const
{
    const double divisor = isWhole ? 1 : scale;
    const auto zero = static_cast<double>(zeroPoint);
    const double low = lowest();
    const double high = highest();
    for (std::size_t i = 0; i < words.size(); ++i) {
        const double x = (static_cast<double>(stored[i]) - zero) / divisor;
        const double known = std::isnan(x) ? 0 : x;
        const double clipped = known > low ? (known < high ? known : high) : low;
        words[i] = static_cast<std::int32_t>(roundHalfEven(clipped));
    }
}

Quantiser quantiserFor(const Tensor& tensor, const Statistics& statistics, int wordBits,
                       std::optional<double> reach)
{
    if (wordBits < 1 || wordBits > 16)
        throw ParameterError("word length: " + std::to_string(wordBits) + " is outside 1..16");
    Quantiser result;
    result.bits = wordBits;
    result.isWhole = isInteger(tensor.type);
    if (result.isWhole && tensor.quantisation)
        result.zeroPoint = tensor.quantisation->zeroPoint;
    const auto zero = static_cast<double>(result.zeroPoint);
    result.isSigned = statistics.count != 0 && statistics.minimum < zero;
    if (!result.isWhole && result.isSigned && wordBits == 1)
        throw ParameterError("word length: 1 is too short for " + tensor.name
                             + ", which has negative values; take 2 or more");
    if (tensor.quantisation && tensor.quantisation->scale > 0 && std::isfinite(tensor.quantisation->scale))
        result.scale = tensor.quantisation->scale;
    else if (!result.isWhole)
        result.scale = floatScale(statistics, result, reach);
    return result;
}

void requireQuantisable(const Tensor& tensor, const Statistics& known, const Quantiser& quantiser,
                        const Control& control)
{
    requireFinite(tensor, known, control);
    if (quantiser.isWhole)
        requireFit(tensor, known, quantiser, control);
}

QuantisedTensor quantise(const Tensor& tensor, int wordBits, const Control& control)
{
    Statistics known;
    forEachPiece(tensor, control.part(0, 0.5),
                 [&](std::uint64_t, std::span<const float> values) { known.add(values); });
    return quantise(tensor, known, wordBits, control.part(0.5, 1));
}

QuantisedTensor quantise(const Tensor& tensor, const Statistics& known, int wordBits, const Control& control)
{
    const Quantiser quantiser = quantiserFor(tensor, known, wordBits);
    requireQuantisable(tensor, known, quantiser, control);
    QuantisedTensor result { {}, wordBits, quantiser.isSigned, quantiser.scale, quantiser.zeroPoint };
    result.words.reserve(tensor.shape.elements());
    forEachPiece(tensor, control, [&](std::uint64_t, std::span<const float> values) {
        const std::size_t before = result.words.size();
        result.words.resize(before + values.size());
        quantiser(values, std::span(result.words).subspan(before));
    });
    return result;
}

} // namespace engine
