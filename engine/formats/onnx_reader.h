#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

/// True for bytes that begin like an ONNX model: there is no signature, so this is a good guess.
bool recogniseOnnx(std::string_view head, const std::filesystem::path& path);

/// A network with graph, weights, shapes and costs. Large weights stay in the mapped file, or in the files
/// beside it that hold external data. Unknown operators and sub-networks are told in remarks.
///
/// Errors  FormatError, ShapeError, IoError naming the file and the place.
Dataset readOnnx(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
