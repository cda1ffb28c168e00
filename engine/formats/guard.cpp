#include "engine/formats/guard.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unistd.h>

namespace engine::formats {

namespace {

constexpr std::uint64_t deflateRatio = 1032;
constexpr std::uint64_t smallBlock = 1U << 16;

std::uint64_t physicalMemory()
{
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageBytes = ::sysconf(_SC_PAGE_SIZE);
    return static_cast<std::uint64_t>(std::max(pages, 1L))
        * static_cast<std::uint64_t>(std::max(pageBytes, 1L));
}

bool sameLetter(char a, char b)
{
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

} // namespace

std::uint64_t unpackLimit(std::uint64_t packedBytes)
{
    const std::uint64_t memory = physicalMemory() / 2;
    return packedBytes > memory / deflateRatio ? memory : std::max(packedBytes * deflateRatio, smallBlock);
}

void checkUnpackedSize(std::uint64_t packedBytes, std::uint64_t unpackedBytes, const std::string& place)
{
    const std::uint64_t limit = unpackLimit(packedBytes);
    if (unpackedBytes > limit)
        throw FormatError(place + ": claims to unpack to " + std::to_string(unpackedBytes) + " bytes; from "
                          + std::to_string(packedBytes) + " packed bytes at most " + std::to_string(limit)
                          + " can be unpacked here");
}

std::string titleOf(const std::filesystem::path& path)
{
    static constexpr std::array<std::string_view, 3> storage = { ".safetensors.index.json", ".index.json",
                                                                 ".gz" };
    std::filesystem::path name = path.filename();
    for (const std::string_view suffix : storage) {
        if (!hasSuffix(name, suffix))
            continue;
        const std::string text = name.string();
        name = text.substr(0, text.size() - suffix.size());
        if (suffix != ".gz")
            return name.string();
    }
    const std::string stem = name.stem().string();
    return stem.empty() ? path.filename().string() : stem;
}

std::string shown(std::string_view text)
{
    static constexpr std::size_t most = 40;
    std::string result = "\"";
    for (const char c : text.substr(0, most))
        result += c >= ' ' && c <= '~' ? c : '?';
    return result + (text.size() > most ? "...\"" : "\"");
}

bool hasSuffix(const std::filesystem::path& path, std::string_view suffix)
{
    const std::string name = path.filename().string();
    return name.size() > suffix.size()
        && std::equal(suffix.rbegin(), suffix.rend(), name.rbegin(), sameLetter);
}

} // namespace engine::formats
