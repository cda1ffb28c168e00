#include "widgets/tensor/mosaic_layout.h"

#include <algorithm>

namespace widgets {
namespace {

constexpr int largestScale = 16;
constexpr int tallest = 1 << 24; ///< what scroll bars and rectangles can say

} // namespace

MosaicLayout::MosaicLayout(std::int64_t channels, std::int64_t rows, std::int64_t columns, const QSize& area)
    : m_channels(rows > 0 && columns > 0 ? channels : 0)
{
    const std::int64_t longest = std::max({ rows, columns, std::int64_t { 1 } });
    m_factor = static_cast<int>((longest + largestThumb - 1) / largestThumb);
    const auto cells = [this](std::int64_t extent) {
        return static_cast<int>((extent + m_factor - 1) / m_factor);
    };
    m_cells = { std::max(1, cells(columns)), std::max(1, cells(rows)) };
    const int shortest = std::min(m_cells.width(), m_cells.height());
    const int least = std::clamp((smallestTarget + shortest - 1) / shortest, 1, largestScale);
    setScale(least, area.width());
    for (int scale = least + 1; scale <= largestScale; ++scale) {
        MosaicLayout larger = *this;
        larger.setScale(scale, area.width());
        if (larger.contentHeight() > area.height() || larger.pitch().width() > area.width())
            break;
        *this = larger;
    }
}

void MosaicLayout::setScale(int scale, int width)
{
    m_scale = scale;
    m_perRow = std::max(1, (width + gap) / pitch().width());
}

int MosaicLayout::contentHeight() const
{
    const std::int64_t height = lines() * pitch().height() - gap;
    return m_channels == 0 ? 0 : static_cast<int>(std::min<std::int64_t>(tallest, height));
}

QRect MosaicLayout::rectOf(std::int64_t channel) const
{
    const auto line = static_cast<int>(channel / m_perRow);
    const auto place = static_cast<int>(channel % m_perRow);
    return { QPoint(place * pitch().width(), line * pitch().height()), thumbSize() };
}

std::optional<std::int64_t> MosaicLayout::channelAt(const QPoint& position) const
{
    const int place = position.x() / pitch().width();
    if (position.x() < 0 || position.y() < 0 || place >= m_perRow)
        return std::nullopt;
    const std::int64_t channel = std::int64_t { position.y() / pitch().height() } * m_perRow + place;
    if (channel >= m_channels || !rectOf(channel).contains(position))
        return std::nullopt;
    return channel;
}

std::pair<std::int64_t, std::int64_t> MosaicLayout::channelsBetween(int top, int bottom) const
{
    const std::int64_t first = std::max(0, top) / pitch().height() * std::int64_t { m_perRow };
    const std::int64_t end = (std::max(0, bottom) / pitch().height() + 1) * std::int64_t { m_perRow };
    return { std::min(first, m_channels), std::min(end, m_channels) };
}

} // namespace widgets
