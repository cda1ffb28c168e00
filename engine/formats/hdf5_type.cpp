#include "engine/formats/hdf5_type.h"

#include "engine/formats/hdf5_file.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <string_view>

namespace engine::formats {

namespace {

/// Where sign, exponent and mantissa stand in a float.
struct FloatFields {
    DType type;
    std::size_t size; ///< [byte]
    std::size_t exponentAt;
    std::size_t exponentBits;
    std::size_t mantissaBits;
    std::size_t bias;

    std::size_t signAt() const { return exponentAt + exponentBits; }
};

constexpr std::array floats = {
    FloatFields { DType::F16, 2, 10, 5, 10, 15 },  FloatFields { DType::BF16, 2, 7, 8, 7, 127 },
    FloatFields { DType::F32, 4, 23, 8, 23, 127 }, FloatFields { DType::F64, 8, 52, 11, 52, 1023 },
    FloatFields { DType::F8E4M3, 1, 3, 4, 3, 7 },  FloatFields { DType::F8E5M2, 1, 2, 5, 2, 15 },
};

std::optional<DType> floatType(hid_t type)
{
    std::size_t sign = 0;
    std::size_t exponentAt = 0;
    std::size_t exponentBits = 0;
    std::size_t mantissaAt = 0;
    std::size_t mantissaBits = 0;
    if (H5Tget_fields(type, &sign, &exponentAt, &exponentBits, &mantissaAt, &mantissaBits) < 0
        || H5Tget_norm(type) != H5T_NORM_IMPLIED || mantissaAt != 0)
        return std::nullopt;
    const std::size_t size = H5Tget_size(type);
    const std::size_t bias = H5Tget_ebias(type);
    const auto* found = std::ranges::find_if(floats, [&](const FloatFields& row) {
        return row.size == size && row.signAt() == sign && row.exponentAt == exponentAt
            && row.exponentBits == exponentBits && row.mantissaBits == mantissaBits && row.bias == bias;
    });
    return found == floats.end() ? std::nullopt : std::optional(found->type);
}

std::optional<DType> integerType(hid_t type)
{
    static constexpr std::array<DType, 4> isUnsigned = { DType::U8, DType::U16, DType::U32, DType::U64 };
    static constexpr std::array<DType, 4> isSigned = { DType::I8, DType::I16, DType::I32, DType::I64 };
    const std::size_t size = H5Tget_size(type);
    if (H5Tget_precision(type) != 8 * size || H5Tget_offset(type) != 0)
        return std::nullopt;
    const bool negative = H5Tget_class(type) == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_2;
    for (std::size_t i = 0; i < isUnsigned.size(); ++i) {
        if (size == std::size_t { 1 } << i)
            return negative ? isSigned[i] : isUnsigned[i];
    }
    return std::nullopt;
}

bool isMember(hid_t type, unsigned index, std::string_view wanted)
{
    char* name = H5Tget_member_name(type, index);
    const bool same = name != nullptr && name == wanted;
    H5free_memory(name);
    return same;
}

/// Enumerations of FALSE and TRUE are how h5py stores bool; others are shown as their integers.
std::optional<Hdf5Type> enumerationType(hid_t type)
{
    const Hdf5Handle base(H5Tget_super(type), H5Tclose);
    std::optional<Hdf5Type> result = base ? hdf5Type(base.id()) : std::nullopt;
    if (result && H5Tget_size(type) == 1 && H5Tget_nmembers(type) == 2 && isMember(type, 0, "FALSE")
        && isMember(type, 1, "TRUE"))
        result->type = DType::Bool;
    return result;
}

} // namespace

std::optional<Hdf5Type> hdf5Type(hid_t type)
{
    const H5T_class_t kind = H5Tget_class(type);
    if (kind == H5T_ENUM)
        return enumerationType(type);
    if (kind != H5T_INTEGER && kind != H5T_FLOAT && kind != H5T_BITFIELD)
        return std::nullopt;
    const H5T_order_t order = H5Tget_order(type);
    const std::optional<DType> element = kind == H5T_FLOAT ? floatType(type) : integerType(type);
    if (!element || (order != H5T_ORDER_LE && order != H5T_ORDER_BE && H5Tget_size(type) > 1))
        return std::nullopt;
    return Hdf5Type { *element, order == H5T_ORDER_BE && H5Tget_size(type) > 1 };
}

const char* hdf5ClassName(hid_t type)
{
    switch (H5Tget_class(type)) {
    case H5T_STRING:
        return "texts";
    case H5T_COMPOUND:
        return "compound values";
    case H5T_REFERENCE:
        return "references";
    case H5T_VLEN:
        return "lists of varying length";
    case H5T_ARRAY:
        return "arrays as elements";
    case H5T_OPAQUE:
        return "opaque bytes";
    default:
        return "numbers of an unusual layout";
    }
}

hid_t makeHdf5Type(DType type)
{
    switch (type) {
    case DType::F32:
        return H5Tcopy(H5T_IEEE_F32LE);
    case DType::U8:
        return H5Tcopy(H5T_STD_U8LE);
    case DType::I32:
        return H5Tcopy(H5T_STD_I32LE);
    default:
        break;
    }
    assert(type == DType::F16);
    const FloatFields& half = floats[0];
    const hid_t id = H5Tcopy(H5T_IEEE_F32LE);
    H5Tset_fields(id, half.signAt(), half.exponentAt, half.exponentBits, 0, half.mantissaBits);
    H5Tset_size(id, half.size);
    H5Tset_ebias(id, half.bias);
    return id;
}

} // namespace engine::formats
