#include "engine/formats/onnx_reader.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/guard.h"
#include "engine/formats/onnx_graph.h"
#include "engine/formats/onnx_wire.h"
#include "engine/network/shape_inference.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>

namespace engine::formats {

namespace {

constexpr std::size_t longestFact = 1000; ///< [byte]
constexpr int mostFacts = 50;

onnx::ModelProto parseModel(const MappedFile& file)
{
    const std::string place = file.path().string();
    const std::string reduced = reduceOnnx(file.bytes(), place);
    if (reduced.size() > std::numeric_limits<int>::max())
        throw FormatError(place + ": holds more than 2 GB outside its large tensors");
    onnx::ModelProto model;
    if (!model.ParseFromArray(reduced.data(), static_cast<int>(reduced.size())))
        throw FormatError(place + ": is not an ONNX network, or is damaged");
    if (!model.has_graph())
        throw FormatError(place + ": holds no network");
    return model;
}

void addFact(Dataset& dataset, const std::string& key, const std::string& text)
{
    if (!text.empty())
        dataset.facts.insert_or_assign(key, text.substr(0, longestFact));
}

void addFacts(Dataset& dataset, const onnx::ModelProto& model)
{
    const std::string version = model.producer_version();
    addFact(dataset, "producer", model.producer_name() + (version.empty() ? "" : " " + version));
    addFact(dataset, "ir_version", std::to_string(model.ir_version()));
    addFact(dataset, "network", model.graph().name());
    for (const auto& opset : model.opset_import()) {
        const bool standard = opset.domain().empty() || opset.domain() == "ai.onnx";
        addFact(dataset, standard ? "opset" : "opset " + opset.domain(), std::to_string(opset.version()));
    }
    for (int i = 0; i < std::min(model.metadata_props_size(), mostFacts); ++i)
        addFact(dataset, model.metadata_props(i).key(), model.metadata_props(i).value());
}

/// Files older than the field that says so follow the first version.
std::int64_t opsetOf(const onnx::ModelProto& model)
{
    std::int64_t version = 1;
    for (const auto& opset : model.opset_import()) {
        if (opset.domain().empty() || opset.domain() == "ai.onnx")
            version = std::max<std::int64_t>(version, opset.version());
    }
    return version;
}

} // namespace

bool recogniseOnnx(std::string_view head, const std::filesystem::path&)
{
    // ir_version comes first: tag 0x08 and a small number; then producer, domain, version, doc, graph or
    // opset.
    constexpr std::string_view nextTags = "\x12\x1a\x22\x28\x32\x3a\x42";
    return head.size() > 2 && head[0] == '\x08' && head[1] > 0 && head[1] < 64
        && nextTags.find(head[2]) != std::string_view::npos;
}

Dataset readOnnx(const std::filesystem::path& path, const Control& control)
{
    const auto file = MappedFile::open(path);
    const onnx::ModelProto model = parseModel(*file);
    if (control.stopped())
        return {};
    Dataset dataset;
    dataset.title = titleOf(path);
    dataset.format = "onnx";
    addFacts(dataset, model);

    OnnxTensors tensors(file);
    OnnxGraph converted = convertOnnxGraph(model.graph(), tensors, path.string());
    converted.graph.opset = opsetOf(model);
    try {
        sortTopologically(converted.graph);
    } catch (const FormatError& error) {
        throw FormatError(path.string() + ": " + error.what());
    }
    dataset.remarks = std::move(converted.remarks);
    std::ranges::move(inferShapes(converted.graph, converted.hints), std::back_inserter(dataset.remarks));
    dataset.graph = std::make_shared<const Graph>(std::move(converted.graph));
    buildLayers(dataset);
    return dataset;
}

} // namespace engine::formats
