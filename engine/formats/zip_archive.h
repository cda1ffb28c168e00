#pragma once

#include "engine/base/file.h"
#include "engine/formats/strided_source.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine::formats {

/// What the directory of a zip file says about one entry.
struct ZipEntry {
    std::string name;
    std::uint64_t bytes = 0; ///< unpacked, as claimed [byte]
    std::uint64_t packedBytes = 0;
    bool stored = false;
    std::string problem; ///< why it cannot be read (encrypted, another method); else empty
};

/// A zip file, read-only. Stored entries are seen where they lie in the mapped file; deflated ones are
/// unpacked when asked for, and the last few are kept. Thread-safe.
class ZipArchive {
public:
    /// Errors  IoError, FormatError: no zip, damaged directory.
    explicit ZipArchive(const std::filesystem::path& path);
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;
    ~ZipArchive();

    const std::vector<ZipEntry>& entries() const { return m_entries; }
    /// "file.npz, entry conv1.weight.npy", for messages.
    std::string place(std::size_t index) const;

    /// The first bytes of an entry, at most `count`. Errors  FormatError.
    std::string head(std::size_t index, std::size_t count) const;

    /// A stored entry in the mapped file; nothing for a deflated one. Its checksum is not looked at.
    std::optional<Block> stored(std::size_t index) const;

    /// An entry, unpacked and checked against its size and checksum.
    /// Errors  FormatError: longer or shorter than claimed, damaged, beyond unpackLimit().
    Block unpacked(std::size_t index) const;

private:
    class Library;

    std::shared_ptr<const MappedFile> m_file;
    std::unique_ptr<Library> m_library;
    std::vector<ZipEntry> m_entries;
};

} // namespace engine::formats
