#include "tests/reference/ebpc_reference.h"

#include <algorithm>

namespace reference {

namespace {

std::string binary(int value, int bits)
{
    std::string text;
    for (int bit = bits - 1; bit >= 0; --bit)
        text += (value >> bit & 1) != 0 ? '1' : '0';
    return text;
}

/// The smallest number of bits that tell `count` things apart, at least 1.
int bitsFor(int count)
{
    int bits = 1;
    while (1 << bits < count)
        ++bits;
    return bits;
}

std::string exclusiveOr(const std::string& a, const std::string& b)
{
    std::string joined;
    for (std::size_t i = 0; i < a.size(); ++i)
        joined += a[i] != b[i] ? '1' : '0';
    return joined;
}

std::string zeroPlanes(int run, int wordBits)
{
    if (run == 0)
        return {};
    return run == 1 ? "01" : std::string("001").append(binary(run - 2, bitsFor(wordBits)));
}

std::string symbolOf(const std::string& joined, const std::string& plane)
{
    const auto ones = std::ranges::count(joined, '1');
    const int index = static_cast<int>(joined.find('1'));
    const int indexBits = bitsFor(static_cast<int>(joined.size()) + 1);
    if (joined.find('0') == std::string::npos)
        return "00000";
    if (plane.find('1') == std::string::npos)
        return "00001";
    if (ones == 2 && joined.find("11") != std::string::npos)
        return std::string("00010").append(binary(index, indexBits));
    if (ones == 1)
        return std::string("00011").append(binary(index, indexBits));
    return std::string("1").append(joined);
}

std::string blockOf(const std::vector<std::int32_t>& words, int wordBits)
{
    std::string out = binary(words[0], wordBits);
    std::string below(words.size() - 1, '0');
    int run = 0;
    for (int bit = 0; bit <= wordBits; ++bit) {
        std::string plane;
        for (std::size_t i = 0; i + 1 < words.size(); ++i)
            plane += binary((words[i + 1] - words[i]) >> bit, 1);
        const std::string joined = exclusiveOr(plane, below);
        below = plane;
        if (joined.find('1') == std::string::npos) {
            ++run;
            continue;
        }
        out += zeroPlanes(run, wordBits) + symbolOf(joined, plane);
        run = 0;
    }
    return out + zeroPlanes(run, wordBits);
}

} // namespace

std::string znzOf(const std::vector<std::int32_t>& words)
{
    std::string out;
    int run = 0;
    const auto close = [&] {
        if (run != 0)
            out += std::string("0").append(binary(run - 1, 4));
        run = 0;
    };
    for (const std::int32_t word : words) {
        if (word != 0) {
            close();
            out += '1';
        } else if (++run == 16) {
            close();
        }
    }
    close();
    return out;
}

std::string bpcOf(const std::vector<std::int32_t>& words, int wordBits)
{
    const std::size_t size = wordBits <= 8 ? 8 : 16;
    std::string out;
    for (std::size_t first = 0; first < words.size(); first += size) {
        std::vector<std::int32_t> block(size);
        for (std::size_t i = 0; i < size && first + i < words.size(); ++i)
            block[i] = words[first + i];
        out += blockOf(block, wordBits);
    }
    return out;
}

std::vector<std::byte> highestBitFirst(const std::string& bits)
{
    std::vector<std::byte> bytes((bits.size() + 63) / 64 * 8);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (bits[i] == '1')
            bytes[i / 8] |= std::byte { 0x80 } >> (i % 8);
    }
    return bytes;
}

} // namespace reference
