#include "engine/formats/strided_source.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <limits>

namespace engine::formats {

namespace {

constexpr std::size_t largestRank = 32;
constexpr std::uint64_t largestEmpty = 1U << 24;

/// The axes of a box, innermost last, with those that lie in one run joined into `runBytes`.
struct BoxWalk {
    std::vector<std::int64_t> counts;
    std::vector<std::int64_t> strides;
    std::size_t runBytes = 0;
    bool empty = false;
};

BoxWalk walkOf(const StridedLayout& layout, std::span<const std::int64_t> count)
{
    BoxWalk walk;
    walk.runBytes = byteSize(layout.type);
    std::size_t axis = layout.shape.rank();
    // Elements whose bytes must be swapped are taken one by one.
    const bool joins = !layout.bigEndian || walk.runBytes == 1;
    while (joins && axis > 0
           && (layout.strides[axis - 1] == static_cast<std::int64_t>(walk.runBytes) || count[axis - 1] == 1))
        walk.runBytes *= static_cast<std::size_t>(count[--axis]);
    walk.counts.assign(count.begin(), count.begin() + static_cast<std::ptrdiff_t>(axis));
    walk.strides.assign(layout.strides.begin(), layout.strides.begin() + static_cast<std::ptrdiff_t>(axis));
    walk.empty = std::ranges::find(count, 0) != count.end();
    return walk;
}

template <std::size_t Bytes, bool Swap>
std::byte* copyElements(const std::byte* from, std::int64_t stride, std::int64_t count, std::byte* to)
{
    for (std::int64_t i = 0; i < count; ++i, from += stride, to += Bytes) {
        if constexpr (Swap)
            std::reverse_copy(from, from + Bytes, to);
        else
            std::memcpy(to, from, Bytes);
    }
    return to;
}

using CopyRow = std::byte* (*)(const std::byte*, std::int64_t, std::int64_t, std::byte*);

CopyRow rowCopier(std::size_t bytes, bool swap)
{
    switch (bytes) {
    case 1:
        return copyElements<1, false>;
    case 2:
        return swap ? copyElements<2, true> : copyElements<2, false>;
    case 4:
        return swap ? copyElements<4, true> : copyElements<4, false>;
    default:
        return swap ? copyElements<8, true> : copyElements<8, false>;
    }
}

std::byte* copyRuns(const std::byte* from, const BoxWalk& walk, std::byte* to)
{
    const std::int64_t count = walk.counts.empty() ? 1 : walk.counts.back();
    const std::int64_t stride = walk.strides.empty() ? 0 : walk.strides.back();
    for (std::int64_t i = 0; i < count; ++i, from += stride, to += walk.runBytes)
        std::memcpy(to, from, walk.runBytes);
    return to;
}

/// Copies the whole box, one row of the innermost remaining axis at a time.
void copyBox(const std::byte* from, const BoxWalk& walk, const StridedLayout& layout, std::byte* to)
{
    if (walk.empty)
        return;
    const std::size_t element = byteSize(layout.type);
    const bool single = walk.runBytes == element;
    const CopyRow copyRow = rowCopier(element, layout.bigEndian);
    const std::size_t outer = walk.counts.empty() ? 0 : walk.counts.size() - 1;
    std::vector<std::int64_t> index(outer, 0);
    while (true) {
        if (single)
            to = copyRow(from, walk.strides.empty() ? 0 : walk.strides.back(),
                         walk.counts.empty() ? 1 : walk.counts.back(), to);
        else
            to = copyRuns(from, walk, to);
        std::size_t axis = outer;
        while (axis > 0 && ++index[axis - 1] == walk.counts[axis - 1]) {
            --axis;
            from -= walk.strides[axis] * (walk.counts[axis] - 1);
            index[axis] = 0;
        }
        if (axis == 0)
            return;
        from += walk.strides[axis - 1];
    }
}

class StridedSource final : public TensorSource {
public:
    StridedSource(StridedLayout layout, std::function<Block()> fetch)
        : m_layout(std::move(layout))
        , m_fetch(std::move(fetch))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        const BoxWalk walk = walkOf(m_layout, count);
        if (walk.empty)
            return;
        const Block block = m_fetch();
        auto offset = static_cast<std::int64_t>(m_layout.offset);
        for (std::size_t axis = 0; axis < start.size(); ++axis)
            offset += start[axis] * m_layout.strides[axis];
        copyBox(block.bytes.data() + offset, walk, m_layout, out.data());
    }

private:
    StridedLayout m_layout;
    std::function<Block()> m_fetch;
};

/// One past the last byte any element uses; strides are not negative.
std::uint64_t endOf(const StridedLayout& layout)
{
    std::uint64_t end = layout.offset;
    if (layout.shape.elements() == 0)
        return end;
    end += byteSize(layout.type);
    for (std::size_t axis = 0; axis < layout.shape.rank(); ++axis)
        end += static_cast<std::uint64_t>(layout.shape[axis] - 1)
            * static_cast<std::uint64_t>(layout.strides[axis]);
    return end;
}

void checkInside(const StridedLayout& layout, std::uint64_t blockBytes, const std::string& place)
{
    assert(layout.strides.size() == layout.shape.rank());
    if (endOf(layout) > blockBytes)
        throw FormatError(place + ": elements reach byte " + std::to_string(endOf(layout)) + ", the data has "
                          + std::to_string(blockBytes));
}

bool liesInOrder(const StridedLayout& layout)
{
    return layout.strides == rowMajorStrides(layout.shape, byteSize(layout.type))
        && (!layout.bigEndian || byteSize(layout.type) == 1);
}

} // namespace

