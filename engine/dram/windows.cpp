#include "engine/dram/windows.h"

#include <algorithm>

namespace engine::dram {

namespace {

constexpr std::uint64_t firstAutomatic = 64;

} // namespace

Windows::Windows(std::uint64_t cycles)
    : m_asked(cycles)
    , m_length(cycles > 0 ? cycles : firstAutomatic)
    , m_most(cycles > 0 ? mostFixed : mostWindows)
{
    m_counts.reserve(m_most); // so that a run takes no memory once it is under way
}

void Windows::select(std::uint64_t cycle)
{
    std::uint64_t index = cycle / m_length;
    if (index >= m_counts.size()) {
        while (index >= m_most) {
            join();
            index = cycle / m_length;
        }
        m_counts.resize(index + 1);
    }
    m_index = index;
    m_start = index * m_length;
}

void Windows::reside(RankState state, std::uint64_t first, std::uint64_t last)
{
    while (first < last) {
        Counts& window = at(first);
        const std::uint64_t end = std::min(last, (first / m_length + 1) * m_length);
        window.residency[static_cast<std::size_t>(state)] += end - first;
        first = end;
    }
}

void Windows::join()
{
    const std::size_t joined = (m_counts.size() + 1) / 2;
    for (std::size_t i = 0; i < joined; ++i) {
        Counts sum = m_counts[2 * i];
        if (2 * i + 1 < m_counts.size())
            sum += m_counts[2 * i + 1];
        m_counts[i] = sum;
    }
    m_counts.resize(joined);
    m_length *= 2;
    m_index = 0;
    m_start = 0;
}

void Windows::add(const Windows& other)
{
    Windows source = other;
    while (source.m_length < m_length)
        source.join();
    while (m_length < source.m_length)
        join();
    m_counts.resize(std::max(m_counts.size(), source.m_counts.size()));
    for (std::size_t i = 0; i < source.m_counts.size(); ++i)
        m_counts[i] += source.m_counts[i];
}

} // namespace engine::dram
