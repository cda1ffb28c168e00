#include "engine/tensor/pyramid.h"

#include "engine/base/error.h"
#include "engine/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace engine {

namespace {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));
using Rows = PlaneReader::Rows;

constexpr std::int64_t side = 4; ///< cells of one level under a cell of the next, each way
constexpr std::int64_t tileValues = std::int64_t { 1 } << 20;

std::int64_t cellsFor(std::int64_t extent)
{
    return (extent + side - 1) / side;
}

Pyramid::Level emptyLevel(std::int64_t rows, std::int64_t columns)
{
    Pyramid::Level level { cellsFor(rows), cellsFor(columns), {} };
    level.cells.resize(static_cast<std::size_t>(level.rows * level.columns));
    return level;
}

/// Any cell, value by value: the edges, and wherever something is not finite.
CellSummary summarise(const Rows& from, std::int64_t rows, std::int64_t columns)
{
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    CellSummary cell { nan, nan, nan, 0 };
    double sum = 0;
    int numbers = 0;
    int nonzeros = 0;
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < columns; ++column) {
            const float x =
                from.first[static_cast<std::size_t>(row) * from.stride + static_cast<std::size_t>(column)];
            nonzeros += x != 0 ? 1 : 0;
            if (std::isnan(x))
                continue;
            cell.minimum = std::fmin(cell.minimum, x);
            cell.maximum = std::fmax(cell.maximum, x);
            sum += static_cast<double>(x);
            ++numbers;
        }
    }
    if (numbers != 0)
        cell.mean = static_cast<float>(sum / numbers);
    cell.nonzero = static_cast<float>(nonzeros) / static_cast<float>(rows * columns);
    return cell;
}

void transpose(std::array<Float4, 4>& x)
{
    const Float4 low01 = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5);
    const Float4 high01 = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7);
    const Float4 low23 = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5);
    const Float4 high23 = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
    x[0] = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
    x[1] = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
    x[2] = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
    x[3] = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}

Float4 lesser(Float4 a, Float4 b)
{
    return a < b ? a : b;
}

Float4 greater(Float4 a, Float4 b)
{
    return a > b ? a : b;
}

/// Four full cells side by side. False, and nothing written, when their sums are not finite.
bool summariseFour(const float* from, std::size_t stride, CellSummary* to)
{
    std::array<Float4, 4> low {};
    std::array<Float4, 4> high {};
    std::array<Float4, 4> sum {};
    std::array<Float4, 4> nonzeros {};
    for (std::size_t cell = 0; cell < 4; ++cell) {
        std::array<Float4, 4> x {};
        std::array<Int4, 4> isZero {};
        for (std::size_t row = 0; row < 4; ++row) {
            __builtin_memcpy(&x[row], from + row * stride + cell * 4, sizeof(Float4));
            isZero[row] = x[row] == Float4 {};
        }
        low[cell] = lesser(lesser(x[0], x[1]), lesser(x[2], x[3]));
        high[cell] = greater(greater(x[0], x[1]), greater(x[2], x[3]));
        sum[cell] = (x[0] + x[1]) + (x[2] + x[3]);
        nonzeros[cell] =
            __builtin_convertvector((isZero[0] + isZero[1]) + (isZero[2] + isZero[3]) + 4, Float4);
    }
    for (std::array<Float4, 4>* each : { &low, &high, &sum, &nonzeros })
        transpose(*each);
    const Float4 total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    const Int4 finite = (total * 0) == Float4 {};
    if ((finite[0] & finite[1] & finite[2] & finite[3]) == 0)
        return false;
    std::array<Float4, 4> cells = {
        lesser(lesser(low[0], low[1]), lesser(low[2], low[3])),
        greater(greater(high[0], high[1]), greater(high[2], high[3])),
        total / 16,
        ((nonzeros[0] + nonzeros[1]) + (nonzeros[2] + nonzeros[3])) / 16,
    };
    transpose(cells);
    __builtin_memcpy(static_cast<void*>(to), cells.data(), sizeof cells);
    return true;
}

/// One row of cells over `rows` (1..4) rows of values.
void summariseRow(const Rows& from, std::int64_t rows, std::int64_t columns, CellSummary* to)
{
    static_assert(sizeof(CellSummary) == sizeof(Float4));
    std::int64_t column = 0;
    const auto at = [&](std::int64_t c) { return from.first + static_cast<std::size_t>(c); };
    while (column < columns) {
        const bool four = rows == side && column + 4 * side <= columns;
        if (four && summariseFour(at(column), from.stride, to)) {
            column += 4 * side;
            to += 4;
            continue;
        }
        for (int i = 0; i < (four ? 4 : 1); ++i, column += side)
            *to++ = summarise({ at(column), from.stride }, rows, std::min(side, columns - column));
    }
}

/// Joins cells of one level, each weighing as many values as lie under it.
class Joiner {
public:
    void add(const CellSummary& cell, double weight)
    {
        m_all += weight;
        m_nonzero += weight * static_cast<double>(cell.nonzero);
        if (std::isnan(cell.minimum))
            return;
        m_low = std::min(m_low, cell.minimum);
        m_high = std::max(m_high, cell.maximum);
        m_sum += weight * static_cast<double>(cell.mean);
        m_numbers += weight;
    }

    CellSummary result() const
    {
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        const auto nonzero = static_cast<float>(m_nonzero / m_all);
        if (m_numbers == 0)
            return { nan, nan, nan, nonzero };
        return { m_low, m_high, static_cast<float>(m_sum / m_numbers), nonzero };
    }

private:
    double m_all = 0;
    double m_numbers = 0;
    double m_sum = 0;
    double m_nonzero = 0;
    float m_low = std::numeric_limits<float>::infinity();
    float m_high = -std::numeric_limits<float>::infinity();
};

