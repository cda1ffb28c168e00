#include "engine/network/image_set.h"

#include "engine/base/error.h"

#include <cassert>
#include <limits>
#include <utility>

namespace engine {

namespace {

bool isChannelsLast(const Tensor& tensor)
{
    return tensor.layout == "NHWC" && tensor.shape.rank() == 4;
}

int pixelExtent(const Tensor& tensor, std::size_t axis)
{
    const std::int64_t extent = tensor.shape[axis];
    if (extent > std::numeric_limits<int>::max())
        throw ShapeError(tensor.name + ": pictures of " + toString(tensor.shape) + " are too large");
    return static_cast<int>(extent);
}

void checkShape(const Tensor& tensor, std::size_t labels)
{
    const Shape& shape = tensor.shape;
    if (shape.rank() != 3 && shape.rank() != 4)
        throw ShapeError(tensor.name + ": pictures need 3 or 4 axes, not " + std::to_string(shape.rank())
                         + " (" + toString(shape) + ")");
    if (labels != 0 && labels != static_cast<std::uint64_t>(shape[0]))
        throw ShapeError(tensor.name + ": there are " + std::to_string(labels) + " labels for "
                         + std::to_string(shape[0]) + " pictures");
}

class TensorImages final : public ImageSet {
public:
    TensorImages(Tensor tensor, std::vector<int> labels)
        : m_tensor(std::move(tensor))
        , m_labels(std::move(labels))
        , m_channelsLast(isChannelsLast(m_tensor))
    {
        const std::size_t rank = m_tensor.shape.rank();
        const std::size_t rows = m_channelsLast ? 1 : rank - 2;
        m_height = pixelExtent(m_tensor, rows);
        m_width = pixelExtent(m_tensor, rows + 1);
        if (rank == 4)
            m_channels = pixelExtent(m_tensor, m_channelsLast ? 3 : 1);
    }

    std::size_t size() const override { return static_cast<std::size_t>(m_tensor.shape[0]); }

    Image read(std::size_t index) const override
    {
        assert(index < size());
        std::vector<float> values = readFloats(m_tensor, static_cast<std::int64_t>(index), 1);
        if (m_channelsLast && m_channels > 1)
            values = planes(values);
        return { m_channels, m_height, m_width, std::move(values) };
    }

    std::optional<int> label(std::size_t index) const override
    {
        return index < m_labels.size() ? std::optional(m_labels[index]) : std::nullopt;
    }

    std::string name(std::size_t index) const override { return "image " + std::to_string(index); }

private:
    std::vector<float> planes(const std::vector<float>& interleaved) const
    {
        const auto channels = static_cast<std::size_t>(m_channels);
        const std::size_t pixels = interleaved.size() / channels;
        std::vector<float> result(interleaved.size());
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t i = 0; i < pixels; ++i)
                result[c * pixels + i] = interleaved[i * channels + c];
        }
        return result;
    }

    Tensor m_tensor;
    std::vector<int> m_labels;
    bool m_channelsLast;
    int m_channels = 1;
    int m_height = 0;
    int m_width = 0;
};

} // namespace

std::shared_ptr<const ImageSet> tensorImages(const Tensor& images, std::vector<int> labels)
{
    checkShape(images, labels.size());
    return std::make_shared<TensorImages>(images, std::move(labels));
}

} // namespace engine
