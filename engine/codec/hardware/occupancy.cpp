#include "engine/codec/hardware/occupancy.h"

#include <algorithm>

namespace engine::codec::hardware {

namespace {

// What there is to do for a beat.
constexpr std::uint8_t anyWork = 1; ///< its bits
constexpr std::uint8_t wordWork = 2; ///< P words
constexpr std::uint8_t headWork = 4; ///< mask and width of the block
constexpr std::uint8_t mergeWork = 8; ///< one word that is not zero

} // namespace

Occupancy::Occupancy(const Pipeline& pipeline, Direction direction, std::size_t mostSlices)
    : m_pipeline(pipeline)
    , m_mostSlices(std::max<std::size_t>(2, mostSlices / 2 * 2))
{
    const bool compresses = direction == Direction::Compress;
    const int levels = treeLevels(pipeline.wordsPerCycle);
    const int last = fillCycles(pipeline) - 1;
    const int head = compresses ? beatsPerBlock(pipeline) : 1;
    addStage(compresses ? "Detection" : "Unpacker", 0, compresses ? wordWork : anyWork);
    addStage(compresses ? "Mask and width" : "Header", head, headWork);
    if (pipeline.concatenation == Concatenation::Serial)
        addStage(compresses ? "Concatenation" : "Expansion", head + 1, mergeWork);
    else
        for (int level = 1; level <= levels; ++level)
            addStage("Level " + std::to_string(compresses ? level : levels + 1 - level), head + level,
                     wordWork);
    addStage(compresses ? "Wrapper" : "Output", last, compresses ? anyWork : wordWork);
    m_lanes.push_back({ "Port", 0, 0 });
    m_lanes.push_back({ "Buffer", 0, 0 });
    m_beats.resize(static_cast<std::size_t>(last) + 1);
}

void Occupancy::addStage(std::string name, int delay, std::uint8_t work)
{
    m_lanes.push_back({ std::move(name), static_cast<std::size_t>(delay), work });
}

std::size_t Occupancy::slices() const
{
    return static_cast<std::size_t>((m_cycles + m_sliceCycles - 1) / m_sliceCycles);
}

double Occupancy::share(std::size_t slice, std::size_t lane) const
{
    const std::uint64_t cycles = std::min(m_sliceCycles, m_cycles - slice * m_sliceCycles);
    const bool isBuffer = lane + 1 == m_lanes.size();
    const double full = isBuffer ? bufferBits(m_pipeline) : 1;
    return static_cast<double>(m_busy[slice * m_lanes.size() + lane]) / (static_cast<double>(cycles) * full);
}

std::uint64_t Occupancy::busyCycles(std::size_t lane) const
{
    std::uint64_t total = 0;
    for (std::size_t at = lane; at < m_busy.size(); at += m_lanes.size())
        total += m_busy[at];
    return total;
}

void Occupancy::start(std::span<const BlockSize> blocks)
{
    m_blocks = blocks;
    m_beat = 0;
    std::ranges::fill(m_beats, std::uint8_t { 0 });
}

void Occupancy::fill()
{
    for (std::size_t i = 1; i < m_beats.size(); ++i) {
        stages(true);
        cycle(false, 0);
    }
}

std::uint8_t Occupancy::nextBeat()
{
    if (m_blocks.empty())
        return 0;
    const int nonzeros = m_blocks.front().nonzeros;
    std::uint8_t work = anyWork;
    if (m_beat < beatsPerBlock(m_pipeline))
        work |= wordWork;
    if (m_beat == 0)
        work |= headWork;
    if (m_beat < nonzeros)
        work |= mergeWork;
    if (++m_beat == blockCycles(m_pipeline, nonzeros)) {
        m_blocks = m_blocks.subspan(1);
        m_beat = 0;
    }
    return work;
}

void Occupancy::stages(bool isBeat)
{
    std::shift_right(m_beats.begin(), m_beats.end(), 1);
    m_beats.front() = isBeat ? nextBeat() : std::uint8_t { 0 };
    std::uint64_t* busy = slice();
    for (std::size_t lane = 0; lane + 2 < m_lanes.size(); ++lane)
        busy[lane] += (m_beats[m_lanes[lane].delay] & m_lanes[lane].work) != 0 ? 1 : 0;
}

void Occupancy::cycle(bool portBusy, std::uint64_t bufferedBits)
{
    std::uint64_t* busy = slice();
    busy[m_lanes.size() - 2] += portBusy ? 1 : 0;
    busy[m_lanes.size() - 1] += bufferedBits;
    ++m_cycles;
}

std::uint64_t* Occupancy::slice()
{
    if (m_cycles == m_sliceCycles * m_mostSlices)
        halve();
    const std::size_t at = static_cast<std::size_t>(m_cycles / m_sliceCycles) * m_lanes.size();
    if (at >= m_busy.size())
        m_busy.resize(at + m_lanes.size());
    return m_busy.data() + at;
}

void Occupancy::halve()
{
    const std::size_t width = m_lanes.size();
    for (std::size_t at = 0; at < m_mostSlices / 2; ++at)
        for (std::size_t lane = 0; lane < width; ++lane)
            m_busy[at * width + lane] = m_busy[2 * at * width + lane] + m_busy[(2 * at + 1) * width + lane];
    m_busy.resize(m_mostSlices / 2 * width);
    m_sliceCycles *= 2;
}

} // namespace engine::codec::hardware
