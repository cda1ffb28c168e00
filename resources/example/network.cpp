#include "resources/example/network.h"

#include "engine/base/file.h"

#include <onnx/onnx_pb.h>

#include <cstring>
#include <ranges>
#include <span>

namespace example {

namespace {

Batch forward(const std::vector<Layer*>& layers, Batch batch)
{
    for (Layer* layer : layers)
        batch = layer->forward(batch);
    return batch;
}

Batch backward(const std::vector<Layer*>& layers, Batch gradient)
{
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        gradient = (*layer)->backward(gradient);
    return gradient;
}

Batch sum(Batch a, const Batch& b)
{
    for (std::size_t i = 0; i < a.values.size(); ++i)
        a.values[i] += b.values[i];
    return a;
}

/// Appends nodes one after another; each names its output after itself.
class Writer {
public:
    Writer()
    {
        m_model.set_ir_version(7);
        m_model.set_producer_name("Tessera make_example");
        m_model.add_opset_import()->set_version(13);
        m_graph = m_model.mutable_graph();
        m_graph->set_name("digits");
    }

    void value(onnx::ValueInfoProto* info, const std::string& name, const std::vector<int>& extents)
    {
        info->set_name(name);
        auto* tensor = info->mutable_type()->mutable_tensor_type();
        tensor->set_elem_type(onnx::TensorProto::FLOAT);
        tensor->mutable_shape()->add_dim()->set_dim_param("N");
        for (const int extent : extents)
            tensor->mutable_shape()->add_dim()->set_dim_value(extent);
    }

    onnx::NodeProto& node(const std::string& name, const std::string& op,
                          const std::vector<std::string>& inputs, const std::string& output = {})
    {
        onnx::NodeProto& node = *m_graph->add_node();
        node.set_name(name);
        node.set_op_type(op);
        for (const std::string& input : inputs)
            node.add_input(input);
        node.add_output(output.empty() ? name : output);
        return node;
    }

    std::string constant(const std::string& name, const std::vector<std::size_t>& extents,
                         const std::vector<float>& values)
    {
        onnx::TensorProto& tensor = *m_graph->add_initializer();
        tensor.set_name(name);
        tensor.set_data_type(onnx::TensorProto::FLOAT);
        for (const std::size_t extent : extents)
            tensor.add_dims(static_cast<std::int64_t>(extent));
        std::string bytes(values.size() * sizeof(float), '\0');
        std::memcpy(bytes.data(), values.data(), bytes.size());
        tensor.set_raw_data(bytes);
        return name;
    }

    void convolution(const std::string& name, const std::string& input, const Convolution& layer)
    {
        const ConvolutionShape& shape = layer.shape();
        const auto kernel = static_cast<int>(shape.kernel);
        const auto stride = static_cast<int>(shape.stride);
        const std::string weights = constant(
            name + ".weight", { shape.outputs, shape.inputs / shape.groups, shape.kernel, shape.kernel },
            layer.weights());
        onnx::NodeProto& made = node(name, "Conv", { input, weights });
        integers(made, "kernel_shape", { kernel, kernel });
        integers(made, "strides", { stride, stride });
        integers(made, "pads", { kernel / 2, kernel / 2, kernel / 2, kernel / 2 });
        integer(made, "group", static_cast<int>(shape.groups));
    }

    void batchNorm(const std::string& name, const std::string& input, const BatchNorm& layer)
    {
        const std::vector<std::size_t> extents { layer.scale().size() };
        onnx::NodeProto& made = node(name, "BatchNormalization",
                                     { input, constant(name + ".weight", extents, layer.scale()),
                                       constant(name + ".bias", extents, layer.shift()),
                                       constant(name + ".running_mean", extents, layer.mean()),
                                       constant(name + ".running_var", extents, layer.variance()) });
        onnx::AttributeProto& epsilon = *made.add_attribute();
        epsilon.set_name("epsilon");
        epsilon.set_type(onnx::AttributeProto::FLOAT);
        epsilon.set_f(BatchNorm::epsilon);
    }

    static void integers(onnx::NodeProto& node, const std::string& key, const std::vector<int>& values)
    {
        onnx::AttributeProto& attribute = *node.add_attribute();
        attribute.set_name(key);
        attribute.set_type(onnx::AttributeProto::INTS);
        for (const int value : values)
            attribute.add_ints(value);
    }
    static void integer(onnx::NodeProto& node, const std::string& key, int value)
    {
        onnx::AttributeProto& attribute = *node.add_attribute();
        attribute.set_name(key);
        attribute.set_type(onnx::AttributeProto::INT);
        attribute.set_i(value);
    }

