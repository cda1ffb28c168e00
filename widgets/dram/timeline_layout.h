#pragma once

#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>

namespace widgets {

/// How a timeline is drawn at a scale.
enum class TimelineDetail {
    Columns, ///< how many commands fall into each column of pixels
    Marks ///< each command by itself
};

/// Which cycles lie where, and where the banks' rows are. Pure arithmetic in logical pixels.
class TimelineLayout {
public:
    static constexpr double marksFrom = 0.7; ///< [px per cycle]
    static constexpr double mostScale = 64; ///< [px per cycle]
    static constexpr double legendHeight = 22;
    static constexpr double axisHeight = 40; ///< tick labels and title

    void setContent(std::uint64_t cycles, int banks); ///< keeps the view where they are the same
    /// `labels` is the width of the banks' names, `legendRows` how many lines the legend takes.
    void setSize(const QSizeF& size, double labels, int legendRows);

    /// Of the whole, where each row is so high. After setSize().
    double heightFor(double lane) const;

    std::uint64_t cycles() const { return m_cycles; }
    int banks() const { return m_banks; }
    bool isEmpty() const { return m_cycles == 0 || m_area.width() < 8 || m_area.height() < 8; }
    QRectF area() const { return m_area; } ///< all rows, without names, legend and axis
    QRectF row(int number) const; ///< of a bank; row banks() is the data bus
    QRectF bar(int number) const; ///< what is drawn in a row
    int rowAt(double y) const; ///< -1 outside

    double first() const { return m_first; } ///< cycle at the left edge
    double last() const { return m_first + m_area.width() / m_scale; } ///< at the right edge
    double scale() const { return m_scale; } ///< [px per cycle]
    double x(double cycle) const { return m_area.left() + (cycle - m_first) * m_scale; }
    double cycleAt(double x) const { return m_first + (x - m_area.left()) / m_scale; }
    TimelineDetail detail() const
    {
        return m_scale >= marksFrom ? TimelineDetail::Marks : TimelineDetail::Columns;
    }

    void fit(); ///< the whole run
    bool isFitted() const { return m_fitted; }
    /// Steps of the square root of 2; what is at `x` stays there.
    void zoom(double x, double steps);
    void pan(double pixels); ///< the content moves with the pointer
    /// Brings a cycle into view, at a scale where commands stand apart when `close`.
    void reveal(double cycle, bool close);

private:
    double fittingScale() const;
    void clamp();

    std::uint64_t m_cycles = 0;
    int m_banks = 0;
    QRectF m_area;
    double m_first = 0;
    double m_scale = 1;
    bool m_fitted = true;
};

} // namespace widgets
