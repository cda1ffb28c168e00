#include "engine/base/error.h"
#include "engine/base/float16.h"
#include "engine/tensor/tensor.h"

#include <cassert>
#include <cstring>

namespace engine {

namespace {

struct TypeFacts {
    std::string_view name;
    std::size_t bytes;
    bool integer;
    bool isSigned;
};

const TypeFacts& facts(DType type)
{
    static constexpr TypeFacts table[] = {
        { "bool", 1, true, false }, { "u8", 1, true, false },     { "i8", 1, true, true },
        { "u16", 2, true, false },  { "i16", 2, true, true },     { "u32", 4, true, false },
        { "i32", 4, true, true },   { "u64", 8, true, false },    { "i64", 8, true, true },
        { "f16", 2, false, true },  { "bf16", 2, false, true },   { "f32", 4, false, true },
        { "f64", 8, false, true },  { "f8e4m3", 1, false, true }, { "f8e5m2", 1, false, true },
    };
    return table[static_cast<std::size_t>(type)];
}

template <typename Stored>
Stored load(const std::byte* bytes)
{
    Stored value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

template <typename Stored>
double widen(Stored value)
{
    return static_cast<double>(value);
}

/// Calls `visitor` with a function that reads one element at an address as its widest exact arithmetic type.
template <typename Visitor>
auto visitType(DType type, Visitor&& visitor)
{
    switch (type) {
    case DType::Bool:
        return visitor([](const std::byte* at) { return *at != std::byte { 0 } ? 1.0F : 0.0F; });
    case DType::U8:
        return visitor([](const std::byte* at) { return load<std::uint8_t>(at); });
    case DType::I8:
        return visitor([](const std::byte* at) { return load<std::int8_t>(at); });
    case DType::U16:
        return visitor([](const std::byte* at) { return load<std::uint16_t>(at); });
    case DType::I16:
        return visitor([](const std::byte* at) { return load<std::int16_t>(at); });
    case DType::U32:
        return visitor([](const std::byte* at) { return load<std::uint32_t>(at); });
    case DType::I32:
        return visitor([](const std::byte* at) { return load<std::int32_t>(at); });
    case DType::U64:
        return visitor([](const std::byte* at) { return load<std::uint64_t>(at); });
    case DType::I64:
        return visitor([](const std::byte* at) { return load<std::int64_t>(at); });
    case DType::F16:
        return visitor([](const std::byte* at) { return fromHalf(load<std::uint16_t>(at)); });
    case DType::BF16:
        return visitor([](const std::byte* at) { return fromBfloat16(load<std::uint16_t>(at)); });
    case DType::F64:
        return visitor([](const std::byte* at) { return load<double>(at); });
    case DType::F8E4M3:
        return visitor([](const std::byte* at) { return fromFloat8E4M3(load<std::uint8_t>(at)); });
    case DType::F8E5M2:
        return visitor([](const std::byte* at) { return fromFloat8E5M2(load<std::uint8_t>(at)); });
    case DType::F32:
        break;
    }
    return visitor([](const std::byte* at) { return load<float>(at); });
}

} // namespace

std::string_view name(DType type)
{
    return facts(type).name;
}

std::size_t byteSize(DType type)
{
    return facts(type).bytes;
}

bool isInteger(DType type)
{
    return facts(type).integer;
}

bool isSigned(DType type)
{
    return facts(type).isSigned;
}

void toFloat(DType type, std::span<const std::byte> bytes, std::span<float> out)
{
    assert(bytes.size() == out.size() * byteSize(type));
    if (out.empty())
        return;
    if (type == DType::F32) {
        std::memcpy(out.data(), bytes.data(), bytes.size());
        return;
    }
    const std::size_t step = byteSize(type);
    visitType(type, [&](auto&& element) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<float>(element(bytes.data() + i * step));
    });
}

double toDouble(DType type, const std::byte* element)
{
    return visitType(type, [&](auto&& read) { return widen(read(element)); });
}

std::string_view name(Role role)
{
    switch (role) {
    case Role::Weight:
        return "weight";
    case Role::Activation:
        return "activation";
    case Role::Image:
        return "image";
    case Role::Label:
        return "label";
    case Role::Other:
        break;
    }
    return "other";
}

} // namespace engine
