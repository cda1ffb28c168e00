#pragma once

#include <cstdint>
#include <span>

namespace engine::codec {

/// How long the blocks of BpcBlocks are, without making their planes: the symbol of a plane follows from how
/// many of the joined differences have its bit, which is counted for all planes at once.
template <unsigned blockWords>
class BpcSizes {
public:
    using Codes = std::span<const std::uint16_t>;

    BpcSizes(unsigned wordBits, unsigned runBits, bool isSigned);

    std::uint64_t count(Codes codes) const; ///< [bit]

private:
    template <bool isSigned>
    std::uint64_t countAll(Codes codes) const;
    template <bool isSigned>
    std::uint64_t countBlock(const std::uint16_t* codes) const;

    unsigned m_wordBits;
    unsigned m_runBits;
    bool m_isSigned;
};

} // namespace engine::codec
