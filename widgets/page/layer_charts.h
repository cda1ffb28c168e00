#pragma once

#include "analysis/chart.h"
#include "widgets/tensor/tensor_facts.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace widgets {

/// Values of a tensor by size, zeros apart: words where there are any, else real values.
analysis::Chart valueHistogram(const TensorFacts& facts);

/// "bin 3 LSB, zero apart; all 64 images".
QString histogramRemark(const analysis::HistogramChart& histogram, const TensorFacts& facts);

/// The bin of a value, and -1 outside; zero has none.
int binOf(const analysis::HistogramChart& histogram, double value);

/// Zero fraction of every channel, and which channel each bar is.
struct ChannelZeros {
    analysis::Chart chart; ///< bars; a line for more channels than bars can show
    std::vector<std::int64_t> order; ///< channel of each bar

    int barOf(std::int64_t channel) const; ///< -1 when there is none
};

/// "Zero words per channel".
QString channelZerosTitle(analysis::ZeroKind kind);

/// Nothing for tensors without channels.
std::optional<ChannelZeros> channelZeros(const TensorFacts& facts, bool byValue);

} // namespace widgets
