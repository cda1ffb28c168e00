#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace engine {

/// A whole file, read-only, mapped into memory. Shared by every tensor that lies in it.
///
/// Errors  IoError when the file is missing, unreadable or not a regular file. An empty file has empty
/// bytes().
class MappedFile {
public:
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);

    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    const std::filesystem::path& path() const { return m_path; }
    std::span<const std::byte> bytes() const { return { m_data, m_size }; }

private:
    MappedFile() = default;

    std::filesystem::path m_path;
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

/// A file that appears whole or not at all: written under a temporary name beside `path`, renamed by
/// commit().
///
/// Errors  IoError naming the path and the system's reason; the temporary file is then removed.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile(); ///< without commit() nothing is left behind

    const std::filesystem::path& temporaryPath() const { return m_temporary; }
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    void commit();

private:
    void closeFile();

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// The first bytes of a file, at most `count`. Errors  IoError.
std::string readHead(const std::filesystem::path& path, std::size_t count);

} // namespace engine
