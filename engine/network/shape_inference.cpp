#include "engine/network/shape_inference.h"

#include "engine/base/error.h"
#include "engine/network/shape_rules.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string_view>
#include <utility>

namespace engine {

namespace {

using shapes::Extents;

const shapes::Rule* findRule(const Node& node)
{
    if (!node.domain.empty())
        return nullptr;
    for (const auto& rules : { shapes::elementwiseRules(), shapes::windowRules(), shapes::layoutRules(),
                               shapes::indexRules(), shapes::matrixRules() }) {
        const auto found = std::ranges::find(rules, std::string_view(node.op), &shapes::Rule::op);
        if (found != rules.end())
            return &*found;
    }
    return nullptr;
}

/// Elements of a short list of 32- or 64-bit integers; nothing for any other tensor.
std::optional<Extents> shortList(const Tensor& tensor)
{
    if ((tensor.type != DType::I64 && tensor.type != DType::I32) || tensor.shape.rank() > 1
        || tensor.shape.elements() > shapes::largestList)
        return std::nullopt;
    std::vector<std::byte> bytes(tensor.bytes());
    const Extents start(tensor.shape.rank(), 0);
    tensor.source->read(start, tensor.shape.extents(), bytes);
    Extents values(tensor.shape.elements());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (tensor.type == DType::I64) {
            std::memcpy(&values[i], &bytes[i * sizeof(std::int64_t)], sizeof(std::int64_t));
        } else {
            std::int32_t value = 0;
            std::memcpy(&value, &bytes[i * sizeof(value)], sizeof(value));
            values[i] = value;
        }
    }
    return values;
}

class Inference {
public:
    Inference(Graph& graph, const std::map<std::string, Shape>& hints)
        : m_graph(graph)
        , m_hints(hints)
    {
    }

    std::vector<Remark> run()
    {
        for (const auto& [name, constant] : m_graph.constants)
            addConstant(name, constant);
        for (const GraphValue& input : m_graph.inputs)
            addInput(input);
        for (const Node& node : m_graph.nodes)
            addNode(node);
        return std::move(m_remarks);
    }

private:
    void addConstant(const std::string& name, const Tensor& constant)
    {
        if (constant.shape.rank() > shapes::largestRank)
            return;
        m_graph.shapes.insert_or_assign(name, constant.shape);
        if (std::optional<Extents> values = shortList(constant))
            m_known.emplace(name, std::move(*values));
    }

    void addInput(const GraphValue& input)
    {
        Extents extents = input.extents;
        const bool isPicture = extents.size() == 4 || extents.size() == 5;
        if (!extents.empty() && (extents.front() < 0 || isPicture)) {
            m_hintsHold = m_hintsHold && extents.front() <= 1;
            extents.front() = 1;
        }
        if (std::ranges::any_of(extents, [](std::int64_t extent) { return extent < 0; })) {
            remark(Severity::Note, "",
                   "the input " + input.name
                       + " has free extents beyond the batch, so shapes and costs are known only in part");
            return;
        }
        try {
            store(input.name, extents);
        } catch (const ShapeError& error) {
            remark(Severity::Warning, "", "input " + input.name + ": " + error.what());
        }
    }

    /// What is wrong, for the user; empty text when nothing is, or when an earlier node is to blame.
    struct Problem {
        std::string text = {};
        bool curable = false; ///< not worth telling when the file gives the shape
    };

    void addNode(const Node& node)
    {
        const shapes::Rule* rule = findRule(node);
        const Problem problem = rule != nullptr ? infer(node, *rule) : unknownOperator(node);
        const bool complete = useHints(node);
        if (problem.text.empty() || (problem.curable && complete))
            return;
        if (m_told.insert(node.domain + "." + node.op).second)
            remark(Severity::Warning, node.name,
                   problem.text + (complete ? "" : "; the shapes after it are not known"));
    }

    Problem infer(const Node& node, const shapes::Rule& rule)
    {
        const shapes::NodeView view(m_graph, m_known, node);
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            if (view.has(i) && m_graph.shape(node.inputs[i]) == nullptr)
                return {};
        }
        for (std::size_t i = 0; i < rule.inputs; ++i) {
            if (!view.has(i))
                return { node.op + " lacks its input " + std::to_string(i) };
        }
        try {
            return storeOutputs(view, rule.infer(view));
        } catch (const Error& error) {
            return { node.op + ": " + error.what() };
        }
    }

    Problem storeOutputs(const shapes::NodeView& view, const shapes::Outputs& outputs)
    {
        const Node& node = view.node();
        if (outputs.empty())
            return { "the shape " + node.op + " makes depends on values known only in a run", true };
        for (std::size_t i = 0; i < std::min(outputs.size(), node.outputs.size()); ++i)
            store(node.outputs[i], outputs[i]);
        if (node.outputs.empty())
            return {};
        if (std::optional<Extents> values = shapes::knownIntegers(view);
            values && values->size() <= shapes::largestList)
            m_known.insert_or_assign(node.outputs.front(), std::move(*values));
        return {};
    }

    static Problem unknownOperator(const Node& node)
    {
        const std::string domain = node.domain.empty() ? "" : " of " + node.domain;
        return { "the operator " + node.op + domain + " is not known" };
    }

    /// Takes the file's word for outputs that are still unknown. True when all are known then.
    bool useHints(const Node& node)
    {
        bool complete = true;
        for (const std::string& output : node.outputs) {
            if (output.empty() || m_graph.shape(output) != nullptr)
                continue;
            const auto hint = m_hints.find(output);
            if (m_hintsHold && hint != m_hints.end())
                m_graph.shapes.emplace(output, hint->second);
            else
                complete = false;
        }
        return complete;
    }

    void store(const std::string& value, const Extents& extents)
    {
        if (extents.size() > shapes::largestRank)
            throw ShapeError(std::to_string(extents.size()) + " axes are more than the "
                             + std::to_string(shapes::largestRank) + " there can be");
        if (!value.empty())
            m_graph.shapes.insert_or_assign(value, Shape(extents));
    }

    void remark(Severity severity, const std::string& layer, std::string text)
    {
        m_remarks.push_back({ severity, layer, std::move(text) });
    }

    Graph& m_graph;
    const std::map<std::string, Shape>& m_hints;
    shapes::KnownIntegers m_known;
    std::vector<Remark> m_remarks;
    std::set<std::string> m_told; ///< operators with a remark: one each is enough
    bool m_hintsHold = true; ///< the file's shapes are for the batch we take
};

} // namespace

std::vector<Remark> inferShapes(Graph& graph, const std::map<std::string, Shape>& hints)
{
    return Inference(graph, hints).run();
}

} // namespace engine
