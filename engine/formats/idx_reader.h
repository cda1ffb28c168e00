#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

bool recogniseIdx(std::string_view head, const std::filesystem::path& path);

/// An IDX array as MNIST comes in, also gzipped. Three axes of bytes are images; the customary label file
/// (train-images-idx3-ubyte -> train-labels-idx1-ubyte, with or without .gz) is read when it lies beside
/// them. One axis of whole numbers are labels. Errors  FormatError, IoError.
Dataset readIdx(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
