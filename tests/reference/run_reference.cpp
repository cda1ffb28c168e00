#include "tests/reference/run_reference.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace reference {

namespace {

std::string field(int value, int bits)
{
    std::string out;
    for (int i = 0; i < bits; ++i)
        out += (value >> i) % 2 != 0 ? '1' : '0';
    return out;
}

bool allZero(const std::vector<int>& codes)
{
    return std::ranges::all_of(codes, [](int code) { return code == 0; });
}

std::string rle16(const std::vector<int>& codes, int bits)
{
    std::string out;
    for (std::size_t i = 0; i < codes.size();) {
        if (codes[i] != 0) {
            out += '1' + field(codes[i], bits);
            ++i;
            continue;
        }
        int run = 0;
        for (; i < codes.size() && codes[i] == 0 && run < 16; ++i)
            ++run;
        out += '0' + field(run - 1, 4);
    }
    return out;
}

/// A pair for every word that is not zero, and for every zero that is one too many for a run. `run` is what
/// is left at the end.
std::string pairs(const std::vector<int>& codes, int bits, int runBits, int& run)
{
    std::string out;
    run = 0;
    for (const int code : codes) {
        if (code == 0 && run < (1 << runBits) - 1) {
            ++run;
            continue;
        }
        out += field(run, runBits) + field(code, bits);
        run = 0;
    }
    return out;
}

std::string masked(const std::vector<int>& block, int width)
{
    std::string out;
    for (const int code : block)
        out += code != 0 ? '1' : '0';
    for (const int code : block) {
        if (code != 0 && width > 1)
            out += field(code, width);
    }
    return out;
}

std::string plain(const std::vector<int>& block, int width)
{
    std::string out;
    for (const int code : block)
        out += field(code, width);
    return out;
}

/// Tries every code.
std::string blockCode(const std::vector<int>& block, int bits)
{
    const int most = *std::ranges::max_element(block);
    std::map<int, std::string> ways;
    if (most == 0)
        ways[0] = "";
    for (int width = 1; width <= bits; ++width) {
        if (most >> width != 0)
            continue;
        ways[width] = masked(block, width);
        if (width >= 2 && width < bits)
            ways[width + 7] = plain(block, width);
    }
    ways[15] = plain(block, bits);
    const auto best = std::ranges::min_element(
        ways, [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    return field(best->first, 4) + best->second;
}

std::string cell(const std::vector<int>& codes, int bits)
{
    if (codes.empty())
        return "";
    return allZero(codes) ? "0" : '1' + rle16(codes, bits);
}

} // namespace

std::vector<int> codesOf(const RunWords& words)
{
    std::vector<int> codes;
    for (const std::int32_t word : words.values) {
        const int magnitude = std::abs(word) >> words.lossyBits;
        if (!words.isSigned)
            codes.push_back(magnitude);
        else
            codes.push_back(word < 0 && magnitude != 0 ? 2 * magnitude - 1 : 2 * magnitude);
    }
    return codes;
}

std::string zeroRle16(const RunWords& words)
{
    return rle16(codesOf(words), words.wordBits - words.lossyBits);
}

std::string eyerissRlc5(const RunWords& words)
{
    const int bits = words.wordBits - words.lossyBits;
    int run = 0;
    const std::string out = pairs(codesOf(words), bits, 5, run);
    return run == 0 ? out : out + field(run, 5) + field(0, bits);
}

std::string csc4(const RunWords& words)
{
    std::vector<int> codes = codesOf(words);
    while (!codes.empty() && codes.back() == 0)
        codes.pop_back();
    int run = 0;
    return pairs(codes, words.wordBits - words.lossyBits, 4, run);
}

std::string lane(const RunWords& words)
{
    const std::vector<int> codes = codesOf(words);
    std::string out;
    for (int plane = 0; plane < words.wordBits - words.lossyBits; ++plane) {
        std::vector<int> row;
        for (const int code : codes)
            row.push_back(code >> plane & 1);
        const std::string runs = rle16(row, 1);
        out += runs.size() < row.size() ? '0' + runs : '1' + plain(row, 1);
    }
    return out;
}

std::string grlc(const RunWords& words, const RunMap& map)
{
    const std::vector<int> codes = codesOf(words);
    const int bits = words.wordBits - words.lossyBits;
    const auto size = static_cast<int>(codes.size());
    std::string out;
    if (map.rows == 0 || map.columns == 0) {
        for (int first = 0; first < size; first += 16)
            out += cell({ codes.begin() + first, codes.begin() + std::min(size, first + 16) }, bits);
        return out;
    }
    for (int plane = 0; plane < size; plane += map.rows * map.columns) {
        for (int top = 0; top < map.rows; top += 4) {
            for (int left = 0; left < map.columns; left += 4) {
                std::vector<int> inCell;
                for (int place = 0; place < 16; ++place) {
                    const int row = top + place / 4;
                    const int column = left + place % 4;
                    const int at = plane + row * map.columns + column;
                    if (row < map.rows && column < map.columns && at < size)
                        inCell.push_back(codes[static_cast<std::size_t>(at)]);
                }
                out += cell(inCell, bits);
            }
        }
    }
    return out;
}

std::string bzvcX(const RunWords& words, int blockWords)
{
    const std::vector<int> codes = codesOf(words);
    std::string out;
    for (std::size_t first = 0; first < codes.size(); first += static_cast<std::size_t>(blockWords)) {
        std::vector<int> block(static_cast<std::size_t>(blockWords));
        for (std::size_t i = 0; i < block.size() && first + i < codes.size(); ++i)
            block[i] = codes[first + i];
        out += blockCode(block, words.wordBits - words.lossyBits);
    }
    return out;
}

std::vector<std::byte> bytesOf(const std::string& bits)
{
    std::vector<std::byte> out((bits.size() + 63) / 64 * 8);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (bits[i] == '1')
            out[i / 8] |= std::byte { 1 } << (i % 8);
    }
    return out;
}

} // namespace reference
