#pragma once

#include "engine/base/control.h"
#include "engine/network/graph.h"
#include "engine/nn/preprocess.h"

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace engine::nn {

/// The output of one node for one batch of images.
struct NodeOutput {
    std::size_t node = 0; ///< index into Graph::nodes
    std::size_t firstImage = 0;
    std::size_t images = 0;
    Shape shape {}; ///< with the batch
    std::span<const float> values {}; ///< row-major (N, C, H, W) or (N, F); valid during the call
};

struct RunOptions {
    std::size_t batch = 0; ///< images a worker runs at once; 0 = chosen so that it fits the cache
    std::size_t limit = 0; ///< images at most; 0 = all
    /// Nodes whose outputs are wanted, by index; the rest may be fused away. Outputs of the graph are always
    /// given.
    std::set<std::size_t> tapped {};
    /// Called for each tapped node and batch, from the worker threads, at the same time for different
    /// batches; not for a node that does not depend on the input.
    std::function<void(unsigned worker, const NodeOutput&)> tap {};
    /// Nodes whose outputs `edit` may change before anybody reads them, taps included.
    std::set<std::size_t> edited {};
    /// Called for each edited node and batch like `tap`; changes `values` (those of the NodeOutput) in place.
    std::function<void(unsigned worker, const NodeOutput&, std::span<float> values)> edit {};
    /// The edit treats every value alike and leaves 0 at 0: it is given the values as they lie in memory, in
    /// an order of their own and perhaps with zeros between them, which is faster.
    bool editsAnyOrder = false;
};

struct RunResult {
    std::size_t images = 0; ///< done without a gap from the first; fewer than asked when stopped
    Shape outputShape; ///< of one image
    std::vector<float> outputs; ///< first output of the graph, images in order
};

/// A network made ready to run forward in float32 (oneDNN). Weights are reordered once.
///
/// Shape   input (N, C, H, W) or (N, F); batches are split over threads with parallelFor, one oneDNN thread
///         each. A network that mixes images (moves or reduces the outermost axis) runs one at a time.
/// Errors  the constructor throws FormatError naming the node for an operator that cannot be run, ShapeError
///         for shapes that do not fit; run() throws what reading the images throws, and ShapeError naming
///         the picture that does not fit the input.
/// Threads run() may be called from several at once.
class Runner {
public:
    explicit Runner(std::shared_ptr<const Graph> graph);
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    const Shape& inputShape() const; ///< of one image: (C, H, W) or (F)

    RunResult run(const ImageSet& images, const Recipe& recipe, const RunOptions& options,
                  const Control& control) const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine::nn
