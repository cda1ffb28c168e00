#include "engine/nn/fusion.h"

#include "engine/nn/ops_elementwise.h"

#include <algorithm>

namespace engine::nn {

namespace {

class Fuser {
public:
    Fuser(const Graph& graph, const std::set<std::size_t>& tapped)
        : m_graph(graph)
        , m_consumers(consumers(graph))
        , m_taken(graph.nodes.size(), false)
    {
        for (const std::size_t node : tapped)
            m_wanted.insert(output(node));
        for (const GraphValue& value : graph.outputs)
            m_wanted.insert(value.name);
    }

    std::vector<Group> run()
    {
        std::vector<Group> groups;
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
            if (!m_taken[i])
                groups.push_back(groupOf(i));
        std::ranges::sort(groups, {}, &Group::last);
        return groups;
    }

private:
    std::string output(std::size_t node) const
    {
        const auto& outputs = m_graph.nodes[node].outputs;
        return outputs.empty() ? std::string() : outputs.front();
    }

    /// The only reader of a node's output when nobody else wants that output.
    std::optional<std::size_t> follower(std::size_t node) const
    {
        const std::string value = output(node);
        const auto readers = m_consumers.find(value);
        if (m_wanted.contains(value) || readers == m_consumers.end() || readers->second.size() != 1
            || m_taken[readers->second.front()])
            return std::nullopt;
        return readers->second.front();
    }

    bool isBatchNorm(std::size_t node, const std::string& input) const
    {
        const Node& candidate = m_graph.nodes[node];
        return candidate.op == "BatchNormalization" && candidate.inputs.size() == 5
            && candidate.inputs.front() == input
            && std::all_of(candidate.inputs.begin() + 1, candidate.inputs.end(),
                           [&](const std::string& value) { return m_graph.constant(value) != nullptr; });
    }

    bool isResidual(std::size_t node) const
    {
        const Node& candidate = m_graph.nodes[node];
        return candidate.op == "Add" && candidate.inputs.size() == 2
            && candidate.inputs[0] != candidate.inputs[1]
            && std::ranges::none_of(candidate.inputs,
                                    [&](const std::string& value) { return m_graph.constant(value); });
    }

    std::optional<std::size_t> take(Group& group, std::optional<std::size_t> node, bool wanted)
    {
        if (!node || !wanted)
            return std::nullopt;
        m_taken[*node] = true;
        group.last = *node;
        return node;
    }

    Group groupOf(std::size_t head)
    {
        m_taken[head] = true;
        Group group { .head = head, .last = head };
        const std::string& op = m_graph.nodes[head].op;
        const bool convolution = op == "Conv";
        if (convolution) {
            auto next = follower(group.last);
            group.batchNorm = take(group, next, next && isBatchNorm(*next, output(group.last)));
            next = follower(group.last);
            group.add = take(group, next, next && isResidual(*next));
        }
        if (convolution || op == "Gemm" || op == "BatchNormalization" || op == "Add") {
            const auto next = follower(group.last);
            group.activation = take(group, next, next && activation(m_graph, m_graph.nodes[*next]));
        }
        return group;
    }

    const Graph& m_graph;
    std::map<std::string, std::vector<std::size_t>> m_consumers;
    std::set<std::string> m_wanted;
    std::vector<bool> m_taken;
};

} // namespace

std::vector<Group> fuse(const Graph& graph, const std::set<std::size_t>& tapped)
{
    return Fuser(graph, tapped).run();
}

} // namespace engine::nn
