#include "engine/formats/hdf5_source.h"

#include "engine/base/error.h"
#include "engine/formats/hdf5_filters.h"
#include "engine/formats/strided_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace engine::formats {

namespace {

using Indices = std::vector<std::int64_t>;

void swapElements(std::span<std::byte> bytes, std::size_t elementBytes)
{
    for (std::size_t i = 0; i + elementBytes <= bytes.size(); i += elementBytes)
        std::reverse(bytes.data() + i, bytes.data() + i + elementBytes);
}

/// Every element the same: a data set that nobody has written.
class FilledSource final : public TensorSource {
public:
    explicit FilledSource(std::vector<std::byte> element)
        : m_element(std::move(element))
    {
    }

    void read(std::span<const std::int64_t>, std::span<const std::int64_t>,
              std::span<std::byte> out) const override
    {
        for (std::size_t i = 0; i < out.size(); i += m_element.size())
            std::ranges::copy(m_element, out.data() + i);
    }

private:
    std::vector<std::byte> m_element;
};

/// A box of elements: begin and count on each axis.
struct Box {
    Indices start;
    Indices count;
};

Indices strides(const Indices& count)
{
    Indices result(count.size(), 1);
    for (std::size_t axis = count.size(); axis-- > 1;)
        result[axis - 1] = result[axis] * count[axis];
    return result;
}

/// Counts through the indices of a box; false after the last.
bool advance(Indices& index, const Box& box, std::size_t axes)
{
    for (std::size_t axis = axes; axis-- > 0;) {
        if (++index[axis] < box.start[axis] + box.count[axis])
            return true;
        index[axis] = box.start[axis];
    }
    return false;
}

/// Copies what two boxes share from the bytes of one to the bytes of the other.
class SharedPart {
public:
    SharedPart(const Box& from, const Box& to, std::size_t elementBytes)
        : m_from(from)
        , m_to(to)
        , m_elementBytes(elementBytes)
        , m_fromStrides(strides(from.count))
        , m_toStrides(strides(to.count))
    {
        for (std::size_t axis = 0; axis < from.start.size(); ++axis) {
            const std::int64_t first = std::max(from.start[axis], to.start[axis]);
            const std::int64_t end =
                std::min(from.start[axis] + from.count[axis], to.start[axis] + to.count[axis]);
            m_shared.start.push_back(first);
            m_shared.count.push_back(end - first);
        }
        // Axes that are whole in both boxes join the run below them.
        m_outer = m_shared.count.size();
        while (m_outer > 0) {
            const std::int64_t count = m_shared.count[--m_outer];
            m_run *= static_cast<std::size_t>(count);
            if (count != from.count[m_outer] || count != to.count[m_outer])
                break;
        }
    }

    void copy(std::span<const std::byte> from, std::span<std::byte> to) const
    {
        Indices index = m_shared.start;
        do {
            std::memcpy(to.data() + place(index, m_to, m_toStrides),
                        from.data() + place(index, m_from, m_fromStrides), m_run * m_elementBytes);
        } while (advance(index, m_shared, m_outer));
    }

private:
    std::size_t place(const Indices& index, const Box& box, const Indices& boxStrides) const
    {
        std::int64_t element = 0;
        for (std::size_t axis = 0; axis < index.size(); ++axis)
            element += (index[axis] - box.start[axis]) * boxStrides[axis];
        return static_cast<std::size_t>(element) * m_elementBytes;
    }

    const Box& m_from;
    const Box& m_to;
    std::size_t m_elementBytes;
    Indices m_fromStrides;
    Indices m_toStrides;
    Box m_shared;
    std::size_t m_outer = 0; ///< axes above the run
    std::size_t m_run = 1; ///< elements
};

/// A data set opened for a while, to fetch packed chunks.
class OpenDataset {
public:
    OpenDataset(const Hdf5File& file, const std::string& path)
        : m_file(file)
        , m_path(path)
    {
        const Hdf5Session session;
        m_dataset = Hdf5Handle(H5Dopen2(file.id(), ("/" + path).c_str(), H5P_DEFAULT), H5Dclose);
        if (!m_dataset)
            refuseDamaged(file, path);
    }
    OpenDataset(const OpenDataset&) = delete;
    OpenDataset& operator=(const OpenDataset&) = delete;
    ~OpenDataset()
    {
        const Hdf5Session session;
        m_dataset = {};
    }

