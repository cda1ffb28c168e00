#pragma once

#include "engine/formats/npy_descriptor.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

/// The header of an .npy file, versions 1 to 3.
struct NpyHeader {
    NpyItem item;
    bool fortranOrder = false;
    std::vector<std::int64_t> extents; ///< as written, not yet checked against the file
    std::uint64_t dataOffset = 0; ///< from the start of the file [byte]
};

/// Bytes that tell how long a header is.
inline constexpr std::size_t npyPrefixBytes = 12;

/// Length of magic, version, length and text, from the first npyPrefixBytes bytes.
/// Errors  FormatError naming `place`: no magic, unknown version, longer than 1 MiB.
std::uint64_t npyHeaderBytes(std::string_view prefix, const std::string& place);

/// `bytes` must reach beyond the header. Errors  FormatError naming `place`.
NpyHeader parseNpyHeader(std::string_view bytes, const std::string& place);

} // namespace engine::formats
