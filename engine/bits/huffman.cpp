#include "engine/bits/huffman.h"

#include "engine/base/error.h"
#include "engine/bits/bit_order.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <string>
#include <utility>

namespace engine {

namespace {

constexpr std::size_t countTables = 4;
constexpr std::size_t countsAtMost = std::size_t { 1 } << 31; ///< before a counter could run over

/// One round of package-merge: the weights of leaves and packages together, and which are which.
struct Round {
    std::vector<std::uint64_t> weights;
    std::vector<bool> isLeaf;
};

Round merged(std::span<const std::uint64_t> leaves, const Round& before)
{
    const std::size_t packages = before.weights.size() / 2;
    Round round;
    round.weights.reserve(leaves.size() + packages);
    round.isLeaf.reserve(leaves.size() + packages);
    std::size_t leaf = 0;
    std::size_t package = 0;
    while (leaf < leaves.size() || package < packages) {
        const std::uint64_t weight =
            package < packages ? before.weights[2 * package] + before.weights[2 * package + 1] : 0;
        const bool takeLeaf = package == packages || (leaf < leaves.size() && leaves[leaf] <= weight);
        round.weights.push_back(takeLeaf ? leaves[leaf] : weight);
        round.isLeaf.push_back(takeLeaf);
        ++(takeLeaf ? leaf : package);
    }
    return round;
}

/// The lengths of leaves in ascending order of weight: a leaf is one bit longer for every round that takes
/// it.
std::vector<std::uint8_t> packageMerge(std::span<const std::uint64_t> leaves, unsigned limit)
{
    std::vector<std::vector<bool>> isLeaf(limit);
    Round round;
    for (std::vector<bool>& marks : isLeaf) {
        round = merged(leaves, round);
        marks = std::move(round.isLeaf);
    }
    std::vector<std::uint8_t> lengths(leaves.size());
    std::size_t taken = 2 * leaves.size() - 2;
    for (auto marks = isLeaf.rbegin(); marks != isLeaf.rend(); ++marks) {
        const auto end = marks->begin() + static_cast<std::ptrdiff_t>(std::min(taken, marks->size()));
        const auto takenLeaves = static_cast<std::size_t>(std::count(marks->begin(), end, true));
        for (std::size_t leaf = 0; leaf < takenLeaves; ++leaf)
            ++lengths[leaf];
        taken = 2 * (taken - takenLeaves);
    }
    return lengths;
}

using LengthCounts = std::array<std::uint32_t, huffmanMostBits + 1>;

LengthCounts countLengths(std::span<const std::uint8_t> lengths)
{
    LengthCounts counts {};
    for (const std::uint8_t length : lengths)
        ++counts[length];
    return counts;
}

} // namespace

template <typename Symbol>
std::vector<std::uint64_t> symbolCounts(std::span<const Symbol> symbols, std::size_t alphabet)
{
    std::vector<std::uint64_t> total(alphabet);
    // Several tables, since a counter that has just been written is slow to read again.
    const std::size_t tables = symbols.size() / 64 > alphabet ? countTables : 1;
    std::vector<std::uint32_t> counts(alphabet * tables);
    while (!symbols.empty()) {
        const auto piece = symbols.first(std::min(countsAtMost, symbols.size()));
        std::size_t i = 0;
        for (; tables == countTables && i + countTables <= piece.size(); i += countTables) {
            for (std::size_t table = 0; table < countTables; ++table)
                ++counts[table * alphabet + piece[i + table]];
        }
        for (; i < piece.size(); ++i)
            ++counts[piece[i]];
        for (std::size_t at = 0; at < counts.size(); ++at)
            total[at % alphabet] += std::exchange(counts[at], 0);
        symbols = symbols.subspan(piece.size());
    }
    return total;
}

template std::vector<std::uint64_t> symbolCounts(std::span<const std::uint8_t>, std::size_t);
template std::vector<std::uint64_t> symbolCounts(std::span<const std::uint16_t>, std::size_t);

std::vector<std::uint8_t> huffmanLengths(std::span<const std::uint64_t> counts, unsigned limit)
{
    assert(counts.size() <= huffmanMostSymbols);
    if (limit < 1 || limit > huffmanMostBits)
        throw ParameterError("length limit: " + std::to_string(limit) + " is outside 1.."
                             + std::to_string(huffmanMostBits));
    std::vector<std::uint32_t> used;
    for (std::size_t symbol = 0; symbol < counts.size(); ++symbol) {
        if (counts[symbol] != 0)
            used.push_back(static_cast<std::uint32_t>(symbol));
    }
    if (used.size() > std::size_t { 1 } << limit)
        throw ParameterError("length limit: " + std::to_string(limit) + " bits are too few for codes of "
                             + std::to_string(used.size()) + " symbols");
    std::vector<std::uint8_t> lengths(counts.size());
    if (used.size() == 1)
        lengths[used.front()] = 1;
    if (used.size() < 2)
        return lengths;
    std::ranges::stable_sort(used, {}, [&](std::uint32_t symbol) { return counts[symbol]; });
    std::vector<std::uint64_t> leaves(used.size());
    std::ranges::transform(used, leaves.begin(), [&](std::uint32_t symbol) { return counts[symbol]; });
    const std::vector<std::uint8_t> sorted = packageMerge(leaves, limit);
    for (std::size_t leaf = 0; leaf < used.size(); ++leaf)
        lengths[used[leaf]] = sorted[leaf];
    return lengths;
}

void requireHuffmanLengths(std::span<const std::uint8_t> lengths, unsigned limit)
{
    assert(limit <= huffmanMostBits && lengths.size() <= huffmanMostSymbols);
    const auto longer = std::ranges::find_if(lengths, [&](std::uint8_t length) { return length > limit; });
    if (longer != lengths.end())
        throw FormatError("Huffman table: symbol " + std::to_string(longer - lengths.begin()) + " takes "
                          + std::to_string(*longer) + " bits, more than the " + std::to_string(limit)
                          + " there may be");
    const LengthCounts counts = countLengths(lengths);
    std::uint64_t filled = 0; // of the 2^limit codes of the greatest length
    for (unsigned length = 1; length <= limit; ++length)
        filled += static_cast<std::uint64_t>(counts[length]) << (limit - length);
    const std::uint64_t room = std::uint64_t { 1 } << limit;
    const std::size_t used = lengths.size() - counts[0];
    if (filled > room)
        throw FormatError("Huffman table: its " + std::to_string(used)
                          + " lengths are too short for a code that can be told apart");
    if (filled < room && used > 1)
        throw FormatError("Huffman table: its " + std::to_string(used)
                          + " lengths leave codes that stand for nothing");
    if (used == 1 && counts[1] != 1)
        throw FormatError("Huffman table: its only symbol takes more than 1 bit");
}

std::vector<std::uint16_t> huffmanCodes(std::span<const std::uint8_t> lengths)
{
    const LengthCounts counts = countLengths(lengths);
    std::array<std::uint32_t, huffmanMostBits + 2> next {};
    for (unsigned length = 1; length <= huffmanMostBits; ++length)
        next[length + 1] = (next[length] + counts[length]) << 1;
    std::vector<std::uint16_t> codes(lengths.size());
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
        if (const unsigned length = lengths[symbol]; length != 0)
            codes[symbol] = static_cast<std::uint16_t>(reversedBits(next[length]++, length));
    }
    return codes;
}

std::uint64_t huffmanBits(std::span<const std::uint64_t> counts, std::span<const std::uint8_t> lengths)
{
    return std::inner_product(counts.begin(), counts.end(), lengths.begin(), std::uint64_t { 0 });
}

} // namespace engine
