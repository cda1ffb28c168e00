#pragma once

#include "engine/base/control.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <vector>

namespace engine {

/// A tensor as integer words, ready for codecs and entropy.
struct QuantisedTensor {
    std::vector<std::int32_t> words; ///< row-major, all images
    int wordBits = 8; ///< [bit]
    bool isSigned = false;
    double scale = 1; ///< value = scale * (word + zeroPoint)
    std::int64_t zeroPoint = 0; ///< already subtracted from the words
};

/// Quantises as activation.md defines it. Float maps: scale = max / (2^w - 1) when no value is negative, max
/// magnitude / (2^(w-1) - 1) else; round half to even, clip; an all-zero map has scale 1. Integer maps are
/// used as they are, less their zero point; signed when any value is negative. Errors  ParameterError for
/// non-finite values (naming the place) or integers that do not fit the word length.
QuantisedTensor quantise(const Tensor& tensor, int wordBits, const Control& control);

} // namespace engine
