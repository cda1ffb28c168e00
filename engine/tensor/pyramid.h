#pragma once

#include "engine/base/control.h"
#include "engine/tensor/plane.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace engine {

/// What is under one cell of a level. NaN are left out of minimum, maximum and mean (which are NaN where
/// there is nothing else) and count as not zero.
struct CellSummary {
    float minimum = 0;
    float maximum = 0;
    float mean = 0;
    float nonzero = 0; ///< fraction of values that are not exactly 0

    bool operator==(const CellSummary&) const = default;
};

/// A matrix at ever coarser resolution, so that any zoom draws at most 2048 x 2048 cells.
///
/// Level 0 is the matrix itself (read from the tensor on demand), level i covers 4^i x 4^i values a cell.
/// Immutable after build(): any thread may read. An empty matrix has no levels; otherwise the last one is a
/// single cell. Takes a little over 1 byte a value.
class Pyramid {
public:
    struct Level {
        std::int64_t rows = 0;
        std::int64_t columns = 0;
        std::vector<CellSummary> cells; ///< row-major
    };

    /// Null when stopped. The work is split over rows with parallelFor.
    /// Errors  ShapeError for a plane the tensor has not; what reading the tensor throws.
    static std::shared_ptr<const Pyramid> build(const Tensor& tensor, const PlaneSelector& plane,
                                                const Control& control);

    std::int64_t rows() const { return m_reader.rows(); }
    std::int64_t columns() const { return m_reader.columns(); }
    const PlaneSelector& plane() const { return m_reader.plane(); }
    const Tensor& tensor() const { return m_reader.tensor(); }
    float minimum() const; ///< of all values; 0 for an empty matrix
    float maximum() const;

    /// Coarse levels: levels()[0] has 4 x 4 values a cell.
    std::span<const Level> levels() const { return m_levels; }

    /// Values of a window of the matrix, row-major. Thread-safe; may read a file unless the tensor is
    /// mapped(). Errors  ParameterError for a window that leaves the matrix.
    std::vector<float> values(std::int64_t row, std::int64_t column, std::int64_t rowCount,
                              std::int64_t columnCount) const;

private:
    explicit Pyramid(PlaneReader reader);
    bool buildFirst(const Control& control);
    bool buildNext(const Control& control);

    PlaneReader m_reader;
    std::vector<Level> m_levels;
};

} // namespace engine
