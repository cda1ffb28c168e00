#pragma once

#include "engine/nn/fusion.h"
#include "engine/nn/plan.h"

#include <exception>
#include <map>
#include <memory>
#include <string>

namespace engine::nn {

/// Thrown while a plan for several images is built and a node mixes images (moves or reduces the outermost
/// axis): such a network runs one image at a time.
class MixesImages : public std::exception { };

using Arguments = std::vector<std::pair<int, SlotId>>;
using PlainCompute = std::function<void(std::span<const float* const> inputs, float* output)>;

/// What a plan is wanted for.
struct PlanRequest {
    std::size_t batch = 1; ///< images at once
    std::set<std::size_t> tapped {}; ///< nodes whose outputs are wanted
    std::set<std::size_t> edited {}; ///< nodes whose outputs may be changed
    bool editsAnyOrder = false; ///< edits take values in the order they lie in memory
    /// Every value stays where it is until the end, and before an edit too: parts can be run again.
    bool keepsAll = false;

    bool operator==(const PlanRequest&) const = default;
};

/// Turns a graph into a Plan. Operators (operators.h) ask it for the layouts they like and add steps.
class PlanBuilder {
public:
    PlanBuilder(const Graph& graph, PlanRequest request);

    /// Errors  FormatError naming the node, ShapeError, MixesImages.
    std::shared_ptr<Plan> build();

    const Graph& graph() const { return m_graph; }
    std::size_t batch() const { return m_plan->batch; }
    /// The batch the network was exported with, 1 when it is free.
    std::int64_t declaredBatch() const { return m_declaredBatch; }

    bool exists(const std::string& value) const { return m_values.contains(value); }
    const Shape& shape(const std::string& value) const;
    /// Does the value differ from image to image? Its outermost axis then counts the images.
    bool perImage(const std::string& value) const;

    SlotId native(const std::string& value); ///< in the layout it was made in
    SlotId plain(const std::string& value); ///< row-major
    SlotId as(const std::string& value, const dnnl::memory::desc& desc);
    /// The memory of a value, in layout `desc`, to be overwritten by the result of the group at hand; nothing
    /// when somebody else still wants the value.
    std::optional<SlotId> consume(const std::string& value, const dnnl::memory::desc& desc);
    const dnnl::memory::desc& desc(SlotId slot) const { return m_plan->at(slot).desc; }

    SlotId slot(const dnnl::memory::desc& desc);
    SlotId view(SlotId base, const dnnl::memory::desc& desc); ///< the same memory seen otherwise
    SlotId constant(const dnnl::memory::desc& desc, const Shape& plainShape,
                    std::function<std::vector<float>()> make);

    void add(PrimitiveCall call, bool inPlace = false);
    void add(PlainCall call);
    /// A primitive with one output of its own; returns where that is.
    template <typename Primitive>
    SlotId add(const typename Primitive::primitive_desc& desc, Arguments reads, bool inPlace = false)
    {
        const SlotId output = slot(desc.dst_desc());
        add({ Primitive(desc), std::move(reads), output, DNNL_ARG_DST, desc.scratchpad_desc() }, inPlace);
        return output;
    }

    void define(const std::string& value, const Shape& shape, SlotId slot, bool perImage);

private:
    struct Value {
        Shape shape;
        bool perImage = true;
        std::vector<SlotId> versions; ///< layouts it exists in; the first is the native one
    };

    void defineInput();
    void buildGroup(const Group& group);
    void tap(std::size_t node);
    void edit(std::size_t node);
    /// Is the memory of a slot that of this value only?
    bool isOnlyOf(const std::string& name, SlotId slot) const;
    void addReorder(SlotId from, SlotId to, const Shape& shape);
    void finish();
    Value& value(const std::string& name);
    const Value& value(const std::string& name) const;

    const Graph& m_graph;
    PlanRequest m_request;
    std::shared_ptr<Plan> m_plan;
    std::map<std::string, Value> m_values;
    std::map<std::string, std::size_t> m_readersLeft;
    std::int64_t m_declaredBatch = 1;
    std::size_t m_node = 0; ///< at hand
};

/// Attributes every primitive has: scratch memory comes from us, so that threads can share the primitive.
dnnl::primitive_attr userScratchpad();

} // namespace engine::nn
