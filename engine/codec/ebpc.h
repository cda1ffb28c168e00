#pragma once

#include "engine/codec/code_codec.h"

namespace engine::codec {

/// Bit plane compression of all words.
class BpcCodec final : public CodeCodec {
public:
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    class Sizes;

    bool startsWithHighestBit() const override { return true; }
    std::unique_ptr<Counter> counter(const Stream& stream) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;
};

/// Extended bit plane compression: which words are zero, then the others as bit planes.
///
/// Shape   section "znz": `1` for a word that is not zero, `0` and the length - 1 in 4 bits for a run
/// of 1..16
///         zeros, longer ones being split at 16. Section "bpc" follows at the next bit: see Bpc.
/// Units   "znz" is header, "bpc" is payload.
/// Source  EBPC, Cavigelli et al. 2019; golden/codecs/FORMATS.md 1.
class Ebpc final : public CodeCodec {
public:
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    class Sizes;

    bool startsWithHighestBit() const override { return true; }
    std::unique_ptr<Counter> counter(const Stream& stream) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;
};

} // namespace engine::codec
