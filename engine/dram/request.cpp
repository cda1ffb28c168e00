#include "engine/dram/request.h"

#include <algorithm>

namespace engine::dram {

std::size_t RequestList::read(std::span<Request> block)
{
    const std::size_t count = std::min(block.size(), m_requests.size() - m_next);
    std::copy_n(m_requests.begin() + static_cast<std::ptrdiff_t>(m_next), count, block.begin());
    m_next += count;
    return count;
}

double RequestList::fraction() const
{
    return m_requests.empty() ? 1 : static_cast<double>(m_next) / static_cast<double>(m_requests.size());
}

} // namespace engine::dram
