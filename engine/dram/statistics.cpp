#include "engine/dram/statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace engine::dram {

namespace {

// Each octave from 128 on is cut into 128 bins.
constexpr unsigned octaveBits = 7;
constexpr std::uint64_t octave = 1U << octaveBits;

std::uint64_t firstOf(std::size_t bin)
{
    const std::uint64_t group = bin >> octaveBits;
    const std::uint64_t within = bin & (octave - 1);
    return group == 0 ? within : (octave + within) << (group - 1);
}

} // namespace

Counts& Counts::operator+=(const Counts& other)
{
    activates += other.activates;
    reads += other.reads;
    writes += other.writes;
    precharges += other.precharges;
    refreshes += other.refreshes;
    bankRefreshes += other.bankRefreshes;
    for (std::size_t i = 0; i < residency.size(); ++i)
        residency[i] += other.residency[i];
    return *this;
}

std::size_t Latencies::binOf(std::uint64_t cycles)
{
    if (cycles < octave)
        return cycles;
    const auto shift = static_cast<unsigned>(std::bit_width(cycles)) - octaveBits - 1;
    return ((shift + 1) << octaveBits) + ((cycles >> shift) & (octave - 1));
}

void Latencies::add(const Latencies& other)
{
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_longest = std::max(m_longest, other.m_longest);
    m_bins.resize(std::max(m_bins.size(), other.m_bins.size()));
    for (std::size_t i = 0; i < other.m_bins.size(); ++i)
        m_bins[i] += other.m_bins[i];
}

double Latencies::mean() const
{
    return m_count > 0 ? static_cast<double>(m_sum) / static_cast<double>(m_count) : 0;
}

std::uint64_t Latencies::percentile(double fraction) const
{
    const auto wanted = static_cast<std::uint64_t>(std::ceil(fraction * static_cast<double>(m_count)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        seen += m_bins[i];
        if (seen >= wanted && seen > 0)
            return std::min(firstOf(i + 1) - 1, m_longest);
    }
    return m_longest;
}

std::vector<Latencies::Bin> Latencies::bins() const
{
    std::vector<Bin> result;
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        if (m_bins[i] > 0)
            result.push_back({ firstOf(i), firstOf(i + 1) - firstOf(i), m_bins[i] });
    }
    return result;
}

} // namespace engine::dram
