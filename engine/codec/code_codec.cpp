#include "engine/codec/code_codec.h"

namespace engine::codec {

namespace {

std::vector<std::uint16_t> codesOf(const CodeFormat& format, const Words& words)
{
    std::vector<std::uint16_t> codes(words.values.size());
    toCodes(format, words.values, 0, codes.data());
    return codes;
}

} // namespace

Encoded CodeCodec::encode(const Words& words, const Options& options) const
{
    const Stream stream { codeFormat(words.format(), options, true), options };
    const std::vector<std::uint16_t> codes = codesOf(stream.format, words);
    BitWriter out;
    out.reserve(worstCaseBits(words.values.size(), words.wordBits, options));
    encodeCodes(stream, codes, out);
    Encoded result;
    result.count = countCodes(stream, codes);
    result.bytes = out.finish();
    return result;
}

BitCount CodeCodec::count(const Words& words, const Options& options) const
{
    const Stream stream { codeFormat(words.format(), options, true), options };
    return countCodes(stream, codesOf(stream.format, words));
}

void CodeCodec::decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                       const Options& options, std::span<std::int32_t> output) const
{
    const Stream stream { codeFormat(format, options, true), options };
    std::vector<std::uint16_t> codes(output.size());
    BitReader in(bytes, bits);
    decodeCodes(stream, in, codes);
    in.requireEnd();
    toWords(stream.format, codes.data(), output);
}

} // namespace engine::codec
