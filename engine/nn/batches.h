#pragma once

#include "engine/base/control.h"
#include "engine/nn/plan_builder.h"
#include "engine/nn/preprocess.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace engine::nn {

/// Images a worker runs at once so that the activations around one node fit a second-level cache.
std::size_t fittingBatch(const Graph& graph);

/// Errors  ShapeError naming `what` when it takes more than a quarter of the machine's memory.
void checkMemory(const std::string& what, std::uint64_t bytes);

/// The plan, for one image at a time when the network mixes images. Errors  those of PlanBuilder.
std::shared_ptr<Plan> buildPlan(const Graph& graph, PlanRequest request);

/// Without the batch; a result that mixes images has none to take away.
Shape perImageShape(const Shape& shape, std::size_t batch);
/// The shape of the first `images` of a full batch.
Shape partOf(const Shape& shape, std::size_t batch, std::size_t images);

/// The pictures of one run, cut into batches.
class Batches {
public:
    /// At most `limit` pictures; 0 = all.
    Batches(const Plan& plan, const ImageSet& images, const Recipe& recipe, std::size_t limit);

    std::size_t images() const { return m_count; }
    std::size_t count() const { return m_batches; }
    std::size_t first(std::size_t batch) const { return batch * m_plan.batch; }
    std::size_t size(std::size_t batch) const; ///< pictures; the last batch may be smaller
    /// Prepares the pictures of a batch, the rest of a full one with zeros. False when stopped.
    bool load(std::size_t batch, std::span<float> input, const Control& control) const;
    /// "12 of 100 images", after `done` batches.
    std::string progress(std::size_t done) const;

private:
    const Plan& m_plan;
    const ImageSet& m_images;
    const Recipe& m_recipe;
    std::size_t m_count = 0;
    std::size_t m_batches = 0;
};

} // namespace engine::nn
