#include "engine/formats/onnx_tensor.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"
#include "engine/formats/sparse_source.h"
#include "engine/formats/strided_source.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <system_error>
#include <type_traits>
#include <utility>

namespace engine::formats {

namespace {

/// Elements of a repeated field as little-endian bytes of `Stored`, cut to their low bytes.
template <typename Stored, typename Repeated>
std::vector<std::byte> bytesOf(const Repeated& values)
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(values.size()) * sizeof(Stored));
    std::byte* to = bytes.data();
    for (const auto value : values) {
        const auto stored = static_cast<Stored>(value);
        std::memcpy(to, &stored, sizeof(Stored));
        to += sizeof(Stored);
    }
    return bytes;
}

std::vector<std::byte> typedBytes(const onnx::TensorProto& proto, DType type)
{
    switch (type) {
    case DType::Bool:
    case DType::U8:
    case DType::I8:
        return bytesOf<std::uint8_t>(proto.int32_data());
    case DType::U16:
    case DType::I16:
    case DType::F16:
    case DType::BF16:
        return bytesOf<std::uint16_t>(proto.int32_data());
    case DType::I32:
        return bytesOf<std::int32_t>(proto.int32_data());
    case DType::I64:
        return bytesOf<std::int64_t>(proto.int64_data());
    case DType::U32:
        return bytesOf<std::uint32_t>(proto.uint64_data());
    case DType::U64:
        return bytesOf<std::uint64_t>(proto.uint64_data());
    case DType::F64:
        return bytesOf<double>(proto.double_data());
    default:
        return bytesOf<float>(proto.float_data());
    }
}

std::vector<std::byte> storedBytes(const onnx::TensorProto& proto, DType type)
{
    if (!proto.has_raw_data())
        return typedBytes(proto, type);
    const auto raw = std::as_bytes(std::span<const char>(proto.raw_data()));
    return { raw.begin(), raw.end() };
}

void checkLength(std::uint64_t there, const Tensor& tensor, const std::string& where)
{
    if (there != tensor.bytes())
        throw FormatError(where + " holds " + std::to_string(there) + " bytes where its shape "
                          + toString(tensor.shape) + " of " + std::string(name(tensor.type)) + " needs "
                          + std::to_string(tensor.bytes()));
}

/// How external data is found: location, offset and length as texts.
struct ExternalPlace {
    std::string location = {};
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length = {};
};

std::uint64_t parseNumber(const std::string& text, const std::string& what)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw FormatError(what + " \"" + text.substr(0, 40) + "\" of its external data is not a number");
    return value;
}

ExternalPlace externalPlace(const onnx::TensorProto& proto, const std::string& where)
{
    ExternalPlace result;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location")
            result.location = entry.value();
        else if (entry.key() == "offset")
            result.offset = parseNumber(entry.value(), where + ": the offset");
        else if (entry.key() == "length")
            result.length = parseNumber(entry.value(), where + ": the length");
    }
    return result;
}

bool isInside(const std::filesystem::path& path, const std::filesystem::path& folder)
{
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

} // namespace

std::optional<DType> onnxType(int dataType)
{
    switch (dataType) {
    case onnx::TensorProto::FLOAT:
        return DType::F32;
    case onnx::TensorProto::UINT8:
        return DType::U8;
    case onnx::TensorProto::INT8:
        return DType::I8;
    case onnx::TensorProto::UINT16:
        return DType::U16;
    case onnx::TensorProto::INT16:
        return DType::I16;
    case onnx::TensorProto::INT32:
        return DType::I32;
    case onnx::TensorProto::INT64:
        return DType::I64;
    case onnx::TensorProto::BOOL:
        return DType::Bool;
    case onnx::TensorProto::FLOAT16:
        return DType::F16;
    case onnx::TensorProto::DOUBLE:
        return DType::F64;
    case onnx::TensorProto::UINT32:
        return DType::U32;
    case onnx::TensorProto::UINT64:
        return DType::U64;
    case onnx::TensorProto::BFLOAT16:
        return DType::BF16;
    default:
        return std::nullopt;
    }
}

OnnxTensors::OnnxTensors(std::shared_ptr<const MappedFile> file)
    : m_file(std::move(file))
{
}

template <typename Extents>
Shape OnnxTensors::shapeOf(const Extents& extents, const std::string& tensor) const
{
    // So many that their bytes still fit 64 bits; how many there really are is checked against the data.
    constexpr std::uint64_t mostElements = std::uint64_t { 1 } << 58;
    return checkedShape({ extents.begin(), extents.end() }, 1, mostElements, place(tensor));
}

std::optional<Tensor> OnnxTensors::read(const onnx::TensorProto& proto)
{
    const std::optional<DType> type = onnxType(proto.data_type());
    if (!type)
        return std::nullopt;
    Tensor tensor;
    tensor.name = proto.name();
    tensor.type = *type;
    tensor.shape = shapeOf(proto.dims(), tensor.name);
    tensor.source = source(proto, tensor);
    return tensor;
}

