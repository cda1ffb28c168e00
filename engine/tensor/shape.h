#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace engine {

/// The extents of a tensor, outermost first. Rank 0 is a scalar (one element).
///
/// Errors  ShapeError for a negative extent or an element count beyond 2^62.
class Shape {
public:
    Shape() = default;
    Shape(std::initializer_list<std::int64_t> extents);
    explicit Shape(std::vector<std::int64_t> extents);

    std::size_t rank() const { return m_extents.size(); }
    std::int64_t operator[](std::size_t axis) const { return m_extents[axis]; }
    const std::vector<std::int64_t>& extents() const { return m_extents; }

    std::uint64_t elements() const { return m_elements; }
    /// Elements of one slice along the outermost axis; of the scalar itself at rank 0.
    std::uint64_t elementsPerItem() const;

    bool operator==(const Shape& other) const { return m_extents == other.m_extents; }

private:
    std::vector<std::int64_t> m_extents;
    std::uint64_t m_elements = 1;
};

/// "1 x 16 x 32 x 32" with the multiplication sign; "scalar" at rank 0.
std::string toString(const Shape& shape);

} // namespace engine
