#pragma once

#include "engine/codec/codec.h"

#include <cstdint>
#include <span>

namespace engine::codec {

/// What the codecs put into their streams: words after the K-lossy step and zigzag, as unsigned codes.
///
/// Source  [Wang 2022] 3.2; golden/codecs/FORMATS.md 4.
struct CodeFormat {
    WordFormat word;
    int lossyBits = 0; ///< K
    bool midpoint = false;

    int codeBits() const { return word.bits - lossyBits; } ///< w' [bit]
};

/// Errors  ParameterError for a word length outside 1..16 or K outside 0..w-1.
CodeFormat codeFormat(const WordFormat& word, const Options& options, bool usesLossyBits);
/// Errors  ParameterError unless words of so many bits fit a byte.
void requireByte(int wordBits);
/// Errors  ParameterError unless S is 4, 8, 16, 32 or 64.
int blockWords(const Options& options);

/// Errors  ParameterError for a word outside its format.
void requireWords(const WordFormat& format, std::span<const std::int32_t> words);

/// The code of every word; `codes` must hold as many. Code is std::uint8_t (up to 8 bits) or std::uint16_t.
/// `first` is the place of words[0] in the stream, for the error text.
/// Errors  ParameterError for a word outside its format.
template <typename Code>
void toCodes(const CodeFormat& format, std::span<const std::int32_t> words, std::uint64_t first, Code* codes);

/// The words again, less what the K-lossy step took.
template <typename Code>
void toWords(const CodeFormat& format, const Code* codes, std::span<std::int32_t> words);

/// The same for unsigned words of up to 8 bits that lie in bytes.
template <typename Code>
void toCodes(const CodeFormat& format, std::span<const std::uint8_t> words, std::uint64_t first, Code* codes);
template <typename Code>
void toWords(const CodeFormat& format, const Code* codes, std::span<std::uint8_t> words);
/// Errors  ParameterError for a word outside its format.
void requireBytes(const CodeFormat& format, std::span<const std::uint8_t> words, std::uint64_t first);

} // namespace engine::codec
