#pragma once

#include "engine/nn/execution.h"

#include <functional>
#include <set>
#include <vector>

namespace engine::nn {

/// The steps that have to be run again when the outputs of `changed` nodes are edited otherwise, in order: of
/// a plan that keeps all.
std::vector<std::size_t> stepsAfter(const Plan& plan, const std::set<std::size_t>& changed);

/// An execution whose values stay, with a second memory in which parts of it are run again.
class Replay {
public:
    explicit Replay(const Plan& plan);

    Execution& base() { return m_base; }
    /// Runs `steps` (of stepsAfter) beside the values of the base run. False when stopped.
    bool run(const std::vector<std::size_t>& steps, const Execution::Edit& edit, const Control& control);
    std::span<const float> output(); ///< of the latest run

private:
    std::size_t owner(SlotId slot) const;
    void* address(SlotId slot);

    const Plan& m_plan;
    Execution m_base;
    Memory m_arena;
    std::vector<BoundStep> m_steps; ///< bound anew in every run
    std::vector<bool> m_changed; ///< by slot that owns memory: its values are those of the second memory
};

} // namespace engine::nn
