#pragma once

#include "engine/codec/code_codec.h"

namespace engine::codec {

/// Lane compression: the bit planes of the codes, the lowest first. Each begins with a flag: 1 = its bits as
/// they are, exactly when run lengths would be no shorter; 0 = they follow as zero run lengths of 1-bit
/// words.
///
/// Source  Tessera's definition after Lane Compression.
class Lane final : public CodeCodec {
public:
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    BitCount countCodes(const Stream& stream, Codes codes) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;
};

} // namespace engine::codec
