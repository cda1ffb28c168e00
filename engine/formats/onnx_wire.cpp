#include "engine/formats/onnx_wire.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <optional>

namespace engine::formats {

namespace {

/// The messages of onnx.proto that are walked through.
enum class Message {
    Plain, ///< anything that is copied as it is
    Large, ///< elements of a tensor
    Model,
    OperatorSet,
    Entry,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    ValueInfo,
    Type,
    TensorType,
    TensorShape,
    Dimension
};

/// A field that is kept, and what it holds.
struct Field {
    Message in;
    std::uint64_t number;
    Message holds = Message::Plain;
};

constexpr std::uint64_t segmentField = 3; ///< of Tensor

constexpr std::array fields = {
    Field { Message::Model, 1 }, // ir_version
    Field { Message::Model, 2 }, // producer_name
    Field { Message::Model, 3 }, // producer_version
    Field { Message::Model, 7, Message::Graph },
    Field { Message::Model, 8, Message::OperatorSet },
    Field { Message::Model, 14, Message::Entry }, // metadata_props
    Field { Message::OperatorSet, 1 }, // domain
    Field { Message::OperatorSet, 2 }, // version
    Field { Message::Entry, 1 }, // key
    Field { Message::Entry, 2 }, // value
    Field { Message::Graph, 1, Message::Node },
    Field { Message::Graph, 2 }, // name
    Field { Message::Graph, 5, Message::Tensor }, // initializer
    Field { Message::Graph, 11, Message::ValueInfo }, // input
    Field { Message::Graph, 12, Message::ValueInfo }, // output
    Field { Message::Graph, 13, Message::ValueInfo }, // value_info
    Field { Message::Graph, 15, Message::SparseTensor }, // sparse_initializer
    Field { Message::Node, 1 }, // input
    Field { Message::Node, 2 }, // output
    Field { Message::Node, 3 }, // name
    Field { Message::Node, 4 }, // op_type
    Field { Message::Node, 5, Message::Attribute },
    Field { Message::Node, 7 }, // domain
    Field { Message::Attribute, 1 }, // name
    Field { Message::Attribute, 2 }, // f
    Field { Message::Attribute, 3 }, // i
    Field { Message::Attribute, 4 }, // s
    Field { Message::Attribute, 5, Message::Tensor }, // t
    Field { Message::Attribute, 7 }, // floats
    Field { Message::Attribute, 8 }, // ints
    Field { Message::Attribute, 9 }, // strings
    Field { Message::Attribute, 20 }, // type
    Field { Message::Attribute, 22, Message::SparseTensor },
    Field { Message::Tensor, 1 }, // dims
    Field { Message::Tensor, 2 }, // data_type
    Field { Message::Tensor, 4, Message::Large }, // float_data
    Field { Message::Tensor, 5 }, // int32_data
    Field { Message::Tensor, 7 }, // int64_data
    Field { Message::Tensor, 8 }, // name
    Field { Message::Tensor, 9, Message::Large }, // raw_data
    Field { Message::Tensor, 10, Message::Large }, // double_data
    Field { Message::Tensor, 11 }, // uint64_data
    Field { Message::Tensor, 13, Message::Entry }, // external_data
    Field { Message::Tensor, 14 }, // data_location
    Field { Message::SparseTensor, 1, Message::Tensor }, // values
    Field { Message::SparseTensor, 2, Message::Tensor }, // indices
    Field { Message::SparseTensor, 3 }, // dims
    Field { Message::ValueInfo, 1 }, // name
    Field { Message::ValueInfo, 2, Message::Type },
    Field { Message::Type, 1, Message::TensorType },
    Field { Message::TensorType, 1 }, // elem_type
    Field { Message::TensorType, 2, Message::TensorShape },
    Field { Message::TensorShape, 1, Message::Dimension },
    Field { Message::Dimension, 1 }, // dim_value
    Field { Message::Dimension, 2 }, // dim_param
};

const Field* find(Message in, std::uint64_t number)
{
    const auto* found = std::ranges::find_if(
        fields, [&](const Field& field) { return field.in == in && field.number == number; });
    return found == fields.end() ? nullptr : found;
}

void appendVarint(std::string& out, std::uint64_t value)
{
    for (; value >= 0x80U; value >>= 7)
        out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    out.push_back(static_cast<char>(value));
}

enum WireType : std::uint64_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

class Reducer {
public:
    Reducer(std::span<const std::byte> file, const std::string& path)
        : m_file(file)
        , m_path(path)
    {
    }

