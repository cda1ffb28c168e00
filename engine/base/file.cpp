#include "engine/base/file.h"

#include "engine/base/error.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace engine {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const char* what)
{
    const std::string reason = std::generic_category().message(errno);
    throw IoError(path.string() + ": cannot " + what + ": " + reason);
}

class Descriptor {
public:
    explicit Descriptor(const std::filesystem::path& path)
        : m_number(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
    {
        if (m_number < 0)
            fail(path, "open");
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(m_number); }

    int number() const { return m_number; }

private:
    int m_number;
};

std::filesystem::path temporaryName(const std::filesystem::path& path)
{
    static std::atomic<unsigned> counter { 0 };
    std::filesystem::path name = path;
    std::string suffix = ".";
    suffix.append(std::to_string(::getpid())).append(".").append(std::to_string(counter++)).append(".part");
    name += suffix;
    return name;
}

/// Where a symbolic link leads, so that the link stays and its target is written.
std::filesystem::path resolved(std::filesystem::path path)
{
    std::error_code error;
    const std::filesystem::path target = std::filesystem::canonical(path, error);
    return error ? path : target;
}

/// Devices and pipes are written in place: a rename would put a plain file where they were.
bool isReplaceable(const std::filesystem::path& path)
{
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

} // namespace

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    const Descriptor file(path);
    struct stat status = {};
    if (::fstat(file.number(), &status) != 0)
        fail(path, "read");
    if (!S_ISREG(status.st_mode))
        throw IoError(path.string() + ": is not a regular file");

    std::shared_ptr<MappedFile> result(new MappedFile);
    result->m_path = path;
    result->m_size = static_cast<std::size_t>(status.st_size);
    if (result->m_size == 0)
        return result;
    void* data = ::mmap(nullptr, result->m_size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (data == MAP_FAILED) { // NOLINT(performance-no-int-to-ptr): the system's own macro
        result->m_size = 0;
        fail(path, "map");
    }
    result->m_data = static_cast<const std::byte*>(data);
    return result;
}

MappedFile::~MappedFile()
{
    if (m_data != nullptr)
        ::munmap(const_cast<std::byte*>(m_data), m_size);
}

AtomicFile::AtomicFile(std::filesystem::path path)
    : m_path(resolved(std::move(path)))
    , m_temporary(isReplaceable(m_path) ? temporaryName(m_path) : std::filesystem::path())
    , m_descriptor(m_temporary.empty()
                       ? ::open(m_path.c_str(), O_WRONLY | O_CLOEXEC)
                       : ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666))
{
    if (m_descriptor < 0)
        fail(m_path, "write");
}

AtomicFile::~AtomicFile()
{
    closeFile();
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

void AtomicFile::closeFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

void AtomicFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(m_path, "write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::write(std::string_view text)
{
    write(std::as_bytes(std::span(text)));
}

void AtomicFile::commit()
{
    if (::fsync(m_descriptor) != 0 && errno != EINVAL && errno != EROFS)
        fail(m_path, "write");
    closeFile();
    if (m_temporary.empty())
        return;
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        fail(m_path, "write");
    m_temporary.clear();
}

std::string readHead(const std::filesystem::path& path, std::size_t count)
{
    const Descriptor file(path);
    std::string head(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
        const ssize_t got = ::read(file.number(), head.data() + filled, count - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail(path, "read");
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    head.resize(filled);
    return head;
}

} // namespace engine
