#include "engine/codec/raw.h"

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/bits/lanes.h"
#include "engine/codec/word_codes.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace engine::codec {

namespace {

constexpr std::size_t pieceWords = 4096;
constexpr std::size_t groupWords = 4; ///< up to 64 bits, put or taken at once
constexpr std::size_t groupBytes = 8; ///< the same for words that lie in bytes

CodeFormat byteFormat(int wordBits, const Options& options)
{
    requireByte(wordBits);
    return codeFormat({ wordBits, false }, options, false);
}

void putBytes(BitWriter& out, std::span<const std::uint8_t> words, unsigned bits)
{
    BitCursor cursor = out.begin(words.size() * bits);
    for (std::size_t i = 0; i < words.size(); i += groupBytes) {
        const auto group = words.subspan(i, std::min(groupBytes, words.size() - i));
        std::uint64_t lanes = 0;
        std::memcpy(&lanes, group.data(), group.size());
        cursor.put(LanePackingPortable::pack<std::uint8_t>(lanes, ~std::uint64_t { 0 }, bits),
                   static_cast<unsigned>(group.size()) * bits);
    }
    out.end(cursor);
}

std::uint8_t nonzeros(std::span<const std::uint8_t> words)
{
    std::uint8_t count = 0;
    for (const std::uint8_t word : words)
        count = static_cast<std::uint8_t>(count + (word != 0 ? 1 : 0));
    return count;
}

} // namespace

Encoded Raw::encode(const Words& words, const Options& options) const
{
    Encoded result;
    result.count = count(words, options);
    const std::uint32_t mask = (std::uint32_t { 1 } << words.wordBits) - 1;
    const auto bits = static_cast<unsigned>(words.wordBits);
    BitWriter out;
    out.reserve(result.count.total());
    for (std::size_t first = 0; first < words.values.size(); first += pieceWords) {
        const auto piece = words.values.subspan(first, std::min(pieceWords, words.values.size() - first));
        BitCursor cursor = out.begin(piece.size() * bits);
        for (std::size_t i = 0; i < piece.size(); i += groupWords) {
            const auto group = piece.subspan(i, std::min(groupWords, piece.size() - i));
            std::uint64_t joined = 0;
            for (std::size_t word = 0; word < group.size(); ++word)
                joined |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(group[word]) & mask)
                    << word * bits;
            cursor.put(joined, static_cast<unsigned>(group.size()) * bits);
        }
        out.end(cursor);
    }
    result.bytes = out.finish();
    return result;
}

BitCount Raw::count(const Words& words, const Options& options) const
{
    requireWords(codeFormat(words.format(), options, false).word, words.values);
    BitCount result;
    result.payload = words.values.size() * static_cast<std::uint64_t>(words.wordBits);
    result.nonzeros = words.values.size() - static_cast<std::uint64_t>(std::ranges::count(words.values, 0));
    return result;
}

void Raw::decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                 const Options& options, std::span<std::int32_t> output) const
{
    const WordFormat word = codeFormat(format, options, false).word;
    const std::int32_t sign = word.isSigned ? 1 << (word.bits - 1) : 0;
    BitReader in(bytes, bits);
    const auto bitsEach = static_cast<unsigned>(word.bits);
    const std::uint64_t mask = (std::uint64_t { 1 } << bitsEach) - 1;
    for (std::size_t i = 0; i < output.size(); i += groupWords) {
        const auto group = output.subspan(i, std::min(groupWords, output.size() - i));
        const std::uint64_t joined = in.take(static_cast<unsigned>(group.size()) * bitsEach);
        for (std::size_t at = 0; at < group.size(); ++at) {
            const auto code = static_cast<std::int32_t>(joined >> at * bitsEach & mask);
            group[at] = (code ^ sign) - sign;
        }
    }
    in.requireEnd();
}

Encoded Raw::encodeBytes(std::span<const std::uint8_t> words, int wordBits, const Options& options) const
{
    return encodeBytesInto({}, words, wordBits, options);
}

Encoded Raw::encodeBytesInto(std::vector<std::byte> memory, std::span<const std::uint8_t> words, int wordBits,
                             const Options& options) const
{
    const BitCount count = countBytes(words, wordBits, options);
    if (wordBits == 8) {
        const auto bytes = std::as_bytes(words);
        memory.clear();
        memory.reserve((bytes.size() + 7) / 8 * 8);
        memory.insert(memory.end(), bytes.begin(), bytes.end());
        memory.resize((bytes.size() + 7) / 8 * 8);
        return { std::move(memory), count };
    }
    BitWriter out(std::move(memory));
    out.reserve(count.total());
    for (std::size_t first = 0; first < words.size(); first += pieceWords)
        putBytes(out, words.subspan(first, std::min(pieceWords, words.size() - first)),
                 static_cast<unsigned>(wordBits));
    return { out.finish(), count };
}

BitCount Raw::countBytes(std::span<const std::uint8_t> words, int wordBits, const Options& options) const
{
    requireBytes(byteFormat(wordBits, options), words, 0);
    BitCount result;
    result.payload = words.size() * static_cast<std::uint64_t>(wordBits);
    for (std::size_t first = 0; first < words.size(); first += 255) // what a byte can count
        result.nonzeros += nonzeros(words.subspan(first, std::min<std::size_t>(255, words.size() - first)));
    return result;
}

void Raw::decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                      const Options& options, std::span<std::uint8_t> output) const
{
    const CodeFormat format = byteFormat(wordBits, options);
    BitReader in(bytes, bits);
    if (wordBits == 8 && in.remaining() / 8 == output.size() && in.remaining() % 8 == 0) {
        std::ranges::copy(bytes.first(output.size()), std::as_writable_bytes(output).begin());
        return;
    }
    const auto bitsEach = static_cast<unsigned>(format.codeBits());
    for (std::size_t i = 0; i < output.size(); i += groupBytes) {
        const auto group = output.subspan(i, std::min(groupBytes, output.size() - i));
        const std::uint64_t joined = in.take(static_cast<unsigned>(group.size()) * bitsEach);
        const std::uint64_t lanes =
            LanePackingPortable::unpack<std::uint8_t>(joined, ~std::uint64_t { 0 }, bitsEach);
        std::memcpy(group.data(), &lanes, group.size());
    }
    in.requireEnd();
}

std::uint64_t Raw::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    return words * static_cast<std::uint64_t>(codeFormat({ wordBits, false }, options, false).word.bits);
}

} // namespace engine::codec
