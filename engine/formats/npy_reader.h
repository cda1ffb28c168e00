#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

bool recogniseNpy(std::string_view head, const std::filesystem::path& path);

/// One array, mapped where its order allows; structured items give one tensor per field. An array whose name
/// says nothing is an activation: rank 1 is one stream, 2 (N, F), 3 one (C, H, W), 4 (N, C, H, W); what can
/// be pictures is offered as images too. Errors  FormatError, IoError.
Dataset readNpy(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
