#include "engine/codec/code_codec.h"

#include "engine/bits/bit_order.h"

#include <algorithm>
#include <array>

namespace engine::codec {

namespace {

template <typename Word>
std::vector<std::uint16_t> codesOf(const CodeFormat& format, std::span<const Word> words)
{
    std::vector<std::uint16_t> codes(words.size());
    toCodes(format, words, 0, codes.data());
    return codes;
}

CodeFormat byteFormat(int wordBits, const Options& options)
{
    requireByte(wordBits);
    return codeFormat({ wordBits, false }, options, true);
}

} // namespace

template <typename Word>
BitCount CodeCodec::countWords(const Stream& stream, std::span<const Word> words) const
{
    const std::unique_ptr<Counter> counting = counter(stream);
    if (counting == nullptr)
        return countCodes(stream, codesOf(stream.format, words));
    std::array<std::uint16_t, pieceCodes> codes {};
    for (std::size_t first = 0; first < words.size(); first += pieceCodes) {
        const auto piece = words.subspan(first, std::min(pieceCodes, words.size() - first));
        toCodes(stream.format, piece, first, codes.data());
        counting->add(Codes(codes).first(piece.size()));
    }
    return counting->count();
}

Encoded CodeCodec::encodeAll(const Stream& stream, Codes codes) const
{
    BitWriter out;
    out.reserve(worstCaseBits(codes.size(), stream.format.word.bits, stream.options));
    Written written = encodeCodes(stream, codes, out);
    std::vector<std::byte> bytes = out.finish();
    if (startsWithHighestBit())
        reverseInBytes(bytes);
    return { std::move(bytes), written.count, std::move(written.sections), startsWithHighestBit() };
}

std::vector<std::uint16_t> CodeCodec::decodeAll(const Stream& stream, std::span<const std::byte> bytes,
                                                std::uint64_t bits, std::size_t words) const
{
    std::vector<std::byte> turned;
    if (startsWithHighestBit()) {
        const auto used = static_cast<std::size_t>(std::min<std::uint64_t>(bits / 8 + 1, bytes.size()));
        turned.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(used));
        reverseInBytes(turned);
        bytes = turned;
    }
    std::vector<std::uint16_t> codes(words);
    BitReader in(bytes, bits);
    decodeCodes(stream, in, codes);
    in.requireEnd();
    return codes;
}

Encoded CodeCodec::encode(const Words& words, const Options& options) const
{
    const Stream stream { codeFormat(words.format(), options, true), options };
    return encodeAll(stream, codesOf(stream.format, words.values));
}

BitCount CodeCodec::count(const Words& words, const Options& options) const
{
    const Stream stream { codeFormat(words.format(), options, true), options };
    return countWords(stream, words.values);
}

void CodeCodec::decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                       const Options& options, std::span<std::int32_t> output) const
{
    const Stream stream { codeFormat(format, options, true), options };
    toWords(stream.format, decodeAll(stream, bytes, bits, output.size()).data(), output);
}

Encoded CodeCodec::encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                               const Options& options) const
{
    const Stream stream { byteFormat(wordBits, options), options };
    return encodeAll(stream, codesOf(stream.format, words));
}

BitCount CodeCodec::countBytes(std::span<const std::uint8_t> words, int wordBits,
                               const Options& options) const
{
    const Stream stream { byteFormat(wordBits, options), options };
    return countWords(stream, words);
}

void CodeCodec::decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                            const Options& options, std::span<std::uint8_t> output) const
{
    const Stream stream { byteFormat(wordBits, options), options };
    toWords(stream.format, decodeAll(stream, bytes, bits, output.size()).data(), output);
}

} // namespace engine::codec
