#include "engine/codec/zero_rle.h"

namespace engine::codec {

BitCount ZeroRle::count(const BitRow& nonzeros) const
{
    const RunSums sums = sumRuns(nonzeros, 4, Piece::BeforeLast);
    const std::uint64_t last = (sums.trailing + longestRun - 1) / longestRun;
    return { .payload = sums.ones * wordBits,
             .header = sums.ones + (sums.runs + sums.pieces + last) * runBits,
             .nonzeros = sums.ones };
}

std::uint64_t ZeroRle::worstCaseBits(std::uint64_t words) const
{
    // Zeros one at a time cost more than short words do.
    const std::uint64_t zeros = wordBits + 1 < runBits ? (words + 1) / 2 : 0;
    return zeros * runBits + (words - zeros) * (wordBits + 1);
}

std::size_t ZeroRle::takeRun(BitReader& in, std::uint64_t next, std::size_t left, bool mayRun)
{
    require(in, runBits);
    const std::size_t run = (next >> 1 & (longestRun - 1)) + 1;
    if (!mayRun)
        refuse(in.position(), "a run of zeros that belongs to the run before it");
    if (run > left)
        refuse(in.position(),
               "a run of " + std::to_string(run) + " zeros where " + std::to_string(left)
                   + " words are left");
    in.skip(runBits);
    return run;
}

std::uint64_t ZeroRleCodec::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const Stream stream { codeFormat({ wordBits, false }, options, true), options };
    return ZeroRle { stream.bits() }.worstCaseBits(words);
}

BitCount ZeroRleCodec::countCodes(const Stream& stream, Codes codes) const
{
    return ZeroRle { stream.bits() }.count({ nonzeroMask(codes), codes.size() });
}

CodeCodec::Written ZeroRleCodec::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const std::vector<std::uint64_t> mask = nonzeroMask(codes);
    const BitRow nonzeros { mask, codes.size() };
    const ZeroRle rle { stream.bits() };
    rle.write(
        nonzeros, [&](std::size_t place) { return codes[place]; }, out);
    return { rle.count(nonzeros) };
}

void ZeroRleCodec::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    ZeroRle { stream.bits() }.read(in, codes.size(), [&](std::size_t place, std::uint64_t word) {
        codes[place] = static_cast<std::uint16_t>(word);
    });
}

} // namespace engine::codec
