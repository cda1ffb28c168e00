#include "analysis/activation/capture_sink.h"

#include "analysis/activation/subject.h"
#include "engine/base/error.h"

#include <QFile>

#include <algorithm>
#include <unistd.h>

namespace analysis {

std::optional<CapturedNode> capturedNode(const engine::Graph& graph, std::size_t node)
{
    const std::vector<std::string>& outputs = graph.nodes[node].outputs;
    const engine::Shape* shape = outputs.empty() ? nullptr : graph.shape(outputs.front());
    if (shape == nullptr || shape->rank() == 0)
        return std::nullopt;
    const std::vector<std::int64_t>& extents = shape->extents();
    return CapturedNode { node,
                          engine::Shape(std::vector<std::int64_t>(extents.begin() + 1, extents.end())),
                          {} };
}

std::vector<CapturedNode> chooseNodes(const engine::Graph& graph, const QString& glob)
{
    const QRegularExpression pattern = globPattern(glob);
    std::vector<CapturedNode> chosen;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const std::optional<CapturedNode> node = capturedNode(graph, i);
        if (node && pattern.match(QString::fromStdString(graph.nodes[i].name)).hasMatch())
            chosen.push_back(*node);
    }
    if (chosen.empty())
        throw engine::ParameterError("layers: \"" + glob.toStdString() + "\" names no layer of the network");
    return chosen;
}

std::uint64_t memoryCap()
{
    return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES))
        * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 4;
}

StatisticsSink::StatisticsSink(const std::vector<CapturedNode>& nodes)
{
    for (const CapturedNode& node : nodes)
        m_batches[node.node];
}

void StatisticsSink::take(const engine::nn::NodeOutput& output)
{
    engine::Statistics facts;
    facts.add(output.values);
    const std::scoped_lock lock(m_mutex);
    m_batches[output.node][output.firstImage] = facts;
}

void StatisticsSink::finish(std::vector<CapturedNode>& nodes) const
{
    for (CapturedNode& node : nodes) {
        node.facts = {};
        for (const auto& [firstImage, facts] : m_batches.at(node.node))
            node.facts.add(facts);
    }
}

MemorySink::MemorySink(const std::vector<CapturedNode>& nodes, std::size_t images)
{
    std::uint64_t bytes = 0;
    for (const CapturedNode& node : nodes)
        bytes += node.shape.elements() * images * sizeof(float);
    if (bytes > memoryCap())
        throw engine::ParameterError("activations: keeping them takes " + std::to_string(bytes >> 20)
                                     + " MiB of memory, at most " + std::to_string(memoryCap() >> 20)
                                     + " are allowed; lower the limit of images or name fewer layers");
    for (const CapturedNode& node : nodes)
        m_values[node.node] = std::make_shared<std::vector<float>>(node.shape.elements() * images);
}

void MemorySink::take(const engine::nn::NodeOutput& output)
{
    std::vector<float>& values = *m_values.at(output.node);
    const std::size_t perImage = output.values.size() / std::max<std::size_t>(1, output.images);
    std::copy(output.values.begin(), output.values.end(),
              values.begin() + static_cast<std::ptrdiff_t>(output.firstImage * perImage));
}

std::vector<engine::Tensor> MemorySink::tensors(const engine::Graph& graph,
                                                const std::vector<CapturedNode>& nodes,
                                                std::size_t images) const
{
    std::vector<engine::Tensor> tensors;
    for (const CapturedNode& captured : nodes) {
        const engine::Node& node = graph.nodes[captured.node];
        std::vector<std::int64_t> extents = captured.shape.extents();
        extents.insert(extents.begin(), static_cast<std::int64_t>(images));
        engine::Tensor tensor;
        tensor.name = node.name;
        tensor.layer = node.name;
        tensor.op = node.op;
        tensor.shape = engine::Shape(extents);
        tensor.layout = extents.size() == 4 ? "NCHW" : extents.size() == 2 ? "NF" : "";
        tensor.role = engine::Role::Activation;
        const std::shared_ptr<std::vector<float>>& values = m_values.at(captured.node);
        values->resize(tensor.shape.elements());
        tensor.source =
            engine::memorySource(tensor.shape, engine::DType::F32, std::as_bytes(std::span(*values)), values);
        tensors.push_back(std::move(tensor));
    }
    return tensors;
}

namespace {

/// 8 bits over the range of a node: from 0 when nothing is negative, else symmetric about 128.
engine::Quantisation eightBits(const engine::Statistics& facts)
{
    const double largest = std::max(std::abs(facts.minimum), std::abs(facts.maximum));
    const bool isSigned = facts.minimum < 0;
    const double levels = isSigned ? 127 : 255;
    return { .scale = facts.count > 0 && largest > 0 ? largest / levels : 1,
             .zeroPoint = isSigned ? 128 : 0,
             .bits = 8 };
}

} // namespace

DumpSink::DumpSink(const QString& path, const engine::Dataset& network, const QString& pictures,
                   const std::vector<CapturedNode>& nodes, std::size_t images, engine::DType type)
    : m_writer(QFile::encodeName(path).toStdString(),
               { .network = network.title,
                 .framework = "Tessera " TESSERA_VERSION,
                 .dataset = pictures.toStdString() })
{
    int index = 0;
    for (const CapturedNode& captured : nodes) {
        const engine::Node& node = network.graph->nodes[captured.node];
        engine::formats::ActivationInfo info;
        info.name = node.name;
        info.op = node.op;
        info.shapePerImage = captured.shape;
        info.type = type;
        info.layout = captured.shape.rank() == 3 ? "NCHW" : captured.shape.rank() == 1 ? "NF" : "";
        info.index = index++;
        info.producer = node.inputs.empty() ? std::string() : node.inputs.front();
        if (type == engine::DType::U8)
            info.quantisation = eightBits(captured.facts);
        m_handles[captured.node] = m_writer.addActivation(info, images);
    }
}

void DumpSink::take(const engine::nn::NodeOutput& output)
{
    m_writer.write(m_handles.at(output.node), output.firstImage, output.values);
}

} // namespace analysis
