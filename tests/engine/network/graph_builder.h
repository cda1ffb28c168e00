#pragma once

#include "engine/network/graph.h"

#include <cstring>
#include <string>
#include <utility>
#include <vector>

/// Small graphs for tests, written down in a few lines.
namespace build {

using Extents = std::vector<std::int64_t>;

inline engine::Tensor floats(const std::string& name, const Extents& extents, float value = 0.5F)
{
    engine::Tensor tensor;
    tensor.name = name;
    tensor.shape = engine::Shape(extents);
    tensor.source = engine::memorySource(tensor.shape, std::vector<float>(tensor.shape.elements(), value));
    return tensor;
}

inline engine::Tensor integers(const std::string& name, const Extents& values)
{
    engine::Tensor tensor;
    tensor.name = name;
    tensor.type = engine::DType::I64;
    tensor.shape = engine::Shape { static_cast<std::int64_t>(values.size()) };
    const auto kept = std::make_shared<const Extents>(values);
    tensor.source = engine::memorySource(tensor.shape, tensor.type, std::as_bytes(std::span(*kept)), kept);
    return tensor;
}

inline engine::Node node(const std::string& op, std::vector<std::string> inputs,
                         std::map<std::string, engine::Attribute> attributes = {},
                         std::vector<std::string> outputs = { "y" })
{
    engine::Node result;
    result.name = op + ":" + outputs.front();
    result.op = op;
    result.inputs = std::move(inputs);
    result.outputs = std::move(outputs);
    result.attributes = std::move(attributes);
    return result;
}

inline engine::GraphValue value(const std::string& name, const Extents& extents)
{
    return { name, engine::DType::F32, extents };
}

} // namespace build
