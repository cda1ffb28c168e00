#include "engine/bits/bit_writer.h"

#include <span>
#include <utility>

namespace engine {

namespace {

constexpr std::size_t leastWords = 1024;

} // namespace

BitCursor BitWriter::begin(std::uint64_t bits)
{
    const std::size_t needed = static_cast<std::size_t>(bits / 64) + 2; // the open word and one beyond
    if (m_used + needed > m_words.size()) {
        spill();
        if (needed > m_words.size())
            m_words.resize(needed + leastWords);
    }
    return { m_words.data() + m_used, m_open, m_openBits };
}

void BitWriter::end(const BitCursor& cursor)
{
    m_used = static_cast<std::size_t>(cursor.next - m_words.data());
    m_open = cursor.open;
    m_openBits = cursor.openBits;
}

std::uint64_t BitWriter::bits() const
{
    return (m_bytes.size() / 8 + m_used) * 64 + m_openBits;
}

void BitWriter::spill()
{
    const auto full = std::as_bytes(std::span(m_words).first(m_used));
    m_bytes.insert(m_bytes.end(), full.begin(), full.end());
    m_used = 0;
}

std::vector<std::byte> BitWriter::finish()
{
    if (m_openBits != 0) {
        BitCursor cursor = begin(64);
        cursor.put(0, 64 - m_openBits);
        end(cursor);
    }
    spill();
    m_open = 0;
    return std::exchange(m_bytes, {});
}

} // namespace engine
