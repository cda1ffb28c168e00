#pragma once

#include "engine/base/random.h"

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <vector>

namespace example {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstMap = Eigen::Map<const Matrix>;
using Map = Eigen::Map<Matrix>;

inline ConstMap view(const float* values, std::size_t rows, std::size_t columns)
{
    return { values, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns) };
}

inline Map view(float* values, std::size_t rows, std::size_t columns)
{
    return { values, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns) };
}

/// Normal, so that a layer of ReLUs keeps the variance of its `fanIn` inputs.
inline std::vector<float> startWeights(std::size_t count, std::size_t fanIn, engine::Random& random)
{
    std::vector<float> weights(count);
    for (float& weight : weights)
        weight = static_cast<float>(random.normal() * std::sqrt(2.0 / static_cast<double>(fanIn)));
    return weights;
}

} // namespace example
