#include "engine/base/error.h"
#include "engine/network/shape_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace engine::shapes {

namespace {

/// How a window moves over the spatial axes of a convolution or pooling.
struct Window {
    Extents kernel;
    Extents strides;
    Extents dilations;
    Extents pads; ///< all begins, then all ends
    std::string autoPad;
    bool ceilMode = false;
};

Extents perAxis(const Node& node, const std::string& key, std::size_t axes, std::int64_t fallback)
{
    Extents values = node.integers(key);
    if (values.empty())
        values.assign(axes, fallback);
    if (values.size() != axes)
        throw ShapeError(key + " has " + std::to_string(values.size()) + " values where "
                         + std::to_string(axes) + " are wanted");
    return values;
}

void checkPositive(const Extents& values, const std::string& key)
{
    for (const std::int64_t value : values) {
        if (value < 1)
            throw ShapeError(key + ": " + std::to_string(value) + " is less than 1");
    }
}

Window window(const Node& node, Extents kernel)
{
    Window result;
    const std::size_t axes = kernel.size();
    result.kernel = std::move(kernel);
    result.strides = perAxis(node, "strides", axes, 1);
    result.dilations = perAxis(node, "dilations", axes, 1);
    result.pads = perAxis(node, "pads", 2 * axes, 0);
    result.autoPad = node.text("auto_pad", "NOTSET");
    result.ceilMode = node.integer("ceil_mode", 0) != 0;
    checkPositive(result.kernel, "kernel_shape");
    checkPositive(result.strides, "strides");
    checkPositive(result.dilations, "dilations");
    return result;
}

bool keepsSize(const Window& window)
{
    return window.autoPad == "SAME_UPPER" || window.autoPad == "SAME_LOWER";
}

/// Values under the window from first to last, gaps of dilation included.
std::int64_t reach(const Window& window, std::size_t axis)
{
    return add(multiply(window.kernel[axis] - 1, window.dilations[axis]), 1);
}

std::int64_t padding(const Window& window, std::size_t axis)
{
    return window.autoPad == "VALID" ? 0 : add(window.pads[axis], window.pads[axis + window.kernel.size()]);
}

std::int64_t positions(const Window& window, std::size_t axis, std::int64_t extent)
{
    const std::int64_t stride = window.strides[axis];
    if (keepsSize(window))
        return divideUp(extent, stride);
    const std::int64_t room = subtract(add(extent, padding(window, axis)), reach(window, axis));
    if (room < 0)
        throw ShapeError("a window of " + std::to_string(reach(window, axis)) + " does not fit an input of "
                         + std::to_string(extent));
    if (!window.ceilMode)
        return room / stride + 1;
    const std::int64_t count = add(divideUp(room, stride), 1);
    // A last window that would begin in the padding at the end is left out.
    const std::int64_t begin = window.autoPad == "VALID" ? 0 : window.pads[axis];
    return multiply(count - 1, stride) >= add(extent, begin) ? count - 1 : count;
}

std::size_t spatialAxes(const Extents& input)
{
    if (input.size() < 3)
        throw ShapeError("an input of " + std::to_string(input.size())
                         + " axes has no height or width; at least 3 axes are wanted");
    return input.size() - 2;
}

Extents kernelOf(const Node& node, const Extents& weight, std::size_t axes)
{
    if (weight.size() != axes + 2)
        throw ShapeError("a weight of " + std::to_string(weight.size()) + " axes does not fit an input of "
                         + std::to_string(axes + 2));
    Extents kernel(weight.begin() + 2, weight.end());
    if (perAxis(node, "kernel_shape", axes, 0) != kernel && !node.integers("kernel_shape").empty())
        throw ShapeError("kernel_shape is not that of the weight");
    return kernel;
}

Outputs convolve(const NodeView& view, std::size_t weightInput)
{
    const Extents& input = view.input(0);
    const Extents& weight = view.input(weightInput);
    const std::size_t axes = spatialAxes(input);
    const Window moving = window(view.node(), kernelOf(view.node(), weight, axes));
    const std::int64_t channels = multiply(weight[1], view.node().integer("group", 1));
    if (channels != input[1])
        throw ShapeError("the weight wants " + std::to_string(channels) + " input channels, there are "
                         + std::to_string(input[1]));
    Extents output = { input[0], weight[0] };
    for (std::size_t axis = 0; axis < axes; ++axis)
        output.push_back(positions(moving, axis, input[axis + 2]));
    return { output };
}

Outputs convolution(const NodeView& view)
{
    return convolve(view, 1);
}

Outputs quantisedConvolution(const NodeView& view)
{
    return convolve(view, 3);
}

std::int64_t transposedExtent(const Window& window, std::size_t axis, std::int64_t extent,
                              std::int64_t outputPadding)
{
    const std::int64_t stride = window.strides[axis];
    if (keepsSize(window))
        return multiply(extent, stride);
    const std::int64_t spread = add(multiply(extent - 1, stride), reach(window, axis));
    return subtract(add(spread, outputPadding), padding(window, axis));
}

Outputs transposedConvolution(const NodeView& view)
{
    const Extents& input = view.input(0);
    const Extents& weight = view.input(1);
    const std::size_t axes = spatialAxes(input);
    const Node& node = view.node();
    const Window moving = window(node, kernelOf(node, weight, axes));
    if (weight[0] != input[1])
        throw ShapeError("the weight wants " + std::to_string(weight[0]) + " input channels, there are "
                         + std::to_string(input[1]));
    const Extents outputPadding = perAxis(node, "output_padding", axes, 0);
    const Extents given = perAxis(node, "output_shape", axes, -1);
    Extents output = { input[0], multiply(weight[1], node.integer("group", 1)) };
    for (std::size_t axis = 0; axis < axes; ++axis)
        output.push_back(given[axis] >= 0
                             ? given[axis]
                             : transposedExtent(moving, axis, input[axis + 2], outputPadding[axis]));
    return { output };
}

Outputs pool(const NodeView& view)
{
    const Extents& input = view.input(0);
    const std::size_t axes = spatialAxes(input);
    const Window moving = window(view.node(), perAxis(view.node(), "kernel_shape", axes, 0));
    Extents output = { input[0], input[1] };
    for (std::size_t axis = 0; axis < axes; ++axis)
        output.push_back(positions(moving, axis, input[axis + 2]));
    return { output, output };
}

Outputs globalPool(const NodeView& view)
{
    Extents output = view.input(0);
    spatialAxes(output);
    std::fill(output.begin() + 2, output.end(), 1);
    return { output };
}

constexpr std::array rules = {
    Rule { "AveragePool", 1, pool },
    Rule { "Conv", 2, convolution },
    Rule { "ConvInteger", 2, convolution },
    Rule { "ConvTranspose", 2, transposedConvolution },
    Rule { "GlobalAveragePool", 1, globalPool },
    Rule { "GlobalLpPool", 1, globalPool },
    Rule { "GlobalMaxPool", 1, globalPool },
    Rule { "LpPool", 1, pool },
    Rule { "MaxPool", 1, pool },
    Rule { "QLinearConv", 4, quantisedConvolution },
};

} // namespace

std::span<const Rule> windowRules()
{
    return rules;
}

} // namespace engine::shapes
