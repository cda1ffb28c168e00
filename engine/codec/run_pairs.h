#pragma once

#include "engine/codec/code_codec.h"

#include <cstddef>

namespace engine::codec {

/// Pairs of the number of zeros before a word, and the word: w' bits each. When more zeros come than a pair
/// can count, one of them is stored as the word of a pair with the highest count.
///
/// Source  golden/codecs/FORMATS.md 3 (eyeriss_rlc5, not packed into 64-bit words) and 5 (the columns of
/// EIE).
class RunPairs final : public CodeCodec {
public:
    /// What zeros after the last word that is not zero become.
    enum class Tail {
        Pair, ///< pairs; the word of the last one stands beyond the end and is zero
        Nothing, ///< the stream ends before them, so a stream cut between two pairs is that of other words
    };

    RunPairs(unsigned runBits, Tail tail);

    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    BitCount countCodes(const Stream& stream, Codes codes) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;

    std::size_t longestRun() const { return (std::size_t { 1 } << m_runBits) - 1; }
    /// Writes the pairs for what is too long for one, and returns what is left of the run.
    std::size_t putFillers(BitCursor& out, std::size_t zeros, unsigned pairBits) const;

    unsigned m_runBits;
    Tail m_tail;
};

} // namespace engine::codec
