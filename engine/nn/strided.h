#pragma once

#include "engine/tensor/shape.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace engine::nn {

using Extents = std::vector<std::int64_t>;

/// Distances between neighbours along each axis, row-major.
Extents rowMajorStrides(const Extents& extents);

/// Moves a box of values: out[outOffset + sum i * outStride] = in[inOffset + sum i * inStride].
class StridedCopy {
public:
    struct Side {
        Extents strides;
        std::int64_t offset = 0;
    };

    StridedCopy(const Extents& box, Side in, Side out);
    void run(const float* in, float* out) const;

private:
    void walk(std::size_t axis, const float* in, float* out) const;

    Extents m_box; ///< neighbouring axes that lie together are merged
    Side m_in;
    Side m_out;
};

using BinaryFunction = float (*)(float, float);

/// The shape two operands are broadcast to; nothing when they do not fit.
std::optional<Shape> broadcastShape(const Shape& a, const Shape& b);

/// Applies a function to two operands broadcast to one shape.
class Broadcast {
public:
    Broadcast(const Shape& a, const Shape& b, const Shape& result);
    void run(BinaryFunction function, const float* a, const float* b, float* out) const;

private:
    Extents m_extents;
    Extents m_a; ///< strides; 0 along an axis that is repeated
    Extents m_b;
};

/// Mean over some axes; the others stay in order.
class AxisMean {
public:
    AxisMean(const Shape& input, const std::vector<bool>& reduced);
    void run(const float* in, float* out) const;

private:
    double sum(std::size_t axis, const float* in) const;
    void walk(std::size_t axis, const float* in, float*& out) const;

    Extents m_kept;
    Extents m_keptStrides;
    Extents m_reduced;
    Extents m_reducedStrides;
    double m_count = 1;
};

} // namespace engine::nn
