#pragma once

#include "engine/codec/block_zvc.h"

#include <cstdint>
#include <vector>

namespace engine::codec {

/// What one block of a stream takes.
struct BlockSize {
    std::uint16_t bits = 0; ///< L: head, mask and words [bit]
    std::uint8_t nonzeros = 0; ///< words that are not zero after the K-lossy step

    bool operator==(const BlockSize&) const = default;
};

/// The size of every block of a stream, by the loops that count whole streams; they add up to count().
/// Errors  ParameterError for a word outside its format or options outside their range.
std::vector<BlockSize> blockSizes(BlockZvc::Head head, const Words& words, const Options& options);

} // namespace engine::codec
