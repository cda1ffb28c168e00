#include "engine/codec/zero_marks.h"

#include "engine/bits/bit_order.h"
#include "engine/codec/stream_error.h"

#include <algorithm>
#include <array>
#include <string>

namespace engine::codec::zero_marks {

namespace {

constexpr unsigned lengthBits = runBits - 1;

std::uint64_t runCode(std::size_t zeros)
{
    return reversedBits(static_cast<std::uint32_t>(zeros - 1), lengthBits) << 1;
}

/// With the `1` that follows the run, if there is one.
struct Token {
    std::uint8_t code = 0;
    std::uint8_t bits = 0;
};

const std::array<Token, longestRun + 1>& tokens()
{
    static const auto made = [] {
        std::array<Token, longestRun + 1> all { Token { 1, 1 } };
        for (std::size_t zeros = 1; zeros <= longestRun; ++zeros)
            all[zeros] = { static_cast<std::uint8_t>(runCode(zeros) | 1U << runBits), runBits + 1 };
        return all;
    }();
    return made;
}

/// All but the last 1..16 zeros of a run.
std::size_t writeWholeRuns(BitCursor& out, std::size_t zeros)
{
    for (; zeros > longestRun; zeros -= longestRun)
        out.put(runCode(longestRun), runBits);
    return zeros;
}

std::size_t takeRun(BitReader& in, std::uint64_t next, std::size_t left)
{
    require(in, runBits);
    const std::size_t run = reversedBits(next >> 1 & (longestRun - 1), lengthBits) + 1;
    if (run > left)
        refuse(in.position(),
               "a run of " + std::to_string(run) + " zeros where " + std::to_string(left)
                   + " words are left");
    in.skip(runBits);
    return run;
}

/// `ones` is 1..63.
void setOnes(std::vector<std::uint64_t>& row, std::size_t first, unsigned ones)
{
    const std::uint64_t bits = (std::uint64_t { 1 } << ones) - 1;
    row[first / 64] |= bits << first % 64;
    if (first % 64 + ones > 64)
        row[first / 64 + 1] |= bits >> (64 - first % 64);
}

} // namespace

std::uint64_t count(const BitRow& nonzeros)
{
    const RunSums sums = sumRuns(nonzeros, 4, Piece::BeforeLast);
    return sums.ones + (sums.runs + sums.pieces + (sums.trailing + longestRun - 1) / longestRun) * runBits;
}

std::uint64_t worstBits(std::uint64_t words, std::uint64_t nonzeros)
{
    // One zero in every gap; what is left lengthens runs.
    const std::uint64_t zeros = words - nonzeros;
    const std::uint64_t gaps = std::min(zeros, nonzeros + 1);
    return nonzeros + (gaps + (zeros - gaps) / longestRun) * runBits;
}

void write(const BitRow& nonzeros, BitWriter& out)
{
    const auto& all = tokens();
    const auto put = [&](BitCursor& cursor, std::size_t zeros, std::size_t) {
        const Token& token = all[writeWholeRuns(cursor, zeros)];
        cursor.put(token.code, token.bits);
    };
    const std::size_t trailing = writeOnes(nonzeros, runBits + 1, out, put);
    BitCursor cursor = out.begin((trailing / longestRun + 1) * std::uint64_t { runBits });
    if (const std::size_t zeros = writeWholeRuns(cursor, trailing); zeros != 0)
        cursor.put(runCode(zeros), runBits);
    out.end(cursor);
}

std::vector<std::uint64_t> read(BitReader& in, std::size_t words)
{
    std::vector<std::uint64_t> row(rowWords(words));
    bool mayRun = true; // false after a run that could have been longer
    for (std::size_t place = 0; place < words;) {
        const std::uint64_t next = in.peek();
        const auto ones = static_cast<unsigned>(
            std::min<std::uint64_t>({ static_cast<unsigned>(std::countr_one(next)), 63, words - place }));
        if (ones != 0) {
            require(in, ones);
            setOnes(row, place, ones);
            in.skip(ones);
            place += ones;
            mayRun = true;
            continue;
        }
        if (!mayRun)
            refuse(in.position(), "a run of zeros that belongs to the run before it");
        const std::size_t run = takeRun(in, next, words - place);
        place += run;
        mayRun = run == longestRun;
    }
    return row;
}

} // namespace engine::codec::zero_marks
