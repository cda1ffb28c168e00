#pragma once

#include "engine/base/control.h"
#include "engine/nn/plan.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace engine::nn {

/// Aligned memory without contents.
using Memory = std::unique_ptr<std::byte, void (*)(std::byte*)>;
Memory allocate(std::size_t bytes);

/// A step with the places its values lie in.
class BoundStep {
public:
    using Address = std::function<void*(SlotId)>;

    BoundStep(const Plan& plan, const Step& step, std::byte* scratchpad);

    void bind(const Address& address);
    /// Taps and edits do nothing.
    void execute(dnnl::stream& stream);

private:
    dnnl::memory& argument(int key, SlotId slot);

    const Plan& m_plan;
    const Step& m_step;
    std::unordered_map<int, dnnl::memory> m_arguments; ///< of a primitive
    std::vector<const float*> m_inputs; ///< of a plain call
    float* m_output = nullptr; ///< of a plain call
};

/// What one thread needs to run a plan again and again: its arena and the arguments of every step.
class Execution {
public:
    using Tap = std::function<void(const TapCall& call, std::span<const float> values)>;
    using Edit = std::function<void(const EditCall& call, std::span<float> values)>;

    explicit Execution(const Plan& plan);

    std::span<float> input() { return floats(m_plan.input); }
    std::span<const float> output() { return floats(m_plan.output); }

    /// Runs one batch. Looks at `control` before every step; false when stopped.
    bool run(const Tap& tap, const Edit& edit, const Control& control);

    const Plan& plan() const { return m_plan; }
    void* address(SlotId id);
    std::span<float> floats(SlotId id);
    BoundStep& step(std::size_t index) { return m_steps[index]; }
    dnnl::stream& stream() { return m_stream; }

private:
    const Plan& m_plan;
    dnnl::stream m_stream;
    Memory m_arena;
    std::byte* m_scratchpad = nullptr;
    std::vector<BoundStep> m_steps;
};

} // namespace engine::nn
