#include "engine/codec/ebpc.h"

#include "engine/codec/bpc.h"
#include "engine/codec/stream_error.h"
#include "engine/codec/zero_marks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace engine::codec {

namespace {

std::uint64_t onesOf(std::span<const std::uint64_t> row)
{
    std::uint64_t ones = 0;
    for (const std::uint64_t word : row)
        ones += static_cast<unsigned>(std::popcount(word));
    return ones;
}

/// Calls use() with the codes that are not zero, in order, a piece at a time: all pieces but the last are
/// whole blocks.
template <typename Use>
void inPieces(std::span<const std::uint16_t> codes, Use use)
{
    constexpr std::size_t pieceWords = 4096; ///< they stay in the first-level cache
    std::array<std::uint16_t, Bpc::longestBlock + pieceWords> kept; // NOLINT: filled as far as it is read
    std::size_t held = 0;
    while (!codes.empty()) {
        const auto piece = codes.first(std::min(pieceWords, codes.size()));
        for (const std::uint16_t code : piece) {
            kept[held] = code; // always, since a branch would be a coin toss
            held += code != 0 ? 1 : 0;
        }
        const std::size_t left = held % Bpc::longestBlock;
        use(std::span(kept).first(held - left));
        std::copy_n(kept.begin() + static_cast<std::ptrdiff_t>(held - left), left, kept.begin());
        held = left;
        codes = codes.subspan(piece.size());
    }
    use(std::span(kept).first(held));
}

void unpack(std::span<const std::uint16_t> kept, std::span<const std::uint64_t> row,
            std::span<std::uint16_t> codes)
{
    auto next = kept.begin();
    for (std::size_t word = 0; word < row.size(); ++word) {
        for (std::uint64_t rest = row[word]; rest != 0; rest &= rest - 1)
            codes[word * 64 + static_cast<unsigned>(std::countr_zero(rest))] = *next++;
    }
}

} // namespace

std::uint64_t BpcCodec::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const CodeFormat format = codeFormat({ wordBits, false }, options, true);
    return Bpc(static_cast<unsigned>(format.codeBits()), false).worstBits(words, true);
}

BitCount BpcCodec::countCodes(const Stream& stream, Codes codes) const
{
    return { .payload = Bpc(stream.bits(), stream.format.word.isSigned).count(codes),
             .header = 0,
             .nonzeros = onesOf(nonzeroMask(codes)) };
}

CodeCodec::Written BpcCodec::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    Bpc(stream.bits(), stream.format.word.isSigned).write(codes, out);
    return { { .payload = out.bits(), .header = 0, .nonzeros = onesOf(nonzeroMask(codes)) } };
}

void BpcCodec::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    Bpc(stream.bits(), stream.format.word.isSigned).read(in, codes);
}

BitCount Ebpc::countCodes(const Stream& stream, Codes codes) const
{
    const std::vector<std::uint64_t> row = nonzeroMask(codes);
    const Bpc bpc(stream.bits(), stream.format.word.isSigned);
    std::uint64_t planes = 0;
    inPieces(codes, [&](Codes kept) { planes += bpc.count(kept); });
    return { .payload = planes, .header = zero_marks::count({ row, codes.size() }), .nonzeros = onesOf(row) };
}

CodeCodec::Written Ebpc::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const std::vector<std::uint64_t> row = nonzeroMask(codes);
    zero_marks::write({ row, codes.size() }, out);
    const std::uint64_t marks = out.bits();
    const Bpc bpc(stream.bits(), stream.format.word.isSigned);
    inPieces(codes, [&](Codes kept) { bpc.write(kept, out); });
    const std::uint64_t planes = out.bits() - marks;
    return { { .payload = planes, .header = marks, .nonzeros = onesOf(row) },
             { { "znz", 0, marks }, { "bpc", marks, planes } } };
}

void Ebpc::decodeCodes(const Stream& stream, BitReader& in, std::span<std::uint16_t> codes) const
{
    const std::vector<std::uint64_t> row = zero_marks::read(in, codes.size());
    std::vector<std::uint16_t> kept(static_cast<std::size_t>(onesOf(row)));
    Bpc(stream.bits(), stream.format.word.isSigned).read(in, kept);
    const auto zero = std::ranges::find(kept, 0);
    if (zero != kept.end())
        refuse(in.position(),
               "word " + std::to_string(zero - kept.begin()) + " of those marked as not zero is zero");
    unpack(kept, row, codes);
}

std::uint64_t Ebpc::worstCaseBits(std::uint64_t words, int wordBits, const Options& options) const
{
    const CodeFormat format = codeFormat({ wordBits, false }, options, true);
    const Bpc bpc(static_cast<unsigned>(format.codeBits()), false);
    // A zero costs more marks than another word, but no planes, which come by the block. Up to half of the
    // words every zero less is worse; from there on each block makes the same difference: the worst is within
    // a block of half of them or of all.
    constexpr std::uint64_t reach = 16;
    std::uint64_t worst = 0;
    const auto look = [&](std::uint64_t from, std::uint64_t to) {
        for (std::uint64_t nonzeros = from; nonzeros <= to; ++nonzeros)
            worst = std::max(worst, zero_marks::worstBits(words, nonzeros) + bpc.worstBits(nonzeros, false));
    };
    const std::uint64_t half = words / 2;
    look(half - std::min(half, reach), std::min(half + reach, words));
    look(words - std::min(words, reach), words);
    return worst;
}

} // namespace engine::codec
