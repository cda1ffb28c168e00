#pragma once

#include "engine/formats/hdf5_file.h"

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace engine::formats {

/// Where an HDF5 file that is being made goes.
///
/// The library cannot close a file whose last writes fail, and crashes over it at the end of the program. So
/// it never learns of a failure: what cannot be written is kept in memory from then on, and error() tells.
/// Outlives the handle that create() returns. In a session.
class Hdf5Output {
public:
    /// `path` is a file that is there. Errors  IoError.
    explicit Hdf5Output(const std::filesystem::path& path);
    Hdf5Output(const Hdf5Output&) = delete;
    Hdf5Output& operator=(const Hdf5Output&) = delete;
    ~Hdf5Output();

    /// An empty HDF5 file; invalid when the library refuses.
    Hdf5Handle create();
    /// The system's number of the first failure; 0 = none.
    int error() const { return m_error; }
    /// From here on nothing more is written: the file is given up.
    void abandon();

    std::uint64_t end() const { return m_end; } ///< [byte]
    void write(std::uint64_t offset, std::span<const std::byte> bytes);
    void read(std::uint64_t offset, std::span<std::byte> bytes) const;
    void resize(std::uint64_t end);

private:
    /// What could not be written.
    struct Piece {
        std::uint64_t offset;
        std::vector<std::byte> bytes;
    };

    std::filesystem::path m_path;
    int m_descriptor;
    hid_t m_driver = H5I_INVALID_HID;
    int m_error = 0;
    std::uint64_t m_end = 0;
    std::vector<Piece> m_kept; ///< in the order they came
};

} // namespace engine::formats
