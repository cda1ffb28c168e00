#pragma once

#include "engine/codec/codec.h"

namespace engine::codec {

/// No compression: w bits a word, in two's complement. What every other codec is compared with.
class Raw final : public ActivationCodec {
public:
    Encoded encode(const Words& words, const Options& options) const override;
    BitCount count(const Words& words, const Options& options) const override;
    void decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                const Options& options, std::span<std::int32_t> output) const override;
    Encoded encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    Encoded encodeBytesInto(std::vector<std::byte> memory, std::span<const std::uint8_t> words, int wordBits,
                            const Options& options) const override;
    BitCount countBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    void decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                     const Options& options, std::span<std::uint8_t> output) const override;
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;
};

} // namespace engine::codec
