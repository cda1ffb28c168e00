#include "engine/formats/zip_archive.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"
#include "engine/formats/zip_view.h"

#include <algorithm>
#include <array>
#include <list>
#include <mutex>
#include <new>

namespace engine::formats {

namespace {

constexpr std::uint64_t keptBytes = 256U << 20;
constexpr std::uint64_t readPiece = 16U << 20;
constexpr std::size_t comparedBytes = 64;

struct CloseEntry {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using EntryHandle = std::unique_ptr<zip_file_t, CloseEntry>;

struct DiscardArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using ArchiveHandle = std::unique_ptr<zip_t, DiscardArchive>;

class LibraryError {
public:
    LibraryError() { zip_error_init(&m_error); }
    LibraryError(const LibraryError&) = delete;
    LibraryError& operator=(const LibraryError&) = delete;
    ~LibraryError() { zip_error_fini(&m_error); }

    zip_error_t* get() { return &m_error; }
    std::string text() { return zip_error_strerror(&m_error); }

private:
    zip_error_t m_error {};
};

ArchiveHandle openArchive(ZipView& view, const std::string& place)
{
    LibraryError error;
    zip_source_t* source = view.source();
    if (source == nullptr)
        throw std::bad_alloc();
    ArchiveHandle archive(zip_open_from_source(source, ZIP_RDONLY, error.get()));
    if (!archive) {
        zip_source_free(source);
        throw FormatError(place + ": is not a readable zip file (" + error.text() + ")");
    }
    return archive;
}

std::string problemOf(const zip_stat_t& status)
{
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if ((status.valid & needed) != needed)
        return "has no complete directory record";
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE)
        return "is encrypted";
    if (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE)
        return "is packed by method " + std::to_string(status.comp_method)
            + "; only stored and deflated entries are read";
    if (status.comp_method == ZIP_CM_STORE && status.comp_size != status.size)
        return "is stored, yet has two different sizes";
    return {};
}

} // namespace

/// libzip's archive behind one lock, and the entries unpacked last.
class ZipArchive::Library {
public:
    Library(std::span<const std::byte> bytes, const std::string& place)
        : m_bytes(bytes)
        , m_view(bytes)
        , m_archive(openArchive(m_view, place))
    {
    }

    std::vector<ZipEntry> directory()
    {
        std::vector<ZipEntry> entries;
        const zip_int64_t count = zip_get_num_entries(m_archive.get(), 0);
        for (zip_int64_t i = 0; i < count; ++i) {
            zip_stat_t status;
            zip_stat_init(&status);
            ZipEntry& entry = entries.emplace_back();
            if (zip_stat_index(m_archive.get(), static_cast<zip_uint64_t>(i), 0, &status) != 0)
                status.valid = 0;
            entry.problem = problemOf(status);
            entry.name = (status.valid & ZIP_STAT_NAME) != 0 ? status.name : "";
            entry.bytes = (status.valid & ZIP_STAT_SIZE) != 0 ? status.size : 0;
            entry.packedBytes = (status.valid & ZIP_STAT_COMP_SIZE) != 0 ? status.comp_size : 0;
            entry.stored = status.comp_method == ZIP_CM_STORE;
        }
        return entries;
    }

    std::string head(std::size_t index, std::size_t count, const std::string& place)
    {
        const std::scoped_lock lock(m_mutex);
        const EntryHandle entry = openEntry(index, place);
        std::string result(count, '\0');
        result.resize(read(entry, std::as_writable_bytes(std::span(result)), place));
        return result;
    }

    std::optional<Block> stored(std::size_t index, std::uint64_t bytes, const std::string& place)
    {
        const std::scoped_lock lock(m_mutex);
        const EntryHandle entry = openEntry(index, place);
        std::array<std::byte, comparedBytes> start {};
        m_view.watch();
        const std::size_t got = read(entry, start, place);
        const auto offset = m_view.firstRead();
        if (!offset || *offset > m_bytes.size() || bytes > m_bytes.size() - *offset)
            throw FormatError(place + ": reaches beyond the end of the file");
        const std::span<const std::byte> there = m_bytes.subspan(*offset, bytes);
        if (got > there.size()
            || !std::equal(there.begin(), there.begin() + static_cast<std::ptrdiff_t>(got), start.begin()))
            return std::nullopt;
        return Block { there, nullptr };
    }

