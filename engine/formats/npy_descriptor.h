#pragma once

#include "engine/formats/python_literal.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine::formats {

/// What one field of the items of an .npy file is; a plain array has one field without a name.
struct NpyField {
    std::string name;
    std::optional<DType> type; ///< empty when it cannot be read; `problem` says why
    std::string problem; ///< "holds complex numbers; save .real and .imag apart"
    bool bigEndian = false;
    std::uint64_t offset = 0; ///< in the item [byte]
    std::vector<std::int64_t> extents; ///< of a field that is an array itself
};

/// What the items of an array are.
struct NpyItem {
    std::vector<NpyField> fields;
    std::uint64_t bytes = 0;
    bool pickled = false; ///< some field holds Python objects: the whole array is a pickle, of any size
};

/// Why nothing of an array can be read, naming the field; nothing when some of it can.
std::optional<std::string> unreadable(const NpyItem& item);

/// Reads the descr of a header: a type such as '<f4', or a list of fields. Fields that cannot be read carry
/// their problem. Errors  FormatError naming `place` for what is no descr.
NpyItem readNpyDescriptor(const PythonLiteral& descriptor, const std::string& place);

/// Reads a tuple of whole numbers; they are not checked. Errors  FormatError naming `place`.
std::vector<std::int64_t> npyExtents(const PythonLiteral& shape, const std::string& place);

} // namespace engine::formats
