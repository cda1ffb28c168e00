#include "engine/nn/batches.h"

#include "engine/base/error.h"

#include <algorithm>
#include <unistd.h>

namespace engine::nn {

namespace {

/// Activations of one batch around one node should stay in a second-level cache. A constant, not the
/// machine's own: results must not depend on where they are computed.
constexpr std::uint64_t cacheBytes = std::uint64_t { 512 } << 10;
constexpr std::uint64_t largestBatch = 256;

/// Bytes of one image that a node reads and writes.
std::uint64_t traffic(const Graph& graph, const Node& node)
{
    std::uint64_t elements = 0;
    const auto count = [&](const std::string& value) {
        if (const Shape* shape = graph.shape(value); shape != nullptr && graph.constant(value) == nullptr)
            elements += shape->elements();
    };
    std::ranges::for_each(node.inputs, count);
    std::ranges::for_each(node.outputs, count);
    return elements * sizeof(float);
}

std::uint64_t memoryLimit()
{
    const auto pages = static_cast<std::uint64_t>(std::max(sysconf(_SC_PHYS_PAGES), 1L));
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) / 4;
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string(bytes / 1'000'000) + " MB";
}

std::vector<float> prepareImage(const ImageSet& images, std::size_t index, const Recipe& recipe,
                                const Shape& input)
{
    try {
        return prepare(images.read(index), recipe, input);
    } catch (const ShapeError& error) {
        throw ShapeError(images.name(index) + ": " + error.what());
    }
}

} // namespace

std::size_t fittingBatch(const Graph& graph)
{
    std::uint64_t most = 0;
    for (const Node& node : graph.nodes)
        most = std::max(most, traffic(graph, node));
    return most == 0 ? 1 : std::clamp<std::uint64_t>(cacheBytes / most, 1, largestBatch);
}

void checkMemory(const std::string& what, std::uint64_t bytes)
{
    if (bytes > memoryLimit())
        throw ShapeError(what + " need " + megabytes(bytes) + ", beyond the limit of "
                         + megabytes(memoryLimit()));
}

std::shared_ptr<Plan> buildPlan(const Graph& graph, PlanRequest request)
{
    try {
        return PlanBuilder(graph, request).build();
    } catch (const MixesImages&) {
        request.batch = 1;
        return PlanBuilder(graph, std::move(request)).build();
    }
}

Shape perImageShape(const Shape& shape, std::size_t batch)
{
    if (shape.rank() == 0 || shape[0] != static_cast<std::int64_t>(batch))
        return shape;
    return Shape(std::vector<std::int64_t>(shape.extents().begin() + 1, shape.extents().end()));
}

Shape partOf(const Shape& shape, std::size_t batch, std::size_t images)
{
    if (batch == images)
        return shape;
    std::vector<std::int64_t> extents = shape.extents();
    extents.front() = static_cast<std::int64_t>(images);
    return Shape(extents);
}

Batches::Batches(const Plan& plan, const ImageSet& images, const Recipe& recipe, std::size_t limit)
    : m_plan(plan)
    , m_images(images)
    , m_recipe(recipe)
    , m_count(limit == 0 ? images.size() : std::min(images.size(), limit))
    , m_batches((m_count + plan.batch - 1) / plan.batch)
{
}

std::size_t Batches::size(std::size_t batch) const
{
    return std::min(m_plan.batch, m_count - first(batch));
}

bool Batches::load(std::size_t batch, std::span<float> input, const Control& control) const
{
    const Shape shape = perImageShape(Shape(m_plan.at(m_plan.input).desc.dims()), m_plan.batch);
    const std::size_t each = input.size() / m_plan.batch;
    for (std::size_t i = 0; i < size(batch); ++i) {
        if (control.stopped())
            return false;
        const std::vector<float> values = prepareImage(m_images, first(batch) + i, m_recipe, shape);
        std::ranges::copy(values, input.begin() + static_cast<std::ptrdiff_t>(i * each));
    }
    std::ranges::fill(input.subspan(size(batch) * each), 0.0F);
    return true;
}

std::string Batches::progress(std::size_t done) const
{
    return std::to_string(std::min(done * m_plan.batch, m_count)) + " of " + std::to_string(m_count)
        + " images";
}

} // namespace engine::nn
