#pragma once

#include "engine/codec/code_codec.h"

namespace engine::codec {

/// Grid-based run length coding: the maps are cut into cells of 4 x 4 words (see CellGrid), row by row. A
/// cell begins with a flag: 0 = all its words are zero, nothing follows; 1 = its words follow, row by row, as
/// zero run lengths that end with the cell.
///
/// Source  Tessera's definition after GRLC.
class Grlc final : public CodeCodec {
public:
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    BitCount countCodes(const Stream& stream, Codes codes) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;
};

} // namespace engine::codec
