#pragma once

#include "engine/tensor/tensor.h"

#include <hdf5.h>

#include <optional>

namespace engine::formats {

/// An element type and its byte order.
struct Hdf5Type {
    DType type = DType::F32;
    bool bigEndian = false;
};

/// What the elements of an HDF5 type are; nothing for texts, compounds, references and odd numbers. In a
/// session.
std::optional<Hdf5Type> hdf5Type(hid_t type);

/// The name of the class of a type, for sentences: "compound values".
const char* hdf5ClassName(hid_t type);

/// The HDF5 type that has these elements, little-endian; float16 is made from its fields. In a session; the
/// caller closes it.
hid_t makeHdf5Type(DType type);

} // namespace engine::formats
