#include "engine/nn/what_if.h"

#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/nn/batches.h"
#include "engine/nn/operators.h"
#include "engine/nn/replay.h"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace engine::nn {

namespace {

class Trials {
public:
    Trials(const Plan& plan, const ImageSet& images, const Recipe& recipe, const WhatIfOptions& options,
           std::size_t outputNode, const Control& control)
        : m_plan(plan)
        , m_options(options)
        , m_control(control)
        , m_outputNode(outputNode)
        , m_batches(plan, images, recipe, options.limit)
        , m_isDone(m_batches.count(), false)
    {
        for (const std::set<std::size_t>& changed : options.trials)
            m_steps.push_back(stepsAfter(plan, changed));
    }

    std::size_t run()
    {
        parallelFor(m_batches.count(), m_control,
                    [this](std::size_t batch, unsigned worker) { runBatch(batch, worker); });
        std::size_t images = 0;
        for (std::size_t batch = 0; batch < m_isDone.size() && m_isDone[batch]; ++batch)
            images += m_batches.size(batch);
        return images;
    }

private:
    void runBatch(std::size_t batch, unsigned worker)
    {
        const SingleThreaded guard;
        Replay& replay = replayOf(worker);
        if (!m_batches.load(batch, replay.base().input(), m_control))
            return;
        Trial trial { worker, {} };
        const auto edit = [&](const EditCall& call, std::span<float> values) {
            if (!m_options.edit)
                return;
            const NodeOutput output = nodeOutput(call.node, call.shape, batch, values);
            m_options.edit(trial, output, values.first(output.values.size()));
        };
        if (!replay.base().run(nullptr, edit, m_control))
            return;
        give(trial, batch, replay.base().output());
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            trial.index = i;
            if (!replay.run(m_steps[i], edit, m_control))
                return;
            give(trial, batch, replay.output());
        }
        const std::scoped_lock lock(m_mutex);
        m_isDone[batch] = true;
    }

    NodeOutput nodeOutput(std::size_t node, const Shape& shape, std::size_t batch,
                          std::span<const float> values) const
    {
        const std::size_t images = m_batches.size(batch);
        return { node, m_batches.first(batch), images, partOf(shape, m_plan.batch, images),
                 values.first(values.size() / m_plan.batch * images) };
    }

    void give(const Trial& trial, std::size_t batch, std::span<const float> output)
    {
        if (m_options.result)
            m_options.result(trial, nodeOutput(m_outputNode, m_plan.outputShape, batch, output));
        report();
    }

    void report()
    {
        using Clock = std::chrono::steady_clock;
        constexpr auto seldom = std::chrono::milliseconds(50);
        const std::scoped_lock lock(m_mutex);
        ++m_done;
        const std::size_t all = m_batches.count() * (1 + m_steps.size());
        if (m_done != all && Clock::now() - m_reported < seldom)
            return;
        m_reported = Clock::now();
        m_control.report(static_cast<double>(m_done) / static_cast<double>(all),
                         m_batches.progress(m_done / (1 + m_steps.size())));
    }

    Replay& replayOf(unsigned worker)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_replays.size() <= worker)
            m_replays.resize(worker + 1);
        if (!m_replays[worker])
            m_replays[worker] = std::make_unique<Replay>(m_plan);
        return *m_replays[worker];
    }

    const Plan& m_plan;
    const WhatIfOptions& m_options;
    const Control& m_control;
    std::size_t m_outputNode;
    Batches m_batches;
    std::vector<std::vector<std::size_t>> m_steps; ///< by trial
    std::mutex m_mutex;
    std::vector<bool> m_isDone; ///< by batch
    std::size_t m_done = 0; ///< runs, of all batches together
    std::chrono::steady_clock::time_point m_reported {};
    std::vector<std::unique_ptr<Replay>> m_replays; ///< by worker
};

std::size_t outputNodeOf(const Graph& graph)
{
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (!graph.outputs.empty() && std::ranges::count(graph.nodes[i].outputs, graph.outputs.front().name))
            return i;
    return graph.nodes.size();
}

void checkTrials(const Graph& graph, const WhatIfOptions& options)
{
    for (const std::size_t node : options.edited)
        if (node >= graph.nodes.size())
            throw ParameterError("edited node: " + std::to_string(node) + " is outside 0.."
                                 + std::to_string(graph.nodes.size() - 1));
    for (const std::set<std::size_t>& changed : options.trials)
        for (const std::size_t node : changed)
            if (!options.edited.contains(node))
                throw ParameterError("trial: node " + std::to_string(node) + " is not among the edited ones");
}

} // namespace

std::size_t whatIf(const Graph& graph, const ImageSet& images, const Recipe& recipe,
                   const WhatIfOptions& options, const Control& control)
{
    checkTrials(graph, options);
    for (const Node& node : graph.nodes)
        findOperator(node);
    const auto plan = buildPlan(graph,
                                { .batch = options.batch != 0 ? options.batch : fittingBatch(graph),
                                  .edited = options.edited,
                                  .editsAnyOrder = options.editsAnyOrder,
                                  .keepsAll = true });
    checkMemory("activations of " + std::to_string(plan->batch) + " images at once, kept twice by "
                    + std::to_string(threadCount()) + " threads",
                2 * plan->arenaBytes * threadCount());
    makeConstants(*plan);
    return Trials(*plan, images, recipe, options, outputNodeOf(graph), control).run();
}

} // namespace engine::nn
