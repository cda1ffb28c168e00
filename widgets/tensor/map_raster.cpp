#include "widgets/tensor/map_raster.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace widgets {
namespace {

constexpr int hatchPitch = 6; ///< [device px]

/// Cells under a pixel, along one axis; none where the matrix has ended or a gap runs.
struct Span {
    std::int64_t first = 0;
    int count = 0;

    bool operator==(const Span&) const = default;
};

/// One axis of a view.
struct Stretch {
    int pixels = 0;
    std::int64_t extent = 0; ///< [values]
    std::int64_t first = 0; ///< value that shows
    std::int64_t end = 0; ///< the first that does not
    std::int64_t values = 1; ///< of a cell
    int gap = 0; ///< behind every cell [device px]
};

/// `edge` gives the first pixel of a value.
template <typename Edge>
std::vector<Span> spansOf(const Stretch& stretch, Edge edge)
{
    std::vector<Span> spans(static_cast<std::size_t>(stretch.pixels));
    std::int64_t cell = stretch.first / stretch.values;
    int from = edge(cell * stretch.values);
    for (; cell * stretch.values < stretch.end; ++cell) {
        const int to = edge(std::min(stretch.extent, (cell + 1) * stretch.values));
        for (int pixel = std::max(from, 0); pixel < std::min(to - stretch.gap, stretch.pixels); ++pixel)
            spans[static_cast<std::size_t>(pixel)] = { cell, 1 };
        if (from == to && from > 0 && from <= stretch.pixels) // narrower than a pixel: shares the one before
            ++spans[static_cast<std::size_t>(from - 1)].count;
        from = to;
    }
    return spans;
}

struct Spans {
    std::vector<Span> rows;
    std::vector<Span> columns;
};

Spans spansFor(const MapViewport& view, std::int64_t values)
{
    const CellRange shown = view.visible();
    const int gap = view.hasGaps() ? std::max(1, qRound(view.pixelRatio())) : 0;
    const QSize area = view.area();
    return { spansOf({ area.height(), view.rows(), shown.row, shown.row + shown.rows, values, gap },
                     [&view](std::int64_t row) { return view.top(row); }),
             spansOf(
                 { area.width(), view.columns(), shown.column, shown.column + shown.columns, values, gap },
                 [&view](std::int64_t column) { return view.left(column); }) };
}

/// How two values become one; NaN is what is missing and gives way to numbers, but in a mean.
struct Lesser {
    static float pick(const engine::CellSummary& cell) { return reduced(cell, Reduction::Minimum); }
    static float pick(float value) { return value; }
    static float join(float a, float b) { return b < a || std::isnan(a) ? b : a; }
};

struct Greater {
    static float pick(const engine::CellSummary& cell) { return reduced(cell, Reduction::Maximum); }
    static float pick(float value) { return value; }
    static float join(float a, float b) { return b > a || std::isnan(a) ? b : a; }
};

struct Farther {
    static float pick(const engine::CellSummary& cell) { return reduced(cell, Reduction::Magnitude); }
    static float pick(float value) { return value; }
    static float join(float a, float b) { return std::fabs(b) > std::fabs(a) || std::isnan(a) ? b : a; }
};

struct Mean {
    static float pick(const engine::CellSummary& cell) { return reduced(cell, Reduction::Mean); }
    static float pick(float value) { return value; }
    static float join(float a, float b) { return a + b; }
};

struct Share {
    static float pick(const engine::CellSummary& cell) { return reduced(cell, Reduction::Nonzero); }
    static float pick(float value) { return std::isnan(value) ? value : value != 0 ? 1.0F : 0.0F; }
    static float join(float a, float b) { return a + b; }
};

template <typename Rule>
constexpr bool isAverage = std::is_same_v<Rule, Mean> || std::is_same_v<Rule, Share>;

/// Paints rows of pixels from rows of cells. `Cell` is float or CellSummary.
template <typename Rule, typename Cell>
class Painter {
public:
    Painter(QImage& image, const MapInk& ink, Spans spans)
        : m_image(image)
        , m_ink(ink)
        , m_spans(std::move(spans))
    {
        const auto inked = [](const Span& span) { return span.count > 0; };
        const auto first = std::ranges::find_if(m_spans.columns, inked);
        if (first != m_spans.columns.end()) {
            m_firstColumn = first->first;
            for (const Span& span : m_spans.columns)
                m_endColumn = std::max(m_endColumn, span.count > 0 ? span.first + span.count : 0);
        }
        m_joined.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, m_endColumn - m_firstColumn)));
    }

    /// `rowAt(row, column)` points at a cell, with the rest of its row behind it.
    template <typename RowAt>
    void paint(RowAt rowAt)
    {
        Span before;
        bool reusable = false;
        for (int y = 0; y < m_image.height(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
            const Span& span = m_spans.rows[static_cast<std::size_t>(y)];
            if (reusable && y > 0 && span == before) {
                std::memcpy(line, m_image.constScanLine(y - 1),
                            static_cast<std::size_t>(m_image.width()) * sizeof(QRgb));
                continue;
            }
            before = span;
            if (span.count == 0) {
                std::fill_n(line, m_image.width(), m_ink.ground);
                reusable = true;
                continue;
            }
            joinRows(span, rowAt);
            reusable = !colourLine(line, y, span.count);
        }
    }

private:
    template <typename RowAt>
    void joinRows(const Span& rows, RowAt rowAt)
    {
        const std::size_t count = m_joined.size();
        const Cell* from = rowAt(rows.first, m_firstColumn);
        for (std::size_t i = 0; i < count; ++i)
            m_joined[i] = Rule::pick(from[i]);
        for (int row = 1; row < rows.count; ++row) {
            from = rowAt(rows.first + row, m_firstColumn);
            for (std::size_t i = 0; i < count; ++i)
                m_joined[i] = Rule::join(m_joined[i], Rule::pick(from[i]));
        }
    }

    float joinColumns(const Span& columns, int rowCount) const
    {
        const float* from = m_joined.data() + (columns.first - m_firstColumn);
        float value = from[0];
        for (int i = 1; i < columns.count; ++i)
            value = Rule::join(value, from[i]);
        if constexpr (isAverage<Rule>)
            value /= static_cast<float>(columns.count * rowCount);
        return value;
    }

    /// True when a hatch was drawn, so that the line is not like the next.
    bool colourLine(QRgb* line, int y, int rowCount) const
    {
        bool hatched = false;
        bool missing = false;
        Span before;
        QRgb colour = m_ink.ground;
        for (int x = 0; x < m_image.width(); ++x) {
            const Span& span = m_spans.columns[static_cast<std::size_t>(x)];
            if (span != before) {
                before = span;
                const float value = span.count == 0 ? 0 : joinColumns(span, rowCount);
                missing = std::isnan(value);
                colour = span.count == 0 ? m_ink.ground : m_ink.scale.at(value);
            }
            line[x] = missing && (x + y) % hatchPitch == 0 ? m_ink.hatch : colour;
            hatched = hatched || missing;
        }
        return hatched;
    }

    QImage& m_image;
    const MapInk& m_ink;
    Spans m_spans;
    std::int64_t m_firstColumn = 0;
    std::int64_t m_endColumn = 0;
    std::vector<float> m_joined;
};

