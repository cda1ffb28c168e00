#include "engine/codec/huffman.h"

#include "engine/base/error.h"
#include "engine/bits/huffman.h"
#include "engine/bits/huffman_coder.h"

#include <algorithm>
#include <bit>
#include <string>

namespace engine::codec {

namespace {

using Lengths = std::vector<std::uint8_t>;
using Counts = std::vector<std::uint64_t>;

constexpr unsigned lengthBits = 4;
constexpr unsigned lengthLimit = (1U << lengthBits) - 1;
constexpr unsigned usedBits = 16;
constexpr unsigned mostListedBits = 8; ///< w' of tables that hold the length of every word

std::size_t alphabet(unsigned codeBits)
{
    return std::size_t { 1 } << codeBits;
}

unsigned limitFor(std::uint64_t used)
{
    return used > std::uint64_t { 1 } << lengthLimit ? lengthLimit + 1 : lengthLimit;
}

std::uint64_t usedIn(const Lengths& lengths)
{
    return lengths.size() - static_cast<std::uint64_t>(std::ranges::count(lengths, 0));
}

std::uint64_t tableBits(unsigned codeBits, std::uint64_t used)
{
    return codeBits <= mostListedBits ? lengthBits * alphabet(codeBits)
                                      : usedBits + used * (codeBits + lengthBits);
}

Lengths lengthsFor(const Counts& counts)
{
    const std::uint64_t used = counts.size() - static_cast<std::uint64_t>(std::ranges::count(counts, 0U));
    return huffmanLengths(counts, limitFor(used));
}

void putTable(const Lengths& lengths, unsigned codeBits, BitWriter& out)
{
    if (codeBits <= mostListedBits) {
        for (const std::uint8_t length : lengths)
            out.put(length, lengthBits);
        return;
    }
    out.put(usedIn(lengths) % (1U << usedBits), usedBits);
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
        if (lengths[symbol] == 0)
            continue;
        out.put(symbol, codeBits);
        out.put(lengths[symbol] & lengthLimit, lengthBits);
    }
}

[[noreturn]] void refuseTable(const BitReader& in, const std::string& why)
{
    throw FormatError("coded stream, bit " + std::to_string(in.position()) + ": " + why, in.position() / 8);
}

void takeWordLengths(BitReader& in, unsigned codeBits, std::uint64_t used, Lengths& lengths)
{
    std::size_t next = 0;
    for (std::uint64_t i = 0; i < used; ++i) {
        const auto symbol = static_cast<std::size_t>(in.take(codeBits));
        if (symbol < next)
            refuseTable(in, "the words of the Huffman table do not ascend");
        const auto length = static_cast<unsigned>(in.take(lengthBits));
        lengths[symbol] = static_cast<std::uint8_t>(length == 0 ? lengthLimit + 1 : length);
        next = symbol + 1;
    }
}

Lengths takeTable(BitReader& in, unsigned codeBits, std::uint64_t words)
{
    Lengths lengths(alphabet(codeBits));
    if (codeBits <= mostListedBits) {
        for (std::uint8_t& length : lengths)
            length = static_cast<std::uint8_t>(in.take(lengthBits));
        return lengths;
    }
    std::uint64_t used = in.take(usedBits);
    if (used == 0 && words != 0)
        used = 1U << usedBits;
    if (used > lengths.size() || used > words)
        refuseTable(in,
                    "a Huffman table of " + std::to_string(used) + " different words for "
                        + std::to_string(words));
    takeWordLengths(in, codeBits, used, lengths);
    return lengths;
}

template <typename Code>
Lengths lengthsOf(std::span<const Code> codes, unsigned codeBits, BitCount& count)
{
    const Counts counts = symbolCounts(codes, alphabet(codeBits));
    Lengths lengths = lengthsFor(counts);
    count.header = tableBits(codeBits, usedIn(lengths));
    count.payload = huffmanBits(counts, lengths);
    count.nonzeros = codes.size() - counts[0];
    return lengths;
}

template <typename Code>
Encoded encodeCodes(std::span<const Code> codes, unsigned codeBits)
{
    Encoded result;
    const Lengths lengths = lengthsOf(codes, codeBits, result.count);
    BitWriter out;
    out.reserve(result.count.total());
    putTable(lengths, codeBits, out);
    HuffmanEncoder(lengths).encode(codes, out);
    result.bytes = out.finish();
    return result;
}

template <typename Code>
BitCount countCodes(std::span<const Code> codes, unsigned codeBits)
{
    BitCount count;
    lengthsOf(codes, codeBits, count);
    return count;
}

template <typename Code>
void decodeCodes(BitReader& in, unsigned codeBits, std::span<Code> codes)
{
    const Lengths lengths = takeTable(in, codeBits, codes.size());
    const Counts counts = HuffmanDecoder<Code>(lengths, codes.size()).decode(in, codes);
    in.requireEnd();
    if (lengthsFor(counts) != lengths)
        throw FormatError("coded stream: the Huffman table is not the one its " + std::to_string(codes.size())
                          + " words call for");
}

/// The codes of words that all differ, or as many of them as there are, equally often [bit].
std::uint64_t evenPayload(std::uint64_t words, unsigned codeBits)
{
    if (words < 2)
        return words;
    if (words >= alphabet(codeBits))
        return words * codeBits;
    const auto shorter = static_cast<unsigned>(std::bit_width(words)) - 1;
    return words * shorter + 2 * (words - (std::uint64_t { 1 } << shorter));
}

unsigned bitsOf(const CodeFormat& format)
{
    return static_cast<unsigned>(format.codeBits());
}

bool isNarrow(const CodeFormat& format)
{
    return format.codeBits() <= 8;
}

template <typename Code>
std::vector<Code> codesOf(const CodeFormat& format, const Words& words)
{
    std::vector<Code> codes(words.values.size());
    toCodes(format, words.values, 0, codes.data());
    return codes;
}

CodeFormat byteFormat(int wordBits, const Options& options)
{
    requireByte(wordBits);
    return codeFormat({ wordBits, false }, options, true);
}

void requireBytes(const CodeFormat& format, std::span<const std::uint8_t> words)
{
    const auto tooLarge = [bits = format.word.bits](std::uint8_t word) { return word >> bits != 0; };
    const auto wrong = std::ranges::find_if(words, tooLarge);
    if (wrong == words.end())
        return;
    const std::int32_t word = *wrong;
    std::uint8_t code = 0;
    toCodes(format, std::span(&word, 1), static_cast<std::uint64_t>(wrong - words.begin()), &code); // throws
}

/// The words themselves, or a copy in `room` where the K-lossy step changes them.
std::span<const std::uint8_t> byteCodes(const CodeFormat& format, std::span<const std::uint8_t> words,
                                        std::vector<std::uint8_t>& room)
{
    if (format.word.bits == 8 && format.lossyBits == 0)
        return words;
    requireBytes(format, words);
    if (format.lossyBits == 0)
        return words;
    room.resize(words.size());
    std::ranges::transform(words, room.begin(), [shift = format.lossyBits](std::uint8_t word) {
        return static_cast<std::uint8_t>(word >> shift);
    });
    return room;
}

template <typename Code>
void decodeWords(BitReader& in, const CodeFormat& format, std::span<std::int32_t> output)
{
    std::vector<Code> codes(output.size());
    decodeCodes(in, bitsOf(format), std::span(codes));
    toWords(format, codes.data(), output);
}

} // namespace

