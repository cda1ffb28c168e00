#include "resources/example/matrix.h"
#include "resources/example/trainer.h"

#include <algorithm>
#include <utility>

namespace example {

namespace {

/// Visits every pair (row of the patch matrix, element of the picture) of a convolution over one group.
template <typename Visit>
void patches(const ConvolutionShape& shape, const Batch& in, std::size_t outHeight, std::size_t outWidth,
             const Visit& visit)
{
    const auto pad = static_cast<std::ptrdiff_t>(shape.kernel / 2);
    std::size_t index = 0;
    for (std::size_t c = 0; c < shape.inputs / shape.groups; ++c)
        for (std::size_t ky = 0; ky < shape.kernel; ++ky)
            for (std::size_t kx = 0; kx < shape.kernel; ++kx)
                for (std::size_t y = 0; y < outHeight; ++y)
                    for (std::size_t x = 0; x < outWidth; ++x, ++index) {
                        const auto sy = static_cast<std::ptrdiff_t>(y * shape.stride + ky) - pad;
                        const auto sx = static_cast<std::ptrdiff_t>(x * shape.stride + kx) - pad;
                        if (sy >= 0 && sx >= 0 && sy < static_cast<std::ptrdiff_t>(in.height)
                            && sx < static_cast<std::ptrdiff_t>(in.width))
                            visit(index,
                                  c * in.plane() + static_cast<std::size_t>(sy) * in.width
                                      + static_cast<std::size_t>(sx));
                    }
}

std::size_t reduced(std::size_t extent, std::size_t stride)
{
    return (extent + stride - 1) / stride;
}

} // namespace

Convolution::Convolution(const ConvolutionShape& shape, engine::Random& random)
    : m_shape(shape)
    , m_weights(shape.outputs * shape.inputs / shape.groups * shape.kernel * shape.kernel)
{
    m_weights.value = startWeights(m_weights.value.size(), m_weights.value.size() / shape.outputs, random);
}

Batch Convolution::forward(const Batch& input)
{
    m_input = input;
    Batch output(input.images, m_shape.outputs, reduced(input.height, m_shape.stride),
                 reduced(input.width, m_shape.stride));
    const std::size_t rows = m_weights.value.size() / m_shape.outputs;
    const std::size_t outputs = m_shape.outputs / m_shape.groups;
    const std::size_t inputs = m_shape.inputs / m_shape.groups;
    std::vector<float> columns(rows * output.plane());
    for (std::size_t n = 0; n < input.images; ++n)
        for (std::size_t g = 0; g < m_shape.groups; ++g) {
            const float* source = input.image(n) + g * inputs * input.plane();
            std::ranges::fill(columns, 0.0F);
            patches(m_shape, input, output.height, output.width,
                    [&](std::size_t column, std::size_t pixel) { columns[column] = source[pixel]; });
            view(output.image(n) + g * outputs * output.plane(), outputs, output.plane()).noalias() =
                view(std::as_const(m_weights.value).data() + g * outputs * rows, outputs, rows)
                * view(std::as_const(columns).data(), rows, output.plane());
        }
    return output;
}

Batch Convolution::backward(const Batch& gradient)
{
    Batch back(m_input.images, m_input.channels, m_input.height, m_input.width);
    const std::size_t rows = m_weights.value.size() / m_shape.outputs;
    const std::size_t outputs = m_shape.outputs / m_shape.groups;
    const std::size_t inputs = m_shape.inputs / m_shape.groups;
    std::vector<float> columns(rows * gradient.plane());
    for (std::size_t n = 0; n < back.images; ++n)
        for (std::size_t g = 0; g < m_shape.groups; ++g) {
            const float* source = m_input.image(n) + g * inputs * back.plane();
            float* target = back.image(n) + g * inputs * back.plane();
            const auto above =
                view(gradient.image(n) + g * outputs * gradient.plane(), outputs, gradient.plane());
            std::ranges::fill(columns, 0.0F);
            patches(m_shape, m_input, gradient.height, gradient.width,
                    [&](std::size_t column, std::size_t pixel) { columns[column] = source[pixel]; });
            auto seen = view(columns.data(), rows, gradient.plane());
            view(m_weights.gradient.data() + g * outputs * rows, outputs, rows).noalias() +=
                above * seen.transpose();
            seen.noalias() =
                view(std::as_const(m_weights.value).data() + g * outputs * rows, outputs, rows).transpose()
                * above;
            patches(m_shape, m_input, gradient.height, gradient.width,
                    [&](std::size_t column, std::size_t pixel) { target[pixel] += columns[column]; });
        }
    return back;
}

} // namespace example
