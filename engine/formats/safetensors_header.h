#pragma once

#include "engine/tensor/tensor.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

/// One tensor of a .safetensors file.
struct SafetensorsEntry {
    std::string name;
    std::string typeName; ///< as written: "F32"
    std::optional<DType> type; ///< empty when it is not one of ours
    std::vector<std::int64_t> extents;
    std::uint64_t begin = 0; ///< from the start of the file [byte]
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> entries; ///< in the order of the header
    std::map<std::string, std::string> metadata;
};

/// True when the length, the bracket after it and the size of the file agree.
bool startsAsSafetensors(std::string_view head, std::uint64_t fileBytes);

/// Reads and checks the header of a whole file: sizes, shapes against offsets, no hole, no overlap, no name
/// twice. Errors  FormatError naming `place` and the tensor.
SafetensorsHeader parseSafetensors(std::span<const std::byte> file, const std::string& place);

} // namespace engine::formats
