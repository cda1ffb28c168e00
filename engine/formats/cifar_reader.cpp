#include "engine/formats/cifar_reader.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/guard.h"
#include "engine/formats/gzip.h"
#include "engine/formats/labels.h"
#include "engine/formats/roles.h"
#include "engine/formats/strided_source.h"

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>

namespace engine::formats {

namespace {

constexpr std::int64_t side = 32;
constexpr std::int64_t pictureBytes = 3 * side * side;

/// The file form of one data set; labels stand before the picture, the finest last.
struct Kind {
    std::string_view title;
    std::string_view classFile;
    std::size_t labelCount;
    std::array<int, 2> classes; ///< of each label
    std::array<std::string_view, 2> labelNames;

    std::uint64_t recordBytes() const { return labelCount + pictureBytes; }
};

constexpr std::array kinds = {
    Kind { "CIFAR-10", "batches.meta.txt", 1, { 10, 0 }, { "labels", "" } },
    Kind { "CIFAR-100", "fine_label_names.txt", 2, { 20, 100 }, { "coarse_labels", "labels" } },
};

struct WrongLabel {
    std::uint64_t record;
    int label;
    int classes;
};

std::optional<WrongLabel> findWrongLabel(const Kind& kind, std::span<const std::byte> bytes)
{
    const std::uint64_t records = bytes.size() / kind.recordBytes();
    for (std::uint64_t record = 0; record < records; ++record) {
        for (std::size_t i = 0; i < kind.labelCount; ++i) {
            const int label = std::to_integer<int>(bytes[record * kind.recordBytes() + i]);
            if (label >= kind.classes[i])
                return WrongLabel { record, label, kind.classes[i] };
        }
    }
    return std::nullopt;
}

const Kind& kindOf(std::span<const std::byte> bytes, const std::string& place)
{
    std::string wrong;
    for (const Kind& kind : kinds) {
        if (bytes.empty() || bytes.size() % kind.recordBytes() != 0)
            continue;
        const auto found = findWrongLabel(kind, bytes);
        if (!found)
            return kind;
        if (wrong.empty())
            wrong = "record " + std::to_string(found->record) + " has label " + std::to_string(found->label)
                + ", " + std::string(kind.title) + " knows 0.." + std::to_string(found->classes - 1);
    }
    if (!wrong.empty())
        throw FormatError(place + ": " + wrong);
    throw FormatError(place + ": holds " + std::to_string(bytes.size())
                      + " bytes, which is no whole number of CIFAR-10 records (3073 bytes) or CIFAR-100 "
                        "records (3074 bytes)");
}

Block contents(const std::filesystem::path& path, const Control& control)
{
    auto file = MappedFile::open(path);
    const std::span<const std::byte> bytes = file->bytes();
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (!isGzip(text))
        return { bytes, std::move(file) };
    auto unpacked = std::make_shared<const std::vector<std::byte>>(
        gunzip(bytes, unpackLimit(bytes.size()), control, path.string()));
    return { *unpacked, unpacked };
}

Tensor picturesOf(const Kind& kind, const Block& block, std::int64_t records, const std::string& place)
{
    const auto record = static_cast<std::int64_t>(kind.recordBytes());
    const StridedLayout layout {
        Shape { records, 3, side, side }, DType::U8, kind.labelCount, { record, side * side, side, 1 }
    };
    Tensor tensor;
    tensor.name = "images";
    tensor.type = DType::U8;
    tensor.shape = layout.shape;
    tensor.layout = "NCHW";
    tensor.role = Role::Image;
    tensor.source = residentSource(layout, block, place);
    return tensor;
}

Tensor labelsOf(const Kind& kind, std::size_t which, const Block& block, std::int64_t records,
                const std::string& place)
{
    const StridedLayout layout {
        Shape { records }, DType::U8, which, { static_cast<std::int64_t>(kind.recordBytes()) }
    };
    Tensor tensor;
    tensor.name = kind.labelNames[which];
    tensor.type = DType::U8;
    tensor.shape = layout.shape;
    tensor.role = Role::Label;
    tensor.source = residentSource(layout, block, place);
    return tensor;
}

void readClassNames(const Kind& kind, const std::filesystem::path& folder, Dataset& dataset)
{
    const std::filesystem::path path = folder / kind.classFile;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return;
    const auto classes = static_cast<std::size_t>(kind.classes[kind.labelCount - 1]);
    try {
        dataset.classNames = readLines(path);
    } catch (const Error& error) {
        dataset.remarks.push_back({ Severity::Warning, {}, error.what() });
    }
    if (dataset.classNames.size() == classes)
        return;
    dataset.remarks.push_back({ Severity::Warning,
                                {},
                                path.string() + ": names " + std::to_string(dataset.classNames.size())
                                    + " classes, not " + std::to_string(classes) });
    dataset.classNames.clear();
}

} // namespace

bool recogniseCifar(std::string_view head, const std::filesystem::path& path)
{
    if (hasSuffix(path, ".bin.gz")) {
        const std::string first = gunzipHead(head, 1);
        return !first.empty() && static_cast<unsigned char>(first[0]) < kinds[1].classes[0];
    }
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(path, failed);
    if (failed || head.empty() || !hasSuffix(path, ".bin"))
        return false;
    return std::ranges::any_of(kinds, [&](const Kind& kind) {
        return size % kind.recordBytes() == 0 && static_cast<unsigned char>(head[0]) < kind.classes[0];
    });
}

Dataset readCifar(const std::filesystem::path& path, const Control& control)
{
    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "cifar";
    const std::string place = path.string();
    const Block block = contents(path, control);
    if (control.stopped())
        return dataset;
    const Kind& kind = kindOf(block.bytes, place);
    const auto records = static_cast<std::int64_t>(block.bytes.size() / kind.recordBytes());
    dataset.facts["data set"] = kind.title;
    dataset.tensors.push_back(picturesOf(kind, block, records, place));
    for (std::size_t i = kind.labelCount; i-- > 0;)
        dataset.tensors.push_back(labelsOf(kind, i, block, records, place));
    readClassNames(kind, path.parent_path(), dataset);
    offerImages(dataset);
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
