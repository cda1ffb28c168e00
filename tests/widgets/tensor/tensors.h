#pragma once

#include "engine/base/random.h"
#include "engine/tensor/tensor.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// Small tensors for the tests of tensor views.
namespace tensors {

inline engine::Tensor make(const engine::Shape& shape, engine::Role role, const std::string& layout,
                           std::vector<float> values)
{
    engine::Tensor tensor;
    tensor.name = "layer1.1.conv1.out";
    tensor.layer = "layer1.1.conv1";
    tensor.shape = shape;
    tensor.role = role;
    tensor.layout = layout;
    tensor.source = engine::memorySource(shape, std::move(values));
    return tensor;
}

/// Value i of the flat order is `value(i)`.
inline engine::Tensor fill(const engine::Shape& shape, engine::Role role, const std::string& layout,
                           const std::function<double(std::size_t)>& value)
{
    std::vector<float> values(shape.elements());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(value(i));
    return make(shape, role, layout, std::move(values));
}

/// Blurred noise after ReLU, in a wave per channel: looks like a feature map. Maximum 3.57.
inline engine::Tensor relu(const engine::Shape& shape, const std::string& layout = "NCHW")
{
    const std::size_t plane = static_cast<std::size_t>(shape[shape.rank() - 1] * shape[shape.rank() - 2]);
    const auto columns = static_cast<std::size_t>(shape[shape.rank() - 1]);
    engine::Random random(7);
    engine::Tensor tensor = fill(shape, engine::Role::Activation, layout, [&](std::size_t i) {
        const auto channel = static_cast<double>(i / plane);
        const double y = static_cast<double>(i % plane / columns);
        const double x = static_cast<double>(i % columns);
        const double wave = std::sin(x * (0.11 + 0.02 * channel)) + std::cos(y * (0.23 - 0.01 * channel));
        return std::clamp(wave - 0.1 * (channel - 6) + 0.3 * random.normal(), 0.0, 3.57);
    });
    return tensor;
}

/// The same elements, as integers of another type.
template <typename Element>
engine::Tensor integers(const engine::Shape& shape, engine::DType type, const std::vector<Element>& values)
{
    auto bytes = std::make_shared<std::vector<std::byte>>(values.size() * sizeof(Element));
    if (!values.empty())
        std::memcpy(bytes->data(), values.data(), bytes->size());
    engine::Tensor tensor = make(engine::Shape { 0 }, engine::Role::Activation, "", {});
    tensor.shape = shape;
    tensor.type = type;
    tensor.source = engine::memorySource(shape, type, *bytes, bytes);
    return tensor;
}

/// Hides that the elements lie in memory, as a compressed file does.
class UnmappedSource : public engine::TensorSource {
public:
    explicit UnmappedSource(std::shared_ptr<const engine::TensorSource> source)
        : m_source(std::move(source))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        ++reads;
        m_source->read(start, count, out);
    }

    mutable std::atomic<int> reads = 0;

private:
    std::shared_ptr<const engine::TensorSource> m_source;
};

inline engine::Tensor unmapped(engine::Tensor tensor)
{
    tensor.source = std::make_shared<UnmappedSource>(tensor.source);
    return tensor;
}

} // namespace tensors
