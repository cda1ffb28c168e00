#include "analysis/dataset/trace.h"

#include "engine/dram/trace/format.h"

#include <filesystem>

namespace analysis {

namespace dram = engine::dram;

namespace {

bool recognise(std::string_view, const std::filesystem::path& path)
{
    try {
        return std::filesystem::is_regular_file(path) && !dram::recogniseTrace(path).id.empty();
    } catch (const std::exception&) {
        return false;
    }
}

engine::Dataset read(const std::filesystem::path& path, const engine::Control&)
{
    const dram::TraceFormat& format = dram::recogniseTrace(path);
    engine::Dataset dataset;
    dataset.title = path.stem().string();
    dataset.format = "trace";
    dataset.trace = format.id;
    dataset.facts = { { "Requests as", std::string(format.title) },
                      { "Arrival",
                        format.cycles ? "cycle on every line" : "as fast as requests are taken" } };
    return dataset;
}

} // namespace

engine::formats::Reader traceReader()
{
    return { "trace", "Request trace", { ".trc", ".stl", ".trace" }, recognise, read };
}

} // namespace analysis
