#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace engine {

/// Canonical Huffman codes of limited length.
///
/// Shape   symbols are 0..n-1 with n up to 65536; a table of lengths has one entry for each of them, 0 = the
///         symbol has no code. A single symbol takes 1 bit. Codes ascend by (length, symbol), the first is
///         all zeros; they are written highest bit first, as in DEFLATE, so that in a stream that is read
///         least significant bit first the next bits are an index into the tables of a decoder.
/// Units   lengths in bits, 1..huffmanMostBits.
/// Source  L. Larmore, D. Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990
///         (package-merge); canonical order as in [Han 2017].
constexpr unsigned huffmanMostBits = 16;
constexpr std::size_t huffmanMostSymbols = 65536;

/// How often each of `alphabet` symbols occurs. Symbol is std::uint8_t or std::uint16_t; each is below
/// `alphabet`.
template <typename Symbol>
std::vector<std::uint64_t> symbolCounts(std::span<const Symbol> symbols, std::size_t alphabet);

/// Lengths of the shortest code of at most `limit` bits: sum(count * length) is the least there is. Which of
/// several it is depends on the counts alone.
/// Errors  ParameterError for a limit outside 1..huffmanMostBits, and for more symbols than it has codes for.
std::vector<std::uint8_t> huffmanLengths(std::span<const std::uint64_t> counts, unsigned limit);

/// For a table read from a file: it must belong to a complete code, a single symbol of 1 bit, or no symbol.
/// Errors  FormatError for a length above `limit`, and for codes that are too many or too few.
void requireHuffmanLengths(std::span<const std::uint8_t> lengths, unsigned limit);

/// The code of every symbol, its first bit lowest. `lengths` must belong to a code.
std::vector<std::uint16_t> huffmanCodes(std::span<const std::uint8_t> lengths);

/// sum(count * length) [bit].
std::uint64_t huffmanBits(std::span<const std::uint64_t> counts, std::span<const std::uint8_t> lengths);

} // namespace engine
