#include "engine/codec/word_codes.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

namespace engine::codec {

namespace {

constexpr std::array<int, 5> blockSizes = { 4, 8, 16, 32, 64 };

std::int32_t lowest(const WordFormat& format)
{
    return format.isSigned ? -(1 << (format.bits - 1)) : 0;
}

std::int32_t highest(const WordFormat& format)
{
    return (1 << (format.isSigned ? format.bits - 1 : format.bits)) - 1;
}

template <typename Word>
[[noreturn]] void refuseWord(const WordFormat& format, std::span<const Word> words, std::uint64_t first)
{
    const auto wrong = std::ranges::find_if(
        words, [&](std::int32_t x) { return x < lowest(format) || x > highest(format); });
    throw ParameterError("word " + std::to_string(first + static_cast<std::uint64_t>(wrong - words.begin()))
                         + ": " + std::to_string(wrong == words.end() ? 0 : *wrong) + " is outside "
                         + std::to_string(lowest(format)) + ".." + std::to_string(highest(format)) + " of "
                         + std::to_string(format.bits) + "-bit " + (format.isSigned ? "signed" : "unsigned")
                         + " words");
}

/// Returns all words joined with "or", so that one look shows whether any is too large.
template <typename Code>
std::uint32_t unsignedCodes(std::span<const std::int32_t> words, const CodeFormat& format, Code* codes)
{
    const int dropped = format.lossyBits;
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto word = static_cast<std::uint32_t>(words[i]);
        seen |= word;
        codes[i] = static_cast<Code>(word >> dropped);
    }
    return seen;
}

/// The same for signed words, counted from the lowest.
template <typename Code>
std::uint32_t signedCodes(std::span<const std::int32_t> words, const CodeFormat& format, Code* codes)
{
    const int dropped = format.lossyBits;
    const auto shift = static_cast<std::uint32_t>(-lowest(format.word));
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto word = static_cast<std::uint32_t>(words[i]);
        const auto sign = static_cast<std::uint32_t>(words[i] >> 31);
        const std::uint32_t magnitude = ((word ^ sign) - sign) >> dropped;
        seen |= word + shift;
        // 2m for what is not negative, 2m - 1 for the rest; a magnitude of 0 has lost its sign.
        codes[i] = static_cast<Code>((magnitude << 1) + (magnitude != 0 ? sign : 0));
    }
    return seen;
}

} // namespace

CodeFormat codeFormat(const WordFormat& word, const Options& options, bool usesLossyBits)
{
    if (word.bits < 1 || word.bits > 16)
        throw ParameterError("word length: " + std::to_string(word.bits) + " is outside 1..16");
    if (!usesLossyBits)
        return { word, 0, false };
    if (options.lossyBits < 0 || options.lossyBits >= word.bits)
        throw ParameterError("K: " + std::to_string(options.lossyBits) + " is outside 0.."
                             + std::to_string(word.bits - 1));
    return { word, options.lossyBits, options.midpoint };
}

void requireByte(int wordBits)
{
    if (wordBits < 1 || wordBits > 8)
        throw ParameterError("word length " + std::to_string(wordBits) + " bit does not fit a byte (1..8)");
}

int blockWords(const Options& options)
{
    if (std::ranges::find(blockSizes, options.blockWords) == blockSizes.end())
        throw ParameterError("S: " + std::to_string(options.blockWords) + " is not 4, 8, 16, 32 or 64");
    return options.blockWords;
}

void requireWords(const WordFormat& format, std::span<const std::int32_t> words)
{
    std::uint32_t seen = 0;
    for (const std::int32_t word : words)
        seen |= static_cast<std::uint32_t>(word) - static_cast<std::uint32_t>(lowest(format));
    if (seen >> format.bits != 0)
        refuseWord(format, words, 0);
}

template <typename Code>
void toCodes(const CodeFormat& format, std::span<const std::int32_t> words, std::uint64_t first, Code* codes)
{
    assert(format.codeBits() <= static_cast<int>(sizeof(Code)) * 8);
    const std::uint32_t seen =
        format.word.isSigned ? signedCodes(words, format, codes) : unsignedCodes(words, format, codes);
    if (seen >> format.word.bits != 0)
        refuseWord(format.word, words, first);
}

template <typename Code>
void toWords(const CodeFormat& format, const Code* codes, std::span<std::int32_t> words)
{
    const int dropped = format.lossyBits;
    const std::int32_t middle = format.midpoint && dropped > 0 ? 1 << (dropped - 1) : 0;
    if (!format.word.isSigned) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::int32_t code = codes[i];
            words[i] = (code << dropped) + (code != 0 ? middle : 0);
        }
        return;
    }
    const std::int32_t low = lowest(format.word);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::int32_t code = codes[i];
        const std::int32_t sign = -(code & 1);
        const std::int32_t magnitude = (code >> 1) - sign; // -2u-1 stands for u + 1
        const std::int32_t x = (magnitude << dropped) + (magnitude != 0 ? middle : 0);
        words[i] = std::max((x ^ sign) - sign, low);
    }
}

void requireBytes(const CodeFormat& format, std::span<const std::uint8_t> words, std::uint64_t first)
{
    assert(!format.word.isSigned && format.word.bits <= 8);
    if (format.word.bits == 8)
        return;
    std::uint8_t seen = 0;
    for (const std::uint8_t word : words)
        seen = seen | word;
    if (seen >> format.word.bits != 0)
        refuseWord(format.word, words, first);
}

template <typename Code>
void toCodes(const CodeFormat& format, std::span<const std::uint8_t> words, std::uint64_t first, Code* codes)
{
    requireBytes(format, words, first);
    const int dropped = format.lossyBits;
    for (std::size_t i = 0; i < words.size(); ++i)
        codes[i] = static_cast<Code>(words[i] >> dropped);
}

template <typename Code>
void toWords(const CodeFormat& format, const Code* codes, std::span<std::uint8_t> words)
{
    const int dropped = format.lossyBits;
    const int middle = format.midpoint && dropped > 0 ? 1 << (dropped - 1) : 0;
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = static_cast<std::uint8_t>((codes[i] << dropped) + (codes[i] != 0 ? middle : 0));
}

template void toCodes(const CodeFormat&, std::span<const std::int32_t>, std::uint64_t, std::uint8_t*);
template void toCodes(const CodeFormat&, std::span<const std::int32_t>, std::uint64_t, std::uint16_t*);
template void toWords(const CodeFormat&, const std::uint8_t*, std::span<std::int32_t>);
template void toWords(const CodeFormat&, const std::uint16_t*, std::span<std::int32_t>);
template void toCodes(const CodeFormat&, std::span<const std::uint8_t>, std::uint64_t, std::uint8_t*);
template void toCodes(const CodeFormat&, std::span<const std::uint8_t>, std::uint64_t, std::uint16_t*);
template void toWords(const CodeFormat&, const std::uint8_t*, std::span<std::uint8_t>);
template void toWords(const CodeFormat&, const std::uint16_t*, std::span<std::uint8_t>);

} // namespace engine::codec
