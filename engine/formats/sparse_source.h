#pragma once

#include "engine/tensor/tensor.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace engine::formats {

/// A tensor of zeros but for the values at the given places; never stored dense.
///
/// Shape   `positions` are row-major flat indices below shape.elements(), one per element of `values` (of
/// type `type`, little-endian); in any order.
/// Errors  FormatError for a position outside or named twice, or lengths that differ.
std::shared_ptr<const TensorSource> sparseSource(const Shape& shape, DType type,
                                                 const std::vector<std::uint64_t>& positions,
                                                 const std::vector<std::byte>& values);

} // namespace engine::formats
