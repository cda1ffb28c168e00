#include "tests/reference/zvc_reference.h"

#include <algorithm>
#include <cstdlib>

namespace reference {

namespace {

int bitLength(int value)
{
    int bits = 0;
    for (; value != 0; value /= 2)
        ++bits;
    return bits;
}

void put(std::vector<bool>& bits, int value, int count)
{
    for (int i = 0; i < count; ++i)
        bits.push_back((value >> i) % 2 != 0);
}

int codeOf(std::int32_t word, bool isSigned, int lossyBits)
{
    const int magnitude = std::abs(word) >> lossyBits;
    if (!isSigned)
        return magnitude;
    return word < 0 && magnitude != 0 ? 2 * magnitude - 1 : 2 * magnitude;
}

struct Block {
    std::vector<int> codes;
    int codeBits;

    int nonzeros() const
    {
        return static_cast<int>(codes.size()) - static_cast<int>(std::ranges::count(codes, 0));
    }
};

void putMasked(ZvcStream& out, const Block& block, int widthBits, int width)
{
    put(out.bits, width - 1, widthBits);
    for (const int code : block.codes)
        out.bits.push_back(code != 0);
    for (const int code : block.codes) {
        if (code != 0)
            put(out.bits, code, width);
    }
    out.header += static_cast<std::uint64_t>(widthBits) + block.codes.size();
    out.payload += static_cast<std::uint64_t>(block.nonzeros() * width);
}

void putRaw(ZvcStream& out, const Block& block)
{
    for (const int code : block.codes)
        put(out.bits, code, block.codeBits);
    out.payload += block.codes.size() * static_cast<std::uint64_t>(block.codeBits);
}

void putBlock(ZvcStream& out, ZvcFormat format, const Block& block)
{
    out.nonzeros += static_cast<std::uint64_t>(block.nonzeros());
    if (format == ZvcFormat::Mask) {
        putMasked(out, block, 0, block.codeBits);
        return;
    }
    const int widthBits = std::max(1, bitLength(block.codeBits - 1));
    const int width = std::max(1, bitLength(*std::ranges::max_element(block.codes)));
    const int size = static_cast<int>(block.codes.size());
    if (format == ZvcFormat::WidthAndBypass) {
        const bool raw = widthBits + size + block.nonzeros() * width >= size * block.codeBits;
        out.bits.push_back(raw);
        ++out.header;
        if (raw) {
            putRaw(out, block);
            return;
        }
    }
    putMasked(out, block, widthBits, width);
}

} // namespace

std::vector<std::byte> ZvcStream::bytes() const
{
    std::vector<std::byte> out((bits.size() + 63) / 64 * 8);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (bits[i])
            out[i / 8] |= std::byte { 1 } << (i % 8);
    }
    return out;
}

ZvcStream encodeZvc(ZvcFormat format, const ZvcWords& words, std::size_t blockWords, int lossyBits)
{
    ZvcStream out;
    for (std::size_t first = 0; first < words.values.size(); first += blockWords) {
        Block block { std::vector<int>(blockWords), words.wordBits - lossyBits };
        for (std::size_t i = 0; i < blockWords && first + i < words.values.size(); ++i)
            block.codes[i] = codeOf(words.values[first + i], words.isSigned, lossyBits);
        putBlock(out, format, block);
    }
    return out;
}

std::int32_t lossyWord(std::int32_t word, int lossyBits, bool midpoint)
{
    int magnitude = std::abs(word) >> lossyBits << lossyBits;
    if (magnitude != 0 && midpoint && lossyBits > 0)
        magnitude += 1 << (lossyBits - 1);
    return word < 0 ? -magnitude : magnitude;
}

} // namespace reference
