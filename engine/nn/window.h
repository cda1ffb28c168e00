#pragma once

#include "engine/nn/operators.h"

namespace engine::nn {

/// How a kernel moves over the spatial axes of a value.
struct SlidingWindow {
    dnnl::memory::dims kernel;
    dnnl::memory::dims strides;
    dnnl::memory::dims dilations; ///< 1 = dense
    dnnl::memory::dims padBegin;
    dnnl::memory::dims padEnd; ///< widened so that the last window is whole (ceil_mode)
    dnnl::memory::dims output; ///< extents of the result
    bool overhangs = false; ///< ceil_mode made a window reach beyond the declared padding
};

/// Reads strides, dilations, pads, auto_pad and ceil_mode of a node.
///
/// Shape   `input` is (N, C, spatial...), `kernel` its spatial extents.
/// Errors  ShapeError for a kernel that is larger than the padded input; FormatError for lists of the wrong
///         length or values that cannot be.
/// Source  ONNX operators Conv and MaxPool. A window that would start in the padding behind the input is
///         dropped, as Caffe and PyTorch do.
SlidingWindow slidingWindow(const Site& site, const Shape& input, const dnnl::memory::dims& kernel);

} // namespace engine::nn
