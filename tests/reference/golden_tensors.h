#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace reference {

/// A deterministic activation tensor: SplitMix64 and integer arithmetic only.
struct GoldenTensor {
    std::string_view name;
    int wordBits = 8;
    bool isSigned = false;
    std::vector<std::int32_t> (*make)();
};

/// The tensors that the golden counts of tests/golden/codecs were made from.
std::span<const GoldenTensor> goldenTensors();

} // namespace reference
