#pragma once

#include "engine/codec/code_codec.h"

namespace engine::codec {

/// Blocks of S words behind a 4-bit code, whichever is shortest, the lowest code of those that are:
/// 0 = all words are zero, nothing follows; e = 1..w': a mask of S bits, then the words that are not zero in
/// e bits each (e = 1: the mask says all); 7 + e, e = 2..w'-1: every word in e bits; 15: every word in w'
/// bits. The other codes are not used.
///
/// Units   w is 3 bit or more, and w' = w - K at most 8. The definition is of w' = 3..8: the codes of 2 and 1
///         bit, to which K may bring a word, are the same with fewer widths.
/// Source  golden/codecs/FORMATS.md 4, bzvc_x.
class BlockCode final : public CodeCodec {
public:
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    BitCount countCodes(const Stream& stream, Codes codes) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;
};

} // namespace engine::codec
