#pragma once

#include "engine/codec/code_codec.h"
#include "engine/codec/stream_error.h"
#include "engine/codec/zero_runs.h"

#include <algorithm>

namespace engine::codec {

/// The zero run length code on its own, for those who use it inside: `1` and the word of w' bits when it is
/// not zero, `0` and the length - 1 in 4 bits for a run of 1..16 zeros. Longer runs are split at 16.
///
/// Source  golden/codecs/FORMATS.md 3, zero_rle16_spec.
struct ZeroRle {
    static constexpr unsigned longestRun = 16;
    static constexpr unsigned runBits = 5; ///< with its flag [bit]

    unsigned wordBits = 8; ///< w' [bit]

    /// The largest thing written at a time: the rest of a run and a word [bit].
    unsigned tokenBits() const { return runBits + 1 + wordBits; }

    BitCount count(const BitRow& nonzeros) const;
    std::uint64_t worstCaseBits(std::uint64_t words) const;

    void putZeros(BitCursor& out, std::size_t zeros) const
    {
        for (; zeros > longestRun; zeros -= longestRun)
            out.put((longestRun - 1) << 1, runBits);
        if (zeros != 0)
            out.put((zeros - 1) << 1, runBits);
    }

    void putWord(BitCursor& out, std::size_t zeros, std::uint64_t word) const
    {
        for (; zeros > longestRun; zeros -= longestRun)
            out.put((longestRun - 1) << 1, runBits);
        // One put for run and word, since whether there is a run would be a coin toss.
        const unsigned lead = zeros != 0 ? runBits : 0;
        const std::uint64_t run = (zeros - (zeros != 0 ? 1 : 0)) << 1;
        out.put(run | (word << 1 | 1) << lead, lead + 1 + wordBits);
    }

    /// wordAt(place) gives the word that stands at a one.
    template <typename WordAt>
    void write(const BitRow& nonzeros, WordAt wordAt, BitWriter& out) const
    {
        const auto put = [&](BitCursor& cursor, std::size_t zeros, std::size_t place) {
            putWord(cursor, zeros, wordAt(place));
        };
        const std::size_t zeros = writeOnes(nonzeros, tokenBits(), out, put);
        BitCursor cursor = out.begin((zeros / longestRun + 1) * std::uint64_t { runBits });
        putZeros(cursor, zeros);
        out.end(cursor);
    }

    /// Calls store(place, word) for every one of `words` words that is not zero.
    /// Errors  FormatError at the first bit that write() would not have written.
    template <typename Store>
    void read(BitReader& in, std::size_t words, Store store) const
    {
        const std::uint64_t low = (std::uint64_t { 1 } << wordBits) - 1;
        bool mayRun = true; // false after a run that could have been longer
        for (std::size_t place = 0; place < words;) {
            const std::uint64_t next = in.peek();
            if ((next & 1) != 0) {
                require(in, wordBits + 1);
                const std::uint64_t word = next >> 1 & low;
                if (word == 0)
                    refuse(in.position(), "a word that is marked as not zero is zero");
                in.skip(wordBits + 1);
                store(place++, word);
                mayRun = true;
            } else {
                const std::size_t run = takeRun(in, next, words - place, mayRun);
                place += run;
                mayRun = run == longestRun;
            }
        }
    }

private:
    static std::size_t takeRun(BitReader& in, std::uint64_t next, std::size_t left, bool mayRun);
};

/// Zero run length coding of a whole stream.
class ZeroRleCodec final : public CodeCodec {
public:
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    BitCount countCodes(const Stream& stream, Codes codes) const override;
    Written encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const override;
    void decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const override;
};

} // namespace engine::codec
