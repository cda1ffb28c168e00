#include "engine/tensor/tensor.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

namespace engine {

namespace {

constexpr std::uint64_t pieceBytes = 16U << 20;

/// Row-major strides in elements.
std::vector<std::uint64_t> strides(const Shape& shape)
{
    std::vector<std::uint64_t> result(shape.rank(), 1);
    for (std::size_t axis = shape.rank(); axis-- > 1;)
        result[axis - 1] = result[axis] * static_cast<std::uint64_t>(shape[axis]);
    return result;
}

class MemorySource final : public TensorSource {
public:
    MemorySource(const Shape& shape, DType type, std::span<const std::byte> bytes,
                 std::shared_ptr<const void> keepAlive)
        : m_shape(shape)
        , m_strides(strides(shape))
        , m_elementBytes(byteSize(type))
        , m_bytes(bytes)
        , m_keepAlive(std::move(keepAlive))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        std::byte* to = out.data();
        copyAxis(0, 0, start, count, to);
    }

    std::span<const std::byte> mapped() const override { return m_bytes; }

private:
    /// Copies the box below `axis`; a box that is whole on all later axes is one run.
    void copyAxis(std::size_t axis, std::uint64_t offset, std::span<const std::int64_t> start,
                  std::span<const std::int64_t> count, std::byte*& to) const
    {
        const std::size_t rank = m_shape.rank();
        bool wholeBelow = true;
        for (std::size_t later = axis + 1; later < rank; ++later)
            wholeBelow = wholeBelow && count[later] == m_shape[later];
        if (rank == 0 || wholeBelow) {
            const std::uint64_t first = rank == 0 ? 0 : offset + at(start, axis) * m_strides[axis];
            const std::uint64_t elements = rank == 0 ? 1 : at(count, axis) * m_strides[axis];
            copyRun(first, elements, to);
            return;
        }
        for (std::int64_t i = 0; i < count[axis]; ++i)
            copyAxis(axis + 1, offset + (at(start, axis) + static_cast<std::uint64_t>(i)) * m_strides[axis],
                     start, count, to);
    }

    void copyRun(std::uint64_t first, std::uint64_t elements, std::byte*& to) const
    {
        const std::size_t bytes = elements * m_elementBytes;
        if (bytes == 0)
            return;
        std::memcpy(to, m_bytes.data() + first * m_elementBytes, bytes);
        to += bytes;
    }

    static std::uint64_t at(std::span<const std::int64_t> values, std::size_t axis)
    {
        return static_cast<std::uint64_t>(values[axis]);
    }

    Shape m_shape;
    std::vector<std::uint64_t> m_strides;
    std::size_t m_elementBytes;
    std::span<const std::byte> m_bytes;
    std::shared_ptr<const void> m_keepAlive;
};

/// Walks boxes of at most `limit` elements that together cover the tensor in row-major order.
class PieceWalk {
public:
    PieceWalk(const Shape& shape, std::uint64_t limit)
        : m_shape(shape)
        , m_start(shape.rank(), 0)
        , m_count(shape.extents())
    {
        std::uint64_t below = shape.elements();
        while (m_axis < shape.rank() && below / static_cast<std::uint64_t>(shape[m_axis]) > limit) {
            below /= static_cast<std::uint64_t>(shape[m_axis]);
            m_count[m_axis++] = 1;
        }
        if (m_axis < shape.rank()) {
            below /= static_cast<std::uint64_t>(shape[m_axis]);
            m_step = std::max<std::int64_t>(
                1, static_cast<std::int64_t>(limit / std::max<std::uint64_t>(1, below)));
        }
        clip();
    }

    std::span<const std::int64_t> start() const { return m_start; }
    std::span<const std::int64_t> count() const { return m_count; }

    bool advance()
    {
        if (m_shape.rank() == 0)
            return false;
        std::size_t axis = std::min(m_axis, m_shape.rank() - 1);
        m_start[axis] += m_axis < m_shape.rank() ? m_step : 1;
        while (m_start[axis] >= m_shape[axis]) {
            if (axis == 0)
                return false;
            m_start[axis--] = 0;
            ++m_start[axis];
        }
        clip();
        return true;
    }

private:
    void clip()
    {
        if (m_axis < m_shape.rank())
            m_count[m_axis] = std::min(m_step, m_shape[m_axis] - m_start[m_axis]);
    }

