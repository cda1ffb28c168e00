#pragma once

#include "engine/base/random.h"
#include "engine/tensor/tensor.h"

#include <array>
#include <cstring>
#include <limits>

namespace samples {

inline constexpr std::array<engine::DType, 15> everyType = {
    engine::DType::Bool, engine::DType::U8,  engine::DType::I8,  engine::DType::U16,    engine::DType::I16,
    engine::DType::U32,  engine::DType::I32, engine::DType::U64, engine::DType::I64,    engine::DType::F16,
    engine::DType::BF16, engine::DType::F32, engine::DType::F64, engine::DType::F8E4M3, engine::DType::F8E5M2,
};

/// Answers reads like a file that cannot be mapped.
class Unmapped final : public engine::TensorSource {
public:
    explicit Unmapped(std::shared_ptr<const engine::TensorSource> inner)
        : m_inner(std::move(inner))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        m_inner->read(start, count, out);
    }

private:
    std::shared_ptr<const engine::TensorSource> m_inner;
};

inline engine::Tensor floats(const engine::Shape& shape, std::vector<float> values)
{
    engine::Tensor tensor;
    tensor.name = "sample";
    tensor.shape = shape;
    tensor.source = engine::memorySource(shape, std::move(values));
    return tensor;
}

/// Elements of any type, as bytes that start at an odd address when `shift` is odd.
inline engine::Tensor typed(engine::DType type, const engine::Shape& shape,
                            const std::vector<std::byte>& bytes, std::size_t shift = 0)
{
    auto owned = std::make_shared<std::vector<std::byte>>(bytes.size() + shift);
    if (!bytes.empty())
        std::memcpy(owned->data() + shift, bytes.data(), bytes.size());
    engine::Tensor tensor;
    tensor.name = "sample";
    tensor.type = type;
    tensor.shape = shape;
    tensor.source = engine::memorySource(shape, type, std::span(*owned).subspan(shift), owned);
    return tensor;
}

inline engine::Tensor unmapped(engine::Tensor tensor)
{
    tensor.source = std::make_shared<Unmapped>(tensor.source);
    return tensor;
}

inline std::vector<std::byte> randomBytes(engine::Random& random, std::size_t n)
{
    std::vector<std::byte> bytes(n);
    for (std::byte& byte : bytes)
        byte = random.below(3) == 0 ? std::byte { 0 } : static_cast<std::byte>(random.below(256));
    return bytes;
}

/// Small and large, of both signs, many zeros; with `wild` also NaN, infinities and the largest floats.
inline std::vector<float> randomFloats(engine::Random& random, std::size_t n, bool wild)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr std::array<float, 6> strange = {
        std::numeric_limits<float>::quiet_NaN(), infinity, -infinity,
        std::numeric_limits<float>::max(),       -0.0F,    std::numeric_limits<float>::denorm_min()
    };
    std::vector<float> values(n);
    for (float& value : values) {
        if (random.below(3) != 0)
            value = static_cast<float>(random.normal() * (random.below(50) == 0 ? 1000 : 1));
        if (wild && random.below(40) == 0)
            value = strange[random.below(strange.size())];
    }
    return values;
}

} // namespace samples
