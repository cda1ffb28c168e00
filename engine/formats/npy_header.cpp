#include "engine/formats/npy_header.h"

#include "engine/base/error.h"
#include "engine/formats/python_literal.h"

namespace engine::formats {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::uint64_t largestHeader = 1U << 20;
const PythonLiteral& entry(const PythonLiteral::Dict& dict, std::string_view key, const std::string& place)
{
    const PythonLiteral* found = dict.find(key);
    if (found == nullptr)
        throw FormatError(place + ": the NumPy header is not valid: '" + std::string(key) + "' is missing");
    return *found;
}

PythonLiteral parseText(std::string_view text, const std::string& place)
{
    try {
        return parsePythonLiteral(text);
    } catch (const FormatError& error) {
        throw FormatError(place + ": the NumPy header is not valid: " + error.what(), error.offset());
    }
}

std::uint64_t littleEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

} // namespace

std::uint64_t npyHeaderBytes(std::string_view prefix, const std::string& place)
{
    if (!prefix.starts_with(magic))
        throw FormatError(place + ": is not a NumPy array (it does not begin with \\x93NUMPY)");
    if (prefix.size() < npyPrefixBytes)
        throw FormatError(place + ": ends within the NumPy header");
    const int version = static_cast<unsigned char>(prefix[6]);
    if (version < 1 || version > 3)
        throw FormatError(place + ": is of NumPy format version " + std::to_string(version)
                          + ", known are 1 to 3");
    const std::size_t lengthBytes = version == 1 ? 2 : 4;
    const std::uint64_t text = littleEndian(prefix.substr(8, lengthBytes));
    if (text > largestHeader)
        throw FormatError(place + ": the NumPy header claims " + std::to_string(text) + " bytes, more than "
                          + std::to_string(largestHeader));
    return 8 + lengthBytes + text;
}

NpyHeader parseNpyHeader(std::string_view bytes, const std::string& place)
{
    const std::uint64_t size = npyHeaderBytes(bytes.substr(0, npyPrefixBytes), place);
    if (size > bytes.size())
        throw FormatError(place + ": the NumPy header claims " + std::to_string(size)
                          + " bytes, the file has " + std::to_string(bytes.size()));
    const std::size_t start = bytes[6] == '\x01' ? 10 : 12;
    const PythonLiteral literal = parseText(bytes.substr(start, size - start), place);
    if (literal.dict() == nullptr)
        throw FormatError(place + ": the NumPy header is not valid: it is not a dict");
    const PythonLiteral::Dict& dict = *literal.dict();

    NpyHeader header;
    header.item = readNpyDescriptor(entry(dict, "descr", place), place);
    header.extents = npyExtents(entry(dict, "shape", place), place);
    const bool* fortran = entry(dict, "fortran_order", place).flag();
    if (fortran == nullptr)
        throw FormatError(place + ": the NumPy header is not valid: fortran_order is not True or False");
    header.fortranOrder = *fortran;
    header.dataOffset = size;
    return header;
}

} // namespace engine::formats
