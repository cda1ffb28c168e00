#pragma once

#include <QByteArray>

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
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

using Change = std::function<void(onnx::ModelProto&)>;

inline Change tensorChange(const std::function<void(onnx::TensorProto&)>& change)
{
    return [change](onnx::ModelProto& model) { change(*model.mutable_graph()->mutable_initializer(0)); };
}

inline Change external(const std::vector<std::pair<std::string, std::string>>& entries)
{
    return tensorChange([entries](onnx::TensorProto& tensor) {
        tensor.clear_raw_data();
        tensor.set_data_location(onnx::TensorProto::EXTERNAL);
        for (const auto& [key, value] : entries) {
            auto* entry = tensor.add_external_data();
            entry->set_key(key);
            entry->set_value(value);
        }
    });
}

/// Two of twelve values, the rest zero.
inline onnx::SparseTensorProto& addSparse(onnx::ModelProto& model, const Extents& indexExtents,
                                          const std::vector<std::int64_t>& indices)
{
    model.mutable_graph()->clear_initializer();
    addWeight(model, "b", { 3 });
    onnx::SparseTensorProto& sparse = *model.mutable_graph()->add_sparse_initializer();
    sparse.add_dims(4);
    sparse.add_dims(3);
    fill(*sparse.mutable_values(), "w", { 2 }, onnx::TensorProto::FLOAT);
    sparse.mutable_values()->add_float_data(5);
    sparse.mutable_values()->add_float_data(7);
    fill(*sparse.mutable_indices(), "i", indexExtents, onnx::TensorProto::INT64);
    for (const std::int64_t index : indices)
        sparse.mutable_indices()->add_int64_data(index);
    return sparse;
}

} // namespace onnxmodel
