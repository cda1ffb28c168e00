#include "engine/formats/npy_descriptor.h"

#include "engine/base/error.h"
#include "engine/formats/guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace engine::formats {

namespace {

constexpr std::uint64_t largestItem = 1U << 30;
constexpr std::size_t mostFields = 4096;
constexpr std::uint64_t largestElement = 1U << 20; ///< strings and voids [byte]

struct TypeName {
    std::string_view text; ///< kind and size
    DType type;
};

constexpr std::array typeNames = {
    TypeName { "b1", DType::Bool }, TypeName { "u1", DType::U8 },  TypeName { "i1", DType::I8 },
    TypeName { "u2", DType::U16 },  TypeName { "i2", DType::I16 }, TypeName { "u4", DType::U32 },
    TypeName { "i4", DType::I32 },  TypeName { "u8", DType::U64 }, TypeName { "i8", DType::I64 },
    TypeName { "f2", DType::F16 },  TypeName { "f4", DType::F32 }, TypeName { "f8", DType::F64 },
};

/// Why a kind of element is not read, and how to save it so that it is.
struct Refusal {
    char kind;
    std::uint64_t unit; ///< bytes per unit of the written size
    std::string_view problem;
};

constexpr std::array refusals = {
    Refusal { 'O', 0,
              "holds Python objects, which only running code could unpack; save it with "
              "numpy.save(name, numpy.stack(list(array)).astype('f4'))" },
    Refusal { 'c', 1, "holds complex numbers; save array.real and array.imag apart" },
    Refusal { 'S', 1, "holds text; save numbers, for instance with array.astype('f4')" },
    Refusal { 'a', 1, "holds text; save numbers, for instance with array.astype('f4')" },
    Refusal { 'U', 4, "holds text; save numbers, for instance with array.astype('f4')" },
    Refusal { 'V', 1, "holds raw bytes, perhaps bfloat16; save it with array.astype('f4')" },
    Refusal { 'M', 1, "holds dates; save it with array.astype('i8')" },
    Refusal { 'm', 1, "holds time spans; save it with array.astype('i8')" },
    Refusal { 'f', 1, "holds floats of more than 64 bits; save it with array.astype('f8')" },
};

struct Element {
    std::optional<DType> type;
    std::string problem;
    bool bigEndian = false;
    bool pickled = false;
    std::uint64_t bytes = 0;
};

[[noreturn]] void invalid(const std::string& place, const std::string& what)
{
    throw FormatError(place + ": the NumPy header is not valid: " + what);
}

class DescriptorReader {
public:
    explicit DescriptorReader(std::string place)
        : m_place(std::move(place))
    {
    }

    /// Appends the fields of `descriptor`; returns the bytes an item takes.
    std::uint64_t read(const PythonLiteral& descriptor, const NpyField& parent, std::vector<NpyField>& fields)
    {
        if (const std::string* text = descriptor.text()) {
            const Element element = elementOf(*text);
            NpyField field = parent;
            field.type = element.type;
            field.problem = element.problem;
            field.bigEndian = element.bigEndian;
            m_pickled = m_pickled || element.pickled;
            append(std::move(field), fields);
            return element.bytes;
        }
        const PythonLiteral::List* members = descriptor.list();
        if (members == nullptr || members->empty())
            fail("descr is neither a type nor a list of fields");
        std::uint64_t offset = 0;
        for (const PythonLiteral& member : *members)
            offset += readMember(member, parent, offset, fields);
        return checkedBytes(offset);
    }

    bool pickled() const { return m_pickled; }

private:
    [[noreturn]] void fail(const std::string& what) const { invalid(m_place, what); }

    std::uint64_t checkedBytes(std::uint64_t bytes) const
    {
        if (bytes > largestItem)
            fail("one item takes more than " + std::to_string(largestItem) + " bytes");
        return bytes;
    }

    void append(NpyField field, std::vector<NpyField>& fields) const
    {
        if (fields.size() >= mostFields)
            fail("more than " + std::to_string(mostFields) + " fields");
        fields.push_back(std::move(field));
    }

    Element elementOf(std::string_view text) const
    {
        Element element;
        std::string_view rest = text;
        if (!rest.empty() && std::string_view("<>|=").find(rest.front()) != std::string_view::npos) {
            element.bigEndian = rest.front() == '>';
            rest.remove_prefix(1);
        }
        if (rest == "?")
            rest = "b1";
        for (const TypeName& row : typeNames) {
            if (row.text == rest) {
                element.type = row.type;
                element.bytes = byteSize(row.type);
                return element;
            }
        }
        refuse(text, rest, element);
        return element;
    }