    Block unpacked(std::size_t index, std::uint64_t bytes, const std::string& place)
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = std::ranges::find(m_kept, index, &Kept::index);
        if (known != m_kept.end()) {
            m_kept.splice(m_kept.begin(), m_kept, known);
            return m_kept.front().block;
        }
        Block block = unpack(index, bytes, place);
        m_kept.push_front({ index, block });
        forgetOldest();
        return block;
    }

private:
    struct Kept {
        std::size_t index;
        Block block;
    };

    EntryHandle openEntry(std::size_t index, const std::string& place)
    {
        EntryHandle entry(zip_fopen_index(m_archive.get(), index, 0));
        if (!entry)
            throw FormatError(place + ": cannot be read (" + zip_strerror(m_archive.get()) + ")");
        return entry;
    }

    /// Reads until `out` is full or the entry ends; returns the bytes read.
    static std::size_t read(const EntryHandle& entry, std::span<std::byte> out, const std::string& place)
    {
        std::size_t filled = 0;
        while (filled < out.size()) {
            const std::size_t wanted = std::min<std::size_t>(out.size() - filled, readPiece);
            const zip_int64_t got = zip_fread(entry.get(), out.data() + filled, wanted);
            if (got < 0)
                throw FormatError(place + ": is damaged (" + zip_file_strerror(entry.get()) + ")");
            if (got == 0)
                break;
            filled += static_cast<std::size_t>(got);
        }
        return filled;
    }

    Block unpack(std::size_t index, std::uint64_t bytes, const std::string& place)
    {
        const EntryHandle entry = openEntry(index, place);
        auto data = std::make_shared<std::vector<std::byte>>(bytes);
        std::byte beyond {};
        // Reading past the end also makes libzip compare the checksum.
        if (read(entry, *data, place) != bytes || read(entry, std::span(&beyond, 1), place) != 0)
            throw FormatError(place + ": does not unpack to the " + std::to_string(bytes)
                              + " bytes that the archive claims");
        return { *data, data };
    }

    void forgetOldest()
    {
        std::uint64_t total = 0;
        for (const Kept& kept : m_kept)
            total += kept.block.bytes.size();
        while (m_kept.size() > 1 && total > keptBytes) {
            total -= m_kept.back().block.bytes.size();
            m_kept.pop_back();
        }
    }

    std::span<const std::byte> m_bytes;
    ZipView m_view;
    ArchiveHandle m_archive;
    std::mutex m_mutex;
    std::list<Kept> m_kept;
};

ZipArchive::ZipArchive(const std::filesystem::path& path)
    : m_file(MappedFile::open(path))
    , m_library(std::make_unique<Library>(m_file->bytes(), path.string()))
    , m_entries(m_library->directory())
{
}

ZipArchive::~ZipArchive() = default;

std::string ZipArchive::place(std::size_t index) const
{
    return m_file->path().string() + ", entry " + m_entries[index].name;
}

std::string ZipArchive::head(std::size_t index, std::size_t count) const
{
    return m_library->head(index, count, place(index));
}

std::optional<Block> ZipArchive::stored(std::size_t index) const
{
    const ZipEntry& entry = m_entries[index];
    if (!entry.stored || entry.bytes == 0)
        return std::nullopt;
    auto block = m_library->stored(index, entry.bytes, place(index));
    if (block)
        block->owner = m_file;
    return block;
}

Block ZipArchive::unpacked(std::size_t index) const
{
    const ZipEntry& entry = m_entries[index];
    checkUnpackedSize(entry.packedBytes, entry.bytes, place(index));
    return m_library->unpacked(index, entry.bytes, place(index));
}

} // namespace engine::formats
