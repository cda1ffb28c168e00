#include "engine/formats/safetensors_reader.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/guard.h"
#include "engine/formats/json_walk.h"
#include "engine/formats/roles.h"
#include "engine/formats/safetensors_header.h"
#include "engine/formats/strided_source.h"

#include <map>
#include <set>
#include <system_error>

namespace engine::formats {

namespace {

constexpr std::uint64_t largestIndex = 100'000'000;
constexpr std::size_t deepestIndex = 16;

using Names = std::set<std::string>;
using Shards = std::map<std::string, Names>; ///< file name -> tensors to take from it

std::string_view textOf(const MappedFile& file)
{
    return { reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size() };
}

/// Collects the "weight_map" of an index.
class IndexVisitor final : public JsonVisitor {
public:
    explicit IndexVisitor(const std::string& place)
        : m_place(place)
    {
    }

    void enter(const JsonPath&, bool) override { }

    void scalar(const JsonPath& path, JsonScalar value) override
    {
        if (path.empty() || path[0] != "weight_map")
            return;
        const auto* shard = std::get_if<std::string>(&value);
        if (path.size() != 2 || shard == nullptr)
            throw FormatError(m_place + ": weight_map does not name one file per tensor");
        m_shards[*shard].insert(path[1]);
    }

    Shards take() { return std::move(m_shards); }

private:
    const std::string& m_place;
    Shards m_shards;
};

Shards readIndex(const std::filesystem::path& path)
{
    const auto file = MappedFile::open(path);
    const std::string place = path.string();
    if (file->bytes().size() > largestIndex)
        throw FormatError(place + ": is longer than " + std::to_string(largestIndex) + " bytes");
    IndexVisitor visitor(place);
    walkJson(textOf(*file), deepestIndex, place, visitor);
    Shards shards = visitor.take();
    if (shards.empty())
        throw FormatError(place + ": names no tensors (no weight_map)");
    return shards;
}

/// A shard must lie in the folder of its index.
std::filesystem::path shardPath(const std::filesystem::path& index, const std::string& name)
{
    const std::filesystem::path relative(name);
    bool inside = relative.is_relative() && !relative.empty() && name.find('\0') == std::string::npos;
    for (const std::filesystem::path& part : relative)
        inside = inside && part != "..";
    if (!inside)
        throw FormatError(index.string() + ": names the file " + shown(name) + " outside its own folder");
    if (!hasSuffix(relative, ".safetensors"))
        throw FormatError(index.string() + ": names " + shown(name)
                          + ", which is no .safetensors file; save the model with safe_serialization=True");
    std::filesystem::path path = index.parent_path() / relative;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        throw FormatError(index.string() + ": needs " + shown(name) + ", which is not beside it");
    return path;
}

void append(const SafetensorsEntry& entry, const std::shared_ptr<const MappedFile>& file, Dataset& dataset)
{
    if (!entry.type) {
        dataset.remarks.push_back({ Severity::Warning,
                                    {},
                                    "tensor " + shown(entry.name) + " of type " + shown(entry.typeName)
                                        + " is left out; convert it to float32 before saving" });
        return;
    }
    const Shape shape(entry.extents);
    const StridedLayout layout { shape, *entry.type, entry.begin,
                                 rowMajorStrides(shape, byteSize(*entry.type)) };
    Tensor tensor;
    tensor.name = entry.name;
    tensor.type = *entry.type;
    tensor.shape = shape;
    tensor.source = residentSource(layout, { file->bytes(), file }, entry.name);
    dataset.tensors.push_back(std::move(tensor));
}

/// Appends the tensors of one file: all, or those of `wanted`.
void appendFile(const std::filesystem::path& path, const Names* wanted, Dataset& dataset)
{
    const auto file = MappedFile::open(path);
    SafetensorsHeader header = parseSafetensors(file->bytes(), path.string());
    dataset.facts.merge(header.metadata);
    Names missing = wanted != nullptr ? *wanted : Names();
    for (const SafetensorsEntry& entry : header.entries) {
        if (wanted != nullptr && missing.erase(entry.name) == 0)
            continue;
        append(entry, file, dataset);
    }
    if (!missing.empty())
        throw FormatError(path.string() + ": lacks the tensor " + shown(*missing.begin())
                          + " that the index places there");
}

bool isIndex(const std::filesystem::path& path)
{
    return hasSuffix(path, ".index.json");
}

} // namespace

bool recogniseSafetensors(std::string_view head, const std::filesystem::path& path)
{
    if (isIndex(path))
        return head.find_first_not_of(" \t\r\n") < head.size()
            && head[head.find_first_not_of(" \t\r\n")] == '{';
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(path, failed);
    return !failed && startsAsSafetensors(head, size);
}

Dataset readSafetensors(const std::filesystem::path& path, const Control& control)
{
    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "safetensors";
    if (!isIndex(path)) {
        appendFile(path, nullptr, dataset);
    } else {
        const Shards shards = readIndex(path);
        double done = 0;
        for (const auto& [name, tensors] : shards) {
            if (control.stopped())
                break;
            control.report(done++ / static_cast<double>(shards.size()), name);
            appendFile(shardPath(path, name), &tensors, dataset);
        }
    }
    assignRoles(dataset, Role::Weight);
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
