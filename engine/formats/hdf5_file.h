#pragma once

#include "engine/base/file.h"

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engine::formats {

/// The one lock around the HDF5 library: every call happens while a Hdf5Session lives. Errors are kept off
/// the standard error stream.
class Hdf5Session {
public:
    Hdf5Session();

    /// Why the last call failed, as the library tells it; empty when it does not.
    static std::string reason();

    /// For a child process that was forked within a session, and has one thread only: the lock is its
    /// parent's, so sessions take none from here on.
    static void standAlone();

private:
    static std::recursive_mutex& mutex();

    std::unique_lock<std::recursive_mutex> m_lock;
};

/// An HDF5 identifier that is closed at the end, within a session.
class Hdf5Handle {
public:
    using Close = herr_t (*)(hid_t);

    Hdf5Handle() = default;
    Hdf5Handle(hid_t id, Close close)
        : m_id(id)
        , m_close(close)
    {
    }
    Hdf5Handle(Hdf5Handle&& other) noexcept
        : m_id(std::exchange(other.m_id, H5I_INVALID_HID))
        , m_close(other.m_close)
    {
    }
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept
    {
        std::swap(m_id, other.m_id);
        std::swap(m_close, other.m_close);
        return *this;
    }
    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;
    ~Hdf5Handle();

    hid_t id() const { return m_id; }
    explicit operator bool() const { return m_id >= 0; }

private:
    hid_t m_id = H5I_INVALID_HID;
    Close m_close = nullptr;
};

/// An HDF5 file open for reading; read-only folders and file systems without locks will do.
///
/// Errors  IoError, FormatError naming the file: no signature, cut off, or what the library says.
class Hdf5File {
public:
    static std::shared_ptr<const Hdf5File> open(const std::filesystem::path& path);

    Hdf5File(const Hdf5File&) = delete;
    Hdf5File& operator=(const Hdf5File&) = delete;
    ~Hdf5File();

    hid_t id() const { return m_file.id(); }
    const std::filesystem::path& path() const { return m_mapped->path(); }
    /// The same file, mapped: what lies in it unpacked is read without the library.
    const std::shared_ptr<const MappedFile>& mapped() const { return m_mapped; }

private:
    Hdf5File() = default;

    std::shared_ptr<const MappedFile> m_mapped;
    Hdf5Handle m_file;
};

/// Where the signature stands (0, 512, 1024, 2048 ...); nothing when there is none.
std::optional<std::uint64_t> hdf5Signature(std::span<const std::byte> bytes);

/// Attributes, in a session. Nothing when there is none, or none of that kind.
std::optional<std::string> hdf5Text(hid_t object, const char* name);
std::optional<double> hdf5Number(hid_t object, const char* name);
std::vector<std::string> hdf5Texts(hid_t object, const char* name);

} // namespace engine::formats