template <typename Cell, typename RowAt>
void paintCells(QImage& image, const MapInk& ink, Spans spans, RowAt rowAt)
{
    switch (ink.reduction) {
    case Reduction::Minimum:
        Painter<Lesser, Cell>(image, ink, std::move(spans)).paint(rowAt);
        break;
    case Reduction::Maximum:
        Painter<Greater, Cell>(image, ink, std::move(spans)).paint(rowAt);
        break;
    case Reduction::Magnitude:
        Painter<Farther, Cell>(image, ink, std::move(spans)).paint(rowAt);
        break;
    case Reduction::Mean:
        Painter<Mean, Cell>(image, ink, std::move(spans)).paint(rowAt);
        break;
    case Reduction::Nonzero:
        Painter<Share, Cell>(image, ink, std::move(spans)).paint(rowAt);
        break;
    }
}

} // namespace

void paintValues(QImage& image, const MapInk& ink, const MapValues& values)
{
    if (ink.view.isEmpty()) {
        image.fill(ink.ground);
        return;
    }
    paintCells<float>(image, ink, spansFor(ink.view, 1), [&values](std::int64_t row, std::int64_t column) {
        return values.rows.first + (row - values.window.row) * static_cast<std::int64_t>(values.rows.stride)
            + (column - values.window.column);
    });
}

void paintLevel(QImage& image, const MapInk& ink, const engine::Pyramid::Level& level, int number)
{
    const std::int64_t values = std::int64_t { 1 } << (2 * number);
    paintCells<engine::CellSummary>(image, ink, spansFor(ink.view, values),
                                    [&level](std::int64_t row, std::int64_t column) {
                                        return level.cells.data() + row * level.columns + column;
                                    });
}

} // namespace widgets
