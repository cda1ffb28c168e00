#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace analysis {

/// A folder of pictures (JPEG, PNG, BMP, ...), read one at a time.
///
/// Labels come from labels.csv (columns `file` or the first, and `class_index` or `label`), else from
/// labels.txt (a file name and a number per line), else from one subfolder per class; class names from
/// classes.txt. Errors  engine::FormatError for a label list that names a file or class that is not there, or
/// no picture at all;
///         without any labels the data set opens with a remark.
bool isPictureFolder(std::string_view head, const std::filesystem::path& path);
engine::Dataset readPictureFolder(const std::filesystem::path& path, const engine::Control& control);

} // namespace analysis
