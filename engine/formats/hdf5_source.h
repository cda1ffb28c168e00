#pragma once

#include "engine/formats/hdf5_dataset.h"
#include "engine/formats/hdf5_file.h"
#include "engine/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace engine::formats {

/// The last chunks that were unpacked, shared by all data sets of a file. Thread-safe.
class Hdf5ChunkCache {
public:
    using Key = std::pair<std::size_t, std::uint64_t>; ///< data set and chunk
    using Chunk = std::shared_ptr<const std::vector<std::byte>>;

    Chunk find(const Key& key);
    void add(const Key& key, const Chunk& chunk);

private:
    struct Item {
        Key key;
        Chunk chunk;
    };

    static constexpr std::size_t capacity = 32U << 20; ///< [byte]

    std::mutex m_mutex;
    std::list<Item> m_items; ///< latest first
    std::map<Key, std::list<Item>::iterator> m_index;
    std::size_t m_bytes = 0;
};

/// The elements of a data set, read when asked for: from the mapped file where they lie unpacked, else chunk
/// by chunk; the library's lock is held while packed bytes are fetched, not while they are unpacked.
/// Errors  of read(): FormatError naming file, data set and chunk.
std::shared_ptr<const TensorSource> hdf5Source(std::shared_ptr<const Hdf5File> file, Hdf5Dataset dataset,
                                               std::shared_ptr<Hdf5ChunkCache> cache, std::size_t number);

} // namespace engine::formats
