#include "tests/layering_rules.h"

#include <algorithm>
#include <sstream>

namespace layering {

namespace {

constexpr std::size_t mostLines = 500;

using Folders = std::vector<std::string_view>;

/// A folder and those it may include besides itself. The first row whose folder holds the file counts.
struct Edge {
    std::string_view folder;
    Folders allowed;
};

const std::vector<Edge>& edges()
{
    static const Folders low = { "engine/base", "engine/bits", "engine/tensor", "engine/network" };
    static const Folders dramBelow = { "engine/base", "engine/bits", "engine/tensor", "engine/network",
                                       "engine/dram" };
    static const Folders weightsBelow = { "engine/base", "engine/bits", "engine/tensor", "engine/network",
                                          "engine/weights" };
    static const std::vector<Edge> table = {
        { "engine/base", {} },
        { "engine/bits", { "engine/base" } },
        { "engine/tensor", { "engine/base", "engine/bits" } },
        { "engine/network", { "engine/base", "engine/bits", "engine/tensor" } },
        { "engine/formats", low },
        { "engine/codec", low },
        { "engine/weights", low },
        { "engine/dram", low },
        { "engine/locality", dramBelow },
        { "engine/cim", low },
        { "engine/eie", weightsBelow },
        { "engine/nn", low },
        { "analysis", { "engine" } },
        { "widgets", { "analysis", "engine" } },
        { "app", { "widgets", "analysis", "engine" } },
    };
    return table;
}

/// Libraries that stay behind one part.
struct Guarded {
    std::string_view header; ///< or the beginning of it
    Folders folders;
    bool sourcesOnly;
};

const std::vector<Guarded>& guardedHeaders()
{
    static const std::vector<Guarded> table = {
        { "qcustomplot.h", { "widgets/chart", "widgets/tensor" }, true },
        { "Eigen/", { "engine/nn", "engine/cim", "engine/locality" }, true },
        { "hdf5", { "engine/formats" }, false },
        { "dnnl", { "engine/nn" }, false },
        { "oneapi/", { "engine/nn" }, false },
        { "onnx/", { "engine/formats" }, false },
        { "google/protobuf/", { "engine/formats" }, false },
        { "zip.h", { "engine/formats" }, false },
        { "zlib.h", { "engine/formats" }, false },
        { "CLI/", { "app" }, false },
    };
    return table;
}

bool isIn(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

bool isInAny(std::string_view path, const Folders& folders)
{
    return std::ranges::any_of(folders, [&](std::string_view folder) { return isIn(path, folder); });
}

std::string sentence(const std::string& path, const std::string& header, const std::string& why)
{
    return path + " includes " + header + ": " + why;
}

std::string wrongEdge(const std::string& path, const std::string& header)
{
    const auto edge =
        std::ranges::find_if(edges(), [&](const Edge& each) { return isIn(path, each.folder); });
    if (edge == edges().end())
        return path + ": its folder has no row in the table of layers";
    if (header.ends_with(".moc") && header.find('/') == std::string::npos)
        return {};
    if (isIn(header, edge->folder) || isInAny(header, edge->allowed))
        return {};
    return sentence(path, header, "not a layer below " + std::string(edge->folder));
}

std::string wrongLibrary(const std::string& path, const std::string& header)
{
    for (const Guarded& guarded : guardedHeaders()) {
        if (!header.starts_with(guarded.header))
            continue;
        if (!isInAny(path, guarded.folders))
            return sentence(path, header, "it stays inside " + std::string(guarded.folders.front()));
        if (guarded.sourcesOnly && !path.ends_with(".cpp"))
            return sentence(path, header, "only a .cpp may");
    }
    return {};
}

} // namespace

Rules::Rules(std::filesystem::path qtHeaders)
    : m_qtHeaders(std::move(qtHeaders))
{
}

std::string Rules::wrongQtHeader(const std::string& path, const std::string& header) const
{
    if (header == "QtCore" || header == "QtGui" || header == "QtWidgets")
        return sentence(path, header, "a whole Qt module; name the class");
    const std::string name = header.substr(header.rfind('/') + 1);
    if (!name.starts_with("Q"))
        return {};
    if (isIn(path, "engine"))
        return sentence(path, header, "the engine knows no Qt");
    if (!isIn(path, "analysis"))
        return {};
    if ((name == "QImage" || name == "QImageReader") && isIn(path, "analysis/dataset"))
        return {};
    for (const char* module : { "QtCore", "QtConcurrent" }) {
        if (std::filesystem::exists(m_qtHeaders / module / name))
            return {};
    }
    return sentence(path, header, "analysis takes QtCore and QtConcurrent only");
}

std::string Rules::wrongInclude(const std::string& path, const std::string& header, bool quoted) const
{
    if (std::string wrong = wrongLibrary(path, header); !wrong.empty())
        return wrong;
    return quoted ? wrongEdge(path, header) : wrongQtHeader(path, header);
}

std::vector<std::string> Rules::check(const std::string& path, std::string_view text) const
{
    std::vector<std::string> wrong;
    std::istringstream lines { std::string(text) };
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        std::istringstream words(line);
        char hash = 0;
        std::string directive;
        words >> hash >> directive;
        if (hash != '#' || !directive.starts_with("include") || isIn(path, "tests"))
            continue;
        const std::size_t first = line.find_first_of("<\"");
        const std::size_t last = line.find_last_of(">\"");
        if (first == std::string::npos || last <= first)
            continue;
        const std::string header = line.substr(first + 1, last - first - 1);
        if (std::string one = wrongInclude(path, header, line[first] == '"'); !one.empty())
            wrong.push_back(std::move(one));
    }
    if (count > mostLines)
        wrong.push_back(path + " has " + std::to_string(count) + " lines, more than "
                        + std::to_string(mostLines));
    return wrong;
}

} // namespace layering
