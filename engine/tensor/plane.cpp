#include "engine/tensor/plane.h"

#include "engine/base/error.h"

#include <algorithm>
#include <string>

namespace engine {

namespace {

void requireAxis(const Tensor& tensor, std::size_t axis)
{
    if (axis >= tensor.shape.rank())
        throw ShapeError("plane of " + tensor.name + ": axis " + std::to_string(axis) + " is outside 0.."
                         + std::to_string(tensor.shape.rank() - 1));
}

void requireFixed(const Tensor& tensor, const PlaneSelector& plane)
{
    if (plane.fixed.size() != tensor.shape.rank())
        throw ShapeError("plane of " + tensor.name + ": " + std::to_string(plane.fixed.size())
                         + " fixed indices for " + std::to_string(tensor.shape.rank()) + " axes");
    for (std::size_t axis = 0; axis < plane.fixed.size(); ++axis) {
        const bool shown = axis == plane.rowAxis || axis == plane.columnAxis;
        const std::int64_t index = plane.fixed[axis];
        if (!shown && tensor.shape.elements() != 0 && (index < 0 || index >= tensor.shape[axis]))
            throw ShapeError("plane of " + tensor.name + ": index " + std::to_string(index) + " of axis "
                             + std::to_string(axis) + " is outside 0.."
                             + std::to_string(tensor.shape[axis] - 1));
    }
}

/// columns x rows to rows x columns, in squares that stay in the cache.
void turn(const std::vector<float>& from, std::size_t rows, std::size_t columns, std::vector<float>& to)
{
    constexpr std::size_t side = 32;
    to.resize(from.size());
    for (std::size_t row0 = 0; row0 < rows; row0 += side) {
        for (std::size_t column = 0; column < columns; ++column) {
            const std::size_t end = std::min(rows, row0 + side);
            for (std::size_t row = row0; row < end; ++row)
                to[row * columns + column] = from[column * rows + row];
        }
    }
}

} // namespace

PlaneSelector defaultPlane(const Tensor& tensor)
{
    PlaneSelector plane;
    const std::size_t rank = tensor.shape.rank();
    plane.columnAxis = rank == 0 ? 0 : rank - 1;
    plane.rowAxis = rank < 2 ? plane.columnAxis : rank - 2;
    plane.fixed.assign(rank, 0);
    return plane;
}

PlaneReader::PlaneReader(Tensor tensor, PlaneSelector plane)
    : m_tensor(std::move(tensor))
    , m_plane(std::move(plane))
{
    const Shape& shape = m_tensor.shape;
    if (shape.rank() > 0) {
        requireAxis(m_tensor, m_plane.rowAxis);
        requireAxis(m_tensor, m_plane.columnAxis);
        requireFixed(m_tensor, m_plane);
        m_columns = shape[m_plane.columnAxis];
        m_rows = m_plane.rowAxis == m_plane.columnAxis ? 1 : shape[m_plane.rowAxis];
    }
    if (shape.elements() == 0) // an empty fixed axis leaves nothing to show
        m_rows = m_columns = 0;
    else
        findDirect();
}

void PlaneReader::findDirect()
{
    const std::span<const std::byte> mapped = m_tensor.source->mapped();
    if (m_tensor.type != DType::F32 || mapped.empty()
        || reinterpret_cast<std::uintptr_t>(mapped.data()) % alignof(float) != 0)
        return;
    std::size_t stride = 1;
    std::size_t offset = 0;
    for (std::size_t axis = m_tensor.shape.rank(); axis-- > 0;) {
        if (axis == m_plane.columnAxis && stride != 1)
            return;
        if (axis == m_plane.rowAxis)
            m_directStride = stride;
        else if (axis != m_plane.columnAxis)
            offset += static_cast<std::size_t>(m_plane.fixed[axis]) * stride;
        stride *= static_cast<std::size_t>(m_tensor.shape[axis]);
    }
    m_direct = reinterpret_cast<const float*>(mapped.data()) + offset;
}

PlaneReader::Rows PlaneReader::read(const PlaneWindow& window, Buffer& buffer) const
{
    if (m_direct == nullptr)
        return readBox(window, buffer);
    const float* first = m_direct + static_cast<std::size_t>(window.row) * m_directStride
        + static_cast<std::size_t>(window.column);
    return { first, m_directStride };
}

PlaneReader::Rows PlaneReader::readBox(const PlaneWindow& window, Buffer& buffer) const
{
    const std::size_t rank = m_tensor.shape.rank();
    std::vector<std::int64_t> start = m_plane.fixed;
    std::vector<std::int64_t> count(rank, 1);
    start.resize(rank);
    if (rank > 0) {
        start[m_plane.rowAxis] = window.row;
        count[m_plane.rowAxis] = window.rows;
        start[m_plane.columnAxis] = window.column; // the only axis of rank 1 is the columns
        count[m_plane.columnAxis] = window.columns;
    }
    const auto rows = static_cast<std::size_t>(window.rows);
    const auto columns = static_cast<std::size_t>(window.columns);
    buffer.values.resize(rows * columns);
    buffer.bytes.resize(buffer.values.size() * byteSize(m_tensor.type));
    m_tensor.source->read(start, count, buffer.bytes);
    toFloat(m_tensor.type, buffer.bytes, buffer.values);
    if (m_plane.rowAxis <= m_plane.columnAxis)
        return { buffer.values.data(), columns };
    turn(buffer.values, rows, columns, buffer.turned);
    return { buffer.turned.data(), columns };
}

} // namespace engine
