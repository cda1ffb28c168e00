#pragma once

#include "engine/base/control.h"
#include "engine/nn/plan.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace engine::nn {

/// What one thread needs to run a plan again and again: its arena and the arguments of every step.
class Execution {
public:
    using Tap = std::function<void(const TapCall& call, std::span<const float> values)>;

    explicit Execution(const Plan& plan);

    std::span<float> input() { return floats(m_plan.input); }
    std::span<const float> output() { return floats(m_plan.output); }

    /// Runs one batch. Looks at `control` before every step; false when stopped.
    bool run(const Tap& tap, const Control& control);

private:
    using Arguments = std::unordered_map<int, dnnl::memory>;

    void prepareStep(const Step& step);
    void* address(SlotId id);
    dnnl::memory memory(SlotId id);
    std::span<float> floats(SlotId id);
    void call(const PrimitiveCall& primitive, std::size_t step);
    void call(const PlainCall& plain, std::size_t step);

    const Plan& m_plan;
    dnnl::stream m_stream;
    std::unique_ptr<std::byte, void (*)(std::byte*)> m_arena;
    std::byte* m_scratchpad = nullptr;
    std::vector<Arguments> m_arguments; ///< by step
    std::vector<std::vector<const float*>> m_inputs; ///< by step, of plain calls
};

} // namespace engine::nn
