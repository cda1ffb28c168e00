#include "engine/formats/safetensors_header.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"
#include "engine/formats/json_walk.h"
#include "engine/formats/strided_source.h"

#include <algorithm>
#include <array>

namespace engine::formats {

namespace {

constexpr std::uint64_t largestHeader = 100'000'000; // the reference implementation's
constexpr std::size_t prefixBytes = 8;
constexpr std::size_t deepest = 3;
constexpr std::string_view metadataKey = "__metadata__";

struct TypeName {
    std::string_view text;
    DType type;
};

constexpr std::array typeNames = {
    TypeName { "BOOL", DType::Bool },      TypeName { "U8", DType::U8 },
    TypeName { "I8", DType::I8 },          TypeName { "U16", DType::U16 },
    TypeName { "I16", DType::I16 },        TypeName { "U32", DType::U32 },
    TypeName { "I32", DType::I32 },        TypeName { "U64", DType::U64 },
    TypeName { "I64", DType::I64 },        TypeName { "F16", DType::F16 },
    TypeName { "F32", DType::F32 },        TypeName { "F64", DType::F64 },
    TypeName { "BF16", DType::BF16 },      TypeName { "F8_E4M3", DType::F8E4M3 },
    TypeName { "F8_E5M2", DType::F8E5M2 },
};

std::uint64_t littleEndian64(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = prefixBytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

/// Collects the entries; what an entry lacks is found when it ends.
class HeaderVisitor final : public JsonVisitor {
public:
    HeaderVisitor(const std::string& place, SafetensorsHeader& header)
        : m_place(place)
        , m_header(header)
    {
    }

    void enter(const JsonPath& path, bool isArray) override
    {
        if (path.size() <= 1 && isArray)
            fail(path.empty() ? "the header is not a JSON object" : shown(path[0]) + " is not an object");
        if (path.empty() || path[0] == metadataKey) {
            if (path.size() > 1)
                fail("__metadata__ holds more than text");
        } else if (path.size() == 1) {
            finish();
            m_header.entries.emplace_back().name = path[0];
        } else if (isArray) {
            m_inShape = m_inShape || path[1] == "shape";
            m_inOffsets = m_inOffsets || path[1] == "data_offsets";
        }
    }

    void scalar(const JsonPath& path, JsonScalar value) override
    {
        if (path.size() < 2)
            fail("the header holds a value that is not a tensor");
        if (path[0] == metadataKey)
            addMetadata(path[1], std::move(value));
        else if (path.size() > 2)
            return;
        else if (path[1] == "dtype")
            setType(value);
        else if (path[1] == "shape")
            m_header.entries.back().extents.push_back(whole(value, "shape"));
        else if (path[1] == "data_offsets")
            m_offsets.push_back(whole(value, "data_offsets"));
    }

    /// Checks the entry that has just been read.
    void finish()
    {
        if (m_header.entries.empty())
            return;
        SafetensorsEntry& entry = m_header.entries.back();
        if (entry.typeName.empty() || !m_inShape || !m_inOffsets)
            fail("tensor " + shown(entry.name) + " lacks dtype, shape or data_offsets");
        if (m_offsets.size() != 2 || m_offsets[0] > m_offsets[1])
            fail("tensor " + shown(entry.name) + " has data_offsets that are not [begin, end]");
        entry.begin = static_cast<std::uint64_t>(m_offsets[0]);
        entry.end = static_cast<std::uint64_t>(m_offsets[1]);
        m_offsets.clear();
        m_inShape = false;
        m_inOffsets = false;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw FormatError(m_place + ": " + what); }

    void addMetadata(const std::string& key, JsonScalar value)
    {
        std::string* text = std::get_if<std::string>(&value);
        if (text == nullptr)
            fail("__metadata__ holds more than text");
        m_header.metadata[key] = std::move(*text);
    }

    void setType(const JsonScalar& value)
    {
        SafetensorsEntry& entry = m_header.entries.back();
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr || text->empty())
            fail("tensor " + shown(entry.name) + " has a dtype that is no text");
        entry.typeName = *text;
        const auto* row = std::ranges::find(typeNames, std::string_view(*text), &TypeName::text);
        if (row != typeNames.end())
            entry.type = row->type;
    }

    std::int64_t whole(const JsonScalar& value, std::string_view what) const
    {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr || *number < 0)
            fail("tensor " + shown(m_header.entries.back().name) + " has a " + std::string(what)
                 + " that is not made of whole numbers from 0");
        return *number;
    }

