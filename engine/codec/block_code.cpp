#include "engine/codec/block_code.h"

#include "engine/base/error.h"
#include "engine/bits/lanes.h"
#include "engine/codec/stream_error.h"
#include "engine/codec/zero_runs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace engine::codec {

namespace {

constexpr unsigned codeFieldBits = 4;
constexpr unsigned rawCode = 15;
constexpr unsigned plainCodes = 7; ///< code 7 + e: every word in e bits
constexpr std::size_t mostWords = 64;

/// What the codec is made with.
struct Geometry {
    unsigned blockWords = 16; ///< S
    unsigned codeBits = 8; ///< w' [bit]

    std::uint64_t worstBits() const { return codeFieldBits + std::uint64_t { blockWords } * codeBits; }
};

Geometry geometryOf(const CodeFormat& format, const Options& options)
{
    if (format.word.bits < 3)
        throw ParameterError("bzvc-x: words of " + std::to_string(format.word.bits)
                             + " bit are shorter than the 3 its block code is made for");
    if (format.codeBits() > 8)
        throw ParameterError("bzvc-x: words of " + std::to_string(format.word.bits)
                             + " bit less K = " + std::to_string(format.lossyBits)
                             + " are longer than the 8 bits its block code can name");
    return { static_cast<unsigned>(blockWords(options)), static_cast<unsigned>(format.codeBits()) };
}

/// What a block code stands for.
struct Layout {
    unsigned code = 0;
    unsigned width = 0; ///< of a stored word; 0 = none is stored [bit]
    bool masked = false;

    std::uint64_t payload(unsigned stored) const { return std::uint64_t { stored } * width; }
};

/// Width 0 and no mask for codes that are not used.
Layout layoutOf(unsigned code, unsigned codeBits)
{
    if (code >= 1 && code <= codeBits)
        return { code, code == 1 ? 0 : code, true };
    if (code > plainCodes + 1 && code < plainCodes + codeBits)
        return { code, code - plainCodes, false };
    return { code, code == rawCode ? codeBits : 0, false };
}

/// The shortest, and the lowest code of those that are as short.
Layout shortest(const Geometry& geometry, unsigned nonzeros, std::uint64_t joined)
{
    if (nonzeros == 0)
        return {};
    const auto needed = static_cast<unsigned>(std::bit_width(joined));
    const Layout masked = layoutOf(needed, geometry.codeBits);
    const unsigned width = std::max(2U, needed);
    const Layout plain =
        layoutOf(width < geometry.codeBits ? plainCodes + width : rawCode, geometry.codeBits);
    const bool asShort = geometry.blockWords + masked.payload(nonzeros) <= plain.payload(geometry.blockWords);
    return asShort ? masked : plain;
}

/// A block of codes, padded with zeros.
struct Block {
    std::array<std::uint16_t, mostWords> padded;
    const std::uint16_t* codes = nullptr;
    std::uint64_t mask = 0;
    Layout layout;
    BitCount count;
};

/// Sets what is known of the block from its codes.
void measure(const Geometry& geometry, Block& block)
{
    std::uint64_t joined = 0;
    block.mask = 0;
    for (unsigned at = 0; at < geometry.blockWords; at += 4) {
        std::uint64_t group = 0;
        std::memcpy(&group, block.codes + at, sizeof group);
        joined |= group;
        block.mask |= Lanes<std::uint16_t>::toMask(Lanes<std::uint16_t>::nonzero(group)) << at;
    }
    const auto nonzeros = static_cast<unsigned>(std::popcount(block.mask));
    block.layout = shortest(geometry, nonzeros, Lanes<std::uint16_t>::join(joined));
    block.count = { .payload = block.layout.payload(block.layout.masked ? nonzeros : geometry.blockWords),
                    .header = codeFieldBits + (block.layout.masked ? geometry.blockWords : 0),
                    .nonzeros = nonzeros };
}

/// Calls use(block) for every block, measured.
template <typename Use>
BitCount forEachBlock(const Geometry& geometry, std::span<const std::uint16_t> codes, Use use)
{
    BitCount total;
    Block block;
    for (std::size_t first = 0; first < codes.size(); first += geometry.blockWords) {
        const auto piece =
            codes.subspan(first, std::min<std::size_t>(geometry.blockWords, codes.size() - first));
        block.codes = piece.data();
        if (piece.size() < geometry.blockWords) {
            block.padded = {};
            std::ranges::copy(piece, block.padded.begin());
            block.codes = block.padded.data();
        }
        measure(geometry, block);
        use(block);
        total += block.count;
    }
    return total;
}

void write(const Geometry& geometry, const Block& block, BitCursor& out)
{
    const Layout& layout = block.layout;
    out.put(layout.code, codeFieldBits);
    if (!layout.masked) {
        for (unsigned i = 0; i < geometry.blockWords && layout.width != 0; ++i)
            out.put(block.codes[i], layout.width);
        return;
    }
    out.put(block.mask, geometry.blockWords);
    if (layout.width == 0)
        return;
    for (std::uint64_t rest = block.mask; rest != 0; rest &= rest - 1)
        out.put(block.codes[std::countr_zero(rest)], layout.width);
}

Layout takeLayout(BitReader& in, unsigned codeBits)
{
    const std::uint64_t start = in.position();
    const auto code = static_cast<unsigned>(in.take(codeFieldBits));
    const Layout layout = layoutOf(code, codeBits);
    if (code != 0 && !layout.masked && layout.width == 0)
        refuse(start,
               "block code " + std::to_string(code) + " is not used with words of " + std::to_string(codeBits)
                   + " bit");
    return layout;
}

void takeMasked(BitReader& in, const Geometry& geometry, const Layout& layout, Block& block)
{
    const std::uint64_t mask = in.take(geometry.blockWords);
    for (std::uint64_t rest = mask; rest != 0; rest &= rest - 1) {
        const std::uint64_t word = layout.width == 0 ? 1 : in.take(layout.width);
        if (word == 0)
            refuse(in.position() - layout.width, "a word that the mask says is not zero is zero");
        block.padded[static_cast<std::size_t>(std::countr_zero(rest))] = static_cast<std::uint16_t>(word);
    }
}

/// Fills and measures a block.
void take(BitReader& in, const Geometry& geometry, Block& block)
{
    const std::uint64_t start = in.position();
    const Layout layout = takeLayout(in, geometry.codeBits);
    block.padded = {};
    if (layout.masked)
        takeMasked(in, geometry, layout, block);
    else
        for (unsigned i = 0; i < geometry.blockWords && layout.width != 0; ++i)
            block.padded[i] = static_cast<std::uint16_t>(in.take(layout.width));
    block.codes = block.padded.data();
    measure(geometry, block);
    if (block.layout.code != layout.code)
        refuse(start,
               "block code " + std::to_string(layout.code) + " where " + std::to_string(block.layout.code)
                   + " is chosen");
}

} // namespace