std::optional<Tensor> OnnxTensors::read(const onnx::SparseTensorProto& proto)
{
    const std::optional<Tensor> values = read(proto.values());
    if (!values)
        return std::nullopt;
    Tensor tensor = *values;
    tensor.shape = shapeOf(proto.dims(), tensor.name);
    checkUnpackedSize(m_file->bytes().size(), tensor.bytes(), place(tensor.name));
    std::vector<std::byte> bytes(values->bytes());
    values->source->read(std::vector<std::int64_t>(values->shape.rank(), 0), values->shape.extents(), bytes);
    const auto count = static_cast<std::size_t>(values->shape.elements());
    const std::vector<std::uint64_t> places = positions(proto.indices(), tensor.shape, count);
    try {
        tensor.source = sparseSource(tensor.shape, tensor.type, places, bytes);
    } catch (const FormatError& error) {
        throw FormatError(place(tensor.name) + ": " + error.what());
    }
    return tensor;
}

/// Flat positions, from a list of them or from one row of coordinates each.
std::vector<std::uint64_t> OnnxTensors::positions(const onnx::TensorProto& indices, const Shape& shape,
                                                  std::size_t count)
{
    const std::optional<Tensor> tensor = read(indices);
    const bool flat = tensor && tensor->shape.rank() == 1;
    const std::size_t columns = flat ? 1 : shape.rank();
    if (!tensor || tensor->type != DType::I64 || (!flat && tensor->shape.rank() != 2)
        || tensor->shape.elements() != count * columns)
        throw FormatError(place(indices.name()) + ": the indices of a sparse tensor do not fit its "
                          + std::to_string(count) + " values");
    std::vector<std::int64_t> numbers(count * columns);
    tensor->source->read(std::vector<std::int64_t>(tensor->shape.rank(), 0), tensor->shape.extents(),
                         std::as_writable_bytes(std::span(numbers)));
    std::vector<std::uint64_t> result(count);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::int64_t extent = flat ? static_cast<std::int64_t>(shape.elements()) : shape[i % columns];
        if (numbers[i] < 0 || numbers[i] >= extent)
            throw FormatError(place(indices.name()) + ": index " + std::to_string(numbers[i])
                              + " is outside 0.." + std::to_string(extent - 1));
        result[i / columns] =
            result[i / columns] * static_cast<std::uint64_t>(extent) + static_cast<std::uint64_t>(numbers[i]);
    }
    return result;
}

OnnxTensors::Source OnnxTensors::source(const onnx::TensorProto& proto, const Tensor& tensor)
{
    if (proto.data_location() == onnx::TensorProto::EXTERNAL)
        return external(proto, tensor);
    if (proto.has_segment())
        return segment(proto, tensor);
    const auto bytes = std::make_shared<const std::vector<std::byte>>(storedBytes(proto, tensor.type));
    checkLength(bytes->size(), tensor, place(tensor.name));
    return memorySource(tensor.shape, tensor.type, *bytes, bytes);
}

OnnxTensors::Source OnnxTensors::segment(const onnx::TensorProto& proto, const Tensor& tensor) const
{
    const auto begin = static_cast<std::uint64_t>(proto.segment().begin());
    const auto length = static_cast<std::uint64_t>(proto.segment().end()) - begin;
    checkLength(length, tensor, place(tensor.name));
    return memorySource(tensor.shape, tensor.type, m_file->bytes().subspan(begin, length), m_file);
}

OnnxTensors::Source OnnxTensors::external(const onnx::TensorProto& proto, const Tensor& tensor)
{
    const std::string where = place(tensor.name);
    const ExternalPlace data = externalPlace(proto, where);
    const auto file = externalFile(data.location, where);
    const std::uint64_t size = file->bytes().size();
    if (data.length)
        checkLength(*data.length, tensor, where);
    if (data.offset > size || tensor.bytes() > size - data.offset)
        throw FormatError(where + " lies outside " + data.location + ": bytes " + std::to_string(data.offset)
                              + " to " + std::to_string(data.offset + tensor.bytes()) + " of "
                              + std::to_string(size),
                          data.offset);
    return memorySource(tensor.shape, tensor.type, file->bytes().subspan(data.offset, tensor.bytes()), file);
}

std::shared_ptr<const MappedFile> OnnxTensors::externalFile(const std::string& location,
                                                            const std::string& where)
{
    const auto known = m_externalFiles.find(location);
    if (known != m_externalFiles.end())
        return known->second;
    if (location.empty())
        throw FormatError(where + ": its external data has no location");
    const std::filesystem::path relative(location);
    const bool climbs = std::ranges::find(relative, std::filesystem::path("..")) != relative.end();
    std::error_code error;
    const auto folder = std::filesystem::canonical(
        m_file->path().has_parent_path() ? m_file->path().parent_path() : std::filesystem::path("."), error);
    const auto path = std::filesystem::weakly_canonical(folder / relative, error);
    if (relative.is_absolute() || climbs || error || !isInside(path, folder))
        throw FormatError(where + ": its external data \"" + location
                          + "\" is outside the network's folder, which is not allowed");
    if (!std::filesystem::is_regular_file(path, error))
        throw IoError(where + ": its external data " + path.string()
                      + " is missing; it belongs beside the network's file");
    return m_externalFiles[location] = MappedFile::open(path);
}

std::string OnnxTensors::place(const std::string& tensor) const
{
    return m_file->path().string() + ": tensor " + (tensor.empty() ? "without a name" : tensor);
}

} // namespace engine::formats
