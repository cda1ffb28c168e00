#pragma once

#include "engine/codec/block_kernel.h"
#include "engine/codec/codec.h"
#include "engine/codec/word_codes.h"

namespace engine::codec {

/// Zero-value compression in blocks: a mask, then the words that are not zero.
///
/// Source  golden/codecs/FORMATS.md 2 and 4.
class BlockZvc final : public ActivationCodec {
public:
    /// What a block carries besides mask and words.
    enum class Head {
        Mask, ///< nothing: words take w' bits each (cDMA)
        Width, ///< the bits of its largest word, which all its words take
        WidthAndBypass, ///< and a flag before it: 1 = the block is raw, since that is no longer
    };

    explicit BlockZvc(Head head, const BlockKernels& kernels = bestKernels());

    Encoded encode(const Words& words, const Options& options) const override;
    BitCount count(const Words& words, const Options& options) const override;
    void decode(std::span<const std::byte> bytes, std::uint64_t bits, const WordFormat& format,
                const Options& options, std::span<std::int32_t> output) const override;
    Encoded encodeBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    Encoded encodeBytesInto(std::vector<std::byte> memory, std::span<const std::uint8_t> words, int wordBits,
                            const Options& options) const override;
    BitCount countBytes(std::span<const std::uint8_t> words, int wordBits,
                        const Options& options) const override;
    void decodeBytes(std::span<const std::byte> bytes, std::uint64_t bits, int wordBits,
                     const Options& options, std::span<std::uint8_t> output) const override;
    std::uint64_t worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const override;

private:
    template <typename Word>
    Encoded encodeWords(std::vector<std::byte> memory, std::span<const Word> words, const WordFormat& word,
                        const Options& options) const;
    template <typename Word>
    BitCount countWords(std::span<const Word> words, const WordFormat& word, const Options& options) const;
    template <typename Word>
    void decodeWords(BitReader in, const WordFormat& word, const Options& options,
                     std::span<Word> output) const;
    BlockFormat formatOf(const CodeFormat& codes, const Options& options) const;

    Head m_head;
    const BlockKernels& m_kernels;
};

/// The fields of a block of S words of w' bits.
BlockFormat blockFormat(BlockZvc::Head head, int codeBits, int blockWords);

} // namespace engine::codec
