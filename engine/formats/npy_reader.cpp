#include "engine/formats/npy_reader.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/guard.h"
#include "engine/formats/npy_array.h"
#include "engine/formats/roles.h"

namespace engine::formats {

namespace {

std::string_view asText(std::span<const std::byte> bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
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
    if (const auto problem = unreadable(header.item))
        throw FormatError(place + ": " + *problem);

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