    const Shape& m_shape;
    std::vector<std::int64_t> m_start;
    std::vector<std::int64_t> m_count;
    std::size_t m_axis = 0;
    std::int64_t m_step = 1;
};

std::uint64_t product(std::span<const std::int64_t> count)
{
    std::uint64_t elements = 1;
    for (const std::int64_t extent : count)
        elements *= static_cast<std::uint64_t>(extent);
    return elements;
}

} // namespace

std::shared_ptr<const TensorSource> memorySource(const Shape& shape, DType type,
                                                 std::span<const std::byte> bytes,
                                                 std::shared_ptr<const void> keepAlive)
{
    if (shape.elements() * byteSize(type) != bytes.size())
        throw ShapeError("tensor of shape " + toString(shape) + " and type " + std::string(name(type))
                         + " needs " + std::to_string(shape.elements() * byteSize(type))
                         + " bytes, there are " + std::to_string(bytes.size()));
    return std::make_shared<MemorySource>(shape, type, bytes, std::move(keepAlive));
}

std::shared_ptr<const TensorSource> memorySource(const Shape& shape, std::vector<float> values)
{
    auto owned = std::make_shared<const std::vector<float>>(std::move(values));
    const auto bytes = std::as_bytes(std::span(*owned));
    return memorySource(shape, DType::F32, bytes, owned);
}

std::vector<float> readBox(const Tensor& tensor, std::span<const std::int64_t> start,
                           std::span<const std::int64_t> count)
{
    std::vector<float> values(product(count));
    if (tensor.type == DType::F32) {
        tensor.source->read(start, count, std::as_writable_bytes(std::span(values)));
        return values;
    }
    std::vector<std::byte> bytes(values.size() * byteSize(tensor.type));
    tensor.source->read(start, count, bytes);
    toFloat(tensor.type, bytes, values);
    return values;
}

std::vector<float> readFloats(const Tensor& tensor)
{
    const std::vector<std::int64_t> start(tensor.shape.rank(), 0);
    return readBox(tensor, start, tensor.shape.extents());
}

std::vector<float> readFloats(const Tensor& tensor, std::int64_t first, std::int64_t items)
{
    assert(tensor.shape.rank() > 0 && first >= 0 && first + items <= tensor.shape[0]);
    std::vector<std::int64_t> start(tensor.shape.rank(), 0);
    std::vector<std::int64_t> count = tensor.shape.extents();
    start[0] = first;
    count[0] = items;
    return readBox(tensor, start, count);
}

double readElement(const Tensor& tensor, std::span<const std::int64_t> index)
{
    const std::vector<std::int64_t> count(tensor.shape.rank(), 1);
    std::array<std::byte, 8> element {};
    tensor.source->read(index, count, std::span(element).first(byteSize(tensor.type)));
    return toDouble(tensor.type, element.data());
}

bool forEachPiece(const Tensor& tensor, const Control& control,
                  const std::function<void(std::uint64_t, std::span<const float>)>& body)
{
    if (tensor.shape.elements() == 0)
        return true;
    const std::span<const std::byte> mapped = tensor.source->mapped();
    const bool inPlace = tensor.type == DType::F32 && !mapped.empty()
        && reinterpret_cast<std::uintptr_t>(mapped.data()) % alignof(float) == 0;
    PieceWalk walk(tensor.shape, pieceBytes / std::max<std::size_t>(sizeof(float), byteSize(tensor.type)));
    std::uint64_t first = 0;
    do {
        if (control.stopped())
            return false;
        const std::uint64_t elements = product(walk.count());
        if (inPlace)
            body(first, { reinterpret_cast<const float*>(mapped.data()) + first, elements });
        else
            body(first, readBox(tensor, walk.start(), walk.count()));
        first += elements;
        control.report(static_cast<double>(first) / static_cast<double>(tensor.shape.elements()),
                       tensor.name);
    } while (walk.advance());
    return true;
}

} // namespace engine
