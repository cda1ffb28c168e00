#pragma once

#include "engine/base/random.h"
#include "engine/network/graph.h"
#include "engine/network/image_set.h"

#include <memory>
#include <string>
#include <vector>

/// Builds small networks by hand, with random weights that depend on the seed only.
class GraphKit {
public:
    using Extents = std::vector<std::int64_t>;
    using Attributes = std::map<std::string, engine::Attribute>;

    explicit GraphKit(std::uint64_t seed = 1)
        : m_random(seed)
    {
    }

    /// A node whose inputs are named; returns the name of its output (and of the node).
    std::string node(const std::string& op, const std::vector<std::string>& inputs,
                     const Attributes& attributes = {})
    {
        engine::Node node;
        node.name = op + std::to_string(m_graph.nodes.size());
        node.op = op;
        node.inputs = inputs;
        node.outputs = { node.name };
        node.attributes = attributes;
        m_graph.nodes.push_back(node);
        return node.name;
    }

    std::string constant(const Extents& shape, std::vector<float> values)
    {
        const std::string name = std::to_string(m_graph.constants.size()).append("c");
        engine::Tensor tensor;
        tensor.name = name;
        tensor.shape = engine::Shape(shape);
        tensor.source = engine::memorySource(tensor.shape, std::move(values));
        m_graph.constants[name] = tensor;
        return name;
    }
    std::string weights(const Extents& shape, double low = -1, double high = 1)
    {
        std::vector<float> values(engine::Shape(shape).elements());
        for (float& value : values)
            value = static_cast<float>(m_random.uniform(low, high));
        return constant(shape, std::move(values));
    }
    std::string list(const std::vector<int>& values)
    {
        return constant({ static_cast<std::int64_t>(values.size()) }, { values.begin(), values.end() });
    }
    std::string batchNorm(const std::string& input, std::int64_t channels)
    {
        return node("BatchNormalization",
                    { input, weights({ channels }), weights({ channels }), weights({ channels }),
                      weights({ channels }, 0.2, 2) });
    }
    std::string conv(const std::string& input, const Extents& shape, const Attributes& attributes = {})
    {
        return node("Conv", { input, weights(shape), weights({ shape[0] }) }, attributes);
    }

    engine::Graph& graph() { return m_graph; }

    /// The network from "x" (one image: `input`) to `output`.
    std::shared_ptr<const engine::Graph> finish(const Extents& input, const std::string& output)
    {
        Extents extents { -1 };
        extents.insert(extents.end(), input.begin(), input.end());
        m_graph.inputs = { { "x", engine::DType::F32, extents } };
        m_graph.outputs = { { output, engine::DType::F32, {} } };
        return std::make_shared<engine::Graph>(m_graph);
    }

private:
    engine::Random m_random;
    engine::Graph m_graph;
};

/// Random pictures of one size.
class RandomImages : public engine::ImageSet {
public:
    RandomImages(std::size_t count, const std::vector<std::int64_t>& shape)
        : m_count(count)
    {
        const std::size_t rank = shape.size();
        m_width = static_cast<int>(shape[rank - 1]);
        m_height = rank > 1 ? static_cast<int>(shape[rank - 2]) : 1;
        m_channels = rank > 2 ? static_cast<int>(shape[rank - 3]) : 1;
    }

    std::size_t size() const override { return m_count; }
    engine::Image read(std::size_t index) const override
    {
        engine::Image image { m_channels, m_height, m_width, {} };
        engine::Random random(7, index);
        for (int i = 0; i < m_channels * m_height * m_width; ++i)
            image.values.push_back(static_cast<float>(random.uniform(-1, 1)));
        return image;
    }
    std::optional<int> label(std::size_t) const override { return std::nullopt; }
    std::string name(std::size_t index) const override { return std::to_string(index).append(". image"); }

private:
    std::size_t m_count;
    int m_channels = 1;
    int m_height = 1;
    int m_width = 1;
};
