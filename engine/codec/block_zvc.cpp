#include "engine/codec/block_zvc.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <type_traits>
#include <utility>

namespace engine::codec {

namespace {

constexpr std::size_t pieceWords = 4096; ///< codes of a piece stay in the first-level cache

template <typename Code>
using Piece = std::array<Code, pieceWords>;

/// What all pieces of a stream are made with.
struct Stream {
    CodeFormat codes;
    BlockFormat format;

    std::size_t blocks(std::size_t words) const
    {
        return (words + format.blockWords - 1) / format.blockWords;
    }
    /// Whether the caller's memory is as good as a piece: its words are their codes, in whole blocks.
    template <typename Code, typename Word>
    bool isDirect(std::size_t words) const
    {
        return std::is_same_v<Code, Word> && codes.lossyBits == 0 && words % format.blockWords == 0;
    }
};

/// Calls use(codes, blocks) for every piece of the words, the last block padded with zeros.
template <typename Code, typename Word, typename Use>
BitCount forEachPiece(const Stream& stream, std::span<const Word> words, Use use)
{
    BitCount total;
    Piece<Code> codes {};
    for (std::size_t first = 0; first < words.size(); first += pieceWords) {
        const auto piece = words.subspan(first, std::min(pieceWords, words.size() - first));
        const std::size_t blocks = stream.blocks(piece.size());
        if constexpr (std::is_same_v<Code, Word>) {
            if (stream.isDirect<Code, Word>(piece.size())) {
                requireBytes(stream.codes, piece, first);
                total += use(piece.data(), blocks);
                continue;
            }
        }
        toCodes(stream.codes, piece, first, codes.data());
        std::fill(codes.begin() + static_cast<std::ptrdiff_t>(piece.size()),
                  codes.begin() + static_cast<std::ptrdiff_t>(blocks * stream.format.blockWords), Code { 0 });
        total += use(codes.data(), blocks);
    }
    return total;
}

template <typename Code, typename Word>
BitCount countWith(const BlockKernel<Code>& kernel, const Stream& stream, std::span<const Word> words)
{
    return forEachPiece<Code>(stream, words, [&](const Code* codes, std::size_t blocks) {
        return kernel.count(stream.format, codes, blocks);
    });
}

template <typename Code, typename Word>
BitCount encodeWith(const BlockKernel<Code>& kernel, const Stream& stream, std::span<const Word> words,
                    BitWriter& out)
{
    return forEachPiece<Code>(stream, words, [&](const Code* codes, std::size_t blocks) {
        BitCursor cursor = out.begin(blocks * stream.format.worstBits() + blockSlackBits);
        const BitCount count = kernel.encode(stream.format, codes, blocks, cursor);
        out.end(cursor);
        return count;
    });
}

template <typename Code, typename Word>
void decodeWith(const BlockKernel<Code>& kernel, const Stream& stream, BitReader& in, std::span<Word> output)
{
    Piece<Code> codes {};
    for (std::size_t first = 0; first < output.size(); first += pieceWords) {
        const auto piece = output.subspan(first, std::min(pieceWords, output.size() - first));
        const std::size_t blocks = stream.blocks(piece.size());
        if constexpr (std::is_same_v<Code, Word>) {
            if (stream.isDirect<Code, Word>(piece.size())) {
                kernel.decode(stream.format, in, piece.data(), blocks);
                continue;
            }
        }
        kernel.decode(stream.format, in, codes.data(), blocks);
        toWords(stream.codes, codes.data(), piece);
        const auto padding = std::span(codes).first(blocks * stream.format.blockWords).subspan(piece.size());
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

template <typename Word>
Encoded BlockZvc::encodeWords(std::vector<std::byte> memory, std::span<const Word> words,
                              const WordFormat& word, const Options& options) const
{
    const CodeFormat codes = codeFormat(word, options, true);
    const Stream stream { codes, formatOf(codes, options) };
    BitWriter out(std::move(memory));
    out.reserve(worstCaseBits(words.size(), word.bits, options));
    Encoded result;
    result.count = isNarrow(stream.format) ? encodeWith(m_kernels.narrow, stream, words, out)
                                           : encodeWith(m_kernels.wide, stream, words, out);
    result.bytes = out.finish();
    return result;
}

template <typename Word>
BitCount BlockZvc::countWords(std::span<const Word> words, const WordFormat& word,
                              const Options& options) const
{
    const CodeFormat codes = codeFormat(word, options, true);
    const Stream stream { codes, formatOf(codes, options) };
    return isNarrow(stream.format) ? countWith(m_kernels.narrow, stream, words)
                                   : countWith(m_kernels.wide, stream, words);
}

template <typename Word>
void BlockZvc::decodeWords(BitReader in, const WordFormat& word, const Options& options,
                           std::span<Word> output) const
{
    const CodeFormat codes = codeFormat(word, options, true);
    const Stream stream { codes, formatOf(codes, options) };
    if (isNarrow(stream.format))
        decodeWith(m_kernels.narrow, stream, in, output);
    else
        decodeWith(m_kernels.wide, stream, in, output);
    in.requireEnd();
}

Encoded BlockZvc::encode(const Words& words, const Options& options) const
{
    return encodeWords({}, words.values, words.format(), options);
}

BitCount BlockZvc::count(const Words& words, const Options& options) const
{
    return countWords(words.values, words.format(), options);
}

void BlockZvc::decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                      const Options& options, std::span<std::int32_t> output) const
{
    decodeWords({ bytes, bits }, format, options, output);
}

Encoded BlockZvc::encodeBytes(std::span<const std::uint8_t> words, int wordBits, const Options& options) const
{
    return encodeBytesInto({}, words, wordBits, options);
}

Encoded BlockZvc::encodeBytesInto(std::vector<std::byte> memory, std::span<const std::uint8_t> words,
                                  int wordBits, const Options& options) const
{
    requireByte(wordBits);
    return encodeWords(std::move(memory), words, { wordBits, false }, options);
}

BitCount BlockZvc::countBytes(std::span<const std::uint8_t> words, int wordBits, const Options& options) const
{
    requireByte(wordBits);
    return countWords(words, { wordBits, false }, options);
}

void BlockZvc::decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                           const Options& options, std::span<std::uint8_t> output) const
{
    requireByte(wordBits);
    decodeWords({ bytes, bits }, { wordBits, false }, options, output);
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
