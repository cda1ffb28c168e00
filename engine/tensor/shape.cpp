#include "engine/tensor/shape.h"

#include "engine/base/error.h"

namespace engine {

namespace {

constexpr std::uint64_t largest = std::uint64_t { 1 } << 62;

std::uint64_t countElements(const std::vector<std::int64_t>& extents)
{
    std::uint64_t count = 1;
    bool empty = false;
    for (const std::int64_t extent : extents) {
        if (extent < 0)
            throw ShapeError("shape: extent " + std::to_string(extent) + " is negative");
        if (extent == 0) {
            empty = true;
        } else if (count > largest / static_cast<std::uint64_t>(extent)) {
            throw ShapeError("shape: more than 2^62 elements");
        } else {
            count *= static_cast<std::uint64_t>(extent);
        }
    }
    return empty ? 0 : count;
}

} // namespace

Shape::Shape(std::initializer_list<std::int64_t> extents)
    : Shape(std::vector<std::int64_t>(extents))
{
}

Shape::Shape(std::vector<std::int64_t> extents)
    : m_extents(std::move(extents))
    , m_elements(countElements(m_extents))
{
}

std::uint64_t Shape::elementsPerItem() const
{
    if (m_extents.empty())
        return 1;
    return countElements(std::vector<std::int64_t>(m_extents.begin() + 1, m_extents.end()));
}

std::string toString(const Shape& shape)
{
    if (shape.rank() == 0)
        return "scalar";
    std::string text;
    for (std::size_t axis = 0; axis < shape.rank(); ++axis)
        text += (axis == 0 ? "" : " \u00d7 ") + std::to_string(shape[axis]);
    return text;
}

} // namespace engine
