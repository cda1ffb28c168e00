#pragma once

#include "analysis/activation/subject.h"
#include "engine/tensor/statistics.h"

namespace analysis {

/// A tensor with the rule that makes it words.
struct WordSource {
    const engine::Tensor* tensor = nullptr;
    engine::Statistics facts;
    engine::Quantiser quantiser;
};

/// Finds range and rule of a tensor. `facts.count` is 0 when stopped. The highest word stands for the largest
/// magnitude of a float map, or for that percentile of its magnitudes.
/// Errors  those of engine::requireQuantisable() and engine::quantiserFor(); engine::ParameterError for a
///         percentile that is 0 in a map with other values.
WordSource wordSource(const engine::Tensor& tensor, int wordBits, const engine::Control& control,
                      double percentile = 100);

} // namespace analysis
