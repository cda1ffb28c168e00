#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace engine::formats {

/// A kind of file that no reader opens, and the way out.
struct Unsupported {
    std::string what; ///< with article: "a PyTorch checkpoint (zip)"
    std::string remedy; ///< a command line, or a sentence without its full stop
};

/// What the first bytes say, or else, when `bySuffix`, the name. Nothing when neither is known.
std::optional<Unsupported> detectUnsupported(std::string_view head, const std::filesystem::path& path,
                                             bool bySuffix);

} // namespace engine::formats
