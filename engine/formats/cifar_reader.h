#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

bool recogniseCifar(std::string_view head, const std::filesystem::path& path);

/// The binary files of CIFAR-10 (one label, 3 x 32 x 32 bytes) and, where it cannot be CIFAR-10, of CIFAR-100
/// (two labels), also gzipped; pictures stay where they lie in the file. Class names come from
/// batches.meta.txt or fine_label_names.txt beside it. Errors  FormatError, IoError.
Dataset readCifar(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