    onnx::GraphProto& graph() { return *m_graph; }
    std::string bytes() const { return m_model.SerializeAsString(); }

private:
    onnx::ModelProto m_model;
    onnx::GraphProto* m_graph = nullptr;
};

constexpr std::size_t stemChannels = 16;
constexpr std::size_t blockChannels = 32;
constexpr std::size_t tailChannels = 64;
constexpr std::size_t classes = 10;

} // namespace

Network::Network(engine::Random& random)
    : m_conv1({ 1, stemChannels, 3, 1, 1 }, random)
    , m_conv2({ stemChannels, blockChannels, 3, 1, 1 }, random)
    , m_depthwise({ blockChannels, blockChannels, 3, 1, blockChannels }, random)
    , m_pointwise({ blockChannels, blockChannels, 1, 1, 1 }, random)
    , m_conv3({ blockChannels, tailChannels, 3, 2, 1 }, random)
    , m_bn1(stemChannels)
    , m_bn2(blockChannels)
    , m_depthwiseBn(blockChannels)
    , m_pointwiseBn(blockChannels)
    , m_bn3(tailChannels)
    , m_classifier(tailChannels, classes, random)
{
}

std::vector<Layer*> Network::stem()
{
    return { &m_conv1, &m_bn1, &m_relu1, &m_pool, &m_conv2, &m_bn2, &m_relu2 };
}

std::vector<Layer*> Network::branch()
{
    return { &m_depthwise, &m_depthwiseBn, &m_depthwiseRelu, &m_pointwise, &m_pointwiseBn };
}

std::vector<Layer*> Network::tail()
{
    return { &m_blockRelu, &m_conv3, &m_bn3, &m_relu3, &m_average, &m_classifier };
}

Loss Network::train(const Batch& images, const std::vector<int>& labels)
{
    const Batch shortcut = forward(stem(), images);
    const Batch joined = sum(forward(branch(), shortcut), shortcut);
    Loss loss = crossEntropy(forward(tail(), joined), labels);
    const Batch split = backward(tail(), loss.gradient);
    backward(stem(), sum(backward(branch(), split), split));
    return loss;
}

std::vector<Parameter*> Network::parameters()
{
    std::vector<Parameter*> all;
    for (const auto& layers : { stem(), branch(), tail() })
        for (Layer* layer : layers)
            for (Parameter* parameter : layer->parameters())
                all.push_back(parameter);
    return all;
}

void Network::write(const std::filesystem::path& path) const
{
    Writer out;
    out.value(out.graph().add_input(), "input", { 1, 28, 28 });
    out.value(out.graph().add_output(), "logits", { static_cast<int>(classes) });
    out.convolution("conv1", "input", m_conv1);
    out.batchNorm("bn1", "conv1", m_bn1);
    out.node("relu1", "Relu", { "bn1" });
    onnx::NodeProto& pool = out.node("pool1", "MaxPool", { "relu1" });
    Writer::integers(pool, "kernel_shape", { 2, 2 });
    Writer::integers(pool, "strides", { 2, 2 });
    out.convolution("conv2", "pool1", m_conv2);
    out.batchNorm("bn2", "conv2", m_bn2);
    out.node("relu2", "Relu", { "bn2" });
    out.convolution("block.depthwise", "relu2", m_depthwise);
    out.batchNorm("block.bn1", "block.depthwise", m_depthwiseBn);
    out.node("block.relu1", "Relu", { "block.bn1" });
    out.convolution("block.pointwise", "block.relu1", m_pointwise);
    out.batchNorm("block.bn2", "block.pointwise", m_pointwiseBn);
    out.node("block.add", "Add", { "block.bn2", "relu2" });
    out.node("block.relu2", "Relu", { "block.add" });
    out.convolution("conv3", "block.relu2", m_conv3);
    out.batchNorm("bn3", "conv3", m_bn3);
    out.node("relu3", "Relu", { "bn3" });
    out.node("pool2", "GlobalAveragePool", { "relu3" });
    Writer::integer(out.node("flatten", "Flatten", { "pool2" }), "axis", 1);
    onnx::NodeProto& classifier =
        out.node("fc", "Gemm",
                 { "flatten", out.constant("fc.weight", { classes, tailChannels }, m_classifier.weights()),
                   out.constant("fc.bias", { classes }, m_classifier.bias()) },
                 "logits");
    Writer::integer(classifier, "transB", 1);
    engine::AtomicFile file(path);
    file.write(out.bytes());
    file.commit();
}

} // namespace example
