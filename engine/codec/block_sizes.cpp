#include "engine/codec/block_sizes.h"

#include <algorithm>
#include <array>

namespace engine::codec {

namespace {

/// A multiple of every block size; its codes stay in the first-level cache.
constexpr std::size_t pieceWords = 4096;

BlockSize sizeOf(const BitCount& count)
{
    return { static_cast<std::uint16_t>(count.total()), static_cast<std::uint8_t>(count.nonzeros) };
}

template <typename Code>
std::vector<BlockSize> sizesWith(const BlockKernel<Code>& kernel, const BlockFormat& format,
                                 const Words& words, const CodeFormat& codeFormat)
{
    const std::size_t total = words.values.size();
    std::vector<BlockSize> sizes;
    sizes.reserve((total + format.blockWords - 1) / format.blockWords);
    std::array<Code, pieceWords> codes {};
    for (std::size_t first = 0; first < total; first += pieceWords) {
        const auto piece = words.values.subspan(first, std::min(pieceWords, total - first));
        toCodes(codeFormat, piece, first, codes.data());
        std::fill(codes.begin() + static_cast<std::ptrdiff_t>(piece.size()), codes.end(), Code { 0 });
        for (std::size_t at = 0; at < piece.size(); at += format.blockWords)
            sizes.push_back(sizeOf(kernel.count(format, codes.data() + at, 1)));
    }
    return sizes;
}

} // namespace

std::vector<BlockSize> blockSizes(BlockZvc::Head head, const Words& words, const Options& options)
{
    const CodeFormat codes = codeFormat(words.format(), options, true);
    const BlockFormat format = blockFormat(head, codes.codeBits(), blockWords(options));
    const BlockKernels& kernels = bestKernels();
    // The narrow loops take whole groups of 8 words.
    if (format.codeBits <= 8 && format.blockWords >= 8)
        return sizesWith(kernels.narrow, format, words, codes);
    return sizesWith(kernels.wide, format, words, codes);
}

} // namespace engine::codec