    /// The message in [begin, end), reduced.
    std::string reduce(Message message, std::uint64_t begin, std::uint64_t end)
    {
        std::string out;
        m_position = begin;
        while (m_position < end) {
            const std::uint64_t start = m_position;
            const std::uint64_t tag = varint(end);
            const std::uint64_t bodyLength = length(tag & 7U, end);
            const std::uint64_t body = m_position;
            const std::uint64_t next = body + bodyLength;
            if (message == Message::Tensor && tag >> 3 == segmentField)
                fail("holds a tensor in segments, which is not supported", start);
            if (const Field* field = find(message, tag >> 3))
                append(out, *field, tag, { start, body, next });
            m_position = next;
        }
        return out;
    }

private:
    struct Extent {
        std::uint64_t start; ///< of the tag
        std::uint64_t body;
        std::uint64_t next;
    };

    /// No network has more; each costs about a hundred bytes when parsed.
    static constexpr std::uint64_t largestPartCount = 4'000'000;

    void append(std::string& out, const Field& field, std::uint64_t tag, const Extent& extent)
    {
        const bool isBytes = (tag & 7U) == Bytes;
        if (isBytes && ++m_parts > largestPartCount)
            fail("has more than " + std::to_string(largestPartCount) + " parts", extent.start);
        if (isBytes && field.holds == Message::Large && extent.next - extent.body > onnxLargeBytes) {
            appendSegment(out, extent);
        } else if (isBytes && field.holds != Message::Plain && field.holds != Message::Large) {
            const std::string inner = reduce(field.holds, extent.body, extent.next);
            appendVarint(out, tag);
            appendVarint(out, inner.size());
            out += inner;
        } else {
            const auto bytes = m_file.subspan(extent.start, extent.next - extent.start);
            out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
    }

    static void appendSegment(std::string& out, const Extent& extent)
    {
        std::string segment;
        appendVarint(segment, (1U << 3) | Varint);
        appendVarint(segment, extent.body);
        appendVarint(segment, (2U << 3) | Varint);
        appendVarint(segment, extent.next);
        appendVarint(out, (segmentField << 3) | Bytes);
        appendVarint(out, segment.size());
        out += segment;
    }

    std::uint64_t varint(std::uint64_t end)
    {
        const std::uint64_t start = m_position;
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 70; shift += 7) {
            if (m_position >= end)
                fail("is cut off or damaged", start);
            const auto byte = std::to_integer<std::uint64_t>(m_file[m_position++]);
            value |= shift < 64 ? (byte & 0x7FU) << shift : 0;
            if (byte < 0x80U)
                return value;
        }
        fail("is damaged: a number does not end", start);
    }

    /// Of the body of a field; m_position is at its first byte afterwards.
    std::uint64_t length(std::uint64_t wireType, std::uint64_t end)
    {
        const std::uint64_t start = m_position;
        std::uint64_t bytes = 0;
        if (wireType == Varint) {
            varint(end);
            bytes = m_position - start;
            m_position = start;
        } else if (wireType == Fixed64 || wireType == Fixed32) {
            bytes = wireType == Fixed64 ? 8 : 4;
        } else if (wireType == Bytes) {
            bytes = varint(end);
        } else {
            fail("is not an ONNX network, or is damaged", start);
        }
        if (bytes > end - m_position)
            fail("is cut off or damaged: " + std::to_string(bytes) + " bytes are announced where "
                     + std::to_string(end - m_position) + " are left",
                 start);
        return bytes;
    }

    [[noreturn]] void fail(const std::string& what, std::uint64_t offset) const
    {
        throw FormatError(m_path + ": " + what + " (at byte " + std::to_string(offset) + ")", offset);
    }

    std::span<const std::byte> m_file;
    const std::string& m_path;
    std::uint64_t m_position = 0;
    std::uint64_t m_parts = 0;
};

} // namespace

std::string reduceOnnx(std::span<const std::byte> file, const std::string& path)
{
    return Reducer(file, path).reduce(Message::Model, 0, file.size());
}

} // namespace engine::formats
