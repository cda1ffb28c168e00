#include "engine/formats/npz_reader.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"
#include "engine/formats/npy_array.h"
#include "engine/formats/roles.h"
#include "engine/formats/zip_archive.h"

#include <new>
#include <set>

namespace engine::formats {

namespace {

constexpr std::string_view arraySuffix = ".npy";
constexpr std::size_t localHeaderBytes = 30;

NpyHeader headerOf(const ZipArchive& archive, std::size_t index)
{
    const std::string place = archive.place(index);
    const std::uint64_t bytes = npyHeaderBytes(archive.head(index, npyPrefixBytes), place);
    return parseNpyHeader(archive.head(index, bytes), place);
}

NpyBytes bytesOf(const std::shared_ptr<const ZipArchive>& archive, std::size_t index)
{
    const ZipEntry& entry = archive->entries()[index];
    if (auto block = archive->stored(index))
        return { entry.bytes, std::move(*block), nullptr };
    checkUnpackedSize(entry.packedBytes, entry.bytes, archive->place(index));
    const auto fetch = [archive, index] {
        try {
            return archive->unpacked(index);
        } catch (const std::bad_alloc&) {
            throw FormatError(archive->place(index) + ": there is not enough memory to unpack it");
        }
    };
    return { entry.bytes, {}, fetch };
}

void append(const std::shared_ptr<const ZipArchive>& archive, std::size_t index, Dataset& dataset)
{
    const ZipEntry& entry = archive->entries()[index];
    const std::string place = archive->place(index);
    const auto leaveOut = [&](Severity severity, const std::string& why) {
        dataset.remarks.push_back({ severity, {}, place + ": " + why });
    };
    if (!entry.name.ends_with(arraySuffix) || entry.name.size() == arraySuffix.size())
        return leaveOut(Severity::Note, "is left out, for it is no array");
    if (!entry.problem.empty())
        return leaveOut(Severity::Warning, entry.problem);
    const NpyHeader header = headerOf(*archive, index);
    if (const auto problem = unreadable(header.item))
        return leaveOut(Severity::Warning, *problem);
    const std::uint64_t needed = npyTotalBytes(header, entry.bytes, place);
    if (needed != entry.bytes)
        throw FormatError(place + ": holds " + std::to_string(entry.bytes) + " bytes, its shape needs "
                          + std::to_string(needed));
    const std::string name = entry.name.substr(0, entry.name.size() - arraySuffix.size());
    appendNpyTensors(header, bytesOf(archive, index), name, place, dataset);
}

} // namespace

bool recogniseNpz(std::string_view head, const std::filesystem::path& path)
{
    if (!head.starts_with("PK\x03\x04") && !head.starts_with("PK\x05\x06"))
        return false;
    if (hasSuffix(path, ".npz"))
        return true;
    if (head.size() < localHeaderBytes)
        return false;
    const auto low = static_cast<unsigned char>(head[26]);
    const auto high = static_cast<unsigned char>(head[27]);
    return head.substr(localHeaderBytes, low + 256U * high).ends_with(arraySuffix);
}

Dataset readNpz(const std::filesystem::path& path, const Control& control)
{
    const auto archive = std::make_shared<const ZipArchive>(path);
    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "npz";
    const std::size_t count = archive->entries().size();
    std::set<std::string> names;
    for (std::size_t i = 0; i < count && !control.stopped(); ++i) {
        if (!names.insert(archive->entries()[i].name).second)
            throw FormatError(archive->place(i) + ": stands twice in the archive");
        append(archive, i, dataset);
        control.report(static_cast<double>(i + 1) / static_cast<double>(count), archive->entries()[i].name);
    }
    if (dataset.tensors.empty() && !control.stopped())
        throw FormatError(dataset.remarks.empty() ? path.string() + ": holds no arrays"
                                                  : dataset.remarks.front().text);
    assignRoles(dataset);
    offerImages(dataset);
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
