#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/codec/bpc_planes.h"

#include <array>
#include <cstdint>
#include <span>

namespace engine::codec {

/// The blocks of words of one length: what Bpc is made of.
template <unsigned blockWords>
class BpcBlocks {
public:
    using Codes = std::span<const std::uint16_t>;

    BpcBlocks(unsigned wordBits, bool isSigned);

    std::uint64_t count(Codes codes) const;
    void write(Codes codes, BitWriter& out) const;
    void read(BitReader& stream, std::span<std::uint16_t> codes) const;

private:
    using Planes = BpcPlanes<blockWords>;
    using Words = std::array<std::int32_t, blockWords>;

    Words wordsOf(Codes codes) const;
    void writeBlock(Codes codes, BitCursor& out) const;
    void writeRun(unsigned planes, BitCursor& out) const;
    void readBlock(BitReader& in, std::span<std::uint16_t> codes) const;
    void readPlanes(BitReader& in, Planes& block) const;
    static std::uint32_t readPlane(BitReader& in, std::uint32_t next, std::uint32_t below);
    unsigned readRun(BitReader& in, std::uint64_t next, unsigned left) const;
    void toCodes(const Words& words, std::span<std::uint16_t> codes, std::uint64_t bit) const;

    unsigned planes() const { return m_wordBits + 1; }

    unsigned m_wordBits;
    unsigned m_runBits;
    bool m_isSigned;
    std::array<std::uint8_t, 18> m_runCodes {}; ///< by length, the first bit lowest
};

} // namespace engine::codec
