#include "engine/codec/bpc.h"

#include "engine/codec/bpc_blocks.h"

namespace engine::codec {

namespace {

constexpr unsigned narrowBits = 8; ///< words up to this come in blocks of 8

/// Calls use() with the blocks that words of so many bits come in.
template <typename Use>
auto withBlocks(unsigned wordBits, bool isSigned, Use use)
{
    if (wordBits <= narrowBits)
        return use(BpcBlocks<8>(wordBits, isSigned));
    return use(BpcBlocks<16>(wordBits, isSigned));
}

} // namespace

Bpc::Bpc(unsigned wordBits, bool isSigned)
    : m_wordBits(wordBits)
    , m_isSigned(isSigned)
{
}

unsigned Bpc::blockWords() const
{
    return m_wordBits <= narrowBits ? 8 : 16;
}

std::uint64_t Bpc::count(Codes codes) const
{
    return withBlocks(m_wordBits, m_isSigned, [&](const auto& blocks) { return blocks.count(codes); });
}

void Bpc::write(Codes codes, BitWriter& out) const
{
    withBlocks(m_wordBits, m_isSigned, [&](const auto& blocks) { blocks.write(codes, out); });
}

void Bpc::read(BitReader& in, std::span<std::uint16_t> codes) const
{
    withBlocks(m_wordBits, m_isSigned, [&](const auto& blocks) { blocks.read(in, codes); });
}

/// What an exhaustive search over blocks finds, of words with a sign and without. A few words before the
/// padding leave few differences that are not zero, and so few planes that must be written out.
std::uint64_t Bpc::worstBlock(unsigned words, bool withZeros) const
{
    constexpr unsigned mark = 5; ///< a symbol without an index [bit]
    const unsigned size = blockWords();
    const unsigned indexed = mark + (size == 8 ? 3 : 4);
    const unsigned planes = m_wordBits + 1;
    const bool isOdd = m_wordBits % 2 != 0;
    if (m_wordBits == 1 && (words == 1 || !withZeros))
        return words == size ? 5 : 14;
    if (words == 1) {
        // Its only difference alternates; the sign of an odd length cannot.
        const unsigned ones = (m_wordBits + 2) / 2;
        return m_wordBits + ones * indexed + (planes - ones) * mark - (isOdd ? 3 : 0);
    }
    if (size == 16 && words == 2)
        return m_wordBits + planes * indexed;
    const unsigned lost = size == 16 && words == 3 && isOdd ? size - indexed : 0;
    return m_wordBits + planes * std::uint64_t { size } - lost;
}

std::uint64_t Bpc::worstBits(std::uint64_t words, bool withZeros) const
{
    const unsigned size = blockWords();
    const auto rest = static_cast<unsigned>(words % size);
    return words / size * worstBlock(size, withZeros) + (rest != 0 ? worstBlock(rest, withZeros) : 0);
}

} // namespace engine::codec
