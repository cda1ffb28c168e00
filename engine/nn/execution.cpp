#include "engine/nn/execution.h"

#include <new>

namespace engine::nn {

namespace {

constexpr std::align_val_t alignment { 64 };

void release(std::byte* memory)
{
    ::operator delete(memory, alignment);
}

} // namespace

Memory allocate(std::size_t bytes)
{
    return { static_cast<std::byte*>(::operator new(bytes, alignment)), release };
}

BoundStep::BoundStep(const Plan& plan, const Step& step, std::byte* scratchpad)
    : m_plan(plan)
    , m_step(step)
{
    const auto* primitive = std::get_if<PrimitiveCall>(&step.call);
    if (primitive != nullptr && primitive->scratchpad.get_size() > 0)
        m_arguments.emplace(DNNL_ARG_SCRATCHPAD,
                            dnnl::memory(primitive->scratchpad, processor(), scratchpad));
}

dnnl::memory& BoundStep::argument(int key, SlotId slot)
{
    return m_arguments.try_emplace(key, m_plan.at(slot).desc, processor(), nullptr).first->second;
}

void BoundStep::bind(const Address& address)
{
    if (const auto* primitive = std::get_if<PrimitiveCall>(&m_step.call)) {
        for (const auto& [key, slot] : primitive->reads)
            argument(key, slot).set_data_handle(address(slot));
        argument(primitive->outputArgument, primitive->output).set_data_handle(address(primitive->output));
    } else if (const auto* plain = std::get_if<PlainCall>(&m_step.call)) {
        m_inputs.clear();
        for (const SlotId slot : plain->reads)
            m_inputs.push_back(static_cast<const float*>(address(slot)));
        m_output = static_cast<float*>(address(plain->output));
    }
}

void BoundStep::execute(dnnl::stream& stream)
{
    if (const auto* primitive = std::get_if<PrimitiveCall>(&m_step.call)) {
        primitive->primitive.execute(stream, m_arguments);
        stream.wait();
    } else if (const auto* plain = std::get_if<PlainCall>(&m_step.call)) {
        plain->compute(m_inputs, m_output);
    }
}

Execution::Execution(const Plan& plan)
    : m_plan(plan)
    , m_stream(processor())
    , m_arena(allocate(plan.arenaBytes + plan.scratchpadBytes + 1))
    , m_scratchpad(m_arena.get() + plan.arenaBytes)
{
    m_steps.reserve(plan.steps.size());
    for (const Step& step : plan.steps) {
        m_steps.emplace_back(plan, step, m_scratchpad);
        m_steps.back().bind([this](SlotId slot) { return address(slot); });
    }
}

void* Execution::address(SlotId id)
{
    const SlotId base = m_plan.at(id).base;
    if (m_plan.isConstant(base))
        return m_plan.constants[static_cast<std::size_t>(base)].get_data_handle();
    return m_arena.get() + m_plan.offsets[static_cast<std::size_t>(id)];
}

std::span<float> Execution::floats(SlotId id)
{
    return { static_cast<float*>(address(id)), m_plan.at(id).desc.get_size() / sizeof(float) };
}

bool Execution::run(const Tap& tap, const Edit& edit, const Control& control)
{
    for (std::size_t i = 0; i < m_plan.steps.size(); ++i) {
        if (control.stopped())
            return false;
        const auto& call = m_plan.steps[i].call;
        if (const auto* tapped = std::get_if<TapCall>(&call)) {
            if (tap)
                tap(*tapped, floats(tapped->slot));
        } else if (const auto* edited = std::get_if<EditCall>(&call)) {
            if (edit)
                edit(*edited, floats(edited->slot));
        } else {
            m_steps[i].execute(m_stream);
        }
    }
    return true;
}

} // namespace engine::nn
