#include "engine/formats/sparse_source.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>
#include <utility>

namespace engine::formats {

namespace {

class SparseSource final : public TensorSource {
public:
    SparseSource(Shape shape, std::size_t elementBytes, std::vector<std::uint64_t> positions,
                 std::vector<std::byte> values)
        : m_shape(std::move(shape))
        , m_elementBytes(elementBytes)
        , m_positions(std::move(positions))
        , m_values(std::move(values))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        std::ranges::fill(out, std::byte { 0 });
        if (out.empty())
            return;
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        for (std::size_t axis = 0; axis < m_shape.rank(); ++axis) {
            const auto extent = static_cast<std::uint64_t>(m_shape[axis]);
            first = first * extent + static_cast<std::uint64_t>(start[axis]);
            last = last * extent + static_cast<std::uint64_t>(start[axis] + count[axis] - 1);
        }
        const auto begin = std::ranges::lower_bound(m_positions, first);
        for (auto at = begin; at != m_positions.end() && *at <= last; ++at) {
            if (const auto place = placeInBox(*at, start, count))
                copyValue(static_cast<std::size_t>(at - m_positions.begin()), *place, out);
        }
    }

private:
    /// Flat index in the box; nothing outside it.
    std::optional<std::uint64_t> placeInBox(std::uint64_t position, std::span<const std::int64_t> start,
                                            std::span<const std::int64_t> count) const
    {
        std::uint64_t place = 0;
        std::uint64_t stride = 1;
        for (std::size_t axis = m_shape.rank(); axis-- > 0;) {
            const auto extent = static_cast<std::uint64_t>(m_shape[axis]);
            const auto index = static_cast<std::int64_t>(position % extent) - start[axis];
            if (index < 0 || index >= count[axis])
                return std::nullopt;
            position /= extent;
            place += static_cast<std::uint64_t>(index) * stride;
            stride *= static_cast<std::uint64_t>(count[axis]);
        }
        return place;
    }

    void copyValue(std::size_t index, std::uint64_t place, std::span<std::byte> out) const
    {
        std::memcpy(out.data() + place * m_elementBytes, m_values.data() + index * m_elementBytes,
                    m_elementBytes);
    }

    Shape m_shape;
    std::size_t m_elementBytes;
    std::vector<std::uint64_t> m_positions; ///< rising
    std::vector<std::byte> m_values;
};

} // namespace

std::shared_ptr<const TensorSource> sparseSource(const Shape& shape, DType type,
                                                 const std::vector<std::uint64_t>& positions,
                                                 const std::vector<std::byte>& values)
{
    const std::size_t elementBytes = byteSize(type);
    if (values.size() != positions.size() * elementBytes)
        throw FormatError("there are " + std::to_string(positions.size()) + " places for "
                          + std::to_string(values.size() / elementBytes) + " values");
    std::vector<std::size_t> order(positions.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::ranges::sort(order, {}, [&](std::size_t i) { return positions[i]; });

    std::vector<std::uint64_t> sorted;
    std::vector<std::byte> sortedValues(values.size());
    for (const std::size_t i : order) {
        if (positions[i] >= shape.elements())
            throw FormatError("place " + std::to_string(positions[i]) + " is outside "
                              + std::to_string(shape.elements()) + " elements");
        if (!sorted.empty() && sorted.back() == positions[i])
            throw FormatError("place " + std::to_string(positions[i]) + " is named twice");
        std::memcpy(sortedValues.data() + sorted.size() * elementBytes, values.data() + i * elementBytes,
                    elementBytes);
        sorted.push_back(positions[i]);
    }
    return std::make_shared<SparseSource>(shape, elementBytes, std::move(sorted), std::move(sortedValues));
}

} // namespace engine::formats
