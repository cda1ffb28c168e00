#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace engine::formats {

/// Elements longer than this stay in the file [byte].
constexpr std::uint64_t onnxLargeBytes = 64U << 10;

/// A model message with only the fields that are read, and without the bytes of its large tensors: parsing it
/// costs a small factor of its own length, whatever the input.
///
/// A large raw_data (or packed float_data, double_data: the same bytes) becomes the tensor's `segment`, whose
/// begin and end are offsets into `file`. Sub-networks, functions and training information are left out.
///
/// Errors  FormatError with the offset, for what cannot be a model; the text begins with `path`.
std::string reduceOnnx(std::span<const std::byte> file, const std::string& path);

} // namespace engine::formats
