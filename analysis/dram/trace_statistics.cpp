#include "analysis/dram/trace_statistics.h"

#include <algorithm>

namespace analysis {

namespace dram = engine::dram;

namespace {

void count(dram::Windows& windows, std::uint64_t at, bool write)
{
    dram::Counts& counts = windows.at(at);
    ++(write ? counts.writes : counts.reads);
}

} // namespace

void TraceStatistics::add(const dram::Request& request)
{
    const std::uint64_t index = requests();
    const dram::Location place = m_map.locate(request.address);
    Kind& kind = request.write ? m_writes : m_reads;
    ++kind.requests;
    kind.lowest = std::min(kind.lowest, request.address);
    kind.highest = std::max(kind.highest, request.address);
    kind.rows.insert((std::uint64_t { place.row } << 32) + (place.channel << 16) + (place.rank << 8)
                     + place.bank);
    m_beyond += m_map.addressBits < 64 && request.address >> m_map.addressBits != 0 ? 1 : 0;
    m_firstCycle = index == 0 ? request.cycle : std::min(m_firstCycle, request.cycle);
    m_lastCycle = std::max(m_lastCycle, request.cycle);
    count(m_byCycle, request.cycle, request.write);
    count(m_byNumber, index, request.write);
    if (index % m_step != 0)
        return;
    if (m_sample.size() == mostPoints) {
        for (std::size_t i = 0; i < mostPoints / 2; ++i)
            m_sample[i] = m_sample[2 * i];
        m_sample.resize(mostPoints / 2);
        m_step *= 2;
    }
    m_sample.push_back({ index, request });
}

std::size_t ObservedSource::read(std::span<dram::Request> block)
{
    const std::size_t count = m_source.read(block);
    for (const dram::Request& request : block.first(count))
        m_statistics.add(request);
    return count;
}

} // namespace analysis