    const std::string& m_place;
    SafetensorsHeader& m_header;
    std::vector<std::int64_t> m_offsets;
    bool m_inShape = false;
    bool m_inOffsets = false;
};

void checkEntry(const SafetensorsEntry& entry, std::uint64_t dataBytes, const std::string& place)
{
    const std::string where = place + ": tensor " + shown(entry.name);
    if (entry.end > dataBytes)
        throw FormatError(where + " ends at byte " + std::to_string(entry.end) + " of the data, which has "
                          + std::to_string(dataBytes));
    if (!entry.type)
        return;
    const std::uint64_t bytes = entry.end - entry.begin;
    const Shape shape = checkedShape(entry.extents, byteSize(*entry.type), bytes, where);
    if (shape.elements() * byteSize(*entry.type) != bytes)
        throw FormatError(where + " takes " + std::to_string(bytes) + " bytes, " + toString(shape) + " of "
                          + entry.typeName + " needs "
                          + std::to_string(shape.elements() * byteSize(*entry.type)));
}

/// The tensors must cover the data without hole or overlap.
void checkCover(const std::vector<SafetensorsEntry>& entries, std::uint64_t dataBytes,
                const std::string& place)
{
    std::vector<const SafetensorsEntry*> order;
    order.reserve(entries.size());
    for (const SafetensorsEntry& entry : entries)
        order.push_back(&entry);
    std::ranges::sort(order, [](const SafetensorsEntry* a, const SafetensorsEntry* b) {
        return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
    });
    std::uint64_t covered = 0;
    for (const SafetensorsEntry* entry : order) {
        if (entry->begin != covered)
            throw FormatError(place + ": tensor " + shown(entry->name) + " begins at byte "
                              + std::to_string(entry->begin) + " of the data where " + std::to_string(covered)
                              + " is expected (a hole or an overlap)");
        covered = entry->end;
    }
    if (covered != dataBytes)
        throw FormatError(place + ": the tensors end at byte " + std::to_string(covered)
                          + " of the data, which has " + std::to_string(dataBytes));
}

} // namespace

bool startsAsSafetensors(std::string_view head, std::uint64_t fileBytes)
{
    if (head.size() <= prefixBytes || head[prefixBytes] != '{')
        return false;
    const std::uint64_t length = littleEndian64(head);
    return length <= largestHeader && length <= fileBytes - prefixBytes;
}

SafetensorsHeader parseSafetensors(std::span<const std::byte> file, const std::string& place)
{
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (text.size() < prefixBytes)
        throw FormatError(place + ": is too short for a safetensors file");
    const std::uint64_t length = littleEndian64(text);
    if (length > largestHeader || length > text.size() - prefixBytes)
        throw FormatError(place + ": claims a header of " + std::to_string(length) + " bytes, there are "
                          + std::to_string(std::min(largestHeader, text.size() - prefixBytes)));
    if (length == 0 || text[prefixBytes] != '{')
        throw FormatError(place + ": the safetensors header does not begin with {");

    SafetensorsHeader header;
    HeaderVisitor visitor(place, header);
    walkJson(text.substr(prefixBytes, length), deepest, place, visitor);
    visitor.finish();
    const std::uint64_t dataStart = prefixBytes + length;
    const std::uint64_t dataBytes = file.size() - dataStart;
    for (const SafetensorsEntry& entry : header.entries)
        checkEntry(entry, dataBytes, place);
    checkCover(header.entries, dataBytes, place);
    for (SafetensorsEntry& entry : header.entries) {
        entry.begin += dataStart;
        entry.end += dataStart;
    }
    return header;
}

} // namespace engine::formats
