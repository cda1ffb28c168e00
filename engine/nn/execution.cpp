#include "engine/nn/execution.h"

#include <new>

namespace engine::nn {

namespace {

constexpr std::align_val_t alignment { 64 };

std::byte* allocate(std::size_t bytes)
{
    return static_cast<std::byte*>(::operator new(bytes, alignment));
}

void release(std::byte* memory)
{
    ::operator delete(memory, alignment);
}

} // namespace

Execution::Execution(const Plan& plan)
    : m_plan(plan)
    , m_stream(processor())
    , m_arena(allocate(plan.arenaBytes + plan.scratchpadBytes + 1), release)
    , m_scratchpad(m_arena.get() + plan.arenaBytes)
{
    for (const Step& step : plan.steps)
        prepareStep(step);
}

void Execution::prepareStep(const Step& step)
{
    Arguments arguments;
    std::vector<const float*> inputs;
    if (const auto* primitive = std::get_if<PrimitiveCall>(&step.call)) {
        for (const auto& [argument, slot] : primitive->reads)
            arguments.emplace(argument, memory(slot));
        arguments.emplace(primitive->outputArgument, memory(primitive->output));
        if (primitive->scratchpad.get_size() > 0)
            arguments.emplace(DNNL_ARG_SCRATCHPAD,
                              dnnl::memory(primitive->scratchpad, processor(), m_scratchpad));
    } else if (const auto* plain = std::get_if<PlainCall>(&step.call)) {
        for (const SlotId slot : plain->reads)
            inputs.push_back(static_cast<const float*>(address(slot)));
    }
    m_arguments.push_back(std::move(arguments));
    m_inputs.push_back(std::move(inputs));
}

void* Execution::address(SlotId id)
{
    const SlotId base = m_plan.at(id).base;
    if (m_plan.isConstant(base))
        return m_plan.constants[static_cast<std::size_t>(base)].get_data_handle();
    return m_arena.get() + m_plan.offsets[static_cast<std::size_t>(id)];
}

dnnl::memory Execution::memory(SlotId id)
{
    return { m_plan.at(id).desc, processor(), address(id) };
}

std::span<float> Execution::floats(SlotId id)
{
    return { static_cast<float*>(address(id)), m_plan.at(id).desc.get_size() / sizeof(float) };
}

bool Execution::run(const Tap& tap, const Control& control)
{
    for (std::size_t i = 0; i < m_plan.steps.size(); ++i) {
        if (control.stopped())
            return false;
        const auto& step = m_plan.steps[i].call;
        if (const auto* primitive = std::get_if<PrimitiveCall>(&step))
            call(*primitive, i);
        else if (const auto* plain = std::get_if<PlainCall>(&step))
            call(*plain, i);
        else if (tap)
            tap(std::get<TapCall>(step), floats(std::get<TapCall>(step).slot));
    }
    return true;
}

void Execution::call(const PrimitiveCall& primitive, std::size_t step)
{
    primitive.primitive.execute(m_stream, m_arguments[step]);
    m_stream.wait();
}

void Execution::call(const PlainCall& plain, std::size_t step)
{
    plain.compute(m_inputs[step], static_cast<float*>(address(plain.output)));
}

} // namespace engine::nn
