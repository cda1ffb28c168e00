#include "engine/nn/runner.h"

#include "engine/base/parallel.h"
#include "engine/nn/batches.h"
#include "engine/nn/execution.h"
#include "engine/nn/operators.h"

#include <algorithm>
#include <mutex>

namespace engine::nn {

namespace {

/// One run over a set of images: the batches are handed to threads.
class Pass {
public:
    Pass(const Plan& plan, const ImageSet& images, const Recipe& recipe, const RunOptions& options,
         const Control& control)
        : m_plan(plan)
        , m_options(options)
        , m_control(control)
        , m_batches(plan, images, recipe, options.limit)
    {
        m_result.outputShape = perImageShape(plan.outputShape, plan.batch);
        m_parts.resize(m_batches.count());
        checkMemory("the outputs of " + std::to_string(m_batches.images()) + " images",
                    m_batches.images() * m_result.outputShape.elements() * sizeof(float));
    }

    RunResult run()
    {
        parallelFor(m_batches.count(), m_control,
                    [this](std::size_t batch, unsigned worker) { runBatch(batch, worker); });
        for (std::size_t batch = 0; batch < m_parts.size() && !m_parts[batch].empty(); ++batch) {
            m_result.outputs.insert(m_result.outputs.end(), m_parts[batch].begin(), m_parts[batch].end());
            m_result.images += m_batches.size(batch);
            m_parts[batch] = {};
        }
        return std::move(m_result);
    }

private:
    void runBatch(std::size_t batch, unsigned worker)
    {
        const SingleThreaded guard;
        Execution& execution = executionOf(worker);
        if (!m_batches.load(batch, execution.input(), m_control))
            return;
        const auto tap = [&](const TapCall& call, std::span<const float> values) {
            m_options.tap(worker, nodeOutput(call.node, call.shape, batch, values));
        };
        const auto edit = [&](const EditCall& call, std::span<float> values) {
            const NodeOutput output = nodeOutput(call.node, call.shape, batch, values);
            m_options.edit(worker, output, values.first(output.values.size()));
        };
        if (!execution.run(m_options.tap ? Execution::Tap(tap) : nullptr,
                           m_options.edit ? Execution::Edit(edit) : nullptr, m_control))
            return;
        const auto outputs =
            execution.output().first(m_batches.size(batch) * m_result.outputShape.elements());
        finish(batch, { outputs.begin(), outputs.end() });
    }

    /// Of the pictures there are, where the last batch is not full.
    NodeOutput nodeOutput(std::size_t node, const Shape& shape, std::size_t batch,
                          std::span<const float> values) const
    {
        const std::size_t images = m_batches.size(batch);
        return { node, m_batches.first(batch), images, partOf(shape, m_plan.batch, images),
                 values.first(values.size() / m_plan.batch * images) };
    }

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
        m_control.report(static_cast<double>(m_done) / static_cast<double>(m_batches.count()),
                         m_batches.progress(m_done));
    }

    const Plan& m_plan;
    const RunOptions& m_options;
    const Control& m_control;
    Batches m_batches;
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
    std::mutex mutex;
    PlanRequest request;
    std::shared_ptr<Plan> plan; ///< the latest one, for `request`

    std::shared_ptr<const Plan> planFor(const RunOptions& options)
    {
        const std::scoped_lock lock(mutex);
        const PlanRequest wanted { .batch = options.batch != 0 ? options.batch : fittingBatch(*graph),
                                   .tapped = options.tapped,
                                   .edited = options.edited,
                                   .editsAnyOrder = options.editsAnyOrder };
        if (!plan || request != wanted) {
            plan.reset();
            plan = buildPlan(*graph, wanted);
            request = wanted;
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
    m_implementation->request = { .batch = fittingBatch(*m_implementation->graph) };
    m_implementation->plan = buildPlan(*m_implementation->graph, m_implementation->request);
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
