#include "engine/formats/hdf5_output.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace engine::formats {

namespace {

/// The library's view of an output; `base` is first, as it wants it.
struct OpenOutput {
    H5FD_t base;
    Hdf5Output* output;
    haddr_t allocated;
};

OpenOutput& open(H5FD_t* file)
{
    return *reinterpret_cast<OpenOutput*>(file);
}

const OpenOutput& open(const H5FD_t* file)
{
    return *reinterpret_cast<const OpenOutput*>(file);
}

extern "C" {

H5FD_t* openOutput(const char*, unsigned, hid_t access, haddr_t)
{
    const auto* output = static_cast<Hdf5Output* const*>(H5Pget_driver_info(access));
    if (output == nullptr)
        return nullptr;
    return &(new OpenOutput { {}, *output, 0 })->base; // Deleted in closeOutput().
}

herr_t closeOutput(H5FD_t* file)
{
    delete &open(file);
    return 0;
}

herr_t queryOutput(const H5FD_t*, unsigned long* flags)
{
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t allocatedOutput(const H5FD_t* file, H5FD_mem_t)
{
    return open(file).allocated;
}

herr_t allocateOutput(H5FD_t* file, H5FD_mem_t, haddr_t address)
{
    open(file).allocated = address;
    return 0;
}

haddr_t endOfOutput(const H5FD_t* file, H5FD_mem_t)
{
    return open(file).output->end();
}

herr_t readOutput(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer)
{
    open(file).output->read(address, { static_cast<std::byte*>(buffer), size });
    return 0;
}

herr_t writeOutput(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer)
{
    try {
        open(file).output->write(address, { static_cast<const std::byte*>(buffer), size });
        return 0;
    } catch (...) { // No memory to keep what cannot be written.
        return -1;
    }
}

herr_t resizeOutput(H5FD_t* file, hid_t, hbool_t)
{
    open(file).output->resize(open(file).allocated);
    return 0;
}

} // extern "C"

H5FD_class_t driverClass()
{
    H5FD_class_t result = {};
    result.name = "tessera_output";
    result.maxaddr = HADDR_MAX - 1;
    result.fc_degree = H5F_CLOSE_WEAK;
    result.fapl_size = sizeof(Hdf5Output*);
    result.open = openOutput;
    result.close = closeOutput;
    result.query = queryOutput;
    result.get_eoa = allocatedOutput;
    result.set_eoa = allocateOutput;
    result.get_eof = endOfOutput;
    result.read = readOutput;
    result.write = writeOutput;
    result.truncate = resizeOutput;
    std::ranges::fill(result.fl_map, H5FD_MEM_SUPER); // One free list for everything.
    return result;
}

} // namespace

Hdf5Output::Hdf5Output(const std::filesystem::path& path)
    : m_path(path)
    , m_descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC))
{
    if (m_descriptor < 0)
        throw IoError(path.string() + ": cannot write: " + std::generic_category().message(errno));
    const Hdf5Session session;
    const H5FD_class_t driver = driverClass();
    m_driver = H5FDregister(&driver);
}

Hdf5Output::~Hdf5Output()
{
    const Hdf5Session session;
    H5FDunregister(m_driver);
    ::close(m_descriptor);
}

Hdf5Handle Hdf5Output::create()
{
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    const Hdf5Output* self = this;
    if (!access || H5Pset_driver(access.id(), m_driver, static_cast<const void*>(&self)) < 0)
        return {};
    H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG);
    return { H5Fcreate(m_path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), H5Fclose };
}

void Hdf5Output::abandon()
{
    if (m_error == 0)
        m_error = ECANCELED;
}

void Hdf5Output::write(std::uint64_t offset, std::span<const std::byte> bytes)
{
    m_end = std::max(m_end, offset + bytes.size());
    while (m_error == 0 && !bytes.empty()) {
        const ssize_t written =
            ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno != EINTR)
            m_error = errno;
        if (written > 0) {
            offset += static_cast<std::uint64_t>(written);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }
    if (!bytes.empty())
        m_kept.push_back({ offset, { bytes.begin(), bytes.end() } });
}

void Hdf5Output::read(std::uint64_t offset, std::span<std::byte> bytes) const
{
    std::ranges::fill(bytes, std::byte { 0 });
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t got = ::pread(m_descriptor, bytes.data() + done, bytes.size() - done,
                                    static_cast<off_t>(offset + done));
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        done += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    for (const Piece& piece : m_kept) {
        const std::uint64_t first = std::max(piece.offset, offset);
        const std::uint64_t end = std::min(piece.offset + piece.bytes.size(), offset + bytes.size());
        if (first < end)
            std::memcpy(bytes.data() + (first - offset), piece.bytes.data() + (first - piece.offset),
                        end - first);
    }
}

void Hdf5Output::resize(std::uint64_t end)
{
    if (m_error == 0 && m_end != end && ::ftruncate(m_descriptor, static_cast<off_t>(end)) != 0)
        m_error = errno;
    m_end = end;
}

} // namespace engine::formats
