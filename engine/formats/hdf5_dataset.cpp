#include "engine/formats/hdf5_dataset.h"

#include "engine/base/error.h"
#include "engine/formats/hdf5_type.h"
#include "engine/formats/strided_source.h"

#include <algorithm>
#include <array>
#include <utility>

namespace engine::formats {

namespace {

constexpr std::uint64_t largestRatio = 2000; ///< of elements to the file they are packed in
constexpr std::uint64_t smallBytes = 64U << 20;
constexpr std::uint64_t mostElements = std::uint64_t { 1 } << 58; ///< so that bytes fit 64 bits
constexpr std::uint64_t smallestChunkBytes = 8; ///< a chunk takes more than its address in the index
constexpr std::uint64_t fewChunks = 1024;

constexpr std::array tensorTexts = { "layout", "op", "producer" };
constexpr std::array tensorNumbers = { "index", "bits", "scale", "zero_point" };

/// Gathers what is to be known of one data set.
class Description {
public:
    Description(const Hdf5File& file, hid_t id, const std::string& path)
        : m_file(file)
        , m_fileBytes(file.mapped()->bytes().size())
        , m_id(id)
        , m_type(H5Dget_type(id), H5Tclose)
        , m_space(H5Dget_space(id), H5Sclose)
        , m_properties(H5Dget_create_plist(id), H5Pclose)
    {
        m_result.path = path;
        if (!m_type || !m_space || !m_properties)
            damaged();
    }

    Hdf5Dataset describe()
    {
        const std::optional<Hdf5Type> element = hdf5Type(m_type.id());
        if (!element)
            throw Hdf5Skipped { std::string("holds ") + hdf5ClassName(m_type.id()) + ", which are not read" };
        if (H5Sget_simple_extent_type(m_space.id()) == H5S_NULL)
            throw Hdf5Skipped { "is empty" };
        m_result.type = element->type;
        m_result.bigEndian = element->bigEndian;
        m_result.shape = shape();
        m_bytes = m_result.shape.elements() * byteSize(m_result.type);
        readFill();
        place();
        readAttributes();
        return std::move(m_result);
    }

private:
    [[noreturn]] void damaged() const { refuseDamaged(m_file, m_result.path); }

    Shape shape() const
    {
        const int rank = H5Sget_simple_extent_ndims(m_space.id());
        std::array<hsize_t, H5S_MAX_RANK> dims = {};
        if (rank < 0 || rank > H5S_MAX_RANK
            || H5Sget_simple_extent_dims(m_space.id(), dims.data(), nullptr) != rank)
            damaged();
        const std::vector<std::int64_t> extents(dims.begin(), dims.begin() + rank);
        const std::string where = m_file.path().string() + ": " + m_result.path;
        // An extent beyond 2^63 is negative here; without elements none may be left unchecked.
        if (std::ranges::find_if(extents, [](std::int64_t extent) { return extent <= 0; }) != extents.end())
            return checkedShape(extents, 1, m_fileBytes, where);
        try {
            Shape result(extents);
            if (result.elements() <= mostElements)
                return result;
        } catch (const ShapeError&) { // NOLINT(bugprone-empty-catch): told below, with the place
        }
        throw ShapeError(where + " has more elements than can be");
    }

    void readFill()
    {
        m_result.fill.assign(byteSize(m_result.type), std::byte { 0 });
        H5D_fill_value_t status = H5D_FILL_VALUE_UNDEFINED;
        if (H5Pfill_value_defined(m_properties.id(), &status) >= 0 && status == H5D_FILL_VALUE_USER_DEFINED)
            H5Pget_fill_value(m_properties.id(), m_type.id(), m_result.fill.data());
    }

    void readAttributes()
    {
        for (const char* name : tensorTexts) {
            if (auto text = hdf5Text(m_id, name))
                m_result.texts.emplace(name, std::move(*text));
        }
        for (const char* name : tensorNumbers) {
            if (const auto number = hdf5Number(m_id, name))
                m_result.numbers.emplace(name, *number);
        }
    }

    /// Finds where the elements are.
    void place()
    {
        const H5D_layout_t layout = H5Pget_layout(m_properties.id());
        if (layout == H5D_VIRTUAL || H5Pget_external_count(m_properties.id()) > 0)
            throw Hdf5Skipped { "has its elements in other files" };
        if (m_bytes == 0 || layout == H5D_COMPACT)
            readStored();
        else if (layout == H5D_CHUNKED)
            placeChunks();
        else if (layout == H5D_CONTIGUOUS)
            placeRun();
        else
            damaged();
    }

