#include "engine/nn/replay.h"

#include <algorithm>

namespace engine::nn {

namespace {

/// Follows what has to be run again through the steps of a plan.
class Downstream {
public:
    Downstream(const Plan& plan, const std::set<std::size_t>& changed)
        : m_plan(plan)
        , m_changed(changed)
        , m_again(plan.slots.size(), false)
        , m_isLive(plan.steps.size(), false)
    {
    }

    std::vector<std::size_t> steps()
    {
        for (std::size_t i = 0; i < m_plan.steps.size(); ++i)
            visit(i);
        std::vector<std::size_t> live;
        for (std::size_t i = 0; i < m_isLive.size(); ++i)
            if (m_isLive[i])
                live.push_back(i);
        return live;
    }

private:
    std::size_t owner(SlotId slot) const { return static_cast<std::size_t>(m_plan.at(slot).base); }

    void visit(std::size_t index)
    {
        const Step& step = m_plan.steps[index];
        if (std::holds_alternative<TapCall>(step.call))
            return;
        const std::size_t output = owner(*outputOf(step));
        const bool isChanged = std::holds_alternative<EditCall>(step.call) && m_changed.contains(step.node);
        const auto* primitive = std::get_if<PrimitiveCall>(&step.call);
        const bool accumulates = primitive != nullptr && primitive->accumulates;
        const bool reads = std::ranges::any_of(readsOf(step), [&](SlotId s) { return m_again[owner(s)]; });
        if (!isChanged && !reads && !(accumulates && m_again[output]))
            return;
        // What was there before has been overwritten in the base run.
        if ((isChanged || accumulates) && !m_again[output])
            m_isLive[writerBefore(index, output)] = true;
        m_isLive[index] = true;
        m_again[output] = true;
    }

    std::size_t writerBefore(std::size_t index, std::size_t output) const
    {
        while (index-- > 0)
            if (const auto written = outputOf(m_plan.steps[index]); written && owner(*written) == output)
                break;
        return index;
    }

    const Plan& m_plan;
    const std::set<std::size_t>& m_changed;
    std::vector<bool> m_again; ///< by slot that owns memory
    std::vector<bool> m_isLive; ///< by step
};

} // namespace

std::vector<std::size_t> stepsAfter(const Plan& plan, const std::set<std::size_t>& changed)
{
    return Downstream(plan, changed).steps();
}

Replay::Replay(const Plan& plan)
    : m_plan(plan)
    , m_base(plan)
    , m_arena(allocate(plan.arenaBytes + plan.scratchpadBytes + 1))
    , m_changed(plan.slots.size(), false)
{
    m_steps.reserve(plan.steps.size());
    for (const Step& step : plan.steps)
        m_steps.emplace_back(plan, step, m_arena.get() + plan.arenaBytes);
}

std::size_t Replay::owner(SlotId slot) const
{
    return static_cast<std::size_t>(m_plan.at(slot).base);
}

void* Replay::address(SlotId slot)
{
    if (m_changed[owner(slot)])
        return m_arena.get() + m_plan.offsets[static_cast<std::size_t>(slot)];
    return m_base.address(slot);
}

bool Replay::run(const std::vector<std::size_t>& steps, const Execution::Edit& edit, const Control& control)
{
    std::fill(m_changed.begin(), m_changed.end(), false);
    for (const std::size_t i : steps) {
        if (control.stopped())
            return false;
        const Step& step = m_plan.steps[i];
        if (const auto* edited = std::get_if<EditCall>(&step.call)) {
            const std::size_t bytes = m_plan.at(edited->slot).desc.get_size();
            edit(*edited, { static_cast<float*>(address(edited->slot)), bytes / sizeof(float) });
            continue;
        }
        m_changed[owner(*outputOf(step))] = true;
        m_steps[i].bind([this](SlotId slot) { return address(slot); });
        m_steps[i].execute(m_base.stream());
    }
    return true;
}

std::span<const float> Replay::output()
{
    return { static_cast<const float*>(address(m_plan.output)),
             m_plan.at(m_plan.output).desc.get_size() / sizeof(float) };
}

} // namespace engine::nn
