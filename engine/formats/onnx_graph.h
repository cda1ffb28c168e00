#pragma once

#include "engine/formats/onnx_tensor.h"
#include "engine/network/dataset.h"

#include <map>
#include <string>
#include <vector>

namespace onnx {
class GraphProto;
class TypeProto;
} // namespace onnx

namespace engine::formats {

/// What a GraphProto says, in our terms.
struct OnnxGraph {
    Graph graph; ///< in the file's order, without shapes
    std::map<std::string, Shape> hints; ///< shapes the file gives, a free first extent taken as 1
    std::vector<Remark> remarks;
};

/// Constant nodes become constants; nodes get unique names. `place` begins every error text.
/// Errors  FormatError, ShapeError, IoError.
OnnxGraph convertOnnxGraph(const onnx::GraphProto& proto, OnnxTensors& tensors, const std::string& place);

} // namespace engine::formats
