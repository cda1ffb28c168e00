#pragma once

#include "engine/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine {

/// Two axes of a tensor as rows and columns, all other axes fixed.
struct PlaneSelector {
    std::size_t rowAxis = 0;
    std::size_t columnAxis = 0; ///< equal to rowAxis for rank 1: one row
    std::vector<std::int64_t> fixed; ///< index on every axis; those of the two are ignored
};

/// The customary choice: the last two axes, index 0 elsewhere.
PlaneSelector defaultPlane(const Tensor& tensor);

/// A rectangle of a plane.
struct PlaneWindow {
    std::int64_t row = 0;
    std::int64_t column = 0;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
};

/// Reads rectangles of a plane as float.
///
/// Shape   rank 0 is 1 x 1, rank 1 is one row.
/// Errors  the constructor throws ShapeError for axes or fixed indices the tensor has not.
/// Threads const: any thread may read, each with its own buffer.
class PlaneReader {
public:
    /// Rows of a window, `stride` floats apart. Lies in the buffer given, or in the tensor itself.
    struct Rows {
        const float* first = nullptr;
        std::size_t stride = 0;
    };

    struct Buffer {
        std::vector<std::byte> bytes;
        std::vector<float> values;
        std::vector<float> turned;
    };

    PlaneReader(Tensor tensor, PlaneSelector plane);

    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    const PlaneSelector& plane() const { return m_plane; }
    const Tensor& tensor() const { return m_tensor; }

    /// The window must lie inside the plane.
    Rows read(const PlaneWindow& window, Buffer& buffer) const;

private:
    void findDirect();
    Rows readBox(const PlaneWindow& window, Buffer& buffer) const;

    Tensor m_tensor;
    PlaneSelector m_plane;
    std::int64_t m_rows = 1;
    std::int64_t m_columns = 1;
    const float* m_direct = nullptr; ///< the plane's first value when its rows lie in memory
    std::size_t m_directStride = 0;
};

} // namespace engine
