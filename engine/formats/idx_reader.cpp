#include "engine/formats/idx_reader.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/guard.h"
#include "engine/formats/gzip.h"
#include "engine/formats/labels.h"
#include "engine/formats/roles.h"
#include "engine/formats/strided_source.h"

#include <array>
#include <optional>
#include <system_error>

namespace engine::formats {

namespace {

constexpr std::size_t headBytes = 4096;
constexpr std::size_t largestRank = 16;
constexpr std::size_t largestHeader = 4 + 4 * largestRank;

/// Third byte of the file.
struct TypeCode {
    unsigned char code;
    DType type;
};

constexpr std::array typeCodes = {
    TypeCode { 0x08, DType::U8 },  TypeCode { 0x09, DType::I8 },  TypeCode { 0x0B, DType::I16 },
    TypeCode { 0x0C, DType::I32 }, TypeCode { 0x0D, DType::F32 }, TypeCode { 0x0E, DType::F64 },
};

struct Header {
    DType type = DType::U8;
    std::vector<std::int64_t> extents;
    std::size_t bytes = 0;
};

std::optional<DType> typeOf(unsigned char code)
{
    for (const TypeCode& row : typeCodes) {
        if (row.code == code)
            return row.type;
    }
    return std::nullopt;
}

bool startsAsIdx(std::string_view head)
{
    if (head.size() < 4 || head[0] != '\0' || head[1] != '\0')
        return false;
    const auto rank = static_cast<unsigned char>(head[3]);
    return typeOf(static_cast<unsigned char>(head[2])) && rank >= 1 && rank <= largestRank;
}

std::int64_t bigEndian32(std::string_view bytes)
{
    std::int64_t value = 0;
    for (const char c : bytes.substr(0, 4))
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

Header parseHeader(std::string_view head, const std::string& place)
{
    if (!startsAsIdx(head))
        throw FormatError(place
                          + ": is not an IDX file (it should begin with 0, 0, a type 8..14 and a number "
                            "of axes 1.."
                          + std::to_string(largestRank) + ")");
    Header header;
    header.type = *typeOf(static_cast<unsigned char>(head[2]));
    const auto rank = static_cast<std::size_t>(head[3]);
    header.bytes = 4 + 4 * rank;
    if (head.size() < header.bytes)
        throw FormatError(place + ": ends within the IDX header");
    for (std::size_t axis = 0; axis < rank; ++axis)
        header.extents.push_back(bigEndian32(head.substr(4 + 4 * axis)));
    return header;
}

std::string_view asText(std::span<const std::byte> bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
}

/// The file's bytes, unpacked when they are gzipped; never more than the header announces.
Block contents(const std::shared_ptr<const MappedFile>& file, const Control& control,
               const std::string& place)
{
    const std::span<const std::byte> bytes = file->bytes();
    const std::string_view head = asText(bytes).substr(0, headBytes);
    if (!isGzip(head))
        return { bytes, file };
    const Header header = parseHeader(gunzipHead(head, largestHeader), place);
    const Shape shape = checkedShape(header.extents, byteSize(header.type), unpackLimit(bytes.size()), place);
    const std::uint64_t total = header.bytes + shape.elements() * byteSize(header.type);
    checkUnpackedSize(bytes.size(), total, place);
    auto unpacked = std::make_shared<const std::vector<std::byte>>(gunzip(bytes, total, control, place));
    return { *unpacked, unpacked };
}

Tensor tensorOf(const Block& block, const std::string& place)
{
    const Header header = parseHeader(asText(block.bytes), place);
    const std::uint64_t available = block.bytes.size() - header.bytes;
    const std::uint64_t itemBytes = byteSize(header.type);
    Tensor tensor;
    tensor.type = header.type;
    tensor.shape = checkedShape(header.extents, itemBytes, available, place);
    if (tensor.shape.elements() * itemBytes != available)
        throw FormatError(place + ": holds " + std::to_string(available) + " bytes of data, "
                          + toString(tensor.shape) + " needs "
                          + std::to_string(tensor.shape.elements() * itemBytes));
    const StridedLayout layout { tensor.shape, tensor.type, header.bytes,
                                 rowMajorStrides(tensor.shape, itemBytes), true };
    tensor.source = residentSource(layout, block, place);
    return tensor;
}

void replaceFirst(std::string& text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    if (at != std::string::npos)
        text.replace(at, from.size(), to);
}

/// Names the label file has beside a picture file of this name; empty when the name is not a customary one.
std::vector<std::filesystem::path> labelFiles(const std::filesystem::path& path)
{
    std::string name = path.filename().string();
    if (name.find("images") == std::string::npos)
        return {};
    replaceFirst(name, "images", "labels");
    replaceFirst(name, "idx3", "idx1");
    const std::string other = hasSuffix(name, ".gz") ? name.substr(0, name.size() - 3) : name + ".gz";
    return { path.parent_path() / name, path.parent_path() / other };
}

std::vector<int> labelsBeside(const std::filesystem::path& path, std::int64_t pictures, Dataset& dataset)
{
    const auto remark = [&dataset](Severity severity, const std::string& text) {
        dataset.remarks.push_back({ severity, {}, text });
        return std::vector<int>();
    };
    const std::vector<std::filesystem::path> candidates = labelFiles(path);
    for (const std::filesystem::path& candidate : candidates) {
        std::error_code ignored;
        if (!std::filesystem::exists(candidate, ignored))
            continue;
        try {
            std::vector<int> labels = readLabels(candidate);
            if (labels.size() == static_cast<std::uint64_t>(pictures))
                return labels;
            return remark(Severity::Warning,
                          candidate.string() + ": holds " + std::to_string(labels.size()) + " labels for "
                              + std::to_string(pictures) + " images");
        } catch (const Error& error) {
            return remark(Severity::Warning, error.what());
        }
    }
    return remark(Severity::Note,
                  candidates.empty()
                      ? "no labels: the name does not say which file holds them"
                      : "no labels: " + candidates.front().filename().string() + " is not beside the images");
}

void fillRole(Tensor& tensor, Dataset& dataset, const std::filesystem::path& path)
{
    if (tensor.shape.rank() == 1 && isInteger(tensor.type)) {
        tensor.role = Role::Label;
        tensor.name = "labels";
    } else if (tensor.shape.rank() == 3 && tensor.type == DType::U8 && tensor.shape.elements() > 0) {
        tensor.role = Role::Image;
        tensor.layout = "NHW";
        tensor.name = "images";
        dataset.images = tensorImages(tensor, labelsBeside(path, tensor.shape[0], dataset));
    } else {
        tensor.name = dataset.title;
    }
}

} // namespace

bool recogniseIdx(std::string_view head, const std::filesystem::path& path)
{
    // A dark CIFAR picture of class 0 may begin with the same four bytes.
    if (hasSuffix(path, ".bin") || hasSuffix(path, ".bin.gz"))
        return false;
    return isGzip(head) ? startsAsIdx(gunzipHead(head, 4)) : startsAsIdx(head);
}

Dataset readIdx(const std::filesystem::path& path, const Control& control)
{
    const auto file = MappedFile::open(path);
    const std::string place = path.string();
    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "idx";
    const Block block = contents(file, control, place);
    if (control.stopped())
        return dataset;
    Tensor tensor = tensorOf(block, place);
    fillRole(tensor, dataset, path);
    dataset.tensors.push_back(std::move(tensor));
    assignRoles(dataset);
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
