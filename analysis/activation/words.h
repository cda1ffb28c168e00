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

/// Finds range and rule of a tensor. `facts.count` is 0 when stopped.
/// Errors  those of engine::requireQuantisable() and engine::quantiserFor().
WordSource wordSource(const engine::Tensor& tensor, int wordBits, const engine::Control& control);

} // namespace analysis
