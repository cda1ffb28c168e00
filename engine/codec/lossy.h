#pragma once

#include "engine/tensor/quantise.h"

#include <cstdint>
#include <span>

namespace engine::codec {

/// What K-lossy compression makes of words and values: the low K bits of the magnitude are dropped, and with
/// `midpoint` half of what they can hold is put back into words that are not zero.
///
/// Errors  the constructor throws ParameterError for K outside 0..w-1.
/// Source  [Wang 2022] 3.2; midpoint reconstruction as an option is Tessera's definition.
class LossyStep {
public:
    LossyStep(const Quantiser& quantiser, int lossyBits, bool midpoint);

    void words(std::span<std::int32_t> words) const;
    /// Quantises, drops and gives the real values again, in place. 0 stays 0.
    void values(std::span<float> values) const;

private:
    Quantiser m_quantiser;
    int m_lossyBits;
    std::int32_t m_middle; ///< put back into words that are not zero
};

} // namespace engine::codec