std::vector<std::int64_t> rowMajorStrides(const Shape& shape, std::uint64_t itemBytes)
{
    std::vector<std::int64_t> strides(shape.rank());
    auto step = static_cast<std::int64_t>(itemBytes);
    for (std::size_t axis = shape.rank(); axis-- > 0;) {
        strides[axis] = step;
        step *= std::max<std::int64_t>(shape[axis], 1);
    }
    return strides;
}

std::vector<std::int64_t> columnMajorStrides(const Shape& shape, std::uint64_t itemBytes)
{
    std::vector<std::int64_t> strides(shape.rank());
    auto step = static_cast<std::int64_t>(itemBytes);
    for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
        strides[axis] = step;
        step *= std::max<std::int64_t>(shape[axis], 1);
    }
    return strides;
}

std::shared_ptr<const TensorSource> residentSource(const StridedLayout& layout, const Block& block,
                                                   const std::string& place)
{
    checkInside(layout, block.bytes.size(), place);
    if (!liesInOrder(layout))
        return std::make_shared<StridedSource>(layout, [block] { return block; });
    const std::uint64_t bytes = layout.shape.elements() * byteSize(layout.type);
    return memorySource(layout.shape, layout.type, block.bytes.subspan(layout.offset, bytes), block.owner);
}

std::shared_ptr<const TensorSource> fetchedSource(const StridedLayout& layout, std::uint64_t blockBytes,
                                                  std::function<Block()> fetch, const std::string& place)
{
    checkInside(layout, blockBytes, place);
    return std::make_shared<StridedSource>(layout, std::move(fetch));
}

Shape checkedShape(const std::vector<std::int64_t>& extents, std::uint64_t itemBytes,
                   std::uint64_t availableBytes, const std::string& place)
{
    if (extents.size() > largestRank)
        throw FormatError(place + ": has " + std::to_string(extents.size()) + " axes, more than "
                          + std::to_string(largestRank));
    Shape shape;
    try {
        shape = Shape(extents);
    } catch (const ShapeError& error) {
        throw FormatError(place + ": " + error.what());
    }
    if (shape.elements() > availableBytes / std::max<std::uint64_t>(itemBytes, 1))
        throw FormatError(place + ": shape " + toString(shape) + " needs more than the "
                          + std::to_string(availableBytes) + " bytes that are there");
    std::uint64_t backed = 1;
    for (const std::int64_t extent : extents)
        backed *= static_cast<std::uint64_t>(std::max<std::int64_t>(extent, 1));
    if (shape.elements() == 0 && backed > largestEmpty)
        throw FormatError(place + ": shape " + toString(shape) + " is empty, yet has extents beyond "
                          + std::to_string(largestEmpty));
    return shape;
}

} // namespace engine::formats
