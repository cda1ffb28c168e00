#include "engine/codec/block_zvc.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace engine::codec {

namespace {

constexpr std::size_t pieceWords = 4096; ///< codes of a piece stay in the first-level cache

/// Calls use(codes, blocks) for every piece of the words, the last block padded with zeros.
template <typename Code, typename Use>
BitCount forEachPiece(const Words& words, const CodeFormat& codeFormat, const BlockFormat& format, Use use)
{
    BitCount total;
    std::array<Code, pieceWords> codes {};
    for (std::size_t first = 0; first < words.values.size(); first += pieceWords) {
        const auto piece = words.values.subspan(first, std::min(pieceWords, words.values.size() - first));
        const std::size_t blocks = (piece.size() + format.blockWords - 1) / format.blockWords;
        toCodes(codeFormat, piece, first, codes.data());
        std::fill(codes.begin() + static_cast<std::ptrdiff_t>(piece.size()),
                  codes.begin() + static_cast<std::ptrdiff_t>(blocks * format.blockWords), Code { 0 });
        total += use(codes.data(), blocks);
    }
    return total;
}

template <typename Code>
BitCount countWith(const BlockKernel<Code>& kernel, const Words& words, const CodeFormat& codeFormat,
                   const BlockFormat& format)
{
    return forEachPiece<Code>(words, codeFormat, format, [&](const Code* codes, std::size_t blocks) {
        return kernel.count(format, codes, blocks);
    });
}

template <typename Code>
BitCount encodeWith(const BlockKernel<Code>& kernel, const Words& words, const CodeFormat& codeFormat,
                    const BlockFormat& format, BitWriter& out)
{
    return forEachPiece<Code>(words, codeFormat, format, [&](const Code* codes, std::size_t blocks) {
        BitCursor cursor = out.begin(blocks * format.worstBits() + blockSlackBits);
        const BitCount count = kernel.encode(format, codes, blocks, cursor);
        out.end(cursor);
        return count;
    });
}

template <typename Code>
void decodeWith(const BlockKernel<Code>& kernel, BitReader& in, const CodeFormat& codeFormat,
                const BlockFormat& format, std::span<std::int32_t> output)
{
    std::array<Code, pieceWords> codes {};
    for (std::size_t first = 0; first < output.size(); first += pieceWords) {
        const auto piece = output.subspan(first, std::min(pieceWords, output.size() - first));
        const std::size_t blocks = (piece.size() + format.blockWords - 1) / format.blockWords;
        kernel.decode(format, in, codes.data(), blocks);
        toWords(codeFormat, codes.data(), piece);
        const auto padding = std::span(codes).first(blocks * format.blockWords).subspan(piece.size());
        if (std::ranges::any_of(padding, [](Code code) { return code != 0; }))
            throw FormatError("coded stream, bit " + std::to_string(in.position())
                                  + ": the padding of the last block is not zero",
                              in.position() / 8);
    }
}

bool isNarrow(const BlockFormat& format)
{
    return format.codeBits <= 8 && format.blockWords >= 8;
}

} // namespace

BlockZvc::BlockZvc(Head head, const BlockKernels& kernels)
    : m_head(head)
    , m_kernels(kernels)
{
}

BlockFormat blockFormat(BlockZvc::Head head, int codeBits, int blockWords)
{
    BlockFormat format;
    format.codeBits = static_cast<unsigned>(codeBits);
    format.blockWords = static_cast<unsigned>(blockWords);
    if (head != BlockZvc::Head::Mask)
        format.widthBits = std::max(1U, static_cast<unsigned>(std::bit_width(format.codeBits - 1)));
    format.bypass = head == BlockZvc::Head::WidthAndBypass;
    return format;
}

BlockFormat BlockZvc::formatOf(const CodeFormat& codes, const Options& options) const
{
    return blockFormat(m_head, codes.codeBits(), blockWords(options));
}

Encoded BlockZvc::encode(const Words& words, const Options& options) const
{
    const CodeFormat codes = codeFormat(words.format(), options, true);
    const BlockFormat format = formatOf(codes, options);
    BitWriter out;
    out.reserve(worstCaseBits(words.values.size(), words.wordBits, options));
    Encoded result;
    result.count = isNarrow(format) ? encodeWith(m_kernels.narrow, words, codes, format, out)
                                    : encodeWith(m_kernels.wide, words, codes, format, out);
    result.bytes = out.finish();
    return result;
}

BitCount BlockZvc::count(const Words& words, const Options& options) const
{
    const CodeFormat codes = codeFormat(words.format(), options, true);
    const BlockFormat format = formatOf(codes, options);
    return isNarrow(format) ? countWith(m_kernels.narrow, words, codes, format)
                            : countWith(m_kernels.wide, words, codes, format);
}

void BlockZvc::decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& wordFormat,
                      const Options& options, std::span<std::int32_t> output) const
{
    const CodeFormat codes = codeFormat(wordFormat, options, true);
    const BlockFormat format = formatOf(codes, options);
    BitReader in(bytes, bits);
    if (isNarrow(format))
        decodeWith(m_kernels.narrow, in, codes, format, output);
    else
        decodeWith(m_kernels.wide, in, codes, format, output);
    in.requireEnd();
}

std::uint64_t BlockZvc::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const BlockFormat format = formatOf(codeFormat({ wordBits, false }, options, true), options);
    const std::uint64_t blocks = (words + format.blockWords - 1) / format.blockWords;
    if (format.bypass)
        return blocks * format.worstBits();
    return blocks * (format.widthBits + format.blockWords) + words * format.codeBits;
}

} // namespace engine::codec
