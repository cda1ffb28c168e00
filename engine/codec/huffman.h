#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/codec.h"
#include "engine/codec/word_codes.h"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::codec {

/// One canonical Huffman code for all words of a stream.
///
/// Shape   the table, then the code of every word, both least significant bit first; a code starts with its
///         highest bit, as in DEFLATE. The table for words of w' bits is, up to 8 bits, the length of every
///         word 0..2^w'-1 in 4 bits, 0 = it does not occur; above, how many words occur in 16 bits (65536 as
///         0), then each of them, ascending: the word in w' bits and its length in 4 bits (16 as 0).
///         A stream without words has a table without words.
///         No code is longer than 15 bits, but where more than 2^15 words occur: there 16 is the limit.
/// Units   the table is header, the codes are payload; a single word that repeats takes 1 bit each time.
/// Source  golden/codecs/FORMATS.md 5 (canonical order); the table is Tessera's definition.
class Huffman final : public ActivationCodec {
public:
    Encoded encode(const Words& words, const Options& options) const override;
    BitCount count(const Words& words, const Options& options) const override;
    void decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                const Options& options, std::span<std::int32_t> output) const override;
    Encoded encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    BitCount countBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    void decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                     const Options& options, std::span<std::uint8_t> output) const override;
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;
};

} // namespace engine::codec