/// Values under cell `index` of `width` values, along one axis.
double covered(std::int64_t index, std::int64_t width, std::int64_t extent)
{
    return static_cast<double>(std::min(width, extent - index * width));
}

/// The cell at (row, column) of the level above `below`, whose own cells are `width` values wide.
CellSummary join(const Pyramid::Level& below, std::int64_t width, const PlaneReader& plane, std::int64_t row,
                 std::int64_t column)
{
    Joiner joiner;
    const std::int64_t endRow = std::min(below.rows, (row + 1) * side);
    const std::int64_t endColumn = std::min(below.columns, (column + 1) * side);
    for (std::int64_t r = row * side; r < endRow; ++r) {
        const double high = covered(r, width, plane.rows());
        for (std::int64_t c = column * side; c < endColumn; ++c)
            joiner.add(below.cells[static_cast<std::size_t>(r * below.columns + c)],
                       high * covered(c, width, plane.columns()));
    }
    return joiner.result();
}

/// The plane in windows of at most 16 MB as stored, whose edges are edges of cells.
std::vector<PlaneWindow> tilesOf(const PlaneReader& plane)
{
    const std::int64_t wide = std::min(plane.columns(), tileValues / side);
    const std::int64_t tall = std::max(side, tileValues / wide / side * side);
    std::vector<PlaneWindow> tiles;
    for (std::int64_t row = 0; row < plane.rows(); row += tall) {
        for (std::int64_t column = 0; column < plane.columns(); column += wide)
            tiles.push_back({ row, column, std::min(tall, plane.rows() - row),
                              std::min(wide, plane.columns() - column) });
    }
    return tiles;
}

} // namespace

Pyramid::Pyramid(PlaneReader reader)
    : m_reader(std::move(reader))
{
}

std::shared_ptr<const Pyramid> Pyramid::build(const Tensor& tensor, const PlaneSelector& plane,
                                              const Control& control)
{
    const std::shared_ptr<Pyramid> pyramid(new Pyramid(PlaneReader(tensor, plane)));
    if (pyramid->rows() == 0 || pyramid->columns() == 0)
        return pyramid;
    if (!pyramid->buildFirst(control))
        return nullptr;
    while (pyramid->m_levels.back().cells.size() > 1) {
        if (!pyramid->buildNext(control))
            return nullptr;
    }
    return pyramid;
}

bool Pyramid::buildFirst(const Control& control)
{
    Level& level = m_levels.emplace_back(emptyLevel(rows(), columns()));
    const std::vector<PlaneWindow> tiles = tilesOf(m_reader);
    std::vector<PlaneReader::Buffer> buffers(threadCount());
    return parallelFor(tiles.size(), control, [&](std::size_t i, unsigned worker) {
        const PlaneWindow& tile = tiles[i];
        const Rows from = m_reader.read(tile, buffers[worker]);
        for (std::int64_t row = 0; row < tile.rows; row += side) {
            const std::int64_t cell = (tile.row + row) / side * level.columns + tile.column / side;
            summariseRow({ from.first + static_cast<std::size_t>(row) * from.stride, from.stride },
                         std::min(side, tile.rows - row), tile.columns,
                         level.cells.data() + static_cast<std::size_t>(cell));
        }
        if (worker == 0)
            control.report(static_cast<double>(i + 1) / static_cast<double>(tiles.size()), tensor().name);
    });
}

bool Pyramid::buildNext(const Control& control)
{
    std::int64_t width = side;
    for (std::size_t i = 1; i < m_levels.size(); ++i)
        width *= side;
    Level level = emptyLevel(m_levels.back().rows, m_levels.back().columns);
    const Level& below = m_levels.back();
    const bool done =
        parallelFor(static_cast<std::size_t>(level.rows), control, [&](std::size_t i, unsigned) {
            const auto row = static_cast<std::int64_t>(i);
            for (std::int64_t column = 0; column < level.columns; ++column)
                level.cells[static_cast<std::size_t>(row * level.columns + column)] =
                    join(below, width, m_reader, row, column);
        });
    m_levels.push_back(std::move(level));
    return done;
}

float Pyramid::minimum() const
{
    return m_levels.empty() ? 0 : m_levels.back().cells.front().minimum;
}

float Pyramid::maximum() const
{
    return m_levels.empty() ? 0 : m_levels.back().cells.front().maximum;
}

std::vector<float> Pyramid::values(std::int64_t row, std::int64_t column, std::int64_t rowCount,
                                   std::int64_t columnCount) const
{
    if (row < 0 || column < 0 || rowCount < 0 || columnCount < 0 || rowCount > rows() - row
        || columnCount > columns() - column)
        throw ParameterError("window: " + std::to_string(rowCount) + " x " + std::to_string(columnCount)
                             + " values at row " + std::to_string(row) + ", column " + std::to_string(column)
                             + " leave the matrix of " + std::to_string(rows()) + " x "
                             + std::to_string(columns()));
    PlaneReader::Buffer buffer;
    std::vector<float> result;
    if (rowCount == 0 || columnCount == 0)
        return result;
    result.reserve(static_cast<std::size_t>(rowCount * columnCount));
    const Rows from = m_reader.read({ row, column, rowCount, columnCount }, buffer);
    for (std::int64_t i = 0; i < rowCount; ++i) {
        const float* first = from.first + static_cast<std::size_t>(i) * from.stride;
        result.insert(result.end(), first, first + columnCount);
    }
    return result;
}

} // namespace engine
