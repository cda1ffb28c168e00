#include "engine/network/graph.h"

#include "engine/base/error.h"

#include <queue>

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

namespace engine {

namespace {

template <typename T>
const T* attribute(const Node& node, const std::string& key, const char* kind)
{
    const auto found = node.attributes.find(key);
    if (found == node.attributes.end())
        return nullptr;
    if (const T* value = std::get_if<T>(&found->second))
        return value;
    throw FormatError("node " + node.name + ": attribute " + key + " is not " + kind);
}

/// Which node makes each value; constants and inputs of the graph are made by none of them.
class Producers {
public:
    explicit Producers(const Graph& graph)
    {
        for (const auto& [name, tensor] : graph.constants)
            m_makers.emplace(name, std::nullopt);
        for (const GraphValue& input : graph.inputs)
            m_makers.emplace(input.name, std::nullopt);
        for (std::size_t i = 0; i < graph.nodes.size(); ++i)
            addOutputs(graph.nodes[i], i);
    }

    /// Errors  FormatError when nobody makes the value.
    std::optional<std::size_t> maker(const std::string& value, const std::string& user) const
    {
        const auto found = m_makers.find(value);
        if (found == m_makers.end())
            throw FormatError(user + " uses the value \"" + value + "\", which nothing in the network makes");
        return found->second;
    }

private:
    void addOutputs(const Node& node, std::size_t index)
    {
        for (const std::string& output : node.outputs) {
            if (!output.empty() && !m_makers.emplace(output, index).second)
                throw FormatError("node " + node.name + " makes the value \"" + output
                                  + "\", which something else makes already");
        }
    }

    std::unordered_map<std::string, std::optional<std::size_t>> m_makers;
};

/// Who waits for whom.
struct Dependencies {
    std::vector<std::vector<std::size_t>> users; ///< of each node's outputs, one entry per use
    std::vector<std::size_t> missing; ///< inputs of each node that are not made yet
};

Dependencies dependencies(const Graph& graph)
{
    const Producers producers(graph);
    Dependencies result;
    result.users.resize(graph.nodes.size());
    result.missing.resize(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        for (const std::string& input : graph.nodes[i].inputs) {
            if (input.empty())
                continue;
            if (const auto maker = producers.maker(input, "node " + graph.nodes[i].name)) {
                result.users[*maker].push_back(i);
                ++result.missing[i];
            }
        }
    }
    for (const GraphValue& output : graph.outputs)
        producers.maker(output.name, "the network's output");
    return result;
}

/// Walks from a node that waits to one it waits for until a node comes round again.
std::size_t nodeOnCycle(const Dependencies& waiting)
{
    std::vector<std::size_t> awaited(waiting.missing.size());
    for (std::size_t i = 0; i < waiting.users.size(); ++i) {
        for (const std::size_t user : waiting.users[i]) {
            if (waiting.missing[i] > 0)
                awaited[user] = i;
        }
    }
    const auto stuck = std::ranges::find_if(waiting.missing, [](std::size_t count) { return count > 0; });
    auto node = static_cast<std::size_t>(stuck - waiting.missing.begin());
    std::vector<bool> seen(awaited.size());
    while (!seen[node]) {
        seen[node] = true;
        node = awaited[node];
    }
    return node;
}

/// Kahn's algorithm; among the nodes that are ready the one first in the file goes first.
std::vector<std::size_t> executionOrder(const Graph& graph)
{
    Dependencies waiting = dependencies(graph);
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (waiting.missing[i] == 0)
            ready.push(i);
    }
    std::vector<std::size_t> order;
    order.reserve(graph.nodes.size());
    while (!ready.empty()) {
        const std::size_t i = ready.top();
        ready.pop();
        order.push_back(i);
        for (const std::size_t user : waiting.users[i]) {
            if (--waiting.missing[user] == 0)
                ready.push(user);
        }
    }
    if (order.size() < graph.nodes.size())
        throw FormatError("node " + graph.nodes[nodeOnCycle(waiting)].name
                          + " waits for its own result: the network has a cycle");
    return order;
}

} // namespace

std::int64_t Node::integer(const std::string& key, std::int64_t fallback) const
{
    const auto* value = attribute<std::int64_t>(*this, key, "an integer");
    return value != nullptr ? *value : fallback;
}

double Node::real(const std::string& key, double fallback) const
{
    const auto* value = attribute<double>(*this, key, "a number");
    return value != nullptr ? *value : fallback;
}

std::string Node::text(const std::string& key, const std::string& fallback) const
{
    const auto* value = attribute<std::string>(*this, key, "a text");
    return value != nullptr ? *value : fallback;
}

std::vector<std::int64_t> Node::integers(const std::string& key, std::vector<std::int64_t> fallback) const
{
    const auto* value = attribute<std::vector<std::int64_t>>(*this, key, "a list of integers");
    if (value != nullptr)
        return *value;
    return fallback;
}

const Tensor* Graph::constant(const std::string& value) const
{
    const auto found = constants.find(value);
    return found == constants.end() ? nullptr : &found->second;
}

const Shape* Graph::shape(const std::string& value) const
{
    const auto found = shapes.find(value);
    return found == shapes.end() ? nullptr : &found->second;
}

void sortTopologically(Graph& graph)
{
    const std::vector<std::size_t> order = executionOrder(graph);
    std::vector<Node> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order)
        sorted.push_back(std::move(graph.nodes[i]));
    graph.nodes = std::move(sorted);
}

std::map<std::string, std::vector<std::size_t>> consumers(const Graph& graph)
{
    std::map<std::string, std::vector<std::size_t>> result;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        for (const std::string& input : graph.nodes[i].inputs)
            if (!input.empty())
                result[input].push_back(i);
    return result;
}

} // namespace engine
