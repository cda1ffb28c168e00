#pragma once

#include "engine/base/file.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace onnx {
class SparseTensorProto;
class TensorProto;
} // namespace onnx

namespace engine::formats {

/// The element type of a TensorProto::DataType; nothing for strings and complex numbers.
std::optional<DType> onnxType(int dataType);

/// Makes tensors of a reduced model (see onnx_wire.h). Large elements stay in the mapped file, or in the
/// files beside it that external data names.
///
/// Errors  FormatError, ShapeError, IoError naming the file and the tensor.
class OnnxTensors {
public:
    explicit OnnxTensors(std::shared_ptr<const MappedFile> file);

    /// Nothing when the element type cannot be opened.
    std::optional<Tensor> read(const onnx::TensorProto& proto);
    std::optional<Tensor> read(const onnx::SparseTensorProto& proto);

private:
    using Source = std::shared_ptr<const TensorSource>;

    template <typename Extents>
    Shape shapeOf(const Extents& extents, const std::string& tensor) const;
    Source source(const onnx::TensorProto& proto, const Tensor& tensor);
    Source segment(const onnx::TensorProto& proto, const Tensor& tensor) const;
    Source external(const onnx::TensorProto& proto, const Tensor& tensor);
    std::shared_ptr<const MappedFile> externalFile(const std::string& location, const std::string& tensor);
    std::vector<std::uint64_t> positions(const onnx::TensorProto& indices, const Shape& shape,
                                         std::size_t count);
    std::string place(const std::string& tensor) const;

    std::shared_ptr<const MappedFile> m_file;
    std::map<std::string, std::shared_ptr<const MappedFile>> m_externalFiles; ///< by location
};

} // namespace engine::formats
