#pragma once

#include "engine/formats/hdf5_dataset.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace engine::formats {

/// Undoes the filters of one chunk, last first. Done here and not by the HDF5 library: its filters have no
/// limit on what comes out, and hold its one lock.
///
/// Shape   returns exactly `chunkBytes`; bit i of `skippedFilters` says that filter i was not applied.
/// Errors  FormatError naming `place`.
std::vector<std::byte> unpackHdf5Chunk(const Hdf5Dataset& dataset, std::vector<std::byte> stored,
                                       std::uint32_t skippedFilters, std::uint64_t chunkBytes,
                                       const std::string& place);

/// The plain inverse of h5py's LZF filter. Errors  FormatError when it is not a stream of at most `limit`.
std::vector<std::byte> unpackLzf(std::span<const std::byte> packed, std::uint64_t limit);

/// HDF5's Fletcher-32 sum.
std::uint32_t fletcher32(std::span<const std::byte> bytes);

} // namespace engine::formats
