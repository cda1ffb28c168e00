#pragma once

#include "engine/base/control.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace engine {

/// Running facts about values. add() is vectorised; its sums are within 2^-22 of the sum of magnitudes.
struct Statistics {
    std::uint64_t count = 0;
    std::uint64_t zeros = 0; ///< exactly 0 (either sign)
    std::uint64_t nonFinite = 0; ///< NaN and infinities; left out of the figures below
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    double sum = 0;
    double absoluteSum = 0;

    void add(std::span<const float> values);
    void add(const Statistics& other);

    double zeroFraction() const; ///< 0 for no values
    double mean() const;
    double absoluteMean() const;
};

/// Zeros apart, the rest in equal bins over [first, last]; a bin holds its lower edge, the last one both.
///
/// For integer types the edges lie halfway between integers and the width is a whole number, so that every
/// bin holds the same number of integers; there may be fewer bins than asked for.
struct Histogram {
    double first = 0;
    double last = 0;
    std::uint64_t zeros = 0;
    std::uint64_t nonFinite = 0;
    std::vector<std::uint64_t> bins; ///< counts of non-zero values

    double width() const { return bins.empty() ? 0 : (last - first) / static_cast<double>(bins.size()); }
};

/// Statistics of the whole tensor and of each slice along `axis` (the channel axis; per-channel results in
/// order).
struct TensorStatistics {
    Statistics whole;
    std::vector<Statistics> channels; ///< empty without a channel axis, and beyond 65,536 channels
    bool complete = true; ///< false when stopped
};

/// The axis that counts channels: the one the layout names, else 1 for (N, C, ...) activations and images, 0
/// for weights (output channels) and the rest; none below rank 2 (returned as -1).
int channelAxis(const Tensor& tensor);

TensorStatistics statistics(const Tensor& tensor, const Control& control);

/// `known` are the statistics of the same tensor; its minimum and maximum are the range, values outside
/// count in the end bins.
Histogram histogram(const Tensor& tensor, const Statistics& known, std::size_t bins, const Control& control);

/// Order-0 entropy of a symbol count table [bit per symbol]; 0 for no symbols.
double entropyBits(std::span<const std::uint64_t> counts);
/// Order-0 entropy of words [bit per word].
double entropyBits(std::span<const std::int32_t> words);

} // namespace engine
