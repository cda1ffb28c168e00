#pragma once

#include "analysis/chart.h"
#include "engine/base/control.h"
#include "engine/tensor/quantise.h"
#include "engine/tensor/statistics.h"
#include "engine/tensor/tensor.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace widgets {

/// How often each word occurs.
struct WordCounts {
    std::int32_t lowest = 0;
    std::vector<std::uint64_t> counts; ///< from `lowest` up
    std::vector<std::uint64_t> channelZeros; ///< words that are 0 in each channel; empty as the statistics'

    std::uint64_t zeros() const;
};

/// What a view of a tensor knows about all of it.
struct TensorFacts {
    engine::Tensor tensor; ///< its elements lie in memory, unless that would take too much
    engine::TensorStatistics statistics;
    engine::Histogram histogram; ///< fine: hundreds of bins
    int wordBits = 0; ///< as asked for
    std::optional<engine::Quantiser> quantiser; ///< none: shown as float
    WordCounts words; ///< empty without a quantiser
    QString remark; ///< why there are no words, though they were asked for

    /// What every view of the tensor counts and colours as zero: exact zeros, but words that are 0 where real
    /// values are shown in words, which small values become too. An integer that is 0 less its zero point is
    /// exactly 0.
    analysis::ZeroKind zeroKind() const;
    std::uint64_t zeros() const; ///< of that kind
    double zeroFraction() const;
    std::size_t channels() const { return statistics.channels.size(); }
    double channelZeroFraction(std::size_t channel) const;
};

/// "Zeros" or "Zero words".
QString zerosTitle(analysis::ZeroKind kind);
/// "zeros" or "zero words".
QString zerosWord(analysis::ZeroKind kind);

/// The words a tensor is shown in. Integers are shown as they are stored; floats in words of `wordBits`, none
/// for 0.
/// Errors  engine::ParameterError where the rule cannot be applied.
std::optional<engine::Quantiser> shownWords(const engine::Tensor& tensor, const engine::Statistics& known,
                                            int wordBits);

WordCounts countWords(const engine::Tensor& tensor, const engine::Quantiser& quantiser,
                      const engine::Control& control);

/// Null when stopped. `known` are facts of the same tensor for another word length, or null.
std::shared_ptr<const TensorFacts> gatherFacts(const engine::Tensor& tensor, int wordBits,
                                               const std::shared_ptr<const TensorFacts>& known,
                                               const engine::Control& control);

/// The magnitude that `fraction` of all finite values do not exceed, from the histogram; of stored numbers
/// less their zero point.
double magnitudePercentile(const TensorFacts& facts, double fraction);

} // namespace widgets
