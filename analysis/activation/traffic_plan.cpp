#include "analysis/activation/traffic_plan.h"

#include <algorithm>
#include <bit>

namespace analysis {

namespace {

std::uint64_t linesOf(std::uint64_t bits, std::uint64_t lineBytes)
{
    return (bits + lineBytes * 8 - 1) / (lineBytes * 8);
}

/// Tiles of an input that the first `done` of `all` tiles of the output want.
std::size_t share(std::size_t tiles, std::size_t done, std::size_t all)
{
    return (done * tiles + all - 1) / all;
}

} // namespace

std::size_t TileShape::tiles() const
{
    return static_cast<std::size_t>((rows + tileRows - 1) / tileRows);
}

std::int64_t TileShape::rowsOf(std::size_t tile) const
{
    return std::min(tileRows, rows - static_cast<std::int64_t>(tile) * tileRows);
}

std::uint64_t TileShape::wordsOf(std::size_t tile) const
{
    return static_cast<std::uint64_t>(channels * rowsOf(tile) * columns);
}

std::uint64_t TileShape::words() const
{
    return static_cast<std::uint64_t>(channels * rows * columns);
}

TileShape tileShape(const engine::Shape& perImage, std::int64_t tileRows)
{
    TileShape shape;
    if (perImage.rank() == 3 && perImage[1] > 0)
        shape = { perImage[0], perImage[1], perImage[2], 1 };
    else
        shape.columns = static_cast<std::int64_t>(perImage.elements());
    shape.tileRows = tileRows == 0 ? shape.rows : std::min(tileRows, shape.rows);
    return shape;
}

std::uint64_t StoredStream::indexLines(std::uint64_t lineBytes) const
{
    return linesOf(indexBits, lineBytes);
}

std::uint64_t StoredStream::lines(std::uint64_t lineBytes) const
{
    return indexLines(lineBytes) + linesOf(bits(), lineBytes);
}

StoredStream storedStream(std::span<const std::uint64_t> tileBits, bool sizesVary)
{
    StoredStream stream;
    std::uint64_t end = 0;
    for (const std::uint64_t bits : tileBits)
        stream.ends.push_back(end += bits);
    if (sizesVary && tileBits.size() > 1)
        stream.indexBits = tileBits.size() * static_cast<std::uint64_t>(std::bit_width(end));
    return stream;
}

std::uint64_t TrafficPlan::bytes() const
{
    std::uint64_t end = 0;
    for (const Region& region : regions)
        end = std::max(end, region.address + region.bytes);
    return end;
}

void TrafficPlan::layOut(std::uint64_t rowBytes)
{
    std::uint64_t next = 0;
    for (Region& region : regions) {
        region.address = next;
        next += (region.bytes + rowBytes - 1) / rowBytes * rowBytes;
    }
}

std::uint64_t TrafficPlan::linesRead(std::size_t image, std::size_t region) const
{
    std::uint64_t readers = 0;
    for (const Layer& layer : layers)
        readers += static_cast<std::uint64_t>(std::ranges::count(layer.reads, region))
            + (layer.weights == region ? 1U : 0U);
    return readers * images[image][region].lines(lineBytes);
}

std::uint64_t TrafficPlan::linesWritten(std::size_t image, std::size_t region) const
{
    const bool written = std::ranges::find(layers, region, &Layer::writes) != layers.end();
    return written ? images[image][region].lines(lineBytes) : 0;
}

TrafficSource::TrafficSource(const TrafficPlan& plan, std::uint32_t burstBytes)
    : m_plan(plan)
    , m_stepBytes(burstBytes)
    , m_lineRequests(plan.lineBytes / burstBytes)
{
}

std::size_t TrafficSource::read(std::span<engine::dram::Request> block)
{
    std::size_t count = 0;
    while (count < block.size()) {
        if (m_next == m_lines.size()) {
            if (m_image == m_plan.images.size() || m_plan.layers.empty())
                break;
            addLayer();
            continue;
        }
        const Lines& lines = m_lines[m_next];
        block[count++] = { lines.address + m_done * m_stepBytes, 0, lines.write };
        if (++m_done == lines.count * m_lineRequests) {
            ++m_next;
            m_done = 0;
        }
    }
    return count;
}

double TrafficSource::fraction() const
{
    const double all = static_cast<double>(m_plan.images.size() * m_plan.layers.size());
    return all > 0 ? static_cast<double>(m_image * m_plan.layers.size() + m_layer) / all : 1;
}

void TrafficSource::add(const TrafficPlan::Region& region, std::uint64_t first, std::uint64_t last,
                        bool write)
{
    if (last > first)
        m_lines.push_back({ region.address + first * m_plan.lineBytes, last - first, write });
}

void TrafficSource::addLayer()
{
    const TrafficPlan::Layer& layer = m_plan.layers[m_layer];
    const std::vector<StoredStream>& streams = m_plan.images[m_image];
    const std::uint64_t lineBytes = m_plan.lineBytes;
    m_lines.clear();
    m_next = 0;
    if (layer.weights)
        add(m_plan.regions[*layer.weights], 0, streams[*layer.weights].lines(lineBytes), false);
    std::vector<std::uint64_t> done; // lines of each input, its index first
    for (const std::size_t input : layer.reads) {
        done.push_back(streams[input].indexLines(lineBytes));
        add(m_plan.regions[input], 0, done.back(), false);
    }
    const StoredStream& output = streams[layer.writes];
    std::uint64_t written = output.indexLines(lineBytes);
    const std::size_t tiles = output.ends.size();
    for (std::size_t tile = 0; tile < tiles; ++tile) {
        for (std::size_t i = 0; i < layer.reads.size(); ++i) {
            const StoredStream& input = streams[layer.reads[i]];
            const std::size_t wanted = share(input.ends.size(), tile + 1, tiles);
            const std::uint64_t last = wanted == 0
                ? done[i]
                : input.indexLines(lineBytes) + linesOf(input.ends[wanted - 1], lineBytes);
            add(m_plan.regions[layer.reads[i]], done[i], last, false);
            done[i] = std::max(done[i], last);
        }
        const std::uint64_t filled = tile + 1 == tiles
            ? output.lines(lineBytes)
            : output.indexLines(lineBytes) + output.ends[tile] / (lineBytes * 8);
        add(m_plan.regions[layer.writes], written, filled, true);
        written = std::max(written, filled);
    }
    add(m_plan.regions[layer.writes], 0, output.indexLines(lineBytes), true);
    if (++m_layer == m_plan.layers.size()) {
        m_layer = 0;
        ++m_image;
    }
}

} // namespace analysis
