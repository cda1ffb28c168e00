#pragma once

#include "analysis/activation/words.h"
#include "engine/base/control.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace analysis {

/// What dropping bits did to the values of a map.
struct LossyFacts {
    std::uint64_t elements = 0;
    std::uint64_t zeros = 0; ///< words that are zero after dropping
    double errorSum = 0; ///< of magnitudes
    double maxError = 0;
    double noise = 0; ///< sum of squared errors
    double signal = 0; ///< sum of squares of the map itself

    double zeroFraction() const;
    double meanError() const;
    double sqnr() const; ///< [dB]; infinite without noise
    LossyFacts& operator+=(const LossyFacts& other);
};

/// Signal over noise [dB]; infinite without noise.
double decibels(double signal, double noise);

/// A map against what is left of it, by K = 0..w-1: float maps against their own values, integer maps against
/// their words. The first `images` pictures, in parallel. Empty when stopped.
std::vector<LossyFacts> lossyFacts(const WordSource& source, std::size_t images, bool midpoint,
                                   const engine::Control& control);

} // namespace analysis