Encoded Huffman::encode(const Words& words, const Options& options) const
{
    const CodeFormat format = codeFormat(words.format(), options, true);
    if (isNarrow(format))
        return encodeCodes<std::uint8_t>(codesOf<std::uint8_t>(format, words), bitsOf(format));
    return encodeCodes<std::uint16_t>(codesOf<std::uint16_t>(format, words), bitsOf(format));
}

BitCount Huffman::count(const Words& words, const Options& options) const
{
    const CodeFormat format = codeFormat(words.format(), options, true);
    if (isNarrow(format))
        return countCodes<std::uint8_t>(codesOf<std::uint8_t>(format, words), bitsOf(format));
    return countCodes<std::uint16_t>(codesOf<std::uint16_t>(format, words), bitsOf(format));
}

void Huffman::decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& wordFormat,
                     const Options& options, std::span<std::int32_t> output) const
{
    const CodeFormat format = codeFormat(wordFormat, options, true);
    BitReader in(bytes, bits);
    if (isNarrow(format))
        decodeWords<std::uint8_t>(in, format, output);
    else
        decodeWords<std::uint16_t>(in, format, output);
}

Encoded Huffman::encodeBytes(std::span<const std::uint8_t> words, int wordBits, const Options& options) const
{
    const CodeFormat format = byteFormat(wordBits, options);
    std::vector<std::uint8_t> room;
    return encodeCodes(byteCodes(format, words, room), bitsOf(format));
}

BitCount Huffman::countBytes(std::span<const std::uint8_t> words, int wordBits, const Options& options) const
{
    const CodeFormat format = byteFormat(wordBits, options);
    std::vector<std::uint8_t> room;
    return countCodes(byteCodes(format, words, room), bitsOf(format));
}

void Huffman::decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                          const Options& options, std::span<std::uint8_t> output) const
{
    const CodeFormat format = byteFormat(wordBits, options);
    BitReader in(bytes, bits);
    decodeCodes(in, bitsOf(format), output);
    if (format.lossyBits == 0)
        return;
    const unsigned middle = format.midpoint ? 1U << (format.lossyBits - 1) : 0;
    std::ranges::transform(output, output.begin(), [&](std::uint8_t code) {
        return static_cast<std::uint8_t>((code << format.lossyBits) + (code != 0 ? middle : 0));
    });
}

std::uint64_t Huffman::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    // Nothing is harder to code than words that are all equally frequent, or as near to it as can be.
    const unsigned bits = bitsOf(codeFormat({ wordBits, false }, options, true));
    const std::uint64_t used = std::min<std::uint64_t>(words, alphabet(bits));
    return tableBits(bits, used) + evenPayload(words, bits);
}

} // namespace engine::codec
