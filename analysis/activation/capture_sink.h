#pragma once

#include "analysis/dataset/dataset.h"
#include "engine/formats/dump_writer.h"
#include "engine/nn/runner.h"
#include "engine/tensor/statistics.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace analysis {

/// A node whose output is captured.
struct CapturedNode {
    std::size_t node = 0; ///< index into Graph::nodes
    engine::Shape shape; ///< of one image
    engine::Statistics facts;
};

/// A node of the graph; nothing when the shape of its output is not known.
std::optional<CapturedNode> capturedNode(const engine::Graph& graph, std::size_t node);

/// The nodes of a graph whose output shape is known and whose name `wanted` accepts.
/// Errors  engine::ParameterError naming the pattern when there is none.
std::vector<CapturedNode> chooseNodes(const engine::Graph& graph, const QString& glob);

/// Statistics per node, gathered from batches in any order and joined in the order of the images.
class StatisticsSink {
public:
    explicit StatisticsSink(const std::vector<CapturedNode>& nodes);

    void take(const engine::nn::NodeOutput& output);
    void finish(std::vector<CapturedNode>& nodes) const;

private:
    using Batches = std::map<std::size_t, engine::Statistics>;

    std::mutex m_mutex;
    std::map<std::size_t, Batches> m_batches; ///< by node, then by first image
};

/// Keeps all outputs in memory, as tensors (N, C, H, W).
class MemorySink {
public:
    /// Errors  engine::ParameterError when it would take more than a quarter of the machine's memory.
    MemorySink(const std::vector<CapturedNode>& nodes, std::size_t images);

    void take(const engine::nn::NodeOutput& output);
    /// The tensors with layer names of `graph`; `images` fewer than asked when stopped.
    std::vector<engine::Tensor> tensors(const engine::Graph& graph, const std::vector<CapturedNode>& nodes,
                                        std::size_t images) const;

private:
    std::map<std::size_t, std::shared_ptr<std::vector<float>>> m_values;
};

/// Writes all outputs into an HDF5 dump. For 8-bit dumps the ranges must be known from an earlier run.
class DumpSink {
public:
    DumpSink(const QString& path, const engine::Dataset& network, const QString& pictures,
             const std::vector<CapturedNode>& nodes, std::size_t images, engine::DType type);

    void take(const engine::nn::NodeOutput& output);
    engine::formats::DumpWriter& writer() { return m_writer; }

private:
    engine::formats::DumpWriter m_writer;
    std::map<std::size_t, std::size_t> m_handles;
};

/// Share of the machine's memory one run may take [byte].
std::uint64_t memoryCap();

} // namespace analysis
