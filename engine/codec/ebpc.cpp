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

/// Collects the codes that are not zero into whole blocks.
class KeptCodes {
public:
    using Codes = std::span<const std::uint16_t>;

    /// Whole blocks of what was kept, which last until the next call; at most pieceCodes at once.
    Codes add(Codes piece)
    {
        const auto left = rest();
        std::ranges::copy(left, m_codes.begin());
        m_end = left.size();
        for (const std::uint16_t code : piece) {
            m_codes[m_end] = code; // always, since a branch would be a coin toss
            m_end += code != 0 ? 1 : 0;
        }
        m_total += m_end - left.size();
        m_given = m_end - m_end % Bpc::longestBlock;
        return Codes(m_codes).first(m_given);
    }

    Codes rest() const { return Codes(m_codes).subspan(m_given, m_end - m_given); }
    std::uint64_t total() const { return m_total; }

private:
    std::array<std::uint16_t, Bpc::longestBlock + pieceCodes> m_codes {};
    std::size_t m_given = 0;
    std::size_t m_end = 0;
    std::uint64_t m_total = 0;
};

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

class BpcCodec::Sizes : public Counter {
public:
    explicit Sizes(const Stream& stream)
        : m_bpc(stream.bits(), stream.format.word.isSigned)
    {
    }

    void add(Codes codes) override
    {
        m_count.payload += m_bpc.count(codes);
        m_count.nonzeros += onesOf(nonzeroMask(codes));
    }

    BitCount count() const override { return m_count; }

private:
    Bpc m_bpc;
    BitCount m_count;
};

std::unique_ptr<CodeCodec::Counter> BpcCodec::counter(const Stream& stream) const
{
    return std::make_unique<Sizes>(stream);
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

class Ebpc::Sizes : public Counter {
public:
    explicit Sizes(const Stream& stream)
        : m_bpc(stream.bits(), stream.format.word.isSigned)
    {
    }

    void add(Codes codes) override
    {
        const std::vector<std::uint64_t> row = nonzeroMask(codes);
        m_row.insert(m_row.end(), row.begin(), row.end());
        m_words += codes.size();
        m_planes += m_bpc.count(m_kept.add(codes));
    }

    BitCount count() const override
    {
        return { .payload = m_planes + m_bpc.count(m_kept.rest()),
                 .header = zero_marks::count({ m_row, m_words }),
                 .nonzeros = m_kept.total() };
    }

private:
    Bpc m_bpc;
    KeptCodes m_kept;
    std::vector<std::uint64_t> m_row; ///< which words are not zero
    std::size_t m_words = 0;
    std::uint64_t m_planes = 0; ///< [bit]
};

std::unique_ptr<CodeCodec::Counter> Ebpc::counter(const Stream& stream) const
{
    return std::make_unique<Sizes>(stream);
}

CodeCodec::Written Ebpc::encodeCodes(const Stream& stream, Codes codes, BitWriter& out) const
{
    const std::vector<std::uint64_t> row = nonzeroMask(codes);
    zero_marks::write({ row, codes.size() }, out);
    const std::uint64_t marks = out.bits();
    const Bpc bpc(stream.bits(), stream.format.word.isSigned);
    KeptCodes kept;
    for (; !codes.empty(); codes = codes.subspan(std::min(pieceCodes, codes.size())))
        bpc.write(kept.add(codes.first(std::min(pieceCodes, codes.size()))), out);
    bpc.write(kept.rest(), out);
    const std::uint64_t planes = out.bits() - marks;
    return { { .payload = planes, .header = marks, .nonzeros = kept.total() },
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
