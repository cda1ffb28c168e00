#pragma once

#include "engine/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace engine::formats {

/// Bytes that lie in memory, and who owns them.
struct Block {
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;
};

/// Where the elements of a tensor lie in a block.
struct StridedLayout {
    Shape shape;
    DType type = DType::F32;
    std::uint64_t offset = 0; ///< of the first element [byte]
    std::vector<std::int64_t> strides; ///< one per axis [byte]
    bool bigEndian = false;
};

/// Row-major strides for elements that are `itemBytes` apart.
std::vector<std::int64_t> rowMajorStrides(const Shape& shape, std::uint64_t itemBytes);
/// First axis fastest, as Fortran has it.
std::vector<std::int64_t> columnMajorStrides(const Shape& shape, std::uint64_t itemBytes);

/// Elements of a resident block; nothing is copied, and what lies in order is mapped().
/// Errors  FormatError naming `place` when an element lies outside the block.
std::shared_ptr<const TensorSource> residentSource(const StridedLayout& layout, const Block& block,
                                                   const std::string& place);

/// Elements of a block of `blockBytes` that is fetched at each read and let go afterwards. `fetch` must be
/// thread-safe; its errors leave read(). Errors  as above.
std::shared_ptr<const TensorSource> fetchedSource(const StridedLayout& layout, std::uint64_t blockBytes,
                                                  std::function<Block()> fetch, const std::string& place);

/// The shape of an array that is to lie in `availableBytes`, every extent checked before anything is
/// allocated. Arrays without elements may not have extents that nothing in the file backs.
/// Errors  FormatError naming `place`, the shape and the limit.
Shape checkedShape(const std::vector<std::int64_t>& extents, std::uint64_t itemBytes,
                   std::uint64_t availableBytes, const std::string& place);

} // namespace engine::formats
