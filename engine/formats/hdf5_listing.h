#pragma once

#include "engine/formats/hdf5_dataset.h"
#include "engine/formats/hdf5_file.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace engine::formats {

/// What an HDF5 file holds, elements apart.
struct Hdf5Listing {
    std::vector<Hdf5Dataset> datasets;
    std::map<std::string, std::string> facts; ///< text attributes of the root
    std::optional<double> top1; ///< [%]
    std::optional<double> top5; ///< [%]
    bool isKeras = false;
    std::vector<std::string> skipped; ///< what was left out and why, one sentence each
    std::size_t skippedCount = 0; ///< may be more than there are sentences
};

/// Walks the tree: every object once, at most 64 groups deep; soft and external links are not followed.
/// Groups that do not keep their order are sorted, numbers by value. Errors  FormatError naming the file and
/// the object.
Hdf5Listing listHdf5(const Hdf5File& file);

} // namespace engine::formats
