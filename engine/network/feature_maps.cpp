#include "engine/network/feature_maps.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

namespace engine {

namespace {

using Names = std::unordered_set<std::string_view>;

/// Give the same elements another name or shape.
bool renames(const Node& node)
{
    static const Names ops = { "Identity", "Dropout", "Reshape",   "Flatten",
                               "Squeeze",  "Cast",    "Unsqueeze", "Transpose" };
    return ops.contains(node.op);
}

/// Are done by addressing when the value is read.
bool onlyMoves(const Node& node)
{
    static const Names ops = { "Concat", "Slice", "Split", "Pad", "Expand" };
    return renames(node) || ops.contains(node.op);
}

/// Looks at the extents of its input only.
bool readsNoValues(const Node& node)
{
    return node.op == "Shape" || node.op == "Size";
}

/// Makes each value of its output from the values at the same place.
bool isElementwise(const Node& node)
{
    static const Names ops = {
        "BatchNormalization",
        "Relu",
        "Clip",
        "LeakyRelu",
        "PRelu",
        "ThresholdedRelu",
        "Sigmoid",
        "HardSigmoid",
        "HardSwish",
        "Tanh",
        "Elu",
        "Selu",
        "Celu",
        "Gelu",
        "Mish",
        "Softplus",
        "Softsign",
        "Erf",
        "Abs",
        "Neg",
        "Exp",
        "Log",
        "Sqrt",
        "Reciprocal",
        "Round",
        "Floor",
        "Ceil",
        "Sign",
        "Add",
        "Sub",
        "Mul",
        "Div",
        "Pow",
        "Min",
        "Max",
        "Sum",
        "QuantizeLinear",
        "DequantizeLinear",
    };
    return ops.contains(node.op);
}

/// Where the values of a name lie.
struct Origin {
    std::set<std::size_t> maps;
    bool input = false;

    bool isConstant() const { return maps.empty() && !input; }
};

class MapFinder {
public:
    explicit MapFinder(const Graph& graph)
        : m_graph(graph)
        , m_readers(consumers(graph))
    {
        for (auto& [value, readers] : m_readers) {
            std::erase_if(readers, [&](std::size_t node) { return readsNoValues(graph.nodes[node]); });
            readers.erase(std::unique(readers.begin(), readers.end()), readers.end());
        }
        for (const GraphValue& input : graph.inputs)
            m_origins[input.name].input = true;
        for (const GraphValue& output : graph.outputs)
            m_outputs.insert(output.name);
    }

    std::vector<FeatureMap> run()
    {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
            visit(i);
        for (const std::string& output : m_outputs)
            for (const std::size_t map : m_origins[output].maps)
                m_maps[map].isOutput = true;
        return ordered();
    }

private:
    void visit(std::size_t index)
    {
        const Node& node = m_graph.nodes[index];
        Origin read;
        for (const std::string& input : node.inputs)
            add(read, input);
        if (readsNoValues(node) || read.isConstant() || node.outputs.empty())
            return;
        if (onlyMoves(node)) {
            for (const std::string& output : node.outputs)
                m_origins[output] = read;
            if (renames(node) && m_ends.contains(node.inputs.front()) && isFree(node.inputs.front()))
                m_ends[node.outputs.front()] = m_ends.at(node.inputs.front());
            return;
        }
        const std::optional<std::size_t> host = isElementwise(node) ? hostOf(node) : std::nullopt;
        extend(host.value_or(m_maps.size()), index, read);
    }

    void add(Origin& read, const std::string& value) const
    {
        const auto found = m_origins.find(value);
        if (found == m_origins.end())
            return;
        read.maps.insert(found->second.maps.begin(), found->second.maps.end());
        read.input = read.input || found->second.input;
    }

    /// The map on whose way out a node is done: of several, the one that begins last, so that the others
    /// exist already.
    std::optional<std::size_t> hostOf(const Node& node) const
    {
        std::optional<std::size_t> host;
        for (const std::string& input : node.inputs) {
            const auto end = m_ends.find(input);
            if (end != m_ends.end() && (!host || end->second > *host) && isFree(input)
                && sameSize(input, node.outputs.front()))
                host = end->second;
        }
        return host;
    }

    void extend(std::size_t map, std::size_t index, const Origin& read)
    {
        if (map == m_maps.size())
            m_maps.emplace_back();
        FeatureMap& extended = m_maps[map];
        extended.node = index;
        extended.nodes.push_back(index);
        extended.readsInput = extended.readsInput || read.input;
        for (const std::size_t other : read.maps)
            if (other != map && std::ranges::find(extended.reads, other) == extended.reads.end())
                extended.reads.push_back(other);
        for (const std::string& output : m_graph.nodes[index].outputs)
            m_origins[output] = { { map }, false };
        m_ends[m_graph.nodes[index].outputs.front()] = map;
    }

    bool sameSize(const std::string& a, const std::string& b) const
    {
        const Shape* first = m_graph.shape(a);
        const Shape* second = m_graph.shape(b);
        return first == nullptr || second == nullptr || first->elements() == second->elements();
    }

    /// Nobody but the next node wants the value, so that it need not be stored.
    bool isFree(const std::string& value) const
    {
        const auto readers = m_readers.find(value);
        if (m_outputs.contains(value) || readers == m_readers.end())
            return false;
        const std::vector<std::size_t>& nodes = readers->second;
        return nodes.size() == 1
            || (nodes.size() == 2 && (leadsTo(nodes[0], nodes[1]) || leadsTo(nodes[1], nodes[0])));
    }

    /// Whether all that the first node begins ends, value by value, in the second: x * sigmoid(x).
    bool leadsTo(std::size_t from, std::size_t to) const
    {
        constexpr int longest = 8; // the decomposed GELU has five
        for (int step = 0; step < longest; ++step) {
            const Node& node = m_graph.nodes[from];
            if (!isElementwise(node) || m_outputs.contains(node.outputs.front()))
                return false;
            const auto readers = m_readers.find(node.outputs.front());
            if (readers == m_readers.end() || readers->second.size() != 1)
                return false;
            from = readers->second.front();
            if (from == to)
                return isElementwise(m_graph.nodes[to]);
        }
        return false;
    }

    /// By the place of the stored value, which is after all that it reads.
    std::vector<FeatureMap> ordered()
    {
        std::vector<std::size_t> order(m_maps.size());
        std::iota(order.begin(), order.end(), std::size_t { 0 });
        std::ranges::sort(order, {}, [&](std::size_t map) { return m_maps[map].node; });
        std::vector<std::size_t> place(m_maps.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            place[order[i]] = i;
        std::vector<FeatureMap> sorted;
        for (const std::size_t map : order)
            sorted.push_back(std::move(m_maps[map]));
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            for (std::size_t& read : sorted[i].reads)
                read = place[read];
            std::ranges::sort(sorted[i].reads);
            for (const std::size_t read : sorted[i].reads)
                sorted[read].readers.push_back(i);
        }
        return sorted;
    }

    const Graph& m_graph;
    std::map<std::string, std::vector<std::size_t>> m_readers;
    std::set<std::string> m_outputs;
    std::map<std::string, Origin> m_origins; ///< of values that are not constant
    std::map<std::string, std::size_t> m_ends; ///< values that may still be worked on, and their map
    std::vector<FeatureMap> m_maps;
};

} // namespace

std::vector<FeatureMap> featureMaps(const Graph& graph)
{
    return MapFinder(graph).run();
}

} // namespace engine
