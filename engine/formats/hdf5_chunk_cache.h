#pragma once

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

} // namespace engine::formats
