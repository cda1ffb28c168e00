#include "engine/formats/onnx_graph.h"

#include "engine/base/error.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace engine::formats {

namespace {

using onnx::AttributeProto;

/// The type of an attribute; files of the first versions leave it to the field that is set.
int attributeType(const AttributeProto& proto)
{
    if (proto.type() != AttributeProto::UNDEFINED)
        return proto.type();
    if (proto.has_f())
        return AttributeProto::FLOAT;
    if (proto.has_i())
        return AttributeProto::INT;
    if (proto.has_s())
        return AttributeProto::STRING;
    if (proto.has_t())
        return AttributeProto::TENSOR;
    if (proto.floats_size() > 0)
        return AttributeProto::FLOATS;
    if (proto.ints_size() > 0)
        return AttributeProto::INTS;
    return proto.strings_size() > 0 ? AttributeProto::STRINGS : AttributeProto::UNDEFINED;
}

template <typename T>
Tensor scalarOrList(DType type, const std::vector<T>& values, bool isScalar)
{
    const auto kept = std::make_shared<const std::vector<T>>(values);
    Tensor tensor;
    tensor.type = type;
    tensor.shape = isScalar ? Shape() : Shape({ static_cast<std::int64_t>(values.size()) });
    tensor.source = memorySource(tensor.shape, type, std::as_bytes(std::span<const T>(*kept)), kept);
    return tensor;
}

Tensor floatTensor(const std::vector<double>& values, bool isScalar)
{
    std::vector<float> stored(values.size());
    std::ranges::transform(values, stored.begin(), [](double value) { return static_cast<float>(value); });
    return scalarOrList(DType::F32, stored, isScalar);
}

/// The tensor a Constant node makes; nothing for texts.
std::optional<Tensor> constantOf(const Node& node)
{
    for (const auto& [key, value] : node.attributes) {
        if (const auto* tensor = std::get_if<Tensor>(&value))
            return *tensor;
        if (const auto* real = std::get_if<double>(&value))
            return floatTensor({ *real }, true);
        if (const auto* reals = std::get_if<std::vector<double>>(&value))
            return floatTensor(*reals, false);
        if (const auto* integer = std::get_if<std::int64_t>(&value))
            return scalarOrList<std::int64_t>(DType::I64, { *integer }, true);
        if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&value))
            return scalarOrList(DType::I64, *integers, false);
    }
    return std::nullopt;
}

/// Extents of a tensor type, -1 for a free one; nothing when it has no shape or is no tensor.
std::optional<std::vector<std::int64_t>> extentsOf(const onnx::TypeProto& type)
{
    if (!type.has_tensor_type() || !type.tensor_type().has_shape())
        return std::nullopt;
    std::vector<std::int64_t> extents;
    for (const auto& dimension : type.tensor_type().shape().dim())
        extents.push_back(dimension.has_dim_value() && dimension.dim_value() >= 0 ? dimension.dim_value()
                                                                                  : -1);
    return extents;
}

class Converter {
public:
    Converter(OnnxTensors& tensors, const std::string& place)
        : m_tensors(tensors)
        , m_place(place)
    {
    }

    OnnxGraph convert(const onnx::GraphProto& proto)
    {
        for (const auto& initializer : proto.initializer())
            addInitializer(initializer.name(), m_tensors.read(initializer));
        for (const auto& initializer : proto.sparse_initializer())
            addInitializer(initializer.values().name(), m_tensors.read(initializer));
        for (const auto& node : proto.node())
            addNode(node);
        for (const auto& input : proto.input()) {
            // Files of the first versions name initializers among the inputs, too.
            if (!m_result.graph.constants.contains(input.name()) && !m_unread.contains(input.name()))
                m_result.graph.inputs.push_back(value(input));
        }
        for (const auto& output : proto.output())
            m_result.graph.outputs.push_back(value(output));
        for (const auto& info : proto.value_info())
            addHint(info);
        return std::move(m_result);
    }

private:
    /// A tensor whose elements cannot be opened (texts) stays in the graph as a node that makes it.
    void addInitializer(const std::string& name, const std::optional<Tensor>& tensor)
    {
        if (name.empty())
            throw FormatError(m_place + ": an initializer has no name");
        if (tensor) {
            addConstant(name, *tensor);
            return;
        }
        m_unread.insert(name);
        Node node;
        node.name = uniqueName(name);
        node.op = "Constant";
        node.outputs = { name };
        m_result.graph.nodes.push_back(std::move(node));
        remark("unread", "", "the tensor " + name + " holds texts or complex numbers, which are not read");
    }

    void addConstant(const std::string& name, Tensor tensor)
    {
        tensor.name = name;
        if (!m_result.graph.constants.emplace(name, std::move(tensor)).second)
            throw FormatError(m_place + ": there are two constants called " + name);
    }

