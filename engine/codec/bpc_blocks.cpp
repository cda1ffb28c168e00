#include "engine/codec/bpc_blocks.h"

#include "engine/bits/bit_order.h"
#include "engine/codec/bpc_sizes.h"
#include "engine/codec/bpc_symbols.h"
#include "engine/codec/stream_error.h"

#include <algorithm>
#include <bit>
#include <string>

namespace engine::codec {

using namespace bpc;

template <unsigned blockWords>
BpcBlocks<blockWords>::BpcBlocks(unsigned wordBits, bool isSigned)
    : m_wordBits(wordBits)
    , m_runBits(std::max(1U, static_cast<unsigned>(std::bit_width(wordBits - 1))))
    , m_isSigned(isSigned)
{
    for (unsigned run = 2; run <= planes(); ++run)
        m_runCodes[run] =
            static_cast<std::uint8_t>(runMark | reversedBits(run - 2, m_runBits) << runMarkBits);
}

template <unsigned blockWords>
typename BpcBlocks<blockWords>::Words BpcBlocks<blockWords>::wordsOf(Codes codes) const
{
    Words words {};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const std::int32_t code = codes[i];
        words[i] = m_isSigned ? (code >> 1) ^ -(code & 1) : code;
    }
    return words;
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::writeBlock(Codes codes, BitCursor& out) const
{
    const Planes block = Planes::of(wordsOf(codes), m_wordBits);
    const std::uint32_t mask = (std::uint32_t { 1 } << m_wordBits) - 1;
    out.put(reversedBits(static_cast<std::uint32_t>(block.first) & mask, m_wordBits), m_wordBits);
    std::uint32_t below = 0;
    unsigned run = 0;
    for (unsigned plane = 0; plane < planes(); ++plane) {
        const std::uint32_t here = block.planes[plane];
        if (here == below) {
            ++run;
            continue;
        }
        writeRun(run, out);
        run = 0;
        const Token next = token<blockWords>(here ^ below, here);
        out.put(next.code, next.bits);
        below = here;
    }
    writeRun(run, out);
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::writeRun(unsigned planes, BitCursor& out) const
{
    if (planes == 1)
        out.put(zeroMark, zeroMarkBits);
    else if (planes > 1)
        out.put(m_runCodes[planes], runMarkBits + m_runBits);
}

template <unsigned blockWords>
unsigned BpcBlocks<blockWords>::readRun(BitReader& in, std::uint64_t next, unsigned left) const
{
    unsigned run = 1;
    unsigned bits = zeroMarkBits;
    if ((next & 2) == 0) {
        bits = runMarkBits + m_runBits;
        run =
            reversedBits(static_cast<std::uint32_t>(next >> runMarkBits) & ((1U << m_runBits) - 1), m_runBits)
            + 2;
    }
    require(in, bits);
    if (run > left)
        refuse(in.position(),
               "a run of " + std::to_string(run) + " zero planes where " + std::to_string(left)
                   + " are left");
    in.skip(bits);
    return run;
}

/// Returns the plane that follows `below`, joined with it.
template <unsigned blockWords>
std::uint32_t BpcBlocks<blockWords>::readPlane(BitReader& in, std::uint32_t next, std::uint32_t below)
{
    const Symbol read = symbol<blockWords>(next);
    const std::uint32_t joined = read.isPlaneZero ? below : read.joined;
    const Token expected = token<blockWords>(joined, joined ^ below);
    require(in, read.bits);
    if (expected.bits != read.bits || expected.code != (next & ((1U << read.bits) - 1)))
        refuse(in.position(), "a bit plane that is written in another way than the shortest");
    in.skip(read.bits);
    return joined;
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::readPlanes(BitReader& in, Planes& block) const
{
    std::uint32_t below = 0;
    bool mayRun = true; // false after a run, which could have been longer
    std::uint64_t next = 0; // what is left of the last look, since a look at every symbol takes its time
    std::uint64_t nextEnd = 0;
    for (unsigned plane = 0; plane < planes();) {
        const std::uint64_t start = in.position();
        if (nextEnd < start + 16) {
            next = in.peek();
            nextEnd = start + 64;
        }
        const bool isRun = (next & 1) == 0 && (next & 0b110) != 0;
        if (!isRun) {
            below ^= readPlane(in, static_cast<std::uint32_t>(next), below);
            block.planes[plane++] = static_cast<std::uint16_t>(below);
        } else {
            if (!mayRun)
                refuse(start, "a run of zero planes that belongs to the run before it");
            for (unsigned run = readRun(in, next, planes() - plane); run > 0; --run)
                block.planes[plane++] = static_cast<std::uint16_t>(below);
        }
        next >>= in.position() - start;
        mayRun = !isRun;
    }
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::toCodes(const Words& words, std::span<std::uint16_t> codes,
                                    std::uint64_t bit) const
{
    const std::int32_t low = m_isSigned ? -(1 << (m_wordBits - 1)) : 0;
    std::int32_t outside = 0;
    for (const std::int32_t word : words)
        outside |= (word - low) >> m_wordBits;
    if (outside != 0)
        refuse(bit, "a word outside its " + std::to_string(m_wordBits) + " bits");
    for (std::size_t i = 0; i < blockWords; ++i) {
        if (i < codes.size())
            codes[i] = static_cast<std::uint16_t>(m_isSigned ? words[i] << 1 ^ words[i] >> 31 : words[i]);
        else if (words[i] != 0)
            refuse(bit, "the padding of the last block is not zero");
    }
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::readBlock(BitReader& in, std::span<std::uint16_t> codes) const
{
    const std::uint64_t start = in.position();
    Planes block;
    const auto first =
        static_cast<std::int32_t>(reversedBits(static_cast<std::uint32_t>(in.take(m_wordBits)), m_wordBits));
    const std::int32_t sign = m_isSigned ? 1 << (m_wordBits - 1) : 0;
    block.first = (first ^ sign) - sign;
    readPlanes(in, block);
    toCodes(block.words(m_wordBits), codes, start);
}

template <unsigned blockWords>
std::uint64_t BpcBlocks<blockWords>::count(Codes codes) const
{
    return BpcSizes<blockWords>(m_wordBits, m_runBits, m_isSigned).count(codes);
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::write(Codes codes, BitWriter& out) const
{
    constexpr std::size_t pieceWords = std::size_t { 256 } * blockWords;
    const std::uint64_t worstBits = m_wordBits + planes() * std::uint64_t { blockWords };
    for (; !codes.empty(); codes = codes.subspan(std::min(pieceWords, codes.size()))) {
        const Codes piece = codes.first(std::min(pieceWords, codes.size()));
        BitCursor cursor = out.begin((piece.size() + blockWords - 1) / blockWords * worstBits);
        for (std::size_t first = 0; first < piece.size(); first += blockWords)
            writeBlock(piece.subspan(first, std::min<std::size_t>(blockWords, piece.size() - first)), cursor);
        out.end(cursor);
    }
}

template <unsigned blockWords>
void BpcBlocks<blockWords>::read(BitReader& stream, std::span<std::uint16_t> codes) const
{
    BitReader in = stream;
    for (std::size_t first = 0; first < codes.size(); first += blockWords)
        readBlock(in, codes.subspan(first, std::min<std::size_t>(blockWords, codes.size() - first)));
    stream = in;
}

template class BpcBlocks<8>;
template class BpcBlocks<16>;

} // namespace engine::codec
