#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace layering {

/// Who may include what, as architecture.md and style.md say it.
class Rules {
public:
    /// `qtHeaders`: the folder that holds QtCore, QtGui, ... to tell which module a header belongs to.
    explicit Rules(std::filesystem::path qtHeaders);

    /// One sentence for each thing that is wrong in a file. `path` is relative to the root:
    /// "engine/bits/x.h".
    std::vector<std::string> check(const std::string& path, std::string_view text) const;

private:
    std::string wrongInclude(const std::string& path, const std::string& header, bool quoted) const;
    std::string wrongQtHeader(const std::string& path, const std::string& header) const;

    std::filesystem::path m_qtHeaders;
};

} // namespace layering
