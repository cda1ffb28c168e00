#include "engine/tensor/statistics.h"

#include <algorithm>
#include <cmath>

namespace engine {

namespace {

constexpr std::int64_t widestTable = std::int64_t { 1 } << 16;

std::vector<std::uint64_t> countByTable(std::span<const std::int32_t> words, std::int64_t lowest,
                                        std::int64_t range)
{
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(range));
    for (const std::int32_t word : words)
        ++counts[static_cast<std::size_t>(word - lowest)];
    return counts;
}

std::vector<std::uint64_t> countBySorting(std::span<const std::int32_t> words)
{
    std::vector<std::int32_t> sorted(words.begin(), words.end());
    std::ranges::sort(sorted);
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i == 0 || sorted[i] != sorted[i - 1])
            counts.push_back(0);
        ++counts.back();
    }
    return counts;
}

} // namespace

double entropyBits(std::span<const std::uint64_t> counts)
{
    double total = 0;
    for (const std::uint64_t count : counts)
        total += static_cast<double>(count);
    double bits = 0;
    for (const std::uint64_t count : counts) {
        if (count != 0)
            bits += static_cast<double>(count) * std::log2(total / static_cast<double>(count));
    }
    return total == 0 ? 0 : bits / total;
}

double entropyBits(std::span<const std::int32_t> words)
{
    if (words.empty())
        return 0;
    const auto [lowest, highest] = std::ranges::minmax(words);
    const std::int64_t range = std::int64_t { highest } - lowest + 1;
    return entropyBits(range <= widestTable ? countByTable(words, lowest, range) : countBySorting(words));
}

} // namespace engine
