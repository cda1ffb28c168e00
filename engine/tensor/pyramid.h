#pragma once

#include "engine/base/control.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <memory>
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

/// What is under one cell of a level.
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
/// Immutable after build(): any thread may read.
class Pyramid {
public:
    struct Level {
        std::int64_t rows = 0;
        std::int64_t columns = 0;
        std::vector<CellSummary> cells; ///< row-major
    };

    /// Null when stopped. The work is split over rows with parallelFor.
    static std::shared_ptr<const Pyramid> build(const Tensor& tensor, const PlaneSelector& plane,
                                                const Control& control);

    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    const PlaneSelector& plane() const { return m_plane; }
    const Tensor& tensor() const { return m_tensor; }
    float minimum() const { return m_minimum; }
    float maximum() const { return m_maximum; }

    /// Coarse levels: levels()[0] has 4 x 4 values a cell.
    std::span<const Level> levels() const { return m_levels; }

    /// Values of a window of the matrix, row-major. Thread-safe; may read a file unless the tensor is
    /// mapped().
    std::vector<float> values(std::int64_t row, std::int64_t column, std::int64_t rowCount,
                              std::int64_t columnCount) const;

private:
    Tensor m_tensor;
    PlaneSelector m_plane;
    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    float m_minimum = 0;
    float m_maximum = 0;
    std::vector<Level> m_levels;
};

} // namespace engine
