#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

bool recogniseSafetensors(std::string_view head, const std::filesystem::path& path);

/// A .safetensors file, or all shards that an .index.json names; tensors stay in the mapped files. Types that
/// have no float here (below 8 bits, F8_E8M0 ...) are left out with a remark. Errors  FormatError, IoError.
Dataset readSafetensors(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
