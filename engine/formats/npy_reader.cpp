#include "engine/formats/npy_reader.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/guard.h"
#include "engine/formats/npy_array.h"
#include "engine/formats/roles.h"

#include <algorithm>

namespace engine::formats {

namespace {

std::string_view asText(std::span<const std::byte> bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
}

/// A plain array that cannot be read has nothing else to show.
void requireReadable(const NpyHeader& header, const std::string& place)
{
    const auto readable = [](const NpyField& field) { return field.type.has_value(); };
    if (std::ranges::any_of(header.item.fields, readable))
        return;
    if (header.item.fields.empty())
        throw FormatError(place + ": its items have no fields");
    const NpyField& first = header.item.fields.front();
    const std::string field = first.name.empty() ? "" : ", field " + first.name;
    throw FormatError(place + field + ": " + first.problem);
}

} // namespace

bool recogniseNpy(std::string_view head, const std::filesystem::path&)
{
    return head.starts_with("\x93NUMPY");
}

Dataset readNpy(const std::filesystem::path& path, const Control&)
{
    const auto file = MappedFile::open(path);
    const std::string place = path.string();
    const NpyHeader header = parseNpyHeader(asText(file->bytes()), place);
    requireReadable(header, place);

    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "npy";
    const NpyBytes bytes { file->bytes().size(), { file->bytes(), file }, nullptr };
    appendNpyTensors(header, bytes, dataset.title, place, dataset);
    const std::uint64_t used = npyTotalBytes(header, bytes.size, place);
    if (used < bytes.size)
        dataset.remarks.push_back(
            { Severity::Note,
              {},
              std::to_string(bytes.size - used) + " bytes after the array are left out" });
    if (header.fortranOrder)
        dataset.facts["order"] = "Fortran";
    assignRoles(dataset);
    offerImages(dataset);
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
