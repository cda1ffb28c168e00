#include "widgets/dram/timeline_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace widgets {

namespace {

constexpr double rightMargin = 12;
constexpr double cursorRoom = 14; ///< for the cycle above the rows
constexpr double barShare = 0.62; ///< of a row
constexpr double busGap = 6; ///< above the data bus
constexpr double highestRow = 30;
constexpr double closeScale = 3; ///< [px per cycle]

} // namespace

void TimelineLayout::setContent(std::uint64_t cycles, int banks)
{
    const bool same = cycles == m_cycles && banks == m_banks;
    m_cycles = cycles;
    m_banks = banks;
    if (!same)
        fit();
}

void TimelineLayout::setSize(const QSizeF& size, double labels, int legendRows)
{
    const double top = legendRows * legendHeight + cursorRoom;
    const double most = (m_banks + 1) * highestRow + busGap;
    m_area = QRectF(labels, top, std::max(0.0, size.width() - labels - rightMargin),
                    std::clamp(size.height() - top - axisHeight, 0.0, std::max(0.0, most)));
    if (m_fitted)
        fit();
    else
        clamp();
}

double TimelineLayout::heightFor(double lane) const
{
    return m_area.top() + (m_banks + 1) * lane + busGap + axisHeight;
}

QRectF TimelineLayout::row(int number) const
{
    const double height = (m_area.height() - busGap) / (m_banks + 1);
    const double gap = number >= m_banks ? busGap : 0;
    return { m_area.left(), m_area.top() + number * height + gap, m_area.width(), height };
}

QRectF TimelineLayout::bar(int number) const
{
    const QRectF whole = row(number);
    const double height = std::max(3.0, std::floor(whole.height() * barShare));
    return { whole.left(), std::round(whole.center().y() - height / 2), whole.width(), height };
}

int TimelineLayout::rowAt(double y) const
{
    for (int number = 0; number <= m_banks; ++number) {
        const QRectF whole = row(number);
        if (y >= whole.top() && y < whole.bottom())
            return number;
    }
    return -1;
}

double TimelineLayout::fittingScale() const
{
    return m_cycles == 0 ? 1 : std::min(mostScale, m_area.width() / static_cast<double>(m_cycles));
}

void TimelineLayout::fit()
{
    m_scale = fittingScale();
    m_first = 0;
    m_fitted = true;
}

void TimelineLayout::clamp()
{
    const double least = fittingScale();
    m_scale = std::clamp(m_scale, least, std::max(least, mostScale));
    const double visible = m_area.width() / m_scale;
    m_first = std::clamp(m_first, 0.0, std::max(0.0, static_cast<double>(m_cycles) - visible));
    m_fitted = m_scale <= least;
}

void TimelineLayout::zoom(double x, double steps)
{
    if (isEmpty())
        return;
    const double cycle = cycleAt(x);
    m_scale = std::clamp(m_scale * std::pow(std::numbers::sqrt2, steps), fittingScale(),
                         std::max(fittingScale(), mostScale));
    m_first = cycle - (x - m_area.left()) / m_scale;
    clamp();
}

void TimelineLayout::pan(double pixels)
{
    if (isEmpty())
        return;
    m_first -= pixels / m_scale;
    clamp();
}

void TimelineLayout::reveal(double cycle, bool close)
{
    if (isEmpty())
        return;
    const bool widen = close && m_scale < marksFrom;
    if (widen)
        m_scale = closeScale;
    const double visible = m_area.width() / m_scale;
    const double margin = visible / 12;
    if (widen || cycle < m_first + margin || cycle > m_first + visible - margin)
        m_first = cycle - visible / 2;
    clamp();
}

} // namespace widgets
