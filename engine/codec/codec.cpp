#include "engine/codec/codec.h"

#include "engine/codec/word_codes.h"

#include <algorithm>

namespace engine::codec {

namespace {

std::vector<std::int32_t> widened(std::span<const std::uint8_t> words)
{
    return { words.begin(), words.end() };
}

} // namespace

Encoded ActivationCodec::encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                                     const Options& options) const
{
    requireByte(wordBits);
    const std::vector<std::int32_t> values = widened(words);
    return encode({ values, wordBits, false }, options);
}

Encoded ActivationCodec::encodeBytesInto(std::vector<std::byte> /*memory*/,
                                         std::span<const std::uint8_t> words, int wordBits,
                                         const Options& options) const
{
    return encodeBytes(words, wordBits, options);
}

BitCount ActivationCodec::countBytes(std::span<const std::uint8_t> words, int wordBits,
                                     const Options& options) const
{
    requireByte(wordBits);
    const std::vector<std::int32_t> values = widened(words);
    return count({ values, wordBits, false }, options);
}

void ActivationCodec::decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                                  const Options& options, std::span<std::uint8_t> output) const
{
    requireByte(wordBits);
    std::vector<std::int32_t> values(output.size());
    decode(bytes, bits, { wordBits, false }, options, values);
    std::ranges::transform(values, output.begin(),
                           [](std::int32_t value) { return static_cast<std::uint8_t>(value); });
}

} // namespace engine::codec
