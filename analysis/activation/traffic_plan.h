#pragma once

#include "analysis/activation/feature_maps.h"
#include "engine/dram/request.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace analysis {

/// How a feature map of one picture is cut into tiles: bands of rows, all channels of a band together, one
/// band after the other. The last may be shorter.
struct TileShape {
    std::int64_t channels = 1;
    std::int64_t rows = 1;
    std::int64_t columns = 1;
    std::int64_t tileRows = 1;

    std::size_t tiles() const;
    std::int64_t rowsOf(std::size_t tile) const;
    std::uint64_t wordsOf(std::size_t tile) const;
    std::uint64_t words() const;
};

/// Of a map with `perImage` extents (C, H, W), else one row; `tileRows` 0 = the whole map is one tile.
TileShape tileShape(const engine::Shape& perImage, std::int64_t tileRows);

/// What one region of memory holds for one picture: a stream of tiles without gaps, behind an index where
/// tiles are to be found in it.
struct StoredStream {
    std::uint64_t indexBits = 0; ///< [bit]
    std::vector<std::uint64_t> ends; ///< where each tile ends, counted from the start of the stream [bit]

    std::uint64_t bits() const { return ends.empty() ? 0 : ends.back(); }
    std::uint64_t indexLines(std::uint64_t lineBytes) const;
    std::uint64_t lines(std::uint64_t lineBytes) const; ///< of index and stream
};

/// A stream of tiles, with an index when there is more than one and their sizes vary: an offset for every
/// tile, each as wide as the size of the stream needs.
StoredStream storedStream(std::span<const std::uint64_t> tileBits, bool sizesVary);

/// The memory an accelerator uses, and what it does layer by layer.
struct TrafficPlan {
    struct Region {
        QString layer; ///< what tables call it
        std::uint64_t address = 0; ///< at the start of a row of the memory [byte]
        std::uint64_t bytes = 0; ///< set aside for it: no stream can take more
    };
    /// One layer: the regions it reads, and the one it writes.
    struct Layer {
        std::optional<std::size_t> weights; ///< read whole before anything else
        std::vector<std::size_t> reads;
        std::size_t writes = 0;
    };

    /// What is read or written at once: a cache line, or a burst where that is longer [byte].
    std::uint64_t lineBytes = 64;
    std::vector<Region> regions;
    std::vector<Layer> layers; ///< in the order in which they are carried out
    std::vector<std::vector<StoredStream>> images; ///< by picture, then by region

    std::uint64_t bytes() const; ///< of memory
    /// Sets the addresses, one region after the other, each from a multiple of `rowBytes` on.
    void layOut(std::uint64_t rowBytes);
    std::uint64_t linesRead(std::size_t image, std::size_t region) const; ///< by all layers
    std::uint64_t linesWritten(std::size_t image, std::size_t region) const;
};

/// The requests of a plan in order, made as they are asked for; all arrive at cycle 0, so that each is
/// offered as soon as the memory takes it.
///
/// A layer reads its weights and the indices of its inputs. Then for each tile of its output it reads the
/// tiles of its inputs up to the same share of their number, and writes the lines that the tile fills; last
/// comes the index of its output. A line in which one tile ends and the next begins is read and written once.
class TrafficSource : public engine::dram::RequestSource {
public:
    TrafficSource(const TrafficPlan& plan, std::uint32_t burstBytes);

    std::size_t read(std::span<engine::dram::Request> block) override;
    double fraction() const override;

private:
    /// Lines one after the other.
    struct Lines {
        std::uint64_t address = 0; ///< [byte]
        std::uint64_t count = 0;
        bool write = false;
    };

    void addLayer();
    void add(const TrafficPlan::Region& region, std::uint64_t first, std::uint64_t last, bool write);

    const TrafficPlan& m_plan;
    std::uint64_t m_stepBytes; ///< of a request
    std::uint64_t m_lineRequests; ///< requests of a line
    std::vector<Lines> m_lines; ///< of the layer at hand
    std::size_t m_next = 0; ///< of m_lines
    std::uint64_t m_done = 0; ///< requests of that
    std::size_t m_image = 0;
    std::size_t m_layer = 0; ///< to be added next
};

} // namespace analysis
