#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace engine::formats {

/// A row of the catalogue: all that the open dialog, drag and drop, the command line and the tests need.
struct Reader {
    std::string_view id; ///< stable, lower-case: "onnx"
    std::string_view title; ///< as the user reads it: "ONNX network"
    std::vector<std::string_view> suffixes; ///< with dot: ".onnx"; may hold two dots: ".bin.gz"
    /// Looks at the first bytes (up to 4096) and the path; must be quick and never throw.
    bool (*recognise)(std::string_view head, const std::filesystem::path& path);
    /// Errors  FormatError, ShapeError, IoError: one sentence that names file, place and remedy.
    Dataset (*read)(const std::filesystem::path& path, const Control& control);
};

/// Every reader of the engine, in the order they are asked. To add one, append a row in catalogue.cpp.
std::span<const Reader> catalogue();

/// The reader for a file: by content first, then by suffix. `rows` lets analysis add its own.
/// Errors  FormatError saying what was detected, what can be read and how to convert.
const Reader& recognise(std::span<const Reader> rows, const std::filesystem::path& path);

} // namespace engine::formats