std::uint64_t BlockCode::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const Geometry geometry = geometryOf(codeFormat({ wordBits, false }, options, true), options);
    const std::uint64_t size = geometry.blockWords;
    const std::uint64_t whole = words / size * geometry.worstBits();
    const std::uint64_t rest = words % size;
    // A mask may be shorter than the zeros that pad the last block.
    const std::uint64_t masked =
        codeFieldBits + size + (geometry.codeBits == 1 ? 0 : rest * geometry.codeBits);
    return rest == 0 ? whole : whole + std::min(masked, geometry.worstBits());
}

BitCount BlockCode::countCodes(const Stream& stream, Codes codes) const
{
    return forEachBlock(geometryOf(stream.format, stream.options), codes, [](const Block&) {});
}

CodeCodec::Written BlockCode::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const Geometry geometry = geometryOf(stream.format, stream.options);
    return { forEachBlock(geometry, codes, [&](const Block& block) {
        BitCursor cursor = out.begin(geometry.worstBits() + mostWords);
        write(geometry, block, cursor);
        out.end(cursor);
    }) };
}

void BlockCode::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    const Geometry geometry = geometryOf(stream.format, stream.options);
    Block block;
    for (std::size_t first = 0; first < codes.size(); first += geometry.blockWords) {
        take(in, geometry, block);
        const std::size_t words = std::min<std::size_t>(geometry.blockWords, codes.size() - first);
        const auto padding = block.padded.begin() + static_cast<std::ptrdiff_t>(words);
        std::copy(block.padded.begin(), padding, codes.begin() + static_cast<std::ptrdiff_t>(first));
        if (std::any_of(padding, block.padded.end(), [](std::uint16_t code) { return code != 0; }))
            refuse(in.position(), "the padding of the last block is not zero");
    }
}

} // namespace engine::codec
