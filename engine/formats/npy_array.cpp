#include "engine/formats/npy_array.h"

#include "engine/base/error.h"

#include <algorithm>

namespace engine::formats {

namespace {

std::string joined(const std::string& name, const std::string& field)
{
    return field.empty() ? name : name.empty() ? field : name + "." + field;
}

/// The array's own axes first, then those of the field.
StridedLayout layoutOf(const NpyHeader& header, const Shape& shape, const NpyField& field,
                       const std::string& place)
{
    const Shape inner = checkedShape(field.extents, byteSize(*field.type), header.item.bytes, place);
    std::vector<std::int64_t> extents = shape.extents();
    extents.insert(extents.end(), field.extents.begin(), field.extents.end());
    StridedLayout layout;
    layout.shape = Shape(extents);
    layout.type = *field.type;
    layout.offset = header.dataOffset + field.offset;
    layout.strides = header.fortranOrder ? columnMajorStrides(shape, header.item.bytes)
                                         : rowMajorStrides(shape, header.item.bytes);
    const std::vector<std::int64_t> innerStrides = rowMajorStrides(inner, byteSize(layout.type));
    layout.strides.insert(layout.strides.end(), innerStrides.begin(), innerStrides.end());
    layout.bigEndian = field.bigEndian;
    return layout;
}

} // namespace

std::uint64_t npyTotalBytes(const NpyHeader& header, std::uint64_t size, const std::string& place)
{
    const std::uint64_t available = size < header.dataOffset ? 0 : size - header.dataOffset;
    const Shape shape = checkedShape(header.extents, header.item.bytes, available, place);
    return header.dataOffset + shape.elements() * header.item.bytes;
}

void appendNpyTensors(const NpyHeader& header, const NpyBytes& bytes, const std::string& name,
                      const std::string& place, Dataset& dataset)
{
    npyTotalBytes(header, bytes.size, place);
    const Shape shape(header.extents);
    for (const NpyField& field : header.item.fields) {
        Tensor tensor;
        tensor.name = joined(name, field.name);
        const std::string where = field.name.empty() ? place : place + ", field " + field.name;
        if (!field.type) {
            dataset.remarks.push_back({ Severity::Warning, {}, where + ": " + field.problem });
            continue;
        }
        const StridedLayout layout = layoutOf(header, shape, field, where);
        tensor.type = layout.type;
        tensor.shape = layout.shape;
        tensor.source = bytes.fetch ? fetchedSource(layout, bytes.size, bytes.fetch, where)
                                    : residentSource(layout, bytes.resident, where);
        dataset.tensors.push_back(std::move(tensor));
    }
}

} // namespace engine::formats
