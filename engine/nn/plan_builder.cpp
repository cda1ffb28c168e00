#include "engine/nn/plan_builder.h"

#include "engine/base/error.h"
#include "engine/nn/channels_last.h"
#include "engine/nn/operators.h"

#include <algorithm>

namespace engine::nn {

namespace {

/// (N, spatial..., C) in memory.
dnnl::memory::desc channelsLastDesc(const Shape& shape)
{
    const dnnl::memory::dims dims(shape.extents().begin(), shape.extents().end());
    dnnl::memory::dims strides(dims.size(), 1);
    strides.back() = dims[1];
    for (std::size_t axis = dims.size() - 1; axis > 2; --axis)
        strides[axis - 1] = strides[axis] * dims[axis];
    strides[0] = strides[2] * dims[2];
    return { dims, dnnl::memory::data_type::f32, strides };
}

/// Extents of the network's input with `batch` images.
Shape inputShape(const Graph& graph, std::size_t batch)
{
    if (graph.inputs.size() != 1)
        throw FormatError("the network has " + std::to_string(graph.inputs.size())
                          + " inputs; only networks with one input can be run");
    const GraphValue& input = graph.inputs.front();
    std::vector<std::int64_t> extents = input.extents;
    if (extents.size() < 2)
        throw ShapeError("input " + input.name + ": the network wants no batch of pictures (rank below 2)");
    if (const Shape* known = graph.shape(input.name); known != nullptr && known->rank() == extents.size())
        extents = known->extents();
    extents.front() = static_cast<std::int64_t>(batch);
    if (std::ranges::any_of(extents, [](std::int64_t extent) { return extent <= 0; }))
        throw ShapeError("input " + input.name
                         + ": its size is not fixed in the file; export the network with fixed sizes");
    return Shape(extents);
}

} // namespace

dnnl::primitive_attr userScratchpad()
{
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return attributes;
}

PlanBuilder::PlanBuilder(const Graph& graph, PlanRequest request)
    : m_graph(graph)
    , m_request(std::move(request))
    , m_plan(std::make_shared<Plan>())
{
    m_plan->batch = m_request.batch;
    m_plan->keepsAll = m_request.keepsAll;
    for (const auto& [name, readers] : consumers(graph))
        m_readersLeft[name] = readers.size();
    for (const GraphValue& output : graph.outputs)
        ++m_readersLeft[output.name];
}

std::shared_ptr<Plan> PlanBuilder::build()
{
    const SingleThreaded guard;
    defineInput();
    for (const auto& [name, tensor] : m_graph.constants)
        m_values[name] = Value { tensor.shape, false, {} };
    std::set<std::size_t> wanted = m_request.tapped;
    wanted.insert(m_request.edited.begin(), m_request.edited.end());
    for (const Group& group : fuse(m_graph, wanted))
        buildGroup(group);
    finish();
    return m_plan;
}

void PlanBuilder::defineInput()
{
    const Shape shape = inputShape(m_graph, batch());
    const GraphValue& input = m_graph.inputs.front();
    m_declaredBatch = std::max<std::int64_t>(1, input.extents.front());
    m_plan->input = slot(plainDesc(shape));
    define(input.name, shape, m_plan->input, true);
}

void PlanBuilder::buildGroup(const Group& group)
{
    m_node = group.head;
    const Node& head = m_graph.nodes[group.head];
    if (m_graph.nodes[group.last].outputs.empty())
        throw FormatError("node " + m_graph.nodes[group.last].name + ": it has no output");
    try {
        findOperator(head).build(Site(*this, group));
    } catch (const dnnl::error& error) {
        throw FormatError("node " + head.name + " (" + head.op + "): cannot be run with these shapes and "
                          + "attributes: " + error.what());
    }
    for (const auto& member : { std::optional(group.head), group.batchNorm, group.add, group.activation })
        if (member)
            for (const std::string& input : m_graph.nodes[*member].inputs)
                if (!input.empty())
                    --m_readersLeft[input];
    edit(group.last);
    tap(group.last);
}

void PlanBuilder::edit(std::size_t node)
{
    const std::string& output = m_graph.nodes[node].outputs.front();
    if (!m_request.edited.contains(node) || !perImage(output))
        return;
    m_node = node;
    const SlotId made = native(output);
    const Shape valueShape = shape(output);
    const dnnl::memory::desc madeDesc = desc(made);
    const dnnl::memory::desc editedDesc = m_request.editsAnyOrder ? madeDesc : plainDesc(valueShape);
    SlotId edited = made;
    if (m_request.keepsAll || madeDesc != editedDesc || !isOnlyOf(output, made)) {
        edited = slot(editedDesc);
        addReorder(made, edited, valueShape);
        define(output, valueShape, edited, true);
    }
    m_plan->steps.push_back({ node, EditCall { node, edited, valueShape } });
}

void PlanBuilder::tap(std::size_t node)
{
    const std::string& output = m_graph.nodes[node].outputs.front();
    if (!m_request.tapped.contains(node) || !perImage(output))
        return;
    m_node = node;
    const SlotId slot = plain(output);
    m_plan->steps.push_back({ node, TapCall { node, slot, shape(output) } });
}

void PlanBuilder::finish()
{
    if (m_graph.outputs.empty())
        throw FormatError("the network has no output");
    const std::string& output = m_graph.outputs.front().name;
    if (!perImage(output))
        throw FormatError("output " + output + " does not depend on the input");
    m_plan->output = plain(output);
    m_plan->outputShape = shape(output);
    layOutMemory(*m_plan);
}

PlanBuilder::Value& PlanBuilder::value(const std::string& name)
{
    const auto found = m_values.find(name);
    if (found == m_values.end())
        throw FormatError("value " + name + ": no node makes it");
    return found->second;
}

const PlanBuilder::Value& PlanBuilder::value(const std::string& name) const
{
    return const_cast<PlanBuilder*>(this)->value(name);
}

const Shape& PlanBuilder::shape(const std::string& name) const
{
    return value(name).shape;
}

bool PlanBuilder::perImage(const std::string& name) const
{
    return value(name).perImage;
}

std::optional<SlotId> PlanBuilder::consume(const std::string& name, const dnnl::memory::desc& desc)
{
    if (m_readersLeft[name] != 1 || !perImage(name))
        return std::nullopt;
    const SlotId memory = as(name, desc);
    if (!isOnlyOf(name, memory))
        return std::nullopt;
    if (m_request.keepsAll) {
        const SlotId copy = slot(desc);
        addReorder(memory, copy, shape(name));
        return view(copy, desc);
    }
    m_values.erase(name);
    return view(memory, desc);
}

bool PlanBuilder::isOnlyOf(const std::string& name, SlotId slot) const
{
    const SlotId base = m_plan->at(slot).base;
    return std::ranges::none_of(m_values, [&](const auto& other) {
        return other.first != name && std::ranges::any_of(other.second.versions, [&](SlotId version) {
                   return m_plan->at(version).base == base;
               });
    });
}

SlotId PlanBuilder::native(const std::string& name)
{
    Value& known = value(name);
    if (!known.versions.empty())
        return known.versions.front();
    const Tensor& tensor = *m_graph.constant(name);
    known.versions.push_back(
        constant(plainDesc(tensor.shape), tensor.shape, [tensor] { return readFloats(tensor); }));
    return known.versions.front();
}

SlotId PlanBuilder::plain(const std::string& name)
{
    return as(name, plainDesc(shape(name)));
}

SlotId PlanBuilder::as(const std::string& name, const dnnl::memory::desc& desc)
{
    const SlotId from = native(name);
    Value& known = value(name);
    for (const SlotId version : known.versions)
        if (m_plan->at(version).desc == desc)
            return version;
    const SlotId to = slot(desc);
    known.versions.push_back(to);
    addReorder(from, to, known.shape);
    return to;
}

void PlanBuilder::addReorder(SlotId from, SlotId to, const Shape& shape)
{
    const dnnl::memory::desc& source = m_plan->at(from).desc;
    const dnnl::memory::desc& target = m_plan->at(to).desc;
    constexpr std::size_t fewest = 3;
    if (shape.rank() >= fewest && source == channelsLastDesc(shape) && target == plainDesc(shape)) {
        const auto images = static_cast<std::size_t>(shape[0]);
        const auto channels = static_cast<std::size_t>(shape[1]);
        const std::size_t pixels = shape.elements() / (images * channels);
        add({ [=](std::span<const float* const> in, float* out) {
                 planesFromChannelsLast(in[0], out, images, channels, pixels);
             },
              { from },
              to });
        return;
    }
    const dnnl::reorder::primitive_desc reorder(processor(), source, processor(), target, userScratchpad());
    add({ dnnl::reorder(reorder), { { DNNL_ARG_FROM, from } }, to, DNNL_ARG_TO, reorder.scratchpad_desc() });
}

SlotId PlanBuilder::slot(const dnnl::memory::desc& desc)
{
    // Far more than any machine has, and far from where byte counts overflow.
    constexpr std::uint64_t most = std::uint64_t { 1 } << 38;
    const Shape shape(desc.dims());
    if (shape.elements() > most || shape.elements() == 0)
        throw ShapeError((m_graph.nodes.empty() ? "input" : "node " + m_graph.nodes[m_node].name)
                         + ": a value of " + toString(shape)
                         + (shape.elements() == 0 ? " is empty" : " is too large"));
    const SlotId id { m_plan->slots.size() };
    m_plan->slots.push_back({ desc, id, {}, {} });
    return id;
}

SlotId PlanBuilder::view(SlotId base, const dnnl::memory::desc& desc)
{
    const SlotId id = slot(desc);
    m_plan->slots.back().base = m_plan->at(base).base;
    return id;
}

SlotId PlanBuilder::constant(const dnnl::memory::desc& desc, const Shape& plainShape,
                             std::function<std::vector<float>()> make)
{
    const SlotId id = slot(desc);
    m_plan->slots.back().make = std::move(make);
    m_plan->slots.back().plain = plainDesc(plainShape);
    return id;
}

void PlanBuilder::add(PrimitiveCall call, bool inPlace)
{
    m_plan->steps.push_back({ m_node, std::move(call), inPlace });
}

void PlanBuilder::add(PlainCall call)
{
    m_plan->steps.push_back({ m_node, std::move(call) });
}

void PlanBuilder::define(const std::string& name, const Shape& shape, SlotId slot, bool perImage)
{
    m_values[name] = Value { shape, perImage, { slot } };
}

} // namespace engine::nn
