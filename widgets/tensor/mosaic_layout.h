#pragma once

#include <QRect>
#include <QSize>

#include <cstdint>
#include <optional>
#include <utility>

namespace widgets {

/// Where the small multiples of a tensor's channels stand. Pure arithmetic, logical pixels.
class MosaicLayout {
public:
    static constexpr int gap = 4;
    static constexpr int largestThumb = 128; ///< coarser beyond
    static constexpr int smallestTarget = 24; ///< of anything to click

    MosaicLayout() = default;
    /// As large as fits without scrolling, else as small as can be hit.
    MosaicLayout(std::int64_t channels, std::int64_t rows, std::int64_t columns, const QSize& area);

    std::int64_t channels() const { return m_channels; }
    int valuesPerPixel() const { return m_factor; } ///< each way; 1 unless planes are large
    int pixelsPerValue() const { return m_scale; }
    QSize thumbCells() const { return m_cells; } ///< values, after averaging
    QSize thumbSize() const { return m_cells * m_scale; }
    int perRow() const { return m_perRow; }
    int contentHeight() const;

    QRect rectOf(std::int64_t channel) const; ///< from the content's corner
    std::optional<std::int64_t> channelAt(const QPoint& position) const;
    /// First channel that shows between two heights of the content, and the one past the last.
    std::pair<std::int64_t, std::int64_t> channelsBetween(int top, int bottom) const;

private:
    QSize pitch() const { return thumbSize() + QSize(gap, gap); }
    std::int64_t lines() const { return (m_channels + m_perRow - 1) / m_perRow; }
    void setScale(int scale, int width);

    std::int64_t m_channels = 0;
    QSize m_cells;
    int m_factor = 1;
    int m_scale = 1;
    int m_perRow = 1;
};

} // namespace widgets
