#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

bool recogniseNpz(std::string_view head, const std::filesystem::path& path);

/// The arrays of an .npz file under their names; '/' and '.' in them make the hierarchy. Stored entries stay
/// in the mapped file, deflated ones are unpacked when first read. What cannot be read is a remark.
/// Errors  FormatError, IoError; FormatError from reading a tensor whose entry is damaged.
Dataset readNpz(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
