#pragma once

#include <QByteArray>

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <string>
#include <vector>

/// ONNX models for tests, built with the protobuf classes.
namespace onnxmodel {

using Extents = std::vector<std::int64_t>;

inline void describe(onnx::ValueInfoProto& value, const std::string& name, const Extents& extents)
{
    value.set_name(name);
    auto* type = value.mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::FLOAT);
    for (const std::int64_t extent : extents) {
        auto* dimension = type->mutable_shape()->add_dim();
        if (extent < 0)
            dimension->set_dim_param("N");
        else
            dimension->set_dim_value(extent);
    }
}

inline onnx::NodeProto& addNode(onnx::ModelProto& model, const std::string& op,
                                const std::vector<std::string>& inputs,
                                const std::vector<std::string>& outputs, const std::string& name = {})
{
    onnx::NodeProto& node = *model.mutable_graph()->add_node();
    node.set_op_type(op);
    for (const std::string& input : inputs)
        node.add_input(input);
    for (const std::string& output : outputs)
        node.add_output(output);
    if (!name.empty())
        node.set_name(name);
    return node;
}

inline onnx::AttributeProto& addAttribute(onnx::NodeProto& node, const std::string& name,
                                          onnx::AttributeProto::AttributeType type)
{
    onnx::AttributeProto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(type);
    return attribute;
}

inline void fill(onnx::TensorProto& tensor, const std::string& name, const Extents& extents, int type)
{
    tensor.set_name(name);
    tensor.set_data_type(type);
    for (const std::int64_t extent : extents)
        tensor.add_dims(extent);
}

/// A float32 initializer with values 0, 1, 2 ... in raw_data.
inline onnx::TensorProto& addWeight(onnx::ModelProto& model, const std::string& name, const Extents& extents)
{
    onnx::TensorProto& tensor = *model.mutable_graph()->add_initializer();
    fill(tensor, name, extents, onnx::TensorProto::FLOAT);
    std::size_t elements = 1;
    for (const std::int64_t extent : extents)
        elements *= static_cast<std::size_t>(extent);
    std::vector<float> values(elements);
    for (std::size_t i = 0; i < elements; ++i)
        values[i] = static_cast<float>(i);
    tensor.set_raw_data(values.data(), values.size() * sizeof(float));
    return tensor;
}

/// x (N, 4) -> Gemm(w, b) -> y (N, 3), and nothing else.
inline onnx::ModelProto empty()
{
    onnx::ModelProto model;
    model.set_ir_version(7);
    model.set_producer_name("test");
    model.add_opset_import()->set_version(13);
    model.mutable_graph()->set_name("net");
    return model;
}

inline onnx::ModelProto small()
{
    onnx::ModelProto model = empty();
    describe(*model.mutable_graph()->add_input(), "x", { -1, 4 });
    describe(*model.mutable_graph()->add_output(), "y", { -1, 3 });
    addWeight(model, "w", { 4, 3 });
    addWeight(model, "b", { 3 });
    addNode(model, "Gemm", { "x", "w", "b" }, { "y" }, "fc");
    return model;
}

inline QByteArray bytes(const onnx::ModelProto& model)
{
    return QByteArray::fromStdString(model.SerializeAsString());
}

} // namespace onnxmodel