    void addNode(const onnx::NodeProto& proto)
    {
        Node node;
        node.op = proto.op_type();
        node.domain = proto.domain() == "ai.onnx" ? "" : proto.domain();
        node.inputs.assign(proto.input().begin(), proto.input().end());
        node.outputs.assign(proto.output().begin(), proto.output().end());
        const auto given = std::ranges::find_if(node.outputs, [](const auto& name) { return !name.empty(); });
        const std::string fallback = given == node.outputs.end() ? proto.op_type() : *given;
        node.name = proto.name().empty() ? fallback : proto.name();
        if (node.op.empty())
            throw FormatError(m_place + ": node " + node.name + " has no operator");
        for (const auto& attribute : proto.attribute())
            addAttribute(node, attribute);
        if (node.op == "Constant" && node.domain.empty() && !node.outputs.empty()) {
            if (const auto constant = constantOf(node)) {
                addConstant(node.outputs.front(), *constant);
                return;
            }
        }
        node.name = uniqueName(node.name);
        m_result.graph.nodes.push_back(std::move(node));
    }

    void addAttribute(Node& node, const AttributeProto& proto)
    {
        const int type = attributeType(proto);
        if (type == AttributeProto::TENSOR || type == AttributeProto::SPARSE_TENSOR) {
            const auto tensor = type == AttributeProto::TENSOR ? m_tensors.read(proto.t())
                                                               : m_tensors.read(proto.sparse_tensor());
            if (tensor)
                node.attributes.insert_or_assign(proto.name(), *tensor);
        } else if (const auto plain = plainAttribute(proto, type)) {
            node.attributes.insert_or_assign(proto.name(), *plain);
        } else if (type == AttributeProto::GRAPH || type == AttributeProto::GRAPHS) {
            remark(node.op, node.name, node.op + " holds a network of its own, which is not read");
        }
    }

    static std::optional<Attribute> plainAttribute(const AttributeProto& proto, int type)
    {
        switch (type) {
        case AttributeProto::FLOAT:
            return static_cast<double>(proto.f());
        case AttributeProto::INT:
            return std::int64_t { proto.i() };
        case AttributeProto::STRING:
            return proto.s();
        case AttributeProto::FLOATS:
            return std::vector<double>(proto.floats().begin(), proto.floats().end());
        case AttributeProto::INTS:
            return std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end());
        case AttributeProto::STRINGS:
            return std::vector<std::string>(proto.strings().begin(), proto.strings().end());
        default:
            return std::nullopt;
        }
    }

    GraphValue value(const onnx::ValueInfoProto& proto)
    {
        GraphValue result;
        result.name = proto.name();
        result.extents = extentsOf(proto.type()).value_or(std::vector<std::int64_t>());
        const auto type = onnxType(proto.type().tensor_type().elem_type());
        result.type = type.value_or(DType::F32);
        if (!type || !extentsOf(proto.type()))
            remark("value", "", "the value " + proto.name() + " has no shape or type that is understood");
        addHint(proto);
        return result;
    }

    void addHint(const onnx::ValueInfoProto& proto)
    {
        std::optional<std::vector<std::int64_t>> extents = extentsOf(proto.type());
        if (!extents || extents->size() > largestHintRank)
            return;
        if (!extents->empty() && extents->front() < 0)
            extents->front() = 1;
        if (std::ranges::any_of(*extents, [](std::int64_t extent) { return extent < 0; }))
            return;
        try {
            m_result.hints.insert_or_assign(proto.name(), Shape(*extents));
        } catch (const ShapeError& error) {
            throw ShapeError(m_place + ": value " + proto.name() + ": " + error.what());
        }
    }

    std::string uniqueName(const std::string& wanted)
    {
        std::string name = wanted;
        while (!m_names.insert(name).second)
            name = wanted + "_" + std::to_string(++m_repeats[wanted] + 1);
        return name;
    }

    /// One remark of a kind is enough.
    void remark(const std::string& kind, const std::string& layer, std::string text)
    {
        if (m_told.insert(kind).second)
            m_result.remarks.push_back({ Severity::Warning, layer, std::move(text) });
    }

    static constexpr std::size_t largestHintRank = 16;

    OnnxTensors& m_tensors;
    const std::string& m_place;
    OnnxGraph m_result;
    std::unordered_set<std::string> m_names; ///< of nodes
    std::unordered_map<std::string, std::size_t> m_repeats; ///< how often a name was asked for again
    std::unordered_set<std::string> m_unread; ///< initializers that are not opened
    std::set<std::string> m_told;
};

} // namespace

OnnxGraph convertOnnxGraph(const onnx::GraphProto& proto, OnnxTensors& tensors, const std::string& place)
{
    return Converter(tensors, place).convert(proto);
}

} // namespace engine::formats
