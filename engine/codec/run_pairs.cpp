#include "engine/codec/run_pairs.h"

#include "engine/codec/stream_error.h"
#include "engine/codec/zero_runs.h"

namespace engine::codec {

RunPairs::RunPairs(unsigned runBits, Tail tail)
    : m_runBits(runBits)
    , m_tail(tail)
{
}

std::uint64_t RunPairs::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const CodeFormat format = codeFormat({ wordBits, false }, options, true);
    return words * (m_runBits + static_cast<unsigned>(format.codeBits()));
}

BitCount RunPairs::countCodes(const Stream& stream, Codes codes) const
{
    const std::vector<std::uint64_t> mask = nonzeroMask(codes);
    const RunSums sums = sumRuns({ mask, codes.size() }, m_runBits, Piece::WithinRun);
    const std::uint64_t last = m_tail == Tail::Pair ? (sums.trailing + longestRun()) >> m_runBits : 0;
    const std::uint64_t pairs = sums.ones + sums.pieces + last;
    return { .payload = pairs * stream.bits(), .header = pairs * m_runBits, .nonzeros = sums.ones };
}

std::size_t RunPairs::putFillers(BitCursor& out, std::size_t zeros, unsigned pairBits) const
{
    for (; zeros > longestRun(); zeros -= longestRun() + 1)
        out.put(longestRun(), pairBits);
    return zeros;
}

CodeCodec::Written RunPairs::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const std::vector<std::uint64_t> mask = nonzeroMask(codes);
    const unsigned pairBits = m_runBits + stream.bits();
    std::uint64_t nonzeros = 0;
    const std::uint64_t start = out.bits();
    const auto put = [&](BitCursor& cursor, std::size_t zeros, std::size_t place) {
        const std::size_t run = putFillers(cursor, zeros, pairBits);
        cursor.put(run | std::uint64_t { codes[place] } << m_runBits, pairBits);
        ++nonzeros;
    };
    const std::size_t trailing = writeOnes({ mask, codes.size() }, pairBits, out, put);
    if (m_tail == Tail::Pair && trailing != 0) {
        BitCursor cursor = out.begin((trailing / longestRun() + 1) * std::uint64_t { pairBits });
        const std::size_t run = putFillers(cursor, trailing, pairBits);
        cursor.put(run, run != 0 ? pairBits : 0);
        out.end(cursor);
    }
    const std::uint64_t pairs = (out.bits() - start) / pairBits;
    return { { .payload = pairs * stream.bits(), .header = pairs * m_runBits, .nonzeros = nonzeros } };
}

void RunPairs::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    const unsigned pairBits = m_runBits + stream.bits();
    const std::uint64_t low = (std::uint64_t { 1 } << stream.bits()) - 1;
    bool filler = false;
    std::size_t place = 0;
    while (place < codes.size() && !(m_tail == Tail::Nothing && in.remaining() == 0)) {
        require(in, pairBits);
        const std::uint64_t pair = in.peek();
        const std::size_t run = pair & longestRun();
        const std::uint64_t word = pair >> m_runBits & low;
        const std::size_t left = codes.size() - place;
        if (run > left || (run == left && (m_tail == Tail::Nothing || word != 0)))
            refuse(in.position(),
                   std::to_string(run) + " zeros and a word where " + std::to_string(left)
                       + " words are left");
        filler = word == 0 && run != left;
        if (filler && run != longestRun())
            refuse(in.position(), "a stored zero that belongs to a run of zeros");
        in.skip(pairBits);
        if (run == left)
            return;
        codes[place + run] = static_cast<std::uint16_t>(word);
        place += run + 1;
    }
    if (filler && m_tail == Tail::Nothing)
        refuse(in.position(), "zeros are written after the last word that is not zero");
}

} // namespace engine::codec
