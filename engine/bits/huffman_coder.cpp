#include "engine/bits/huffman_coder.h"

#include "engine/base/error.h"
#include "engine/bits/bit_order.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

namespace engine {

namespace {

constexpr std::size_t pieceSymbols = std::size_t { 1 } << 16;
constexpr std::size_t groupSymbols = 4; ///< their codes fit 64 bits
static_assert(groupSymbols * huffmanMostBits <= 64);

constexpr std::size_t hitsAtMost = std::size_t { 1 } << 31; ///< before a counter could run over

constexpr unsigned leastTableBits = 6;
constexpr unsigned mostTableBits = 12; ///< more would push the table out of the nearest cache

} // namespace

HuffmanEncoder::HuffmanEncoder(std::span<const std::uint8_t> lengths)
    : m_codes(lengths.size())
{
    const std::vector<std::uint16_t> codes = huffmanCodes(lengths);
    for (std::size_t symbol = 0; symbol < codes.size(); ++symbol)
        m_codes[symbol] = codes[symbol] | static_cast<std::uint32_t>(lengths[symbol]) << 16;
}

template <typename Symbol>
void HuffmanEncoder::encode(std::span<const Symbol> symbols, BitWriter& out) const
{
    for (std::size_t first = 0; first < symbols.size(); first += pieceSymbols) {
        const auto piece = symbols.subspan(first, std::min(pieceSymbols, symbols.size() - first));
        BitCursor cursor = out.begin(piece.size() * huffmanMostBits);
        std::size_t i = 0;
        for (; i + groupSymbols <= piece.size(); i += groupSymbols) {
            std::uint64_t joined = 0;
            unsigned bits = 0;
            for (std::size_t at = 0; at < groupSymbols; ++at) {
                const std::uint64_t code = m_codes[piece[i + at]];
                joined |= (code & 0xFFFF) << bits;
                bits += static_cast<unsigned>(code >> 16);
            }
            cursor.put(joined, bits);
        }
        for (; i < piece.size(); ++i)
            cursor.put(m_codes[piece[i]] & 0xFFFF, m_codes[piece[i]] >> 16);
        out.end(cursor);
    }
}

template void HuffmanEncoder::encode(std::span<const std::uint8_t>, BitWriter&) const;
template void HuffmanEncoder::encode(std::span<const std::uint16_t>, BitWriter&) const;

template <typename Symbol>
HuffmanDecoder<Symbol>::HuffmanDecoder(std::span<const std::uint8_t> lengths, std::uint64_t symbols)
    : m_lengths(lengths.begin(), lengths.end())
{
    requireHuffmanLengths(lengths, huffmanMostBits);
    // A look-up saves about as much as an entry costs: a table pays when it is shorter than the stream.
    m_tableBits =
        std::clamp(static_cast<unsigned>(std::bit_width(symbols)), leastTableBits + 2, mostTableBits + 2) - 2;
    buildLongCodes();
    buildTable();
}

/// Where the codes of every length begin and end, for those that the table has no room for.
template <typename Symbol>
void HuffmanDecoder<Symbol>::buildLongCodes()
{
    std::array<std::uint32_t, huffmanMostBits + 1> counts {};
    for (const std::uint8_t length : m_lengths)
        ++counts[length];
    std::uint32_t end = 0;
    std::uint32_t place = 0;
    for (unsigned length = 1; length <= huffmanMostBits; ++length) {
        m_firsts[length] = end;
        m_places[length] = place;
        end += counts[length] << (huffmanMostBits - length);
        m_ends[length] = end;
        place += counts[length];
    }
    m_sorted.resize(place);
    auto next = m_places;
    for (std::size_t symbol = 0; symbol < m_lengths.size(); ++symbol) {
        if (m_lengths[symbol] != 0)
            m_sorted[next[m_lengths[symbol]]++] = static_cast<Symbol>(symbol);
    }
}

template <typename Symbol>
void HuffmanDecoder<Symbol>::buildTable()
{
    const std::size_t size = std::size_t { 1 } << m_tableBits;
    std::vector<Code> first(size);
    const std::vector<std::uint16_t> codes = huffmanCodes(m_lengths);
    for (const Symbol symbol : m_sorted) {
        const unsigned length = m_lengths[symbol];
        if (length > m_tableBits)
            break;
        for (std::size_t at = codes[symbol]; at < size; at += std::size_t { 1 } << length)
            first[at] = { symbol, static_cast<std::uint8_t>(length) };
    }
    m_steps.resize(size);
    m_symbols.resize(size);
    for (std::size_t at = 0; at < size; ++at) {
        Step& step = m_steps[at];
        while (step.symbols < most) {
            const Code code = first[at >> step.bits];
            if (code.length == 0 || step.bits + code.length > m_tableBits)
                break;
            m_symbols[at] |= std::uint64_t { code.symbol } << step.symbols * 8 * sizeof(Symbol);
            step.bits = static_cast<std::uint8_t>(step.bits + code.length);
            ++step.symbols;
        }
    }
}

/// The first code of the window. Its bits may lie beyond the end of the stream: the caller looks.
template <typename Symbol>
auto HuffmanDecoder<Symbol>::firstCode(std::uint64_t window, std::uint64_t position) const -> Code
{
    const std::size_t at = window & (m_steps.size() - 1);
    if (m_steps[at].symbols != 0) {
        const auto symbol = static_cast<Symbol>(m_symbols[at]);
        return { symbol, m_lengths[symbol] };
    }
    const std::uint32_t aligned = reversedBits(window & 0xFFFF, 16);
    for (unsigned length = 1; length <= huffmanMostBits; ++length) {
        if (aligned < m_ends[length]) {
            const std::uint32_t place = (aligned - m_firsts[length]) >> (huffmanMostBits - length);
            return { m_sorted[m_places[length] + place], static_cast<std::uint8_t>(length) };
        }
    }
    throw FormatError("coded stream, bit " + std::to_string(position)
                          + ": what follows is the code of no symbol",
                      position / 8);
}

template <typename Symbol>
Symbol HuffmanDecoder<Symbol>::take(BitReader& in) const
{
    // At the end of a stream take() says so.
    const Code code = firstCode(in.remaining() == 0 ? 0 : in.peek(), in.position());
    in.take(code.length);
    return code.symbol;
}

/// As many symbols as can be read without looking for an end, whole words at a time.
template <typename Symbol>
std::size_t HuffmanDecoder<Symbol>::decodeFast(BitReader& stream, std::span<Symbol> symbols,
                                               Tally& tally) const
{
    constexpr unsigned looks = 64 / mostTableBits;
    const std::size_t mask = m_steps.size() - 1;
    const Step* const steps = m_steps.data();
    const std::uint64_t* const entries = m_symbols.data();
    std::uint32_t* const counts = tally.hits.data();
    BitReader in = stream;
    Symbol* to = symbols.data();
    const Symbol* const end = to + symbols.size();
    while (static_cast<std::size_t>(end - to) >= (looks + 1) * most && in.remaining() >= 64) {
        std::uint64_t window = in.peek();
        unsigned used = 0;
        Step step;
        for (unsigned look = 0; look < looks; ++look) {
            const std::size_t at = window & mask;
            step = steps[at];
            std::memcpy(to, entries + at, 8);
            ++counts[at];
            to += step.symbols;
            used += step.bits;
            window >>= step.bits;
        }
        in.skip(used);
        if (step.symbols == 0) {
            *to = take(in);
            ++tally.counts[*to++];
        }
    }
    stream = in;
    return static_cast<std::size_t>(to - symbols.data());
}

template <typename Symbol>
std::vector<std::uint64_t> HuffmanDecoder<Symbol>::decode(BitReader& in, std::span<Symbol> symbols) const
{
    Tally tally { std::vector<std::uint32_t>(m_steps.size()), std::vector<std::uint64_t>(m_lengths.size()) };
    while (!symbols.empty()) {
        const std::size_t piece = std::min(hitsAtMost, symbols.size());
        std::size_t done = decodeFast(in, symbols.first(piece), tally);
        for (; done < piece; ++done) {
            symbols[done] = take(in);
            ++tally.counts[symbols[done]];
        }
        symbols = symbols.subspan(piece);
        spread(tally);
    }
    return tally.counts;
}

/// Turns looks at entries into occurrences of the symbols they stand for.
template <typename Symbol>
void HuffmanDecoder<Symbol>::spread(Tally& tally) const
{
    for (std::size_t at = 0; at < m_steps.size(); ++at) {
        const std::uint32_t hits = std::exchange(tally.hits[at], 0);
        for (unsigned i = 0; i < m_steps[at].symbols; ++i)
            tally.counts[static_cast<Symbol>(m_symbols[at] >> i * 8 * sizeof(Symbol))] += hits;
    }
}

template class HuffmanDecoder<std::uint8_t>;
template class HuffmanDecoder<std::uint16_t>;

} // namespace engine
