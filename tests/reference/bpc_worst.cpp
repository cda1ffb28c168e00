#include "tests/reference/bpc_worst.h"

#include "engine/base/random.h"
#include "tests/reference/ebpc_reference.h"

#include <algorithm>
#include <array>

namespace reference {

namespace {

using Words = std::vector<std::int32_t>;

/// For each word length from 2 bits on: 1, 2, .. words whose block takes the most bits, zeros behind them.
const std::vector<std::vector<Words>>& endings()
{
    static const std::vector<std::vector<Words>> found = {
        { { 3 }, { 1, 3 } },
        { { 3 }, { 7, 5 } },
        { { 11 }, { 15, 9 } },
        { { 11 }, { 31, 21 } },
        { { 43 }, { 63, 21 } },
        { { 43 }, { 127, 85 } },
        { { 171 }, { 255, 169 } },
        { { 171 }, { 511, 169 }, { 1, 342, 342 }, { 20, 511, 348, 339 } },
        { { 683 }, { 1023, 681 }, { 684, 1, 683 }, { 9, 682, 1023, 341 } },
        { { 683 }, { 2047, 1365 }, { 1, 1366, 1366 }, { 532, 2047, 1884, 1363 } },
        { { 2731 }, { 4095, 2729 }, { 2732, 1, 2731 }, { 3, 2734, 4095, 2730 } },
        { { 2731 }, { 8191, 2729 }, { 1, 5462, 5462 }, { 532, 8191, 5980, 5459 } },
        { { 10923 }, { 16383, 10921 }, { 10924, 1, 10923 }, { 9, 10922, 16383, 5461 } },
        { { 10923 }, { 32767, 21845 }, { 1, 21846, 21846 }, { 532, 32767, 22364, 21843 } },
        { { 43691 }, { 65535, 43689 }, { 43692, 1, 43691 }, { 3, 43694, 65535, 43690 } },
    };
    return found;
}

std::size_t blockWords(int bits)
{
    return bits <= 8 ? 8 : 16;
}

/// The best of blocks that are drawn; without zeros, unless words are of 1 bit.
Words wholeBlock(int bits)
{
    engine::Random random(static_cast<std::uint64_t>(bits));
    const std::uint64_t low = bits == 1 ? 0 : 1;
    Words best;
    std::size_t most = 0;
    for (int i = 0; i < 500; ++i) {
        Words words(blockWords(bits));
        for (std::int32_t& word : words)
            word = static_cast<std::int32_t>(low + random.below((std::uint64_t { 1 } << bits) - low));
        if (const std::size_t length = bpcOf(words, bits).size(); length > most) {
            most = length;
            best = words;
        }
    }
    return best;
}

/// Words of a block that is padded. Repeating the first one changes no plane but by a zero in front.
Words ending(std::size_t words, int bits)
{
    if (words == 0)
        return {};
    const std::vector<Words>& known = endings()[static_cast<std::size_t>(bits) - 2];
    Words found = known[std::min(words, known.size()) - 1];
    found.insert(found.begin(), words - found.size(), found.front());
    return found;
}

Words hardWords(std::size_t n, const Words& whole, int bits)
{
    Words words;
    while (words.size() + whole.size() <= n)
        words.insert(words.end(), whole.begin(), whole.end());
    const std::size_t rest = n - words.size();
    const Words last = bits == 1 ? Words(rest) : ending(rest, bits);
    words.insert(words.end(), last.begin(), last.end());
    if (bits == 1 && rest != 0)
        words.back() = 1;
    return words;
}

/// A zero in front of each word and at the end while there are any, the rest at the start.
Words spread(const Words& words, std::size_t n)
{
    std::size_t zeros = n - words.size();
    const std::size_t gaps = std::min(zeros, words.size() + 1);
    Words out(zeros - gaps);
    zeros = gaps;
    for (const std::int32_t word : words) {
        if (zeros > 0) {
            out.push_back(0);
            --zeros;
        }
        out.push_back(word);
    }
    out.resize(n);
    return out;
}

} // namespace

std::vector<Words> hardForBitPlanes(std::size_t n, int bits)
{
    static std::array<Words, 17> blocks;
    Words& whole = blocks[static_cast<std::size_t>(bits)];
    if (whole.empty())
        whole = wholeBlock(bits);
    std::vector<Words> streams = { hardWords(n, whole, bits) };
    for (std::size_t nonzeros = 0; nonzeros <= n; ++nonzeros)
        streams.push_back(spread(bits == 1 ? Words(nonzeros, 1) : hardWords(nonzeros, whole, bits), n));
    return streams;
}

} // namespace reference
