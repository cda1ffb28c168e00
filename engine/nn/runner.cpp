#include "engine/nn/runner.h"

#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/nn/execution.h"
#include "engine/nn/operators.h"

#include <algorithm>
#include <mutex>
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

std::size_t fittingBatch(const Graph& graph)
{
    std::uint64_t most = 0;
    for (const Node& node : graph.nodes)
        most = std::max(most, traffic(graph, node));
    return most == 0 ? 1 : std::clamp<std::uint64_t>(cacheBytes / most, 1, largestBatch);
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

void checkMemory(const std::string& what, std::uint64_t bytes)
{
    if (bytes > memoryLimit())
        throw ShapeError(what + " need " + megabytes(bytes) + ", beyond the limit of "
                         + megabytes(memoryLimit()));
}

/// Without the batch; a result that mixes images has none to take away.
Shape perImageShape(const Shape& shape, std::size_t batch)
{
    if (shape.rank() == 0 || shape[0] != static_cast<std::int64_t>(batch))
        return shape;
    return Shape(std::vector<std::int64_t>(shape.extents().begin() + 1, shape.extents().end()));
}

/// The shape of the first `images` of a full batch.
Shape partOf(const Shape& shape, std::size_t batch, std::size_t images)
{
    if (batch == images)
        return shape;
    std::vector<std::int64_t> extents = shape.extents();
    extents.front() = static_cast<std::int64_t>(images);
    return Shape(extents);
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

/// One run over a set of images: the batches are handed to threads.
class Pass {
public:
    Pass(const Plan& plan, const ImageSet& images, const Recipe& recipe, const RunOptions& options,
         const Control& control)
        : m_plan(plan)
        , m_images(images)
        , m_recipe(recipe)
        , m_options(options)
        , m_control(control)
    {
        m_count = images.size();
        if (options.limit != 0)
            m_count = std::min(m_count, options.limit);
        m_batches = (m_count + plan.batch - 1) / plan.batch;
        m_result.outputShape = perImageShape(plan.outputShape, plan.batch);
        m_parts.resize(m_batches);
        checkMemory("the outputs of " + std::to_string(m_count) + " images",
                    m_count * m_result.outputShape.elements() * sizeof(float));
    }

    RunResult run()
    {
        parallelFor(m_batches, m_control,
                    [this](std::size_t batch, unsigned worker) { runBatch(batch, worker); });
        for (std::size_t batch = 0; batch < m_batches && !m_parts[batch].empty(); ++batch) {
            m_result.outputs.insert(m_result.outputs.end(), m_parts[batch].begin(), m_parts[batch].end());
            m_result.images = std::min(m_result.images + m_plan.batch, m_count);
            m_parts[batch] = {};
        }
        return std::move(m_result);
    }

private:
    void runBatch(std::size_t batch, unsigned worker)
    {
        const SingleThreaded guard;
        Execution& execution = executionOf(worker);
        const std::size_t first = batch * m_plan.batch;
        const std::size_t images = std::min(m_plan.batch, m_count - first);
        if (!load(execution.input(), first, images))
            return;
        const auto tap = [&](const TapCall& call, std::span<const float> values) {
            const std::size_t each = values.size() / m_plan.batch;
            m_options.tap(worker,
                          { call.node, first, images, partOf(call.shape, m_plan.batch, images),
                            values.first(images * each) });
        };
        if (!execution.run(m_options.tap ? Execution::Tap(tap) : nullptr, m_control))
            return;
        const auto outputs = execution.output().first(images * m_result.outputShape.elements());
        finish(batch, { outputs.begin(), outputs.end() });
    }

    bool load(std::span<float> input, std::size_t first, std::size_t images)
    {
        const Shape shape = perImageShape(inputShape(), m_plan.batch);
        const std::size_t each = input.size() / m_plan.batch;
        for (std::size_t i = 0; i < images; ++i) {
            if (m_control.stopped())
                return false;
            const std::vector<float> values = prepareImage(m_images, first + i, m_recipe, shape);
            std::ranges::copy(values, input.begin() + static_cast<std::ptrdiff_t>(i * each));
        }
        std::ranges::fill(input.subspan(images * each), 0.0F);
        return true;
    }

    Shape inputShape() const { return Shape(m_plan.at(m_plan.input).desc.dims()); }

    Execution& executionOf(unsigned worker)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_executions.size() <= worker)
            m_executions.resize(worker + 1);
        if (!m_executions[worker])
            m_executions[worker] = std::make_unique<Execution>(m_plan);
        return *m_executions[worker];
    }

    void finish(std::size_t batch, std::vector<float> outputs)
    {
        const std::scoped_lock lock(m_mutex);
        m_parts[batch] = std::move(outputs);
        ++m_done;
        m_control.report(static_cast<double>(m_done) / static_cast<double>(m_batches),
                         std::to_string(std::min(m_done * m_plan.batch, m_count)) + " of "
                             + std::to_string(m_count) + " images");
    }

    const Plan& m_plan;
    const ImageSet& m_images;
    const Recipe& m_recipe;
    const RunOptions& m_options;
    const Control& m_control;
    std::size_t m_count = 0;
    std::size_t m_batches = 0;
    std::size_t m_done = 0;
    RunResult m_result;
    std::vector<std::vector<float>> m_parts; ///< outputs by batch; empty where it is not done
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Execution>> m_executions; ///< by worker
};

} // namespace

struct Runner::Implementation {
    std::shared_ptr<const Graph> graph;
    Shape input;
    bool mixesImages = false;
    std::mutex mutex;
    std::set<std::size_t> tapped;
    std::shared_ptr<Plan> plan; ///< the latest one, for `tapped`

    std::shared_ptr<Plan> build(std::size_t batch, const std::set<std::size_t>& taps)
    {
        try {
            return PlanBuilder(*graph, mixesImages ? 1 : batch, taps).build();
        } catch (const MixesImages&) {
            mixesImages = true;
            return PlanBuilder(*graph, 1, taps).build();
        }
    }

    std::shared_ptr<const Plan> planFor(const RunOptions& options)
    {
        const std::scoped_lock lock(mutex);
        const std::size_t wanted = options.batch != 0 ? options.batch : fittingBatch(*graph);
        if (!plan || plan->batch != (mixesImages ? 1 : wanted) || tapped != options.tapped) {
            plan.reset();
            plan = build(wanted, options.tapped);
            tapped = options.tapped;
        }
        checkMemory("activations of " + std::to_string(plan->batch) + " images at once", plan->arenaBytes);
        makeConstants(*plan);
        return plan;
    }
};

Runner::Runner(std::shared_ptr<const Graph> graph)
    : m_implementation(std::make_unique<Implementation>())
{
    for (const Node& node : graph->nodes)
        findOperator(node);
    m_implementation->graph = std::move(graph);
    m_implementation->plan = m_implementation->build(fittingBatch(*m_implementation->graph), {});
    const Plan& plan = *m_implementation->plan;
    m_implementation->input = perImageShape(Shape(plan.at(plan.input).desc.dims()), plan.batch);
}

Runner::~Runner() = default;

const Shape& Runner::inputShape() const
{
    return m_implementation->input;
}

RunResult Runner::run(const ImageSet& images, const Recipe& recipe, const RunOptions& options,
                      const Control& control) const
{
    const auto plan = m_implementation->planFor(options);
    return Pass(*plan, images, recipe, options, control).run();
}

} // namespace engine::nn
