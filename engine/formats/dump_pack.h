#pragma once

#include "engine/formats/dump_writer.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::formats {

/// Extents of a chunk of one image, at most `limit` elements where one row allows: whole on the inner axes,
/// so that every chunk is one run of the image's values.
std::vector<std::int64_t> dumpChunk(const Shape& image, std::uint64_t limit);

/// A run of an image that makes one chunk.
struct ChunkRun {
    std::vector<std::int64_t> start; ///< in the image
    std::uint64_t first = 0; ///< flat index
    std::uint64_t count = 0; ///< elements; fewer than the chunk's at the end of an axis
};

std::vector<ChunkRun> chunkRuns(const Shape& image, const std::vector<std::int64_t>& chunk);

/// Values as little-endian elements of F32, F16 (round to nearest even) or U8 (round half to even, clipped;
/// NaN becomes 0).
std::vector<std::byte> encodeElements(std::span<const float> values, const ActivationInfo& info);

/// Shuffle and deflate, as HDF5's filters do it. Errors  Error when zlib has no memory.
std::vector<std::byte> packBytes(std::span<const std::byte> bytes, std::size_t elementBytes, int level);

} // namespace engine::formats
