#include "engine/codec/bpc_sizes.h"

#include "engine/codec/bpc_symbols.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

namespace engine::codec {

using namespace bpc;

namespace {

constexpr unsigned narrowPlanes = 9; ///< of blocks of 8 words, at most

/// A table, since not every processor this is built for can count ones.
constexpr auto onesOf9 = [] {
    std::array<std::uint8_t, 1U << narrowPlanes> ones {};
    for (std::uint32_t mask = 0; mask < ones.size(); ++mask)
        ones[mask] = static_cast<std::uint8_t>(std::popcount(mask));
    return ones;
}();

/// Of a bit for every plane.
template <unsigned blockWords>
unsigned onesOf(std::uint32_t planes)
{
    if constexpr (blockWords == 8)
        return onesOf9[planes];
    else
        return onesOf9[planes % onesOf9.size()] + unsigned { onesOf9[planes >> narrowPlanes] };
}

template <bool isSigned>
std::uint32_t wordOf(std::uint32_t code)
{
    return isSigned ? code >> 1 ^ (0 - (code & 1)) : code;
}

/// What the differences of a block have in common: bit p is of plane p.
template <unsigned blockWords>
struct Joined {
    std::uint32_t plain = 0; ///< planes that are not zero before joining
    std::uint32_t all = ~std::uint32_t { 0 }; ///< joined planes of nothing but ones
    std::uint32_t once = 0; ///< with one `1` or more
    std::uint32_t twice = 0; ///< with two or more
    std::uint32_t thrice = 0;
    std::uint32_t beside = 0; ///< with two next to each other
    std::uint32_t before = 0; ///< the last difference

    void add(std::uint32_t difference)
    {
        const std::uint32_t joined = difference ^ difference << 1;
        plain |= difference;
        all &= joined;
        if constexpr (blockWords > 8) {
            thrice |= twice & joined;
            twice |= once & joined;
            beside |= before & joined;
            before = joined;
        }
        once |= joined;
    }

    /// Planes that take a symbol without an index.
    std::uint32_t marked() const { return once & (all | ~plain); }
    std::uint32_t indexed() const { return once & (~twice | (beside & ~thrice)); }
};

} // namespace

template <unsigned blockWords>
BpcSizes<blockWords>::BpcSizes(unsigned wordBits, unsigned runBits, bool isSigned)
    : m_wordBits(wordBits)
    , m_runBits(runBits)
    , m_isSigned(isSigned)
{
}

template <unsigned blockWords>
template <bool isSigned>
std::uint64_t BpcSizes<blockWords>::countBlock(const std::uint16_t* codes) const
{
    Joined<blockWords> planes;
    std::uint32_t last = wordOf<isSigned>(codes[0]);
    for (unsigned i = 1; i < blockWords; ++i) {
        const std::uint32_t word = wordOf<isSigned>(codes[i]);
        planes.add(word - last);
        last = word;
    }
    const std::uint32_t mask = (std::uint32_t { 2 } << m_wordBits) - 1;
    const auto ones = [mask](std::uint32_t of) { return onesOf<blockWords>(of & mask); };
    const std::uint32_t marked = planes.marked();
    unsigned bits = m_wordBits + ones(planes.once) * blockWords - ones(marked) * (blockWords - markBits);
    constexpr unsigned indexed = markBits + indexBits<blockWords>;
    if constexpr (indexed < blockWords)
        bits -= ones(planes.indexed() & ~marked) * (blockWords - indexed);
    const std::uint32_t zeros = ~planes.once & mask;
    const std::uint32_t starts = zeros & ~(zeros << 1);
    const std::uint32_t runs = starts & zeros >> 1;
    return bits + ones(starts) * zeroMarkBits + ones(runs) * (runMarkBits + m_runBits - zeroMarkBits);
}

template <unsigned blockWords>
template <bool isSigned>
std::uint64_t BpcSizes<blockWords>::countAll(Codes codes) const
{
    std::uint64_t bits = 0;
    for (; codes.size() >= blockWords; codes = codes.subspan(blockWords))
        bits += countBlock<isSigned>(codes.data());
    if (codes.empty())
        return bits;
    std::array<std::uint16_t, blockWords> padded {};
    std::ranges::copy(codes, padded.begin());
    return bits + countBlock<isSigned>(padded.data());
}

template <unsigned blockWords>
std::uint64_t BpcSizes<blockWords>::count(Codes codes) const
{
    return m_isSigned ? countAll<true>(codes) : countAll<false>(codes);
}

template class BpcSizes<8>;
template class BpcSizes<16>;

} // namespace engine::codec
