#include "engine/nn/plan.h"

#include <algorithm>
#include <limits>
#include <numeric>
// Of the OpenMP library that oneDNN runs on; its header exists for GCC only, and clang-tidy reads this file
// too.
extern "C" {
int omp_get_max_threads() noexcept; // NOLINT(readability-identifier-naming)
void omp_set_num_threads(int count) noexcept; // NOLINT(readability-identifier-naming)
}

namespace engine::nn {

namespace {

constexpr std::size_t alignment = 64;

/// When a piece of memory is in use, in steps.
struct Lifetime {
    std::size_t first = std::numeric_limits<std::size_t>::max();
    std::size_t last = 0;
    std::size_t bytes = 0;

    void touch(std::size_t step)
    {
        first = std::min(first, step);
        last = std::max(last, step);
    }
    bool used() const { return first <= last; }
};

std::size_t index(SlotId id)
{
    return static_cast<std::size_t>(id);
}

/// Which slot's memory each slot uses, and how long that is needed.
class Lifetimes {
public:
    explicit Lifetimes(const Plan& plan)
        : m_plan(plan)
        , m_owner(plan.slots.size())
        , m_of(plan.slots.size())
    {
        for (std::size_t i = 0; i < m_owner.size(); ++i)
            m_owner[i] = index(plan.slots[i].base);
        measure();
        if (plan.keepsAll)
            keepAll();
        else
            shareInPlace();
    }

    std::size_t owner(std::size_t slot) const
    {
        while (m_owner[slot] != slot)
            slot = m_owner[slot];
        return slot;
    }
    const Lifetime& of(std::size_t slot) const { return m_of[slot]; }

private:
    void measure()
    {
        touch(m_plan.input, 0);
        for (std::size_t i = 0; i < m_plan.steps.size(); ++i) {
            for (const SlotId id : readsOf(m_plan.steps[i]))
                touch(id, i + 1);
            if (const auto output = outputOf(m_plan.steps[i]))
                touch(*output, i + 1);
        }
        touch(m_plan.output, m_plan.steps.size() + 1);
    }

    void touch(SlotId id, std::size_t step)
    {
        Lifetime& lifetime = m_of[owner(index(id))];
        lifetime.touch(step);
        lifetime.bytes = std::max(lifetime.bytes, m_plan.at(id).desc.get_size());
    }

    void keepAll()
    {
        for (Lifetime& lifetime : m_of)
            if (lifetime.used()) {
                lifetime.first = 0;
                lifetime.last = m_plan.steps.size() + 1;
            }
    }

    void shareInPlace()
    {
        std::size_t now = 0;
        for (const Step& step : m_plan.steps) {
            ++now;
            if (!step.inPlace)
                continue;
            const std::size_t from = owner(index(readsOf(step).front()));
            const std::size_t to = owner(index(*outputOf(step)));
            if (from == to || m_plan.isConstant(SlotId { from }) || m_of[from].last != now
                || m_of[to].first != now || m_of[from].bytes != m_of[to].bytes)
                continue;
            m_owner[to] = from;
            m_of[from].last = m_of[to].last;
        }
    }

    const Plan& m_plan;
    std::vector<std::size_t> m_owner;
    std::vector<Lifetime> m_of;
};

/// First fit: the lowest place that is free for the whole lifetime.
class Arena {
public:
    std::size_t place(const Lifetime& lifetime)
    {
        std::erase_if(m_live, [&](const Placed& placed) { return placed.last < lifetime.first; });
        const std::size_t bytes = (lifetime.bytes + alignment - 1) / alignment * alignment;
        std::size_t offset = 0;
        auto before = m_live.begin();
        for (; before != m_live.end() && before->offset < offset + bytes; ++before)
            offset = std::max(offset, before->offset + before->bytes);
        m_live.insert(before, Placed { offset, bytes, lifetime.last });
        m_size = std::max(m_size, offset + bytes);
        return offset;
    }
    std::size_t size() const { return m_size; }

private:
    struct Placed {
        std::size_t offset;
        std::size_t bytes;
        std::size_t last;
    };
    std::vector<Placed> m_live; ///< by offset
    std::size_t m_size = 0;
};

} // namespace

std::vector<SlotId> readsOf(const Step& step)
{
    if (const auto* primitive = std::get_if<PrimitiveCall>(&step.call)) {
        std::vector<SlotId> reads;
        reads.reserve(primitive->reads.size());
        for (const auto& [argument, slot] : primitive->reads)
            reads.push_back(slot);
        return reads;
    }
    if (const auto* plain = std::get_if<PlainCall>(&step.call))
        return plain->reads;
    if (const auto* edit = std::get_if<EditCall>(&step.call))
        return { edit->slot };
    return { std::get<TapCall>(step.call).slot };
}

std::optional<SlotId> outputOf(const Step& step)
{
    if (const auto* primitive = std::get_if<PrimitiveCall>(&step.call))
        return primitive->output;
    if (const auto* plain = std::get_if<PlainCall>(&step.call))
        return plain->output;
    if (const auto* edit = std::get_if<EditCall>(&step.call))
        return edit->slot;
    return std::nullopt;
}

void layOutMemory(Plan& plan)
{
    const Lifetimes lifetimes(plan);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < plan.slots.size(); ++i)
        if (lifetimes.owner(i) == i && lifetimes.of(i).used() && !plan.slots[i].make)
            order.push_back(i);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return lifetimes.of(i).first; });
    Arena arena;
    plan.offsets.assign(plan.slots.size(), 0);
    for (const std::size_t i : order)
        plan.offsets[i] = arena.place(lifetimes.of(i));
    for (std::size_t i = 0; i < plan.slots.size(); ++i)
        plan.offsets[i] = plan.offsets[lifetimes.owner(i)];
    plan.arenaBytes = arena.size();
    for (const Step& step : plan.steps)
        if (const auto* primitive = std::get_if<PrimitiveCall>(&step.call))
            plan.scratchpadBytes = std::max(plan.scratchpadBytes, primitive->scratchpad.get_size());
}

void makeConstants(Plan& plan)
{
    if (!plan.constants.empty())
        return;
    const SingleThreaded guard;
    dnnl::stream stream(processor());
    std::vector<dnnl::memory> made(plan.slots.size());
    for (std::size_t i = 0; i < plan.slots.size(); ++i) {
        const Slot& slot = plan.slots[i];
        if (!slot.make)
            continue;
        std::vector<float> values = slot.make();
        dnnl::memory from(slot.plain, processor(), values.data());
        made[i] = dnnl::memory(slot.desc, processor());
        dnnl::reorder(from, made[i]).execute(stream, from, made[i]);
        stream.wait();
    }
    plan.constants = std::move(made);
}

const dnnl::engine& processor()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

dnnl::memory::desc plainDesc(const Shape& shape)
{
    dnnl::memory::dims dims(shape.extents().begin(), shape.extents().end());
    if (dims.empty())
        dims.push_back(1);
    dnnl::memory::dims strides(dims.size(), 1);
    for (std::size_t axis = dims.size() - 1; axis > 0; --axis)
        strides[axis - 1] = strides[axis] * dims[axis];
    return { dims, dnnl::memory::data_type::f32, strides };
}

SingleThreaded::SingleThreaded()
    : m_before(omp_get_max_threads())
{
    omp_set_num_threads(1);
}

SingleThreaded::~SingleThreaded()
{
    omp_set_num_threads(m_before);
}

} // namespace engine::nn
