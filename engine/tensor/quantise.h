#pragma once

#include "engine/base/control.h"
#include "engine/tensor/statistics.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace engine {

/// How one value becomes a word.
struct Quantiser {
    double scale = 1; ///< real value = scale * word
    std::int64_t zeroPoint = 0; ///< of stored integers: word = stored - zeroPoint
    int bits = 8; ///< of a word [bit]
    bool isSigned = false;
    bool isWhole = false; ///< the tensor stores integers: they are words already, less the zero point

    /// The word of an element as toDouble() gives it: clipped for real values, 0 for NaN.
    std::int32_t operator()(double stored) const;
    /// The same for many at once; the spans have one size.
    void operator()(std::span<const float> stored, std::span<std::int32_t> words) const;
    std::int32_t lowest() const; ///< the smallest word
    std::int32_t highest() const; ///< the largest word
};

/// The rule for a tensor whose statistics are known, as activation.md defines it.
///
/// Float maps: scale = max / (2^w - 1) when no value is negative, max magnitude / (2^(w-1) - 1) else; 1 for
/// an all-zero map; the tensor's own scale when it has one. Integer maps: words are the stored integers less
/// the zero point; signed when any is negative.
/// `reach` is the magnitude of a float map that the highest word stands for, where it is not the largest.
/// Errors  ParameterError for a word length outside 1..16, and for 1-bit words of a float map with negative
///         values.
Quantiser quantiserFor(const Tensor& tensor, const Statistics& statistics, int wordBits,
                       std::optional<double> reach = std::nullopt);

/// The smallest magnitude of a tensor that at least `percent` percent of its finite values do not exceed: the
/// value of rank ceil(percent / 100 * count) in ascending order, without interpolation. Reads the tensor
/// twice, in pieces. 0 for no finite values, and when stopped.
/// Units   percent in 0..100.
double magnitudePercentile(const Tensor& tensor, double percent, const Control& control);

/// Errors  ParameterError for a value that is not finite or an integer that does not fit the words, naming
/// the place. `known` are the statistics of the tensor, which is read again only to find the place.
void requireQuantisable(const Tensor& tensor, const Statistics& known, const Quantiser& quantiser,
                        const Control& control);

/// A tensor as integer words, ready for codecs and entropy.
struct QuantisedTensor {
    std::vector<std::int32_t> words; ///< row-major, all images; incomplete when stopped
    int wordBits = 8; ///< [bit]
    bool isSigned = false;
    double scale = 1; ///< real value = scale * word
    std::int64_t zeroPoint = 0; ///< already subtracted from the words
};

/// Quantises by quantiserFor(): round half to even, clip. Errors  those of quantiserFor() and
/// requireQuantisable().
QuantisedTensor quantise(const Tensor& tensor, int wordBits, const Control& control);

/// The same with statistics that are already known.
QuantisedTensor quantise(const Tensor& tensor, const Statistics& known, int wordBits, const Control& control);

} // namespace engine
