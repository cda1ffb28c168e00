#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace engine::codec {

/// Bit plane compression of a run of words.
///
/// Shape   blocks of S = 8 words when w' <= 8, else of 16, the last padded with zeros. A block: its first
///         word, then the planes of the differences of neighbours, w'+1 of them, lowest first. Each but the
///         lowest is joined with the one below by "exclusive or"; what comes out is written as a symbol, and
///         as a run where it is zero. Signed words keep their sign, they are not zigzagged.
/// Units   a run takes its length - 2 in ceil(log2 w') bits, at least 1: enough for all w'+1 planes, so that
///         no run is ever split. An index takes log2 S bits.
///         The bits are for a stream that starts with the highest bit of a byte.
/// Source  EBPC, Cavigelli et al. 2019; golden/codecs/FORMATS.md 1. Other word lengths than 8 and 16 bits are
///         Tessera's definition.
class Bpc {
public:
    using Codes = std::span<const std::uint16_t>;

    static constexpr std::size_t longestBlock = 16; ///< every S divides it [word]

    /// Codes are zigzagged where words are signed, as everywhere in this folder.
    Bpc(unsigned wordBits, bool isSigned);

    std::uint64_t count(Codes codes) const; ///< [bit]
    void write(Codes codes, BitWriter& out) const;
    /// Errors  FormatError at the first bit that write() would not have written.
    void read(BitReader& in, std::span<std::uint16_t> codes) const;

    /// No run of `words` words takes more [bit]. Without zeros, words of 1 bit are all alike.
    std::uint64_t worstBits(std::uint64_t words, bool withZeros) const;

private:
    unsigned blockWords() const;
    std::uint64_t worstBlock(unsigned words, bool withZeros) const;

    unsigned m_wordBits;
    bool m_isSigned;
};

} // namespace engine::codec
