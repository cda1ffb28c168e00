#pragma once

#include "engine/base/control.h"
#include "engine/tensor/shape.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// Element types as stored. Complex and string tensors are listed by readers but not opened.
enum class DType { Bool, U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64, F8E4M3, F8E5M2 };

std::string_view name(DType type); ///< "f32"
std::size_t byteSize(DType type);
bool isInteger(DType type); ///< Bool counts as integer
bool isSigned(DType type);

/// Elements as little-endian bytes of `type`, converted to float; sizes must agree.
void toFloat(DType type, std::span<const std::byte> bytes, std::span<float> out);
/// One element, exactly (64-bit integers beyond 2^53 are rounded).
double toDouble(DType type, const std::byte* element);

/// value = scale * (stored - zeroPoint).
struct Quantisation {
    double scale = 1;
    std::int64_t zeroPoint = 0;
    int bits = 8; ///< [bit]
};

/// Where the elements of a tensor come from. Implementations are thread-safe and read lazily.
class TensorSource {
public:
    virtual ~TensorSource() = default;

    /// Copies the box [start, start + count) in row-major order as little-endian elements of the stored type.
    /// Errors  IoError, FormatError.
    virtual void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
                      std::span<std::byte> out) const = 0;

    /// All elements, row-major and little-endian, when they lie so in memory; else empty.
    virtual std::span<const std::byte> mapped() const { return {}; }
};

/// What a tensor is for.
enum class Role { Weight, Activation, Image, Label, Other };

std::string_view name(Role role); ///< "activation"

/// A named tensor of a data set. Copying it copies no elements.
struct Tensor {
    std::string name;
    DType type = DType::F32;
    Shape shape;
    std::string layout; ///< "NCHW", "OIHW", "NF"; empty when not known
    Role role = Role::Other;
    std::string layer; ///< the layer it belongs to; empty for none
    std::string op; ///< of the node that made an activation, when known: "Relu"
    std::optional<Quantisation> quantisation;
    std::shared_ptr<const TensorSource> source;

    std::uint64_t bytes() const { return shape.elements() * byteSize(type); }
};

/// A tensor over elements that lie in memory. `keepAlive` owns them (a MappedFile, a vector).
/// Errors  ShapeError when the sizes do not agree.
std::shared_ptr<const TensorSource> memorySource(const Shape& shape, DType type,
                                                 std::span<const std::byte> bytes,
                                                 std::shared_ptr<const void> keepAlive);
std::shared_ptr<const TensorSource> memorySource(const Shape& shape, std::vector<float> values);

/// A whole tensor as float; `readFloats(tensor, first, items)` reads slices along the outermost axis.
std::vector<float> readFloats(const Tensor& tensor);
std::vector<float> readFloats(const Tensor& tensor, std::int64_t first, std::int64_t items);
/// A box as float, row-major.
std::vector<float> readBox(const Tensor& tensor, std::span<const std::int64_t> start,
                           std::span<const std::int64_t> count);
/// One element, exactly as toDouble().
double readElement(const Tensor& tensor, std::span<const std::int64_t> index);

/// Reads a tensor in row-major order in pieces of at most 16 MB. `body` gets the flat index of the first
/// element. Returns false when stopped.
bool forEachPiece(const Tensor& tensor, const Control& control,
                  const std::function<void(std::uint64_t first, std::span<const float> values)>& body);

} // namespace engine
