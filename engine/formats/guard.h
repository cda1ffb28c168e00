#pragma once

#include "engine/base/control.h"
#include "engine/base/error.h"
#include "engine/network/dataset.h"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>

namespace engine::formats {

/// Wraps a reader for its row of the catalogue: whatever a library throws leaves as a FormatError that names
/// the file, so that callers need to know engine::Error only.
template <Dataset (*Read)(const std::filesystem::path&, const Control&)>
Dataset guarded(const std::filesystem::path& path, const Control& control)
{
    try {
        return Read(path, control);
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw FormatError(path.string() + ": asks for more memory than there is");
    } catch (const std::exception& error) {
        throw FormatError(path.string() + ": is damaged (" + error.what() + ")");
    }
}

/// The most that `packedBytes` may unpack to: deflate never packs better than 1032 to 1, and half of the
/// machine's memory must stay free.
std::uint64_t unpackLimit(std::uint64_t packedBytes);

/// Errors  FormatError naming `place` when `unpackedBytes` is beyond unpackLimit().
void checkUnpackedSize(std::uint64_t packedBytes, std::uint64_t unpackedBytes, const std::string& place);

/// A file's name without the suffixes that only say how it is stored: "mnet" of "mnet.bin.gz",
/// "net" of "net.safetensors.index.json".
std::string titleOf(const std::filesystem::path& path);

/// A piece of a file as it may be shown: in quotation marks, at most 40 bytes, nothing unprintable.
std::string shown(std::string_view text);

/// True when the name ends in `suffix`, whatever the case.
bool hasSuffix(const std::filesystem::path& path, std::string_view suffix);

} // namespace engine::formats