    void refuse(std::string_view text, std::string_view rest, Element& element) const
    {
        const auto row =
            rest.empty() ? refusals.end() : std::ranges::find(refusals, rest.front(), &Refusal::kind);
        if (row == refusals.end())
            fail("type " + shown(text) + " is not known");
        element.problem = row->problem;
        element.pickled = row->unit == 0;
        if (element.pickled)
            return;
        std::uint64_t size = 8; // dates carry their unit in brackets instead of a size
        const char* last = rest.data() + rest.size();
        const auto [end, status] = std::from_chars(rest.data() + 1, last, size);
        if (status != std::errc() || (end != last && *end != '[') || size > largestElement)
            fail("type " + shown(text) + " is not known");
        element.bytes = size * row->unit;
    }

    /// ('name', type) or ('name', type, (shape)); the name may be ('title', 'name').
    std::uint64_t readMember(const PythonLiteral& member, const NpyField& parent, std::uint64_t offset,
                             std::vector<NpyField>& fields)
    {
        const PythonLiteral::List* parts = member.list();
        if (parts == nullptr || parts->size() < 2 || parts->size() > 3)
            fail("a field is not (name, type) or (name, type, shape)");
        const std::string& name = nameOf((*parts)[0]);
        NpyField field = parent;
        field.name += (field.name.empty() || name.empty() ? "" : ".") + name;
        field.offset += offset;
        std::uint64_t copies = 1;
        if (parts->size() == 3)
            copies = appendExtents((*parts)[2], field);
        const std::size_t before = fields.size();
        const std::uint64_t bytes = read((*parts)[1], field, fields);
        if (name.empty())
            fields.resize(before); // padding has no name
        if (copies != 0 && bytes > largestItem / copies)
            fail("field " + shown(name) + " takes more than " + std::to_string(largestItem) + " bytes");
        if (copies != 1 && (*parts)[1].list() != nullptr)
            markNested(fields, before);
        return bytes * copies;
    }

    /// Fields of fields that are arrays would need strides between them.
    static void markNested(std::vector<NpyField>& fields, std::size_t first)
    {
        for (std::size_t i = first; i < fields.size(); ++i) {
            fields[i].type.reset();
            fields[i].problem = "is part of an array of structures; save it as an array of its own";
        }
    }

    const std::string& nameOf(const PythonLiteral& name) const
    {
        if (const std::string* text = name.text())
            return *text;
        const PythonLiteral::List* pair = name.list();
        if (pair == nullptr || pair->size() != 2 || (*pair)[1].text() == nullptr)
            fail("a field's name is not a string");
        return *(*pair)[1].text();
    }

    std::uint64_t appendExtents(const PythonLiteral& shape, NpyField& field) const
    {
        std::vector<std::int64_t> extents;
        if (const std::int64_t* single = shape.number())
            extents.push_back(*single);
        else
            extents = npyExtents(shape, m_place);
        std::uint64_t copies = 1;
        for (const std::int64_t extent : extents) {
            if (extent < 0 || (extent != 0 && copies > largestItem / static_cast<std::uint64_t>(extent)))
                fail("the shape of a field holds " + std::to_string(extent));
            copies *= static_cast<std::uint64_t>(extent);
        }
        field.extents.insert(field.extents.end(), extents.begin(), extents.end());
        return copies;
    }

    std::string m_place;
    bool m_pickled = false;
};

} // namespace

NpyItem readNpyDescriptor(const PythonLiteral& descriptor, const std::string& place)
{
    NpyItem item;
    DescriptorReader reader(place);
    item.bytes = reader.read(descriptor, {}, item.fields);
    item.pickled = reader.pickled();
    return item;
}

std::optional<std::string> unreadable(const NpyItem& item)
{
    if (item.fields.empty())
        return "its items have no fields";
    const auto readable = [](const NpyField& field) { return field.type.has_value(); };
    if (!item.pickled && std::ranges::any_of(item.fields, readable))
        return std::nullopt;
    const NpyField& field = *std::ranges::find_if_not(item.fields, readable);
    return field.name.empty() ? field.problem : "field " + field.name + " " + field.problem;
}

std::vector<std::int64_t> npyExtents(const PythonLiteral& shape, const std::string& place)
{
    const PythonLiteral::List* list = shape.list();
    if (list == nullptr)
        invalid(place, "shape is not a tuple");
    std::vector<std::int64_t> extents;
    for (const PythonLiteral& extent : *list) {
        if (extent.number() == nullptr)
            invalid(place, "shape holds something other than whole numbers");
        extents.push_back(*extent.number());
    }
    return extents;
}

} // namespace engine::formats
