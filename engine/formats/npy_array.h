#pragma once

#include "engine/formats/npy_header.h"
#include "engine/formats/strided_source.h"
#include "engine/network/dataset.h"

#include <functional>
#include <string>
#include <vector>

namespace engine::formats {

/// The bytes of an .npy file from its first byte: in memory, or to be fetched when an element is read.
struct NpyBytes {
    std::uint64_t size = 0; ///< [byte]
    Block resident; ///< empty when fetched
    std::function<Block()> fetch; ///< null when resident
};

/// Appends the tensors of one .npy file: one, or one per field named "name.field". Fields that cannot be read
/// become remarks. Nothing is copied, and nothing is fetched yet.
/// Errors  FormatError naming `place` when the data is shorter than the header says.
void appendNpyTensors(const NpyHeader& header, const NpyBytes& bytes, const std::string& name,
                      const std::string& place, Dataset& dataset);

/// Bytes that header and elements take together. Errors  FormatError when the shape needs more than `size`.
std::uint64_t npyTotalBytes(const NpyHeader& header, std::uint64_t size, const std::string& place);

} // namespace engine::formats