    /// As stored; empty when the chunk was never written.
    std::vector<std::byte> fetch(const Indices& start, std::uint32_t& skippedFilters) const
    {
        std::array<hsize_t, H5S_MAX_RANK> offset = {};
        std::ranges::copy(start, offset.begin());
        const Hdf5Session session;
        hsize_t length = 0;
        if (H5Dget_chunk_storage_size(m_dataset.id(), offset.data(), &length) < 0)
            refuseDamaged(m_file, m_path);
        if (length > m_file.mapped()->bytes().size())
            throw FormatError(m_file.path().string() + ": " + m_path + ": a chunk of "
                              + std::to_string(length) + " bytes is longer than the file");
        std::vector<std::byte> stored(length);
        if (length > 0
            && H5Dread_chunk(m_dataset.id(), H5P_DEFAULT, offset.data(), &skippedFilters, stored.data()) < 0)
            refuseDamaged(m_file, m_path);
        return stored;
    }

private:
    const Hdf5File& m_file;
    const std::string& m_path;
    Hdf5Handle m_dataset;
};

class ChunkedSource final : public TensorSource {
public:
    ChunkedSource(std::shared_ptr<const Hdf5File> file, Hdf5Dataset dataset,
                  std::shared_ptr<Hdf5ChunkCache> cache, std::size_t number)
        : m_file(std::move(file))
        , m_dataset(std::move(dataset))
        , m_cache(std::move(cache))
        , m_number(number)
        , m_elementBytes(byteSize(m_dataset.type))
        , m_chunkBytes(Shape(m_dataset.chunk).elements() * m_elementBytes)
    {
        for (std::size_t axis = 0; axis < m_dataset.chunk.size(); ++axis)
            m_grid.push_back((m_dataset.shape[axis] - 1) / m_dataset.chunk[axis] + 1);
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        if (out.empty())
            return;
        const Box wanted = { { start.begin(), start.end() }, { count.begin(), count.end() } };
        Box chunks; // of the grid
        for (std::size_t axis = 0; axis < start.size(); ++axis) {
            const std::int64_t extent = m_dataset.chunk[axis];
            const std::int64_t first = start[axis] / extent;
            chunks.start.push_back(first);
            chunks.count.push_back((start[axis] + count[axis] - 1) / extent - first + 1);
        }
        std::optional<OpenDataset> open;
        Indices cell = chunks.start;
        do {
            const Box chunk = boxOf(cell);
            SharedPart(chunk, wanted, m_elementBytes).copy(*chunkAt(cell, chunk, open), out);
        } while (advance(cell, chunks, cell.size()));
        if (m_dataset.bigEndian)
            swapElements(out, m_elementBytes);
    }

private:
    Box boxOf(const Indices& cell) const
    {
        Box box = { cell, m_dataset.chunk };
        for (std::size_t axis = 0; axis < cell.size(); ++axis)
            box.start[axis] *= m_dataset.chunk[axis];
        return box;
    }

    Hdf5ChunkCache::Chunk chunkAt(const Indices& cell, const Box& box, std::optional<OpenDataset>& open) const
    {
        std::uint64_t index = 0;
        for (std::size_t axis = 0; axis < cell.size(); ++axis)
            index = index * static_cast<std::uint64_t>(m_grid[axis]) + static_cast<std::uint64_t>(cell[axis]);
        if (auto known = m_cache->find({ m_number, index }))
            return known;
        if (!open)
            open.emplace(*m_file, m_dataset.path);
        auto chunk = std::make_shared<const std::vector<std::byte>>(unpacked(box, index, *open));
        m_cache->add({ m_number, index }, chunk);
        return chunk;
    }

    std::vector<std::byte> unpacked(const Box& box, std::uint64_t index, const OpenDataset& open) const
    {
        std::uint32_t skippedFilters = 0;
        std::vector<std::byte> stored = open.fetch(box.start, skippedFilters);
        const std::string place =
            m_file->path().string() + ": " + m_dataset.path + ": chunk " + std::to_string(index);
        if (!stored.empty())
            return unpackHdf5Chunk(m_dataset, std::move(stored), skippedFilters, m_chunkBytes, place);
        if (m_chunkBytes > largestUnwritten)
            throw FormatError(place + " was never written and is too large to be made up");
        std::vector<std::byte> filled(m_chunkBytes);
        for (std::size_t i = 0; i < filled.size(); i += m_elementBytes)
            std::ranges::copy(m_dataset.fill, filled.data() + i);
        return filled;
    }

    static constexpr std::uint64_t largestUnwritten = 256U << 20; ///< [byte]

    std::shared_ptr<const Hdf5File> m_file;
    Hdf5Dataset m_dataset;
    std::shared_ptr<Hdf5ChunkCache> m_cache;
    std::size_t m_number;
    std::size_t m_elementBytes;
    std::uint64_t m_chunkBytes;
    Indices m_grid; ///< chunks along each axis
};

std::shared_ptr<const TensorSource> storedSource(const Hdf5Dataset& dataset, const Block& block,
                                                 std::uint64_t offset, const std::string& place)
{
    const StridedLayout layout = { dataset.shape, dataset.type, offset,
                                   rowMajorStrides(dataset.shape, byteSize(dataset.type)),
                                   dataset.bigEndian };
    return residentSource(layout, block, place);
}

} // namespace

std::shared_ptr<const TensorSource> hdf5Source(std::shared_ptr<const Hdf5File> file, Hdf5Dataset dataset,
                                               std::shared_ptr<Hdf5ChunkCache> cache, std::size_t number)
{
    const std::string place = file->path().string() + ": " + dataset.path;
    switch (dataset.layout) {
    case Hdf5Layout::Contiguous:
        return storedSource(dataset, { file->mapped()->bytes(), file->mapped() }, dataset.offset, place);
    case Hdf5Layout::Stored: {
        const auto bytes = std::make_shared<const std::vector<std::byte>>(std::move(dataset.bytes));
        return storedSource(dataset, { *bytes, bytes }, 0, place);
    }
    case Hdf5Layout::Unwritten:
        if (dataset.bigEndian)
            swapElements(dataset.fill, dataset.fill.size());
        return std::make_shared<FilledSource>(std::move(dataset.fill));
    case Hdf5Layout::Chunked:
        break;
    }
    return std::make_shared<ChunkedSource>(std::move(file), std::move(dataset), std::move(cache), number);
}

} // namespace engine::formats
