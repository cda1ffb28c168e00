#include "engine/nn/strided.h"

#include <algorithm>
#include <cstring>

namespace engine::nn {

namespace {

/// Extents with leading ones up to `rank`.
Extents aligned(const Shape& shape, std::size_t rank)
{
    Extents extents(rank - shape.rank(), 1);
    extents.insert(extents.end(), shape.extents().begin(), shape.extents().end());
    return extents;
}

Extents broadcastStrides(const Shape& operand, const Shape& result)
{
    const Extents extents = aligned(operand, result.rank());
    Extents strides = rowMajorStrides(extents);
    for (std::size_t axis = 0; axis < extents.size(); ++axis)
        if (extents[axis] == 1 && result[axis] != 1)
            strides[axis] = 0;
    return strides;
}

} // namespace

Extents rowMajorStrides(const Extents& extents)
{
    Extents strides(extents.size(), 1);
    for (std::size_t axis = extents.size(); axis-- > 1;)
        strides[axis - 1] = strides[axis] * extents[axis];
    return strides;
}

StridedCopy::StridedCopy(const Extents& box, Side in, Side out)
    : m_in { {}, in.offset }
    , m_out { {}, out.offset }
{
    for (std::size_t axis = 0; axis < box.size(); ++axis) {
        const bool joins = !m_box.empty() && m_in.strides.back() == in.strides[axis] * box[axis]
            && m_out.strides.back() == out.strides[axis] * box[axis];
        if (joins) {
            m_box.back() *= box[axis];
            m_in.strides.back() = in.strides[axis];
            m_out.strides.back() = out.strides[axis];
        } else {
            m_box.push_back(box[axis]);
            m_in.strides.push_back(in.strides[axis]);
            m_out.strides.push_back(out.strides[axis]);
        }
    }
    if (m_box.empty()) {
        m_box.push_back(1);
        m_in.strides.push_back(1);
        m_out.strides.push_back(1);
    }
}

void StridedCopy::run(const float* in, float* out) const
{
    if (std::ranges::find(m_box, 0) == m_box.end())
        walk(0, in + m_in.offset, out + m_out.offset);
}

void StridedCopy::walk(std::size_t axis, const float* in, float* out) const
{
    const std::int64_t count = m_box[axis];
    const std::int64_t inStep = m_in.strides[axis];
    const std::int64_t outStep = m_out.strides[axis];
    if (axis + 1 < m_box.size()) {
        for (std::int64_t i = 0; i < count; ++i)
            walk(axis + 1, in + i * inStep, out + i * outStep);
    } else if (inStep == 1 && outStep == 1) {
        std::memcpy(out, in, static_cast<std::size_t>(count) * sizeof(float));
    } else {
        for (std::int64_t i = 0; i < count; ++i)
            out[i * outStep] = in[i * inStep];
    }
}

std::optional<Shape> broadcastShape(const Shape& a, const Shape& b)
{
    const std::size_t rank = std::max(a.rank(), b.rank());
    const Extents first = aligned(a, rank);
    const Extents second = aligned(b, rank);
    Extents result(rank);
    for (std::size_t axis = 0; axis < rank; ++axis) {
        if (first[axis] != second[axis] && first[axis] != 1 && second[axis] != 1)
            return std::nullopt;
        result[axis] = first[axis] == 1 ? second[axis] : first[axis];
    }
    return Shape(result);
}

Broadcast::Broadcast(const Shape& a, const Shape& b, const Shape& result)
    : m_extents(result.extents())
    , m_a(broadcastStrides(a, result))
    , m_b(broadcastStrides(b, result))
{
    if (m_extents.empty()) {
        m_extents.push_back(1);
        m_a.push_back(1);
        m_b.push_back(1);
    }
}

void Broadcast::run(BinaryFunction function, const float* a, const float* b, float* out) const
{
    const std::size_t inner = m_extents.size() - 1;
    Extents place(inner, 0);
    const std::uint64_t rows = Shape(Extents(m_extents.begin(), m_extents.end() - 1)).elements();
    for (std::uint64_t row = 0; row < rows; ++row) {
        for (std::int64_t i = 0; i < m_extents[inner]; ++i)
            *out++ = function(a[i * m_a[inner]], b[i * m_b[inner]]);
        for (std::size_t axis = inner; axis-- > 0;) {
            a += m_a[axis];
            b += m_b[axis];
            if (++place[axis] < m_extents[axis])
                break;
            a -= m_a[axis] * m_extents[axis];
            b -= m_b[axis] * m_extents[axis];
            place[axis] = 0;
        }
    }
}

AxisMean::AxisMean(const Shape& input, const std::vector<bool>& reduced)
{
    const Extents strides = rowMajorStrides(input.extents());
    for (std::size_t axis = 0; axis < input.rank(); ++axis) {
        (reduced[axis] ? m_reduced : m_kept).push_back(input[axis]);
        (reduced[axis] ? m_reducedStrides : m_keptStrides).push_back(strides[axis]);
        if (reduced[axis])
            m_count *= static_cast<double>(input[axis]);
    }
}

void AxisMean::run(const float* in, float* out) const
{
    walk(0, in, out);
}

double AxisMean::sum(std::size_t axis, const float* in) const
{
    if (axis == m_reduced.size())
        return static_cast<double>(*in);
    double total = 0;
    for (std::int64_t i = 0; i < m_reduced[axis]; ++i)
        total += sum(axis + 1, in + i * m_reducedStrides[axis]);
    return total;
}

void AxisMean::walk(std::size_t axis, const float* in, float*& out) const
{
    if (axis == m_kept.size()) {
        *out++ = static_cast<float>(sum(0, in) / m_count);
        return;
    }
    for (std::int64_t i = 0; i < m_kept[axis]; ++i)
        walk(axis + 1, in + i * m_keptStrides[axis], out);
}

} // namespace engine::nn
