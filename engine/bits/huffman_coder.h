#pragma once

#include "engine/bits/bit_reader.h"
#include "engine/bits/bit_writer.h"
#include "engine/bits/huffman.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine {

/// Writes symbols in the code that a table of lengths stands for.
class HuffmanEncoder {
public:
    /// `lengths` must belong to a code.
    explicit HuffmanEncoder(std::span<const std::uint8_t> lengths);

    /// Symbol is std::uint8_t or std::uint16_t; each must have a code.
    template <typename Symbol>
    void encode(std::span<const Symbol> symbols, BitWriter& out) const;

private:
    std::vector<std::uint32_t> m_codes; ///< length in the high half
};

/// Reads symbols of type std::uint8_t or std::uint16_t, several at a look into its table.
template <typename Symbol>
class HuffmanDecoder {
public:
    /// `symbols` is how many are going to be read, for a table of the best size.
    /// Errors  FormatError as requireHuffmanLengths().
    HuffmanDecoder(std::span<const std::uint8_t> lengths, std::uint64_t symbols);

    /// Fills `symbols` and returns how often each came, which costs next to nothing here.
    /// Errors  FormatError where the stream ends too early or holds what is no code.
    std::vector<std::uint64_t> decode(BitReader& in, std::span<Symbol> symbols) const;

private:
    static constexpr std::size_t most = 8 / sizeof(Symbol); ///< symbols of an entry

    /// What the next m_tableBits bits of a stream stand for; nothing where a code is longer than that.
    struct Step {
        std::uint8_t bits = 0;
        std::uint8_t symbols = 0;
    };
    struct Code {
        Symbol symbol = 0;
        std::uint8_t length = 0;
    };
    /// What has been read so far.
    struct Tally {
        std::vector<std::uint32_t> hits; ///< looks at each entry of the table
        std::vector<std::uint64_t> counts; ///< symbols
    };

    void buildTable();
    void buildLongCodes();
    std::size_t decodeFast(BitReader& stream, std::span<Symbol> symbols, Tally& tally) const;
    void spread(Tally& tally) const;
    Code firstCode(std::uint64_t window, std::uint64_t position) const;
    Symbol take(BitReader& in) const;

    unsigned m_tableBits = 0;
    std::vector<Step> m_steps;
    std::vector<std::uint64_t> m_symbols; ///< beside the steps, so that these stay in the nearest cache
    std::vector<std::uint8_t> m_lengths;
    // Codes left-aligned in huffmanMostBits bits, by length.
    std::array<std::uint32_t, huffmanMostBits + 1> m_ends {}; ///< one past the last code
    std::array<std::uint32_t, huffmanMostBits + 1> m_firsts {};
    std::array<std::uint32_t, huffmanMostBits + 1> m_places {}; ///< of the first, in m_sorted
    std::vector<Symbol> m_sorted; ///< symbols by code
};

} // namespace engine
