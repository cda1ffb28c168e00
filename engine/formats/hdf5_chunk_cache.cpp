#include "engine/formats/hdf5_chunk_cache.h"

namespace engine::formats {

Hdf5ChunkCache::Chunk Hdf5ChunkCache::find(const Key& key)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_index.find(key);
    if (found == m_index.end())
        return nullptr;
    m_items.splice(m_items.begin(), m_items, found->second);
    return found->second->chunk;
}

void Hdf5ChunkCache::add(const Key& key, const Chunk& chunk)
{
    const std::scoped_lock lock(m_mutex);
    if (chunk->size() > capacity / 2 || m_index.contains(key))
        return;
    m_items.push_front({ key, chunk });
    m_index[key] = m_items.begin();
    m_bytes += chunk->size();
    while (m_bytes > capacity) {
        m_bytes -= m_items.back().chunk->size();
        m_index.erase(m_items.back().key);
        m_items.pop_back();
    }
}

} // namespace engine::formats
