#pragma once

#include "engine/formats/hdf5_file.h"
#include "engine/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace engine::formats {

/// The filters that can be undone here.
constexpr int hdf5Deflate = 1;
constexpr int hdf5Shuffle = 2;
constexpr int hdf5Fletcher32 = 3;
constexpr int hdf5Lzf = 32000;

/// Where the elements of a data set are.
enum class Hdf5Layout {
    Contiguous, ///< in one run, at `offset` in the file
    Chunked, ///< in chunks of `chunk`, each packed by `filters`
    Stored, ///< in `bytes`, read already: small ones inside the structure
    Unwritten ///< nowhere: every element is `fill`
};

/// A numeric data set of the tree, elements apart.
struct Hdf5Dataset {
    std::string path; ///< without the leading slash
    DType type = DType::F32;
    bool bigEndian = false;
    Shape shape;
    Hdf5Layout layout = Hdf5Layout::Contiguous;
    std::uint64_t offset = 0; ///< [byte]
    std::vector<std::int64_t> chunk; ///< extents
    std::vector<int> filters; ///< ids, in the order they were applied
    std::uint64_t shuffleBytes = 1; ///< element size the shuffle filter works with [byte]
    std::vector<std::byte> fill; ///< one element, as stored
    std::vector<std::byte> bytes;
    std::map<std::string, std::string> texts; ///< attributes of the activation-dump convention
    std::map<std::string, double> numbers;
};

/// Why a data set is left out, though the file is sound: "holds texts, which are not read".
struct Hdf5Skipped {
    std::string why;
};

/// Describes an open data set and checks every size against the file. In a session.
/// Errors  FormatError naming file and data set; Hdf5Skipped.
Hdf5Dataset describeHdf5(const Hdf5File& file, hid_t id, const std::string& path);

/// Errors  FormatError: "net.h5: conv1 is damaged (the library's reason)".
[[noreturn]] void refuseDamaged(const Hdf5File& file, const std::string& path);

} // namespace engine::formats