    void readStored()
    {
        m_result.layout = Hdf5Layout::Stored;
        if (m_bytes > H5Dget_storage_size(m_id))
            damaged();
        m_result.bytes.resize(m_bytes);
        if (m_bytes > 0
            && H5Dread(m_id, m_type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, m_result.bytes.data()) < 0)
            damaged();
    }

    void placeRun()
    {
        const haddr_t offset = H5Dget_offset(m_id);
        if (offset == HADDR_UNDEF) {
            m_result.layout = Hdf5Layout::Unwritten;
            checkRatio();
            return;
        }
        if (offset > m_fileBytes || m_bytes > m_fileBytes - offset)
            throw FormatError(m_file.path().string() + ": " + m_result.path + " lies outside the file (bytes "
                                  + std::to_string(offset) + " to " + std::to_string(offset + m_bytes)
                                  + " of " + std::to_string(m_fileBytes) + ")",
                              offset);
        m_result.offset = offset;
    }

    void checkRatio() const
    {
        if (m_bytes > smallBytes && m_bytes / largestRatio > m_fileBytes)
            throw Hdf5Skipped { "claims " + std::to_string(m_bytes)
                                + " bytes of elements, more than 2000 times the file" };
    }

    void placeChunks()
    {
        m_result.layout = Hdf5Layout::Chunked;
        readFilters();
        const auto rank = static_cast<int>(m_result.shape.rank());
        std::array<hsize_t, H5S_MAX_RANK> chunk = {};
        if (H5Pget_chunk(m_properties.id(), rank, chunk.data()) != rank)
            damaged();
        m_result.chunk.assign(chunk.begin(), chunk.begin() + rank);
        std::uint64_t count = 1;
        for (std::size_t axis = 0; axis < m_result.shape.rank(); ++axis) {
            if (m_result.chunk[axis] <= 0)
                damaged();
            count *= static_cast<std::uint64_t>((m_result.shape[axis] - 1) / m_result.chunk[axis] + 1);
        }
        if (count > fewChunks && count > m_fileBytes / smallestChunkBytes)
            throw Hdf5Skipped { "claims " + std::to_string(count) + " chunks, more than the file can hold" };
        // Walks through the whole index, so that a rehearsal meets what reading will meet.
        hsize_t written = 0;
        if (H5Dget_num_chunks(m_id, m_space.id(), &written) < 0)
            damaged();
        checkRatio();
    }

    void readFilters()
    {
        const int count = H5Pget_nfilters(m_properties.id());
        for (int i = 0; i < count; ++i) {
            unsigned flags = 0;
            std::array<unsigned, 8> values = {};
            std::size_t valueCount = values.size();
            std::array<char, 64> name = {};
            const H5Z_filter_t id =
                H5Pget_filter2(m_properties.id(), static_cast<unsigned>(i), &flags, &valueCount,
                               values.data(), name.size(), name.data(), nullptr);
            if (id != hdf5Deflate && id != hdf5Shuffle && id != hdf5Fletcher32 && id != hdf5Lzf)
                throw Hdf5Skipped { "is packed with the filter "
                                    + (name[0] != 0 ? std::string(name.data()) : std::to_string(id))
                                    + ", which is not read; repack it with h5repack -f GZIP=4" };
            if (id == hdf5Shuffle && valueCount > 0 && values[0] > 0)
                m_result.shuffleBytes = values[0];
            m_result.filters.push_back(id);
        }
    }

    const Hdf5File& m_file;
    std::uint64_t m_fileBytes;
    hid_t m_id;
    Hdf5Handle m_type;
    Hdf5Handle m_space;
    Hdf5Handle m_properties;
    Hdf5Dataset m_result;
    std::uint64_t m_bytes = 0; ///< of all elements
};

} // namespace

Hdf5Dataset describeHdf5(const Hdf5File& file, hid_t id, const std::string& path)
{
    return Description(file, id, path).describe();
}

void refuseDamaged(const Hdf5File& file, const std::string& path)
{
    const std::string reason = Hdf5Session::reason();
    throw FormatError(file.path().string() + ": " + (path.empty() ? "/" : path) + " is damaged"
                      + (reason.empty() ? "" : " (" + reason + ")"));
}

} // namespace engine::formats
