#pragma once

#include "engine/tensor/tensor.h"

#include <filesystem>
#include <string>
#include <vector>

namespace engine::formats {

/// Class indices, one per image, from IDX (also .gz), .npy, text with one number a line, or CSV with a column
/// class_index, label, class or target. Errors  IoError, FormatError naming the line or element.
std::vector<int> readLabels(const std::filesystem::path& path);

/// The elements of a rank-1 (or N x 1) integer tensor. Errors  FormatError naming the element.
std::vector<int> labelValues(const Tensor& tensor);

/// The non-empty lines of a text file, without white space around them: class names.
std::vector<std::string> readLines(const std::filesystem::path& path);

} // namespace engine::formats
