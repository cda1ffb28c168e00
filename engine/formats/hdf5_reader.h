#pragma once

#include "engine/base/control.h"
#include "engine/network/dataset.h"

#include <filesystem>
#include <string_view>

namespace engine::formats {

bool recogniseHdf5(std::string_view head, const std::filesystem::path& path);

/// Every numeric data set of any tree, read lazily: activation dumps (schema actdump/1), plain networks,
/// Keras weights (as stored; their graph is not read), pictures with labels. What is left out stands in the
/// remarks.
///
/// The structure is read in a child process first (see hdf5_rehearsal.h).
/// Errors  FormatError, ShapeError, IoError naming the file and the data set.
Dataset readHdf5(const std::filesystem::path& path, const Control& control);

} // namespace engine::formats
