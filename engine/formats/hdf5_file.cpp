#include "engine/formats/hdf5_file.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace engine::formats {

namespace {

constexpr std::array<unsigned char, 8> signature = { 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n' };

std::uint64_t littleEndian(std::span<const std::byte> bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
    return value;
}

/// Length the file says it has, at a place that depends on the version of the superblock.
std::optional<std::uint64_t> statedLength(std::span<const std::byte> bytes, std::uint64_t start)
{
    constexpr std::uint64_t addressBytes = 8;
    constexpr std::uint64_t largestSuperblock = 96;
    if (bytes.size() - start < largestSuperblock)
        return std::nullopt;
    const auto block = bytes.subspan(start);
    const auto version = std::to_integer<unsigned>(block[8]);
    const std::size_t sizeAt = version < 2 ? 13 : 9;
    const std::size_t addressesAt = version == 0 ? 24 : version == 1 ? 28 : 12;
    if (version > 3 || std::to_integer<std::uint64_t>(block[sizeAt]) != addressBytes)
        return std::nullopt;
    return littleEndian(block.subspan(addressesAt + 2 * addressBytes, addressBytes));
}

void checkComplete(const MappedFile& file)
{
    const std::string name = file.path().string();
    const auto start = hdf5Signature(file.bytes());
    if (!start)
        throw FormatError(name + ": is not an HDF5 file");
    const std::uint64_t length = file.bytes().size();
    const std::uint64_t stated = statedLength(file.bytes(), *start).value_or(length);
    if (stated > length)
        throw FormatError(name + ": is cut off: it has " + std::to_string(length) + " bytes of "
                              + std::to_string(stated),
                          length);
}

extern "C" herr_t keepInnermost(unsigned, const H5E_error2_t* error, void* data)
{
    auto& text = *static_cast<std::string*>(data);
    if (text.empty() && error->desc != nullptr)
        text = error->desc;
    return 0;
}

bool standsAlone = false; ///< set in a child process, before anything else

/// An attribute with its type and number of elements.
struct OpenAttribute {
    Hdf5Handle attribute = {};
    Hdf5Handle type = {};
    Hdf5Handle space = {};
    std::size_t elements = 0;
};

std::optional<OpenAttribute> openAttribute(hid_t object, const char* name, H5T_class_t wanted)
{
    constexpr hssize_t mostElements = 1 << 20;
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    OpenAttribute result;
    result.attribute = Hdf5Handle(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    if (!result.attribute)
        return std::nullopt;
    result.type = Hdf5Handle(H5Aget_type(result.attribute.id()), H5Tclose);
    result.space = Hdf5Handle(H5Aget_space(result.attribute.id()), H5Sclose);
    if (!result.type || !result.space || H5Tget_class(result.type.id()) != wanted)
        return std::nullopt;
    const hssize_t elements = H5Sget_simple_extent_npoints(result.space.id());
    if (elements < 1 || elements > mostElements)
        return std::nullopt;
    result.elements = static_cast<std::size_t>(elements);
    return result;
}

std::vector<std::string> variableTexts(const OpenAttribute& open)
{
    std::vector<char*> pointers(open.elements, nullptr);
    const Hdf5Handle memory(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(memory.id(), H5T_VARIABLE);
    H5Tset_cset(memory.id(), H5Tget_cset(open.type.id()));
    if (H5Aread(open.attribute.id(), memory.id(), pointers.data()) < 0)
        return {};
    std::vector<std::string> texts;
    for (const char* pointer : pointers)
        texts.emplace_back(pointer != nullptr ? pointer : "");
    H5Dvlen_reclaim(memory.id(), open.space.id(), H5P_DEFAULT, pointers.data());
    return texts;
}

std::vector<std::string> fixedTexts(const OpenAttribute& open)
{
    constexpr std::size_t mostBytes = 16U << 20;
    const std::size_t length = H5Tget_size(open.type.id());
    if (length == 0 || length > mostBytes / open.elements)
        return {};
    std::vector<char> characters(open.elements * length);
    if (H5Aread(open.attribute.id(), open.type.id(), characters.data()) < 0)
        return {};
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < open.elements; ++i) {
        const std::string_view text(characters.data() + i * length, length);
        const std::size_t last = text.substr(0, text.find('\0')).find_last_not_of(' ');
        texts.emplace_back(text.substr(0, last == std::string_view::npos ? 0 : last + 1));
    }
    return texts;
}

} // namespace

Hdf5Session::Hdf5Session()
    : m_lock(mutex(), std::defer_lock)
{
    if (!standsAlone)
        m_lock.lock();
    // Each thread has an error stack of its own, which prints unless told not to.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::recursive_mutex& Hdf5Session::mutex()
{
    static std::recursive_mutex instance;
    return instance;
}

std::string Hdf5Session::reason()
{
    std::string text;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepInnermost, &text);
    return text;
}

void Hdf5Session::standAlone()
{
    standsAlone = true;
}

Hdf5Handle::~Hdf5Handle()
{
    if (m_id >= 0)
        m_close(m_id);
}

std::shared_ptr<const Hdf5File> Hdf5File::open(const std::filesystem::path& path)
{
    std::shared_ptr<Hdf5File> result(new Hdf5File);
    result->m_mapped = MappedFile::open(path);
    checkComplete(*result->m_mapped);

    const Hdf5Session session;
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_file_locking(access.id(), 0, 1);
    H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG);
    result->m_file = Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose);
    if (!result->m_file)
        throw FormatError(path.string() + ": is a damaged HDF5 file (" + Hdf5Session::reason() + ")");
    return result;
}

Hdf5File::~Hdf5File()
{
    const Hdf5Session session;
    m_file = {};
}

std::optional<std::uint64_t> hdf5Signature(std::span<const std::byte> bytes)
{
    for (std::uint64_t start = 0; start < bytes.size(); start = start == 0 ? 512 : 2 * start) {
        if (bytes.size() - start >= signature.size()
            && std::memcmp(bytes.data() + start, signature.data(), signature.size()) == 0)
            return start;
    }
    return std::nullopt;
}

std::optional<std::string> hdf5Text(hid_t object, const char* name)
{
    std::vector<std::string> texts = hdf5Texts(object, name);
    return texts.size() == 1 ? std::optional(std::move(texts.front())) : std::nullopt;
}

std::optional<double> hdf5Number(hid_t object, const char* name)
{
    for (const H5T_class_t kind : { H5T_INTEGER, H5T_FLOAT }) {
        const auto open = openAttribute(object, name, kind);
        double value = 0;
        if (open && open->elements == 1 && H5Aread(open->attribute.id(), H5T_NATIVE_DOUBLE, &value) >= 0)
            return value;
    }
    return std::nullopt;
}

std::vector<std::string> hdf5Texts(hid_t object, const char* name)
{
    const auto open = openAttribute(object, name, H5T_STRING);
    if (!open)
        return {};
    return H5Tis_variable_str(open->type.id()) > 0 ? variableTexts(*open) : fixedTexts(*open);
}

} // namespace engine::formats
